// Draws the whole window on a fake host, for tests.

import { render } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import type { Update } from '../../bindings/wire';
import App from '../../frame/App.svelte';
import { FakeHost } from './fake';
import { states, type FakeState, type StateName } from './states';

export interface Window {
  readonly host: FakeHost;
  readonly user: ReturnType<typeof userEvent.setup>;
  readonly root: HTMLElement;
  /** Plays a change, and waits until it is in the document. */
  send: (update: Update) => Promise<void>;
}

export async function open(given: StateName | FakeState): Promise<Window> {
  const state = typeof given === 'string' ? states[given](Date.now()) : given;
  const host = new FakeHost(state);
  const { container } = render(App, {
    host,
    page: state.page ?? 'cards',
    words: state.words ?? '',
    offer: state.offer ?? null,
    form: state.form ?? null,
    insight: state.insight ?? null,
  });
  await settle();
  const send = async (update: Update) => {
    host.send(update);
    await settle();
  };
  return { host, user: userEvent.setup(), root: container, send };
}

/** Lets commands answer and what they changed be drawn. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) {
    await Promise.resolve();
    await tick();
  }
}
