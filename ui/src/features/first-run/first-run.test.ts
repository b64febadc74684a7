import { cleanup, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { app } from '../../host/fake/apps';
import { open, settle } from '../../host/fake/render';

afterEach(cleanup);

const off = { ...app(Date.now()), firstRun: true, connections: [], sandbox: false };

describe('the first run', () => {
  it('offers the sandbox, a CRM and the listener, in that order', async () => {
    const { root } = await open('first-run');
    const steps = [...root.querySelectorAll('.step h2')].map(({ textContent }) => textContent);
    expect(steps).toEqual([
      'Try it now, without connecting',
      'Connect your CRM',
      'Connect your interactions',
    ]);
  });

  it('gives way to a simulated customer, and comes back when that is closed', async () => {
    const { user } = await open('first-run');
    await user.click(screen.getByRole('button', { name: 'Simulate an interaction' }));
    await settle();
    expect(screen.getByRole('tab')).toBeTruthy();
    expect(screen.getByText('Sandbox', { selector: '.ctx *' })).toBeTruthy();
    await user.keyboard('{Control>}w{/Control}');
    await settle();
    const title = screen.getByRole('heading', { level: 1 }).textContent;
    expect(title).toBe('Know who it is before hello');
  });

  it('starts the sandbox where it is off', async () => {
    const { host, user } = await open({ app: off, pops: [] });
    await user.click(screen.getByRole('button', { name: 'Start the sandbox' }));
    expect(host.called('set_setting')).toEqual([{ name: 'sandbox.enabled', value: true }]);
  });

  it('offers no sandbox that the organisation has switched off', async () => {
    const settings = { ...off.settings, locked: ['sandbox.enabled'] };
    await open({ app: { ...off, settings }, pops: [] });
    expect(screen.queryByRole('button', { name: 'Start the sandbox' })).toBeNull();
    expect(screen.getByText(/administrator has switched the sandbox off/)).toBeTruthy();
  });
});
