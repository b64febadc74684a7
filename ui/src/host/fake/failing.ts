// Cards of which a connection does not answer, and what is shown all the same.

import type { PopView, ProblemView } from '../../bindings/wire';
import { SECOND } from '../../words/format';
import { cesar, cesarOffered, SALESFORCE, ZENDESK } from './people';
import { from } from './rows';

const problem: ProblemView = {
  connection: 'salesforce',
  title: 'Your Salesforce sign-in has expired',
  text: 'It ended at 10:41, after 8 hours. The profile and earlier interactions are missing until you sign in again; Zendesk cases below are current.',
  severity: 'critical',
  action: 'sign_in',
  code: '401 INVALID_SESSION_ID',
  requestId: null,
  at: 0,
};

/** Cesar's card while Salesforce does not answer: what Zendesk knows stays. */
function broken(now: number, given: Partial<ProblemView> | null): PopView {
  return cesar(now, {
    phaseSince: now - 31 * SECOND,
    tier: null,
    matching: { kind: 'failed' },
    activities: {
      state: 'failed',
      items: [],
      total: null,
      asOf: null,
      sources: from(SALESFORCE, 'failed'),
    },
    facts: [],
    problems: given ? [{ ...problem, at: now - 24 * SECOND, ...given }] : [],
    sources: [
      { ...SALESFORCE, state: 'failed', since: now, tookMs: null },
      { ...ZENDESK, state: 'found', since: now, tookMs: 96 },
    ],
  });
}

export function expired(now: number): PopView {
  return broken(now, {});
}

export function refused(now: number): PopView {
  return {
    ...broken(now, {
      title: 'Salesforce does not let you see this contact',
      text: 'agent01 has no read permission for contacts in the Private segment. Signing in again will not help; an administrator can grant “Contact: Read”.',
      action: 'copy_for_admin',
      code: '403 INSUFFICIENT_ACCESS',
    }),
    record: { kind: 'not_opened' },
  };
}

export function limited(now: number): PopView {
  return broken(now, {
    title: 'Salesforce allows no more requests until 10:50',
    text: 'Your organisation has used the requests of this hour. What is shown was read before; the rest loads by itself at 10:50.',
    severity: 'caution',
    action: 'retry',
    code: '429 REQUEST_LIMIT_EXCEEDED',
    requestId: '7f3a-91',
  });
}

/** What was known of Cesar in the last interaction, at 08:12. */
function known(now: number): Partial<PopView> {
  const at = new Date(now).setHours(8, 12, 0, 0);
  const { cases, activities, facts } = cesar(now);
  return {
    tier: 'Premium',
    saved: { at, labels: ['Salesforce', 'Zendesk'] },
    cases: { ...cases, asOf: at, items: cases.items.map((one) => ({ ...one, copy: true })) },
    activities: { ...activities, asOf: at },
    facts,
    record: { kind: 'nothing' },
    canOpen: false,
  };
}

/** A chat of a customer of whom a copy is kept, while the CRMs are asked. */
export function recognised(now: number): PopView {
  return { ...cesarOffered(now), ...known(now) };
}

export function offline(now: number): PopView {
  return {
    ...broken(now, {
      title: 'No route to the CRMs',
      text: 'Its name has no address: no network, or a VPN that dropped. Notes and wrap-ups are kept here and sent as soon as an answer comes.',
      severity: 'caution',
      action: 'diagnose',
      code: 'network: name not found',
    }),
    ...known(now),
    canCopyLink: true,
    outOfReach: true,
    sources: [SALESFORCE, ZENDESK].map((one) => ({
      ...one,
      state: 'failed' as const,
      since: now,
      tookMs: null,
    })),
  };
}

export function slow(now: number): PopView {
  return {
    ...broken(now, null),
    matching: { kind: 'looking' },
    activities: {
      state: 'waiting',
      items: [],
      total: null,
      asOf: null,
      sources: from(SALESFORCE, 'waiting'),
    },
    sources: [
      { ...SALESFORCE, state: 'slow', since: now - 4.2 * SECOND, tookMs: null },
      { ...ZENDESK, state: 'found', since: now, tookMs: 96 },
    ],
  };
}
