// What an agent writes from a card, by keyboard: forms, drafts, faults at their fields, status in
// the row, wrap-up, and what waits. What may be written is the core's business.

import { cleanup } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { cesar, cesarOffered } from '../host/fake/people';
import { open, settle, type Window } from '../host/fake/render';
import { SUBJECT, write, writing } from '../host/fake/writing';

afterEach(() => {
  vi.useRealTimers();
  cleanup();
});

const pane = ({ root }: Window) => root.querySelector<HTMLElement>('.pane:not([hidden])');
const title = (window: Window) => pane(window)?.querySelector('h1')?.textContent;
const field = (window: Window, label: string) => {
  const found = [...(pane(window)?.querySelectorAll('label') ?? [])].find((one) =>
    one.textContent.trim().startsWith(label),
  );
  return document.getElementById(found?.htmlFor ?? '') as HTMLInputElement | null;
};

async function click(window: Window, what: Element | null | undefined): Promise<void> {
  if (!what) throw new Error('there is something to click');
  await window.user.click(what);
}

async function keys(window: Window, pressed: string): Promise<void> {
  await window.user.keyboard(pressed);
  await settle();
}

describe('a new case', () => {
  it('is written by keyboard, with what the CRM asks for', async () => {
    const window = await open('single');
    await keys(window, '{Control>}n{/Control}');
    expect(title(window)).toBe('New case');
    expect(document.activeElement).toBe(field(window, 'Subject'));
    await keys(window, ' today{Control>}{Enter}{/Control}');
    expect(window.host.called('write')).toEqual([
      {
        pop: { pop: 1, generation: 1 },
        connection: 'zendesk',
        action: 'create_case',
        case: null,
        input: { subject: `${SUBJECT} today`, category: 'loans', priority: 'normal' },
        shown: null,
        opens: false,
      },
    ]);
    expect(title(window)).toBe('Cesar Gonzalez');
  });

  it('says at its field what is wrong, and keeps the form', async () => {
    const window = await open('single');
    const faults = [{ field: 'subject', text: 'Fill this in' }];
    window.host.answers.set('write', () => ({ kind: 'wrong', faults }));
    await keys(window, '{Control>}n{/Control}');
    await keys(window, '{Control>}{Enter}{/Control}');
    expect(title(window)).toBe('New case');
    const subject = field(window, 'Subject');
    expect(subject?.getAttribute('aria-invalid')).toBe('true');
    const why = document.getElementById(subject?.getAttribute('aria-describedby') ?? '');
    expect(why?.textContent).toBe('Fill this in');
  });

  it('keeps its draft when the agent goes back with Esc', async () => {
    const window = await open('single');
    await keys(window, '{Control>}n{/Control}');
    await keys(window, '!');
    await keys(window, '{Escape}');
    expect(title(window)).toBe('Cesar Gonzalez');
    const [kept] = window.host.called('draft');
    expect(kept).toMatchObject({ pop: 1, form: 'create_case' });
    expect(kept).toMatchObject({ fields: { subject: `${SUBJECT}!` } });
    expect(window.host.called('write')).toEqual([]);
  });

  it('begins with the draft of before', async () => {
    const drafts = [{ form: 'create_case', fields: { subject: 'Half a sen' } }];
    const view = cesar(Date.now(), { writing: writing({ drafts }) });
    const window = await open('single');
    await window.send({ kind: 'pop', view: { ...view, seq: 2 } });
    await keys(window, '{Control>}n{/Control}');
    expect(field(window, 'Subject')?.value).toBe('Half a sen');
  });

  it('is left alone by an arrival', async () => {
    const window = await open('single');
    await keys(window, '{Control>}n{/Control}');
    const subject = field(window, 'Subject');
    await window.send({ kind: 'pop', view: cesarOffered(Date.now(), 7) });
    expect(title(window)).toBe('New case');
    expect(document.activeElement).toBe(subject);
  });

  it('is not offered where the CRM cannot make one', async () => {
    const window = await open('matches');
    await keys(window, '{Control>}n{/Control}');
    expect(title(window)).not.toBe('New case');
  });
});

