import { cleanup } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { open, settle, type Window } from '../../host/fake/render';
import { formOf, SUBJECT } from '../../host/fake/writing';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => {
  vi.useRealTimers();
  cleanup();
});

const pane = ({ root }: Window) => root.querySelector<HTMLElement>('.pane:not([hidden])');
const control = (window: Window, label: string) => {
  const labels = [...(pane(window)?.querySelectorAll('label') ?? [])];
  const found = labels.find((one) => one.textContent.trim().startsWith(label));
  const within = found?.querySelector('input');
  return (within ?? document.getElementById(found?.htmlFor ?? '')) as HTMLInputElement;
};

function type(field: HTMLInputElement, text: string): void {
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

async function pause(): Promise<void> {
  await settle();
  vi.advanceTimersByTime(300);
  await settle();
}

describe('a similar case', () => {
  it('is offered while the subject is typed, and goes when nothing is alike', async () => {
    const window = await open('create-case');
    await pause();
    expect(window.host.called('similar_case')).toEqual([
      { pop: { pop: 1, generation: 1 }, subject: SUBJECT },
    ]);
    const offered = () => pane(window)?.querySelector('.similar')?.textContent ?? '';
    expect(offered()).toContain('CS-20481 Home loan: proof of income missing');
    type(control(window, 'Subject'), 'Card abroad');
    await pause();
    expect(offered()).toBe('');
  });

  it('is asked for once per pause, not once per letter', async () => {
    const window = await open('create-case');
    await pause();
    for (const text of ['H', 'Ho', 'Hom']) {
      type(control(window, 'Subject'), text);
      await settle();
      vi.advanceTimersByTime(100);
    }
    await pause();
    const asked = window.host.called('similar_case') as { subject: string }[];
    expect(asked.map(({ subject }) => subject)).toEqual([SUBJECT, 'Hom']);
  });

  it('takes a note that says what was typed, and the half typed case is gone with it', async () => {
    const window = await open('create-case');
    await pause();
    type(control(window, 'Description'), 'He asks when it is decided.');
    await settle();
    pane(window)?.querySelector<HTMLElement>('.similar .lnk')?.click();
    await settle();
    expect(pane(window)?.querySelector('h1')?.textContent).toBe('Note');
    expect(control(window, 'Note').value).toBe(`${SUBJECT}\n\nHe asks when it is decided.`);
    pane(window)?.querySelector<HTMLElement>('button[type=submit]')?.click();
    await settle();
    expect(window.host.called('write')).toMatchObject([
      { action: 'add_note', connection: 'zendesk', case: '20481' },
    ]);
    const drafts = window.host.called('draft') as { form: string; fields: object }[];
    const ofCase = drafts.filter(({ form }) => form === 'create_case');
    expect(ofCase.at(-1)?.fields, 'it is not begun twice').toEqual({});
  });
});

describe('opening the new case', () => {
  it('is wished with its box, and not without', async () => {
    const window = await open('create-case');
    await pause();
    control(window, 'Open the case').click();
    await settle();
    pane(window)?.querySelector<HTMLElement>('button[type=submit]')?.click();
    await settle();
    expect(window.host.called('write')).toMatchObject([{ action: 'create_case', opens: true }]);
  });

  it('is not offered where a case has no page', async () => {
    const { fields, kind } = formOf('create_case');
    const window = await open('single');
    window.host.answers.set('form', () => ({ kind, fields, opens: false }));
    window.root.ownerDocument.body.focus();
    const event = new KeyboardEvent('keydown', { key: 'n', ctrlKey: true, bubbles: true });
    window.root.ownerDocument.body.dispatchEvent(event);
    await pause();
    expect(control(window, 'Subject').value).toBe(SUBJECT);
    expect(pane(window)?.querySelector('input[type=checkbox]')).toBeNull();
  });
});
