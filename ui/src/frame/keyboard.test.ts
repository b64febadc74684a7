import { cleanup, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { app } from '../host/fake/apps';
import { cesar } from '../host/fake/people';
import { open, settle } from '../host/fake/render';

afterEach(cleanup);
const one = { pop: 1, generation: 1 };

describe('a key on a card', () => {
  it.each([
    [
      'opens the record',
      '{Control>}o{/Control}',
      'open_record',
      [{ pop: one, case: null, company: false, also_in: null }],
    ],
    [
      'opens the first case',
      '{Control>}{Shift>}o{/Shift}{/Control}',
      'open_record',
      [{ pop: one, case: { connection: 'zendesk', id: '20481' }, company: false, also_in: null }],
    ],
    [
      'asks every CRM again',
      '{Control>}r{/Control}',
      'retry',
      [
        { pop: one, connection: 'salesforce' },
        { pop: one, connection: 'zendesk' },
      ],
    ],
    ['closes it', '{Control>}w{/Control}', 'close', [one]],
  ] as const)('%s', async (_, keys, command, requests) => {
    const { host, user } = await open('single');
    await user.keyboard(keys);
    expect(host.called(command)).toEqual(requests);
  });

  it('undoes a choice among several, and searches where there was none', async () => {
    const { host, user } = await open({
      app: app(Date.now()),
      pops: [cesar(Date.now(), { canUndoChoice: true })],
    });
    await user.keyboard('{Control>}u{/Control}');
    expect(host.called('not_this_person')).toEqual([one]);
    cleanup();
    const other = await open('single');
    await other.user.keyboard('{Control>}u{/Control}');
    expect(other.host.called('not_this_person')).toEqual([]);
    expect(screen.getByText('For Cesar Gonzalez')).toBeTruthy();
  });

  it('copies the customer ID and says so', async () => {
    const { host, user, root } = await open('single');
    await user.keyboard('{Control>}{Shift>}c{/Shift}{/Control}');
    expect(host.called('copy_id')).toEqual([{ pop: 1, generation: 1 }]);
    await vi.waitFor(() =>
      expect(root.querySelector('[role=status]')?.textContent).toContain('Copied 12345'),
    );
  });

  it('does nothing to a card that is behind a page', async () => {
    const { host, user } = await open('today');
    await user.keyboard('{Control>}o{/Control}{Control>}w{/Control}');
    expect(host.called('open_record')).toEqual([]);
    expect(host.called('close')).toEqual([]);
  });

  it('of the engine is kept from it', async () => {
    await open('idle');
    for (const init of [{ key: 'F5' }, { key: 'r', ctrlKey: true }, { key: 'p', ctrlKey: true }]) {
      const event = new KeyboardEvent('keydown', { ...init, bubbles: true, cancelable: true });
      document.body.dispatchEvent(event);
      expect(event.defaultPrevented).toBe(true);
    }
    const letter = new KeyboardEvent('keydown', { key: 'a', bubbles: true, cancelable: true });
    document.body.dispatchEvent(letter);
    expect(letter.defaultPrevented).toBe(false);
  });
});

describe('the menu of more actions', () => {
  it('opens with Ctrl and the dot, moves with arrows and letters, and closes with Esc', async () => {
    const { user } = await open('single');
    await user.keyboard('{Control>}.{/Control}');
    const focused = () => document.activeElement?.textContent.trim() ?? '';
    expect(focused()).toContain('Copy customer ID');
    await user.keyboard('{ArrowDown}');
    expect(focused()).toContain('Copy link to the record');
    await user.keyboard('{ArrowDown}');
    expect(focused()).toContain('Refresh from the CRMs');
    await user.keyboard('c');
    expect(focused()).toContain('Choose another customer');
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('menu')).toBeNull();
    expect(document.activeElement?.getAttribute('aria-label')).toBe('More actions');
  });
});

describe('F6', () => {
  it('goes round the bands', async () => {
    const { user } = await open('single');
    const band = () => document.activeElement?.closest('[data-band]')?.getAttribute('data-band');
    const seen: unknown[] = [];
    for (let step = 0; step < 5; step += 1) {
      await user.keyboard('{F6}');
      seen.push(band());
    }
    expect(seen).toEqual(['strip', 'main', 'actions', 'status', 'strip']);
    await user.keyboard('{Shift>}{F6}{/Shift}');
    expect(band()).toBe('status');
  });
});

describe('the keyboard', () => {
  it('finds its place in a card again', async () => {
    const { user } = await open('live');
    const row = screen.getByRole('button', { name: /Home loan/ });
    row.focus();
    await user.keyboard('{Control>}2{/Control}');
    await settle();
    expect(document.activeElement?.closest('[data-pop]')?.getAttribute('data-pop')).toBe('2');
    await user.keyboard('{Control>}1{/Control}');
    await settle();
    expect(document.activeElement).toBe(row);
  });

  it('shows its keys while Ctrl is held, and not for a shortcut', async () => {
    const { user, root } = await open('single');
    const tips = () => [...root.querySelectorAll('.tip')].map(({ textContent }) => textContent);
    await user.keyboard('{Control>}');
    await vi.waitFor(() => expect(tips()).toContain('O'));
    await user.keyboard('{/Control}');
    expect(tips()).toEqual([]);
  });
});