describe('a status', () => {
  it('is changed where it stands', async () => {
    const window = await open('single');
    const button = window.root.querySelector<HTMLElement>('[aria-haspopup=listbox]');
    await click(window, button);
    await settle();
    await keys(window, '4');
    expect(window.host.called('write')).toMatchObject([
      { action: 'set_status', case: '20481', input: { status: 'solved' }, shown: 'Solved' },
    ]);
    expect(document.activeElement).toBe(button);
  });

  it('stands above the priority, which is changed there too', async () => {
    const window = await open('single');
    await click(window, window.root.querySelector('[aria-haspopup=listbox]'));
    await settle();
    await keys(window, '8');
    expect(window.host.called('write')).toMatchObject([
      { action: 'set_priority', case: '20481', input: { priority: 'urgent' }, shown: 'Urgent' },
    ]);
  });

  it('stands alone where the CRM takes no priority', async () => {
    const window = await open('single');
    const own = writing();
    const actions = own.actions.filter(({ kind }) => kind !== 'set_priority');
    const view = cesar(Date.now(), { writing: { ...own, actions } });
    await window.send({ kind: 'pop', view: { ...view, seq: 2 } });
    await click(window, window.root.querySelector('[aria-haspopup=listbox]'));
    await settle();
    expect(window.root.querySelectorAll('[role=option]')).toHaveLength(4);
  });

  it('that was refused says why in the row', async () => {
    const window = await open('to-send');
    const row = [...window.root.querySelectorAll('.cases li')].find((one) =>
      one.textContent.includes('CS-20481'),
    );
    expect(row?.textContent).toContain('closing note is missing');
  });
});

describe('a write', () => {
  it('can be taken back as long as nothing was sent', async () => {
    const window = await open('single');
    const view = cesar(Date.now(), { writing: writing({ writes: [write(Date.now())] }) });
    await window.send({ kind: 'pop', view: { ...view, seq: 2 } });
    const undo = [...window.root.querySelectorAll('.toast .btn')].find(
      (one) => one.textContent === 'Undo',
    );
    await click(window, undo);
    expect(window.host.called('undo')).toEqual([{ id: 'w1' }]);
  });

  it('that is done names the case, and opens it', async () => {
    const window = await open('single');
    const done = write(Date.now(), { state: 'done', number: 'CS-20512', made: '20512' });
    const view = cesar(Date.now(), { writing: writing({ writes: [done] }) });
    await window.send({ kind: 'pop', view: { ...view, seq: 2 } });
    const toast = window.root.querySelector('.toast');
    expect(toast?.textContent).toContain('CS-20512');
    await click(window, toast?.querySelector('.btn'));
    expect(window.host.called('open_record')).toMatchObject([
      { case: { connection: 'zendesk', id: '20512' } },
    ]);
  });

  it('that waits is given up only with a reason', async () => {
    const window = await open('queue');
    const up = () =>
      [...window.root.querySelectorAll<HTMLElement>('.btn')].find(
        (one) => one.textContent.trim() === 'Give up',
      );
    await click(window, up());
    await settle();
    await keys(window, '{Enter}');
    expect(window.host.called('discard')).toEqual([]);
    await keys(window, 'told him{Enter}');
    expect(window.host.called('discard')).toEqual([{ id: 'w3', reason: 'told him' }]);
  });
});

describe('wrap-up', () => {
  it('logs with its outcome, and what follows', async () => {
    const window = await open('wrap-up');
    await settle();
    await keys(window, '{Control>}{Enter}{/Control}');
    expect(window.host.called('wrap_up')).toMatchObject([
      {
        connection: 'zendesk',
        outcome: 'Follow-up needed',
        case: '20481',
        status: { value: 'in_progress', label: 'In progress' },
        follow_up: '2026-11-27',
      },
    ]);
  });

  it('comes by itself when the interaction ends, and takes no focus', async () => {
    const window = await open('single');
    const ended = (seq: number) => ({
      ...cesar(Date.now(), { phase: 'ended' }),
      seq,
      writing: writing({ wrapUp: { kind: 'due', ends: null, extended: false } }),
    });
    await window.send({ kind: 'pop', view: ended(2) });
    expect(title(window)).toBe('Wrap up');
    expect(document.activeElement).toBe(document.body);
  });

  it('waits where the agent has the card in hand', async () => {
    const window = await open('single');
    const button = window.root.querySelector<HTMLElement>('.row-main');
    button?.focus();
    const view = cesar(Date.now(), {
      phase: 'ended',
      writing: writing({ wrapUp: { kind: 'due', ends: null, extended: false } }),
    });
    await window.send({ kind: 'pop', view: { ...view, seq: 2 } });
    expect(title(window)).toBe('Cesar Gonzalez');
    await keys(window, '{Control>}l{/Control}');
    expect(title(window)).toBe('Wrap up');
  });

  it('that is required stands before closing', async () => {
    const window = await open('wrap-up');
    await keys(window, '{Escape}');
    await keys(window, '{Control>}w{/Control}');
    expect(window.host.called('close')).toEqual([]);
    expect(title(window)).toBe('Wrap up');
  });
});
