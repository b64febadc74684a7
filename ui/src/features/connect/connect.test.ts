import { cleanup, screen, within } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import type { Commands, DefinitionView, FieldView } from '../../bindings/wire';
import { troubled } from '../../host/fake/apps';
import { definitions } from '../../host/fake/definitions';
import { cesar } from '../../host/fake/people';
import { open, settle } from '../../host/fake/render';

afterEach(cleanup);

async function fill() {
  const window = await open('connect');
  await window.user.type(screen.getByLabelText('Server'), 'https://crm.example.com');
  await window.user.type(screen.getByLabelText('Token or key'), 's3cret');
  return window;
}

async function refusedFor(field: string, text: string) {
  const window = await fill();
  window.host.answers.set('connect', () => ({ kind: 'refused', faults: [{ field, text }] }));
  await window.user.click(screen.getByRole('button', { name: 'Connect' }));
  await settle();
  return window;
}

/** A CRM that is signed in to with the browser, with an app whose secret may be filled in. */
const inBrowser: DefinitionView = {
  id: 'salesforce',
  name: 'Salesforce',
  fields: [],
  methods: [
    {
      name: 'browser',
      label: 'Sign in with the browser',
      kind: 'browser',
      secret: { label: 'Consumer secret', optional: false },
      needs: ['client_id'],
    },
    {
      name: 'token',
      label: 'Session token',
      kind: 'secret',
      secret: { label: 'Token or key', optional: false },
      needs: [],
    },
  ],
};

const withFields: DefinitionView = {
  ...inBrowser,
  fields: [
    field('client_id', 'Consumer key', { optional: true }),
    field('login', 'Sign-in host', { default: 'login.salesforce.com' }),
    field('tier', 'Field with the tier', { optional: true }),
  ],
};

function field(name: string, label: string, rest: Partial<FieldView>): FieldView {
  return {
    name,
    label,
    kind: 'text',
    default: null,
    example: null,
    optional: false,
    choices: [],
    ...rest,
  };
}

/** What is folded away below the form. */
function below(): HTMLDetailsElement {
  const details = screen.getByText(/more setting/).closest('details');
  if (!details) throw new Error('nothing is folded away');
  return details;
}

describe('what is asked first', () => {
  it('is what the chosen way to sign in needs; the rest waits below', async () => {
    const window = await open('settings');
    window.host.answers.set('definitions', () => [withFields]);
    await window.user.click(screen.getByRole('button', { name: 'Connect a CRM' }));
    await settle();
    const further = below();
    expect(further.hasAttribute('open')).toBe(false);
    const inside = within(further);
    expect(inside.queryByLabelText('Consumer key')).toBeNull();
    expect(inside.getByLabelText(/Field with the tier/)).toBeTruthy();
    await window.user.selectOptions(screen.getByLabelText('Sign in with'), 'token');
    expect(inside.getByLabelText(/Consumer key/)).toBeTruthy();
  });

  it('opens below where something there was refused', async () => {
    const window = await open('settings');
    window.host.answers.set('definitions', () => [withFields]);
    const faults = [{ field: 'tier', text: 'A name is expected.' }];
    window.host.answers.set('connect', () => ({ kind: 'refused', faults }));
    await window.user.click(screen.getByRole('button', { name: 'Connect a CRM' }));
    await settle();
    await window.user.type(screen.getByLabelText('Consumer key'), '3MVG9');
    await window.user.type(screen.getByLabelText('Consumer secret'), 'hush');
    await window.user.click(screen.getByRole('button', { name: 'Connect' }));
    await settle();
    expect(below().hasAttribute('open')).toBe(true);
    expect(screen.getByText('A name is expected.')).toBeTruthy();
  });
});

/** Begins to sign in; what the browser brings in the end is given later. */
async function beginInBrowser() {
  const window = await open('settings');
  window.host.answers.set('definitions', () => [inBrowser]);
  let resolve: (answer: Commands['connect']['answer']) => void = () => undefined;
  const promise = new Promise<Commands['connect']['answer']>((done) => (resolve = done));
  window.host.answers.set('connect', () => promise);
  await window.user.click(screen.getByRole('button', { name: 'Connect a CRM' }));
  await settle();
  await window.user.type(screen.getByLabelText('Consumer secret'), 'hush');
  await window.user.click(screen.getByRole('button', { name: 'Connect' }));
  await settle();
  return { ...window, bring: resolve };
}

