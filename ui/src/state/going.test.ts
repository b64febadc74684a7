import { cleanup, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import type { GoView } from '../bindings/wire';
import { open } from '../host/fake/render';

afterEach(cleanup);

const titled = () => screen.queryByRole('heading', { level: 1, hidden: false })?.textContent;
const go = (to: GoView) => ({ kind: 'go', to }) as const;

describe('a key or a click outside the window', () => {
  it('begins a case for the customer in front, and does not send it', async () => {
    const { host, send } = await open('single');
    expect(titled()).toBe('Cesar Gonzalez');
    await send(go({ to: 'new_case' }));
    expect(titled()).toBe('New case');
    expect(document.activeElement?.matches('input, textarea, select')).toBe(true);
    expect(host.called('write')).toEqual([]);
  });

  it('begins no case where nobody is in front', async () => {
    const { send } = await open('idle');
    const before = titled();
    await send(go({ to: 'new_case' }));
    expect(titled()).toBe(before);
  });

  it('opens the record and copies the id of the customer in front', async () => {
    const { host, send } = await open('single');
    await send(go({ to: 'open_record' }));
    await send(go({ to: 'copy_id' }));
    expect(host.called('open_record')).toHaveLength(1);
    expect(host.called('copy_id')).toHaveLength(1);
  });
});
