import { cleanup, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { open, settle } from '../../host/fake/render';

afterEach(cleanup);

describe('settings', () => {
  it('are in force at once', async () => {
    const { host, user } = await open('settings');
    await user.selectOptions(screen.getByRole('combobox', { name: 'Appearance' }), 'Dark');
    await settle();
    expect(host.called('set_setting')).toEqual([{ name: 'appearance.theme', value: 'dark' }]);
    expect(document.documentElement.dataset['theme']).toBe('dark');
  });

  it('that the organisation has set are text with a lock, and no control', async () => {
    await open('settings-managed');
    expect(screen.getByRole('heading', { name: 'Set by your organisation' })).toBeTruthy();
    expect(screen.getByText('When I accept')).toBeTruthy();
    expect(screen.queryByRole('combobox', { name: 'Open the CRM record' })).toBeNull();
    expect(screen.getByRole('combobox', { name: 'Appearance' })).toBeTruthy();
  });

  it('send a number as a number and an emptied text as nothing', async () => {
    const { host, user } = await open('settings');
    const port = screen.getByRole('textbox', { name: 'Port' });
    await user.clear(port);
    await user.type(port, '21720');
    await user.clear(screen.getByRole('textbox', { name: /Region/ }));
    await user.tab();
    expect(host.called('set_setting')).toEqual([
      { name: 'listener.port', value: 21720 },
      { name: 'phone.default_region', value: null },
    ]);
  });

  it('tell why a change was refused', async () => {
    const { host, user, root } = await open('settings');
    host.answers.set('set_setting', () => {
      throw Object.assign(new Error(), { code: 'E_ARG', text: 'A port is a number below 65536.' });
    });
    await user.click(screen.getByRole('switch', { name: 'Keep on top' }));
    await settle();
    expect(root.querySelector('.toast')?.textContent).toContain('A port is a number');
  });

  it('disconnect a CRM only after a second word', async () => {
    const { host, user } = await open('settings');
    await user.click(screen.getByRole('button', { name: 'Disconnect Zendesk' }));
    expect(host.called('forget')).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Disconnect' }));
    expect(host.called('forget')).toEqual([{ connection: 'zendesk' }]);
  });
});
