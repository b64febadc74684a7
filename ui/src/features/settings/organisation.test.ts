import { cleanup, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import type { BundleView } from '../../bindings/wire';
import { bundle } from '../../host/fake/bundles';
import { open } from '../../host/fake/render';
import { notices } from './organisation';

afterEach(cleanup);

const now = Date.parse('2026-11-23T09:00:00Z');

function texts(change: (view: BundleView) => BundleView): string[] {
  return notices(change(bundle(now))).map(({ text }) => text);
}

describe('the bundle of the organisation', () => {
  it('says which one is in force, from where and by whose key', async () => {
    await open('settings-managed');
    expect(screen.getByRole('heading', { name: 'Your organisation’s settings' })).toBeTruthy();
    expect(screen.getByText(/Version 7 for meridian/)).toBeTruthy();
    expect(screen.getByText('For 10 in a hundred people, you among them')).toBeTruthy();
    expect(screen.getByText('https://config.meridian.example/screenpop.bundle')).toBeTruthy();
    expect(screen.getByText(/ask your administrator and name version 7/)).toBeTruthy();
  });

  it('is not spoken of where there is none', async () => {
    await open('settings');
    expect(screen.queryByText('Your organisation’s settings')).toBeNull();
  });

  it('says nothing while everything is right, and each thing that is not', () => {
    expect(texts((view) => view)).toEqual([]);
    const trouble = {
      kind: 'signature' as const,
      version: 8,
      code: 'E_CFG_SIG',
      why: 'nobody who is trusted signed it',
      at: now,
    };
    expect(texts((view) => ({ ...view, trouble }))).toEqual([
      'What was fetched is not signed by your organisation. It was not taken. Everything goes on as before.',
    ]);
    expect(texts((view) => ({ ...view, active: null, trouble }))).toEqual([
      'What was fetched is not signed by your organisation. It was not taken.',
    ]);
    expect(texts((view) => ({ ...view, waiting: { version: 8, percent: 1 } }))).toEqual([
      'Version 8 is there for 1 in a hundred people at first; you get it later.',
    ]);
  });
});