describe('signing in with the browser', () => {
  it('waits for the browser, then says who it is', async () => {
    const { host, root, bring } = await beginInBrowser();
    expect(screen.getByText('Waiting for the browser')).toBeTruthy();
    expect(host.called('connect')).toMatchObject([{ method: 'browser', secret: 'hush' }]);
    bring({ kind: 'connected', connection: 'salesforce', signed_in_as: 'Ada Byron' });
    await settle();
    const told = root.querySelector('.toast')?.textContent;
    expect(told).toContain('Connected to Salesforce as Ada Byron');
  });

  it('can be given up', async () => {
    const { host, user, bring } = await beginInBrowser();
    await user.click(screen.getByText('Cancel'));
    expect(host.called('cancel_sign_in')).toHaveLength(1);
    bring({ kind: 'cancelled' });
    await settle();
    expect(screen.queryByText('Waiting for the browser')).toBeNull();
    expect(screen.getByLabelText('Consumer secret')).toBeTruthy();
  });

  it('says why nobody was signed in', async () => {
    const { bring } = await beginInBrowser();
    const problem = {
      connection: '',
      title: 'The sign-in to Salesforce was declined',
      text: 'You or your organisation said no in the browser.',
      severity: 'critical' as const,
      action: 'retry' as const,
      code: 'refused · access_denied',
      requestId: null,
      at: Date.now(),
    };
    bring({ kind: 'failed', problem });
    await settle();
    expect(screen.getByText('The sign-in to Salesforce was declined')).toBeTruthy();
    expect(screen.getByText(/access_denied/)).toBeTruthy();
    expect(screen.queryByText('Waiting for the browser')).toBeNull();
  });

  it('offers every way to sign in, in the order of the definition', async () => {
    await beginInBrowser();
    const methods = screen.getByRole('combobox', { name: 'Sign in with' });
    const offered = [...methods.querySelectorAll('option')].map(({ textContent }) => textContent);
    expect(offered).toEqual(['Sign in with the browser', 'Session token']);
  });
});

describe('connecting', () => {
  it('makes its form from the definition and sends what was filled in', async () => {
    const { host, user } = await fill();
    await user.keyboard('{Control>}{Enter}{/Control}');
    const server = 'https://crm.example.com';
    expect(host.called('connect')).toEqual([
      {
        again: null,
        definition: 'rest',
        label: 'REST CRM',
        fields: { server, tenant: '', search: 'e164', activities: 'true' },
        method: 'token',
        user: null,
        secret: 's3cret',
      },
    ]);
  });

  it('shows a mistake at its field', async () => {
    await refusedFor('server', 'The address has no host.');
    const field = screen.getByLabelText('Server');
    const described = document.getElementById(field.getAttribute('aria-describedby') ?? '');
    expect(described?.textContent).toBe('The address has no host.');
    expect(field.getAttribute('aria-invalid')).toBe('true');
  });

  it('shows a mistake that belongs to no field above them', async () => {
    await refusedFor('', 'The keychain is locked.');
    expect(screen.getByText('The keychain is locked.')).toBeTruthy();
  });

  it('asks for what is missing before anything is sent', async () => {
    const { host, user } = await open('connect');
    await user.click(screen.getByRole('button', { name: 'Connect' }));
    expect(host.called('connect')).toEqual([]);
    expect(screen.getAllByText('This is needed.')).toHaveLength(2);
  });

  it('keeps a secret in a password field and nowhere else', async () => {
    const { root } = await refusedFor('server', 'The address has no host.');
    expect(screen.getByLabelText<HTMLInputElement>('Token or key').type).toBe('password');
    expect(root.outerHTML).not.toContain('s3cret');
  });

  it('asks for a user name where the way to sign in has one', async () => {
    const { user } = await open('connect');
    expect(screen.queryByLabelText('User name')).toBeNull();
    const methods = screen.getByRole('combobox', { name: 'Sign in with' });
    await user.selectOptions(methods, 'User name and password');
    expect(screen.getByLabelText('User name')).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>('Password').type).toBe('password');
  });

  it('again begins with the connection whose sign-in was lost', async () => {
    const now = Date.now();
    const { host, user } = await open({ app: troubled(now), pops: [cesar(now)], page: 'health' });
    host.answers.set('definitions', () => [
      ...definitions,
      { ...definitions[0], id: 'salesforce', name: 'Salesforce' },
    ]);
    await user.click(screen.getByRole('button', { name: 'Sign in again' }));
    await settle();
    const title = screen.getByRole('heading', { level: 1 }).textContent;
    expect(title).toBe('Sign in to Salesforce again');
    await user.type(screen.getByLabelText('Token or key'), 'new');
    await user.click(screen.getByRole('button', { name: 'Connect' }));
    expect(host.called('connect')).toMatchObject([
      {
        again: 'salesforce',
        definition: 'salesforce',
        label: 'Salesforce',
        fields: { server: 'https://meridian.example' },
      },
    ]);
  });

  it('goes on where it began, and says who is signed in', async () => {
    const { root, user } = await fill();
    await user.click(screen.getByRole('button', { name: 'Connect' }));
    await settle();
    const title = screen.getByRole('heading', { level: 1 }).textContent;
    expect(title).toBe('Know who it is before hello');
    expect(root.querySelector('.toast')?.textContent).toContain('Connected to REST CRM as agent01');
  });
});
