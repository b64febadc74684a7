import { cleanup, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { open, settle } from '../../host/fake/render';

afterEach(cleanup);

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

  it('is left out when the agent goes on without', async () => {
    const { host, user } = await open('no-match-create');
    await settle();
    await user.click(screen.getByRole('button', { name: 'Without customer' }));
    expect(screen.queryByRole('textbox', { name: 'Name' })).toBeNull();
    expect(screen.getByRole('button', { name: 'Find the customer' })).toBeTruthy();
    expect(host.called('write')).toEqual([]);
  });
});
