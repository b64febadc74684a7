// What a card says and offers while a CRM is slow, does not answer, or is not reached at all.

import { cleanup, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { open, settle } from '../../host/fake/render';
import { states } from '../../host/fake/states';
import { MINUTE, SECOND } from '../../words/format';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const text = (root: HTMLElement, of: string) =>
  root.querySelector(of)?.textContent.replaceAll(/\s+/g, ' ').trim() ?? '';

describe('out of reach', () => {
  it('names the copy, counts what waits, and counts down to the next try', async () => {
    const { root } = await open('offline');
    expect(text(root, '.problem h2')).toBe('No route to the CRMs: copy saved at 08:12');
    vi.advanceTimersByTime(SECOND);
    await settle();
    expect(text(root, '.problem .tech span')).toBe('2 waiting to send · trying again in 11 s');
    vi.advanceTimersByTime(2 * SECOND);
    await settle();
    expect(text(root, '.problem .tech span')).toBe('2 waiting to send · trying again in 9 s');
    vi.advanceTimersByTime(MINUTE);
    await settle();
    expect(text(root, '.problem .tech span')).toBe('2 waiting to send · trying again now');
  });

  it('says nothing of what does not wait, and of no try that nobody makes', async () => {
    const state = states.offline(Date.now());
    const { root } = await open({ ...state, app: { ...state.app, queue: [], nextTry: null } });
    expect(text(root, '.problem .tech span')).toBe('');
  });

  it('copies the link, because opening the record would fail', async () => {
    const { host, user } = await open('offline');
    const [first] = screen.getAllByRole('button', { name: 'Copy link' });
    expect(screen.queryByRole('button', { name: 'Open record' })).toBeNull();
    if (first) await user.click(first);
    expect(host.called('copy_link')).toEqual([{ pop: 1, generation: 1 }]);
    expect(host.called('open_record')).toEqual([]);
  });

  it('leads to the diagnosis', async () => {
    const { user, host } = await open('offline');
    await user.click(screen.getByRole('button', { name: 'Run diagnosis' }));
    await settle();
    expect(host.called('diagnose')).toMatchObject([{ connection: 'salesforce' }]);
  });

  it('opens the record where one CRM is reached', async () => {
    await open('single');
    expect(screen.getByRole('button', { name: /^Open record/ })).toBeTruthy();
  });
});

describe('a CRM that is slow or failed', () => {
  it.each([
    ['error-slow', 'Search in the browser'],
    ['error-403', 'Open search in CRM'],
  ] as const)('%s offers its own search, where it has one', async (name, label) => {
    const { host, user } = await open(name);
    await user.click(screen.getByRole('button', { name: label }));
    expect(host.called('open_search')).toEqual([
      { pop: { pop: 1, generation: 1 }, connection: 'salesforce' },
    ]);
  });

  it.each(['error-slow', 'error-403'] as const)('%s offers none without', async (name) => {
    const state = states[name](Date.now());
    const pops = state.pops.map((pop) => ({
      ...pop,
      sources: pop.sources.map((source) => ({ ...source, searches: false })),
    }));
    await open({ ...state, pops });
    expect(screen.queryByRole('button', { name: /in (the browser|CRM)$/ })).toBeNull();
  });
});
