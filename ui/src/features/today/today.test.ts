import { cleanup, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { open } from '../../host/fake/render';

afterEach(cleanup);

describe('today', () => {
  it('lists the day and filters it by channel', async () => {
    const { user, root } = await open('today');
    const rows = () => root.querySelectorAll('.list .row').length;
    expect(rows()).toBe(9);
    await user.click(screen.getByRole('button', { name: 'E-mail: 2' }));
    expect(rows()).toBe(2);
  });

  it('filters it by outcome as well, and asks for earlier days', async () => {
    const { user, root, host } = await open('today');
    const rows = () => root.querySelectorAll('.list .row').length;
    await user.click(screen.getByRole('button', { name: /^Missed ?2$/ }));
    expect(rows()).toBe(2);
    await user.click(screen.getByRole('button', { name: /^Missed ?2$/ }));
    expect(rows()).toBe(9);
    await user.click(screen.getByRole('button', { name: 'Show earlier days' }));
    expect(host.called('history').at(-1)).toEqual({ since: 0 });
    expect(root.querySelectorAll('h2.day').length).toBeGreaterThan(0);
  });

  it('marks what is not logged, lists it alone, and leads to its wrap-up', async () => {
    const { user, root } = await open('today-not-logged');
    const rows = () => root.querySelectorAll('.list .row').length;
    expect(rows()).toBe(9);
    expect(root.querySelectorAll('.list .todo')).toHaveLength(1);
    await user.click(screen.getByRole('button', { name: 'Not logged 1' }));
    expect(rows()).toBe(1);
    await user.click(screen.getByRole('button', { name: /^Log .*Marta Ferreira/ }));
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Wrap up');
  });

  it('opens with Ctrl H, and Esc leads back to the customer', async () => {
    const { user } = await open('single');
    await user.keyboard('{Control>}h{/Control}');
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Today');
    await user.keyboard('{Escape}');
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Cesar Gonzalez');
  });

  it('says so when there is nothing yet', async () => {
    const { user } = await open('idle-new');
    await user.keyboard('{Control>}h{/Control}');
    expect(screen.getByText('Nothing yet today')).toBeTruthy();
  });
});
