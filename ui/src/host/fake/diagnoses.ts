// Invented diagnoses: one that names a wrong field mapping, one where all is well, one with long texts.

import type { CheckView, DetailView, DiagnosisView, FindingView } from '../../bindings/wire';
import { DAY, HOUR } from '../../words/format';

const names: Readonly<Record<string, readonly [label: string, step: string]>> = {
  settings: ['Settings', 'Expected flow'],
  keychain: ['Keychain', 'Authentication'],
  store: ['Disk', 'Evidence'],
  name: ['Name (DNS)', 'Network'],
  route: ['Connection', 'Network'],
  clock: ['Clock', 'Network'],
  certificate: ['TLS certificate', 'Network'],
  sign_in: ['Sign-in', 'Authentication'],
  permission: ['Permission', 'Authentication'],
  rate_limit: ['Rate limit', 'Network'],
  latency: ['Latency', 'Network'],
  known_record: ['Known-good record', 'Known-good record'],
  fields: ['Field mapping', 'Field mapping'],
  link: ['URL template', 'Field mapping'],
  gateway: ['Gateway', 'Integration type'],
};

function check(name: string, detail: DetailView, given: Partial<CheckView> = {}): CheckView {
  const [label, step] = names[name] ?? [name, name];
  const told = { tried: '', expected: '', came: '' };
  return { name, label, step, verdict: 'passed', detail, finding: null, ...told, ...given };
}

const text = (what: string): DetailView => ({ kind: 'text', text: what });

const tier: FindingView = {
  title: 'Field mapping: “Loyalty_Tier__c” does not exist',
  cause: 'The card’s “tier” is read from it, and the record of Salesforce has no such field.',
  effect: 'A part of the card stays empty.',
  agent: 'Copy the fix for your administrator; only they can do it.',
  admin: 'Correct the mapping of “tier” in the connection’s definition, or create the field.',
  by: 'admin',
  code: 'field_missing',
};

const quota: FindingView = {
  title: 'Salesforce will soon allow no more requests',
  cause: 'Most of what may be asked in this time is used up.',
  effect: 'Cards are completed late.',
  agent: 'Wait; it is tried again by itself.',
  admin: 'Raise the limit in Salesforce, or find out which program uses it.',
  by: 'admin',
  code: 'quota_low',
};

function passed(now: number): readonly CheckView[] {
  return [
    check('settings', text('2')),
    check('keychain', { kind: 'none' }),
    check('name', { kind: 'took', ms: 11 }, { tried: 'the addresses of meridian.example' }),
    check('route', { kind: 'took', ms: 23 }, { tried: 'connecting to 203.0.113.7:443' }),
    check('clock', { kind: 'none' }),
    check('certificate', { kind: 'until', at: now + 100 * DAY }),
    check('sign_in', { kind: 'until', at: now + 8 * HOUR }),
    check('permission', { kind: 'none' }),
    check('latency', { kind: 'took', ms: 142 }, { expected: 'usually 150 ms' }),
    check('known_record', text('12345')),
    check('link', { kind: 'none' }),
    check('gateway', text('Not set up'), { verdict: 'skipped' }),
  ];
}

function made(now: number, checks: readonly CheckView[]): DiagnosisView {
  return {
    connection: 'salesforce',
    label: 'Salesforce',
    at: now,
    tookMs: 2800,
    knownRecord: '12345',
    explained: true,
    checks: [...checks],
  };
}

/** The admin's mapping reads a field that was renamed. */
export function diagnosis(now: number): DiagnosisView {
  return made(now, [
    ...passed(now),
    check(
      'fields',
      { kind: 'none' },
      {
        verdict: 'failed',
        finding: tier,
        tried: 'the fields of the record',
        expected: 'all are there',
        came: 'Loyalty_Tier__c',
      },
    ),
    check('rate_limit', { kind: 'used', percent: 81 }, { verdict: 'warning', finding: quota }),
  ]);
}

/** Nothing is wrong. */
export function well(now: number): DiagnosisView {
  return made(now, passed(now));
}

/** Long words, and whatever comes after the first failure was not looked at. */
export function hard(now: number): DiagnosisView {
  const proxy = 'proxy-frankfurt-02.internal.meridian-customer-services.example:3128';
  const finding: FindingView = {
    title: `The proxy ${proxy} wants a sign-in that is not spoken here`,
    cause: 'It answered 407 and offers only Negotiate, NTLM or Kerberos.',
    effect: 'Customers of Salesforce are not found; what the platform knows stays on the card.',
    agent: 'Copy the fix for your administrator; only they can do it.',
    admin: 'Allow this host without a sign-in, or let the proxy accept Basic over TLS.',
    by: 'admin',
    code: 'proxy_scheme',
  };
  const skipped = { verdict: 'skipped' } as const;
  return made(now, [
    check('settings', text('2')),
    check('store', { kind: 'none' }),
    {
      ...check('proxy', text(proxy)),
      label: 'Proxy',
      verdict: 'failed',
      finding,
      came: '407 NTLM',
    },
    check('certificate', text('Not checked'), skipped),
    check('sign_in', text('Not checked'), skipped),
    check('known_record', text('Not checked'), skipped),
  ]);
}
