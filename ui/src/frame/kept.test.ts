// What the window says is kept, where, and for how long: the computer that forgets, the question
// before quitting, and what other systems were told.

import { cleanup } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import * as apps from '../host/fake/apps';
import { cesar } from '../host/fake/people';
import { open, settle, type Window } from '../host/fake/render';
import { write, writing } from '../host/fake/writing';

afterEach(cleanup);

const texts = ({ root }: Window) => root.textContent;
const button = ({ root }: Window, label: string) => {
  const all = [...root.querySelectorAll<HTMLElement>('.pane:not([hidden]) .btn')];
  const found = all.find((one) => one.textContent.trim() === label);
  if (!found) throw new Error(`there is a button ${label}`);
  return found;
};

async function written(keeps: boolean): Promise<Window> {
  const window = await open('single');
  await window.send({ kind: 'app', view: { ...apps.app(Date.now()), keeps, seq: 9 } });
  const view = cesar(Date.now(), { writing: writing({ writes: [write(Date.now())] }) });
  await window.send({ kind: 'pop', view: { ...view, seq: 2 } });
  return window;
}

describe('a computer that forgets', () => {
  it('calls nothing saved', async () => {
    const window = await written(false);
    expect(window.root.querySelector('.toast')?.textContent).toContain(
      'not saved on this computer',
    );
  });

  it('is no other computer: there it is called saved', async () => {
    const window = await written(true);
    expect(window.root.querySelector('.toast')?.textContent).toContain('New case: saved');
  });

  it('calls no draft saved, nor one that the disk refused', async () => {
    for (const [keeps, refused, says] of [
      [true, false, true],
      [false, false, false],
      [true, true, false],
    ] as const) {
      const window = await open('create-case');
      await window.send({ kind: 'app', view: { ...apps.app(Date.now()), keeps, seq: 9 } });
      if (refused) {
        window.host.answers.set('draft', () => {
          // A rejection is the host's fault view, as the core sends it.
          // eslint-disable-next-line @typescript-eslint/only-throw-error
          throw { code: 'E_DISK', text: 'It could not be kept' };
        });
      }
      const subject = window.root.querySelector<HTMLInputElement>(
        '.pane:not([hidden]) form input[type=text]',
      );
      await window.user.type(subject ?? window.root, '!');
      await expect.poll(() => window.host.called('draft').length).toBe(1);
      await settle();
      expect(texts(window).includes('Draft saved'), `${keeps} ${refused}`).toBe(says);
      cleanup();
    }
  });

  it('says before quitting that what was not sent is lost', async () => {
    expect(texts(await open('ask-quit'))).toContain('sent at the next start');
    cleanup();
    const lost = texts(await open('ask-quit-lost'));
    expect(lost).toContain('what does not arrive is lost');
    expect(lost).not.toContain('next start');
  });
});

describe('what other systems were told', () => {
  it('is listed by system with every try, its answer and its hashes', async () => {
    const window = await open('queue-told');
    await settle();
    expect(window.host.called('deliveries')).toHaveLength(1);
    const rows = [...window.root.querySelectorAll('[data-state]')];
    expect(rows.map((row) => row.getAttribute('data-state'))).toEqual([
      'waiting',
      'parked',
      'done',
      'discarded',
    ]);
    const done = rows[2]?.textContent ?? '';
    expect(done).toContain('503 · unavailable');
    expect(done).toContain('204 · done');
    expect(done).toContain('9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08');
    expect(texts(window)).toContain('does not name this address any more');
  });

  it('is sent again, or given up with a reason, when it was not taken', async () => {
    const window = await open('queue-told');
    await settle();
    await window.user.click(button(window, 'Send again'));
    await settle();
    const id = '7a2e4d6c8b0f41359e7d5c3b1a092f84';
    expect(window.host.called('resend_delivery')).toEqual([{ id }]);
    expect(window.host.called('deliveries'), 'and read again').toHaveLength(2);
    await window.user.click(button(window, 'Give up'));
    await settle();
    await window.user.keyboard('{Enter}');
    expect(window.host.called('discard_delivery')).toEqual([]);
    await window.user.keyboard('moved{Enter}');
    await settle();
    expect(window.host.called('discard_delivery')).toEqual([{ id, reason: 'moved' }]);
  });

  it('takes no room where nobody is told', async () => {
    const window = await open('queue-empty');
    await settle();
    expect(texts(window)).not.toContain('Told to other systems');
  });
});

describe('a long day', () => {
  const cards = ({ root }: Window) => root.querySelectorAll('.pane[data-pop]').length;
  const over = (id: number) => {
    const made = writing({ wrapUp: { kind: 'due', ends: null, extended: false } });
    return { ...cesar(Date.now(), { id, phase: 'wrap_up', writing: made }), seq: 9 };
  };

  it('keeps no card in the document that only waits for its wrap-up', async () => {
    const window = await open('single');
    const first = window.root.querySelector('.pane')?.getAttribute('data-pop');
    for (let id = 100; id < 130; id += 1) {
      await window.send({ kind: 'pop', view: over(id) });
      await window.user.click(window.root.querySelector(`#tab-${id}`) ?? window.root);
    }
    expect(window.root.querySelectorAll('[role=tab]'), 'all have a tab').toHaveLength(31);
    expect(cards(window), 'the live one and the latest three').toBe(4);
    expect(window.root.querySelector(`.pane[data-pop="${first}"]`)).not.toBeNull();
  });

  it('keeps one whose form the agent opened', async () => {
    const window = await open('single');
    await window.send({ kind: 'pop', view: over(100) });
    await window.user.click(window.root.querySelector('#tab-100') ?? window.root);
    await window.user.keyboard('{Control>}j{/Control}');
    const typed = window.root.querySelector<HTMLTextAreaElement>('.pane:not([hidden]) textarea');
    await window.user.type(typed ?? window.root, 'half a');
    for (let id = 101; id < 110; id += 1) {
      await window.send({ kind: 'pop', view: over(id) });
      await window.user.click(window.root.querySelector(`#tab-${id}`) ?? window.root);
    }
    expect(typed?.isConnected).toBe(true);
    expect(typed?.value).toBe('half a');
  });
});
