import { cleanup, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { open, settle } from '../../host/fake/render';

afterEach(cleanup);

const ADDRESS = 'https://config.meridian.example/screenpop.bundle';
const KEY = '3F9A-11C2-7D04-88AB-90EE-51B7-0C6D-E2F3';

async function typed() {
  const { host, user } = await open('join');
  await user.type(screen.getByLabelText('Address'), ` ${ADDRESS} `);
  await user.type(screen.getByLabelText('Fingerprint of the key'), KEY);
  await user.click(screen.getByRole('button', { name: 'Look' }));
  await settle();
  return { host, user };
}

describe('joining an organisation', () => {
  it('shows what would be trusted before anything is taken', async () => {
    const { host, user } = await typed();
    expect(host.called('look_at_organisation')).toEqual([{ from: ADDRESS, key: KEY }]);
    expect(host.called('join_organisation')).toEqual([]);
    expect(screen.getByText('meridian would set up this computer')).toBeTruthy();
    expect(screen.getByText('Meridian CRM · https://crm.meridian.example')).toBeTruthy();
    expect(screen.getByText('https://fleet.meridian.example/desktops')).toBeTruthy();

    await user.click(screen.getByRole('button', { name: 'Trust and take' }));
    await settle();
    expect(host.called('join_organisation')).toEqual([{ from: ADDRESS, key: KEY }]);
  });

  it('looks again when an address is changed, and takes nothing unseen', async () => {
    const { user } = await typed();
    await user.type(screen.getByLabelText('Address'), '2');
    expect(screen.queryByRole('button', { name: 'Trust and take' })).toBeNull();
    expect(screen.getByRole('button', { name: 'Look' })).toBeTruthy();
  });

  it('asks for both before it looks', async () => {
    const { host, user } = await open('join');
    await user.click(screen.getByRole('button', { name: 'Look' }));
    expect(screen.getAllByText('This is needed.')).toHaveLength(2);
    expect(host.called('look_at_organisation')).toEqual([]);
  });
});
