import { cleanup, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { open } from '../../host/fake/render';

afterEach(cleanup);

describe('the idle page', () => {
  it('shows the numbers of the day and its interactions', async () => {
    const { root } = await open('idle');
    expect(root.querySelector('.reads')?.textContent).toMatch(/Handled today\s*9/);
    expect(root.querySelector('.reads')?.textContent).toMatch(/0.18/);
    expect(screen.getByText('Marta Ferreira')).toBeTruthy();
  });

  it('shows a customer of the day again', async () => {
    const { host, user } = await open('idle');
    await user.click(screen.getByRole('button', { name: /Marta Ferreira/ }));
    expect(host.called('reopen')).toEqual([{ id: 100 }]);
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Cesar Gonzalez');
  });

  it('plays a scene of the sandbox', async () => {
    const { host, user } = await open('idle');
    await user.click(screen.getByRole('button', { name: 'Simulate an interaction' }));
    await user.keyboard('{ArrowDown}{ArrowDown}{Enter}');
    expect(host.called('simulate')).toEqual([{ scene: 'several' }]);
  });

  it('offers to listen when nothing is heard', async () => {
    const { host, user } = await open('idle-new');
    await user.click(screen.getByRole('button', { name: 'Start listening' }));
    expect(host.called('set_setting')).toEqual([{ name: 'listener.enabled', value: true }]);
  });

  it('counts what is to be logged, and leads to it alone', async () => {
    const { root, user } = await open('idle');
    expect(root.querySelector('.reads')?.textContent).toMatch(/To log\s*1/);
    await user.click(screen.getByRole('button', { name: '1 interaction is not logged yet' }));
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Today');
    const rows = () => root.querySelectorAll('.list .row').length;
    expect(rows()).toBe(1);
    await user.keyboard('{Escape}{Control>}h{/Control}');
    expect(rows(), 'the page by itself lists the whole day').toBe(9);
  });

  it('leads nowhere when everything is logged', async () => {
    const { root } = await open('idle-new');
    expect(root.querySelector('.reads')?.textContent).toMatch(/To log\s*0/);
    expect(root.querySelector('.reads button')).toBeNull();
  });

  it('is ready when the gateway is heard', async () => {
    const { root } = await open('idle-gateway');
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Ready');
    expect(root.querySelector('.state')?.textContent).toContain('Last event');
  });

  it('says why the gateway is not heard, and signs in there', async () => {
    const { host, user, root } = await open('idle-signed-out');
    expect(screen.getByRole('heading', { level: 1 }).textContent).toMatch(/No interactions/);
    expect(root.querySelector('.gateway')?.textContent).toContain('has signed this device out');
    expect(screen.queryByRole('button', { name: 'Start listening' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Sign in' }));
    expect(host.called('gateway_sign_in')).toHaveLength(1);
  });
});
