import { cleanup, screen, within } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { troubled } from '../../host/fake/apps';
import { open, settle } from '../../host/fake/render';

afterEach(cleanup);

describe('the health page', () => {
  it('shows the file, line, key and expectation of a mistake', async () => {
    await open('health-troubled');
    const fault = screen.getByRole('article');
    const told = ['definitions/rest.toml', 'Line 42', 'find.phone.call', /begins with “\/”/];
    for (const text of told) expect(within(fault).getByText(text)).toBeTruthy();
  });

  it('counts refused events with words', async () => {
    const { root } = await open('health-troubled');
    const refusal = root.querySelector('[data-code=E_SIGNATURE]');
    expect(refusal?.textContent).toMatch(/The signature is wrong.*3 times/s);
  });

  it('says how much may still be asked, and until when nothing may', async () => {
    await open('health-troubled');
    const row = (name: string) => screen.getByRole('button', { name }).closest('li');
    const [salesforce, zendesk] = [row('Check Salesforce'), row('Check Zendesk')];
    expect(zendesk?.textContent).toMatch(/Zendesk allows no more requests until \d\d:\d\d/);
    expect(zendesk?.textContent).toMatch(
      /API calls a day: 1,240 of 100,000 left at \d\d:\d\d.*Requests: 0 left at \d\d:\d\d/s,
    );
    expect(salesforce?.textContent).not.toMatch(/ left at | no more requests/);
  });

  it('says how old the last answer is, and when a sign-in ends', async () => {
    await open('health-troubled');
    const row = (name: string) => screen.getByRole('button', { name }).closest('li');
    expect(row('Check Zendesk')?.textContent).toMatch(/Slow · Checked 2 minutes ago · /);
    expect(row('Check Zendesk')?.textContent).toMatch(/Sign-in ends: /);
    expect(row('Check Salesforce')?.textContent).not.toMatch(/Checked|Sign-in ends/);
  });

  it('writes the audit out, and warns when a line was changed', async () => {
    const { host, user } = await open('health');
    const button = () => screen.getByRole('button', { name: 'Write out' });
    await user.click(button());
    await settle();
    expect(screen.getByText('214 lines, none changed and none missing')).toBeTruthy();
    expect(screen.getByText(/screenpop-audit.jsonl/)).toBeTruthy();
    host.answers.set('write_audit', () => ({ path: '/a', lines: 3, whole: false }));
    await user.click(button());
    await settle();
    expect(screen.getByText(/3 lines; some were changed/)).toBeTruthy();
  });

  it('checks every connection, and says what it found', async () => {
    const { host, user, root } = await open('health');
    const problem = troubled(Date.now()).connections[0]?.problem;
    host.answers.set('test_connection', () => ({ kind: 'failed', problem }));
    await user.click(screen.getByRole('button', { name: 'Check all' }));
    await settle();
    const asked = [{ connection: 'salesforce' }, { connection: 'zendesk' }];
    expect(host.called('test_connection')).toEqual(asked);
    expect(root.querySelector('.toast')?.textContent).toContain('sign-in has expired');
  });

  it('says since when the gateway is heard, and signs out only when asked twice', async () => {
    const { host, user, root } = await open('health-gateway');
    const row = root.querySelector('.gateway');
    expect(row?.textContent).toMatch(
      /connected since \d\d:\d\d · last event .*acme\.agent01\.4f1c/s,
    );
    await user.click(screen.getByRole('button', { name: 'Sign out' }));
    expect(host.called('gateway_sign_out')).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Sign out now' }));
    expect(host.called('gateway_sign_out')).toHaveLength(1);
  });

  it('says why the gateway is not heard, and why signing in came to nothing', async () => {
    const { host, user, root } = await open('health-signed-out');
    expect(root.querySelector('.gateway')?.textContent).toContain('has signed this device out');
    const problem = {
      ...troubled(Date.now()).connections[0]?.problem,
      title: 'The gateway does not know you as an agent',
      code: 'unknown_agent',
    };
    host.answers.set('gateway_sign_in', () => ({ kind: 'failed', problem }));
    await user.click(screen.getByRole('button', { name: 'Sign in' }));
    await settle();
    expect(root.querySelector('.gateway')?.textContent).toMatch(
      /does not know you.*unknown_agent/s,
    );
  });
});
