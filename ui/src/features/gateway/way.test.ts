import { cleanup, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { open, settle } from '../../host/fake/render';
import { brokerOf, lacksAddress, proxyOf, textsOf, whichProxy } from './way';

afterEach(cleanup);

describe('the way to the broker', () => {
  it('leads from what is wrong to the password of a proxy that the organisation has set', async () => {
    const { host, user, root } = await open('way');
    expect(root.querySelector('.gateway')?.textContent).toContain('wants a name and a password');
    expect(screen.getByLabelText<HTMLInputElement>('Address').disabled).toBe(true);
    await user.type(screen.getByLabelText('Password', { selector: '#w-secret' }), 's3cret');
    await user.click(screen.getAllByRole('button', { name: 'Save' })[0] ?? root);
    expect(host.called('gateway_proxy')).toMatchObject([
      { proxy: { user: 'jordan.green' }, secret: 's3cret' },
    ]);
    await settle();
    const typed = screen.getByLabelText<HTMLInputElement>('Password', { selector: '#w-secret' });
    expect(typed.value).toBe('');
  });

  it('is entered by hand from the settings, and says what does not fit', async () => {
    const { host, user } = await open('settings');
    await user.click(screen.getByRole('button', { name: 'Proxy and broker' }));
    await user.type(screen.getByLabelText(/^Addresses/), 'http://broker.acme.example');
    await user.type(screen.getByLabelText('Topic of interactions'), 'acme/agent01');
    const fault = { field: 'urls', text: 'Addresses such as mqtts://…' };
    host.answers.set('gateway_broker', () => ({ faults: [fault] }));
    const save = screen.getAllByRole('button', { name: 'Save' })[1];
    if (save) await user.click(save);
    await settle();
    expect(screen.getByText(fault.text)).toBeTruthy();
    expect(host.called('gateway_broker')).toMatchObject([
      { broker: { urls: ['http://broker.acme.example'], clientId: null }, secret: '' },
    ]);
  });
});

describe('what the forms hold', () => {
  it('tells the system’s proxy, none and an own one apart', () => {
    for (const proxy of [null, { url: '', user: null }, { url: 'http://p:1', user: 'me' }]) {
      const which = whichProxy(proxy);
      expect(proxyOf(which, proxy?.url ?? '', proxy?.user ?? '')).toEqual(proxy);
    }
    expect(lacksAddress('own', ' ')).toBe(true);
    expect(lacksAddress('none', '')).toBe(false);
  });

  it('gives back the broker that was filled in', () => {
    const broker = {
      urls: ['wss://a.example/mqtt', 'mqtts://b.example'],
      username: 'acme.agent01',
      clientId: null,
      interactions: 'acme/agent01',
      control: null,
      ack: 'acme/agent01/ack',
      presence: null,
    };
    expect(brokerOf(textsOf(broker))).toEqual(broker);
  });
});
