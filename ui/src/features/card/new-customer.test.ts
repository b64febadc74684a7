import { cleanup, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { open, settle } from '../../host/fake/render';
import { states } from '../../host/fake/states';

afterEach(() => {
  vi.useRealTimers();
  cleanup();
});

describe('a customer whom nobody knows', () => {
  it('is made on the card, with what came with the call', async () => {
    const { host, user } = await open('no-match-create');
    await settle();
    await user.type(screen.getByRole('textbox', { name: 'Name' }), 'Jonas Reinhardt');
    await user.click(screen.getByRole('button', { name: 'Create and link' }));
    await settle();
    const input = { name: 'Jonas Reinhardt', phone: '+49 30 23125 907' };
    expect(host.called('write')).toMatchObject([{ action: 'create_customer', input }]);
  });

  it('who is there already is said while an address is typed, and can be used', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { host, root } = await open('no-match-create');
    const type = async (name: string, text: string, wait: number) => {
      const field = screen.getByRole('textbox', { name: new RegExp(`^${name}`) });
      (field as HTMLInputElement).value = text;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      await settle();
      vi.advanceTimersByTime(wait);
      await settle();
    };
    await type('Name', 'Carmen', 1000);
    expect(host.called('already_there'), 'a name is nobody alone').toEqual([]);
    await type('E-mail', 'carmen@example', 100);
    await type('E-mail', 'carmen@example.com', 500);
    expect(host.called('already_there')).toEqual([{ typed: 'carmen@example.com' }]);
    expect(root.textContent).toContain('Already there: Carmen Gonzalez Ruiz 12977.');
    await type('E-mail', 'jonas@example.com', 500);
    expect(root.textContent).not.toContain('Already there');
    await type('E-mail', 'carmen@example.com', 500);
    screen.getByRole('button', { name: 'Use this customer' }).click();
    await settle();
    expect(host.called('use_customer')).toEqual([
      { pop: { pop: 1, generation: 1 }, connection: 'salesforce', id: '12977' },
    ]);
    expect(host.called('write')).toEqual([]);
  });

  it('has its form on the card, where Ctrl N leads to its first field', async () => {
    const { user } = await open('no-match-create');
    await settle();
    const name = screen.getByRole('textbox', { name: 'Name' });
    expect(document.activeElement, 'it comes with the card, and takes nothing').not.toBe(name);
    await user.keyboard('{Control>}n{/Control}');
    await settle();
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Name' }));
    expect(screen.getAllByRole('heading', { level: 1 })).toHaveLength(1);
    await user.click(screen.getByRole('button', { name: 'Without customer' }));
    expect(screen.queryByRole('textbox', { name: 'Name' })).toBeNull();
    await user.keyboard('{Control>}n{/Control}');
    await settle();
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Name' }));
  });

  it('has its form also where nothing was looked up, once it is asked for', async () => {
    const state = states.withheld(Date.now());
    const { writing } = states['no-match-create'](Date.now()).pops[0] ?? {};
    const pops = state.pops.map((pop) => ({ ...pop, ...(writing && { writing }) }));
    const { user } = await open({ ...state, pops });
    expect(screen.queryByRole('textbox', { name: 'Name' })).toBeNull();
    await user.click(screen.getByRole('button', { name: /^New customer/ }));
    await settle();
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Name' }));
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('textbox', { name: 'Name' })).toBeNull();
  });

  it('is left out when the agent goes on without', async () => {
    const { host, user } = await open('no-match-create');
    await settle();
    await user.click(screen.getByRole('button', { name: 'Without customer' }));
    expect(screen.queryByRole('textbox', { name: 'Name' })).toBeNull();
    expect(screen.getByRole('button', { name: 'Find the customer' })).toBeTruthy();
    expect(host.called('write')).toEqual([]);
  });
});
