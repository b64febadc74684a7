// Invented customers and their cards, as the design shows them. Times are relative to `now`.

import type { ActivityView, CaseView, FactView, PopView } from '../../bindings/wire';
import { writing } from './writing';
import { DAY, HOUR, MINUTE, SECOND } from '../../words/format';
import { activity, caseOf, fact, from } from './rows';

export const SALESFORCE = {
  connection: 'salesforce',
  label: 'Salesforce',
  usualMs: 180,
  searches: true,
};
export const ZENDESK = { connection: 'zendesk', label: 'Zendesk', usualMs: 110, searches: false };

/** A card with nothing on it yet, for what a state does not care about. */
export function card(now: number, given: Partial<PopView> & { id: number }): PopView {
  return {
    seq: 1,
    generation: 1,
    channel: 'chat',
    phase: 'accepted',
    phaseSince: now - 134 * SECOND,
    outbound: false,
    rings: false,
    transferredBy: null,
    transferredTo: null,
    others: [],
    also: [],
    voicemail: false,
    title: 'Cesar Gonzalez',
    named: true,
    identity: 'verified',
    vip: false,
    tier: null,
    customerId: null,
    idMasked: false,
    reason: null,
    parts: ['cases', 'activities', 'facts'],
    hints: [],
    matching: { kind: 'looking' },
    saved: null,
    sources: [
      { ...SALESFORCE, state: 'found', since: now - 140 * SECOND, tookMs: 142 },
      { ...ZENDESK, state: 'found', since: now - 140 * SECOND, tookMs: 96 },
    ],
    cases: {
      state: 'waiting',
      items: [],
      total: null,
      asOf: null,
      sources: from(ZENDESK, 'waiting'),
    },
    activities: {
      state: 'waiting',
      items: [],
      total: null,
      asOf: null,
      sources: from(SALESFORCE, 'waiting'),
    },
    facts: [],
    alsoIn: [],
    somebodyElse: [],
    record: { kind: 'nothing' },
    problems: [],
    unseen: false,
    canOpen: false,
    canCopyLink: false,
    outOfReach: false,
    canUndoChoice: false,
    sandbox: false,
    writing: { actions: [], drafts: [], writes: [], wrapUp: { kind: 'not_yet' }, mustLog: false },
    receivedUs: now * 1000,
    ...given,
  };
}

export function cesarCases(now: number): CaseView[] {
  const tomorrow = new Date(now + DAY).setHours(17, 0, 0, 0);
  return [
    caseOf('20481', 'Home loan: proof of income missing', {
      status: 'Pending',
      priority: 'high',
      created: now - 3 * DAY - HOUR,
      due: tomorrow,
    }),
    caseOf('20417', 'Replacement card not delivered', {
      status: 'In progress',
      priority: 'normal',
      created: now - 9 * DAY - HOUR,
      due: now + 6 * DAY,
    }),
  ];
}

export function cesarActivities(now: number): ActivityView[] {
  return [
    activity(now, 1, 'chat', 3, 'Loan status, documents asked', 'Resolved · agent07'),
    activity(now, 2, 'voice', 9, 'Card not delivered', 'Case CS-20417 opened · agent22'),
    activity(now, 3, 'email', 20, 'Loan application received', 'Forwarded to Loans · agent07'),
    activity(now, 4, 'chat', 46, 'Credit score question', 'Resolved · agent11'),
    activity(now, 5, 'voice', 58, 'Travel notice added', 'Resolved · agent02'),
    activity(now, 6, 'messaging', 77, 'Branch appointment moved', 'Resolved · agent19'),
    activity(now, 7, 'voice', 96, 'Account statement request', 'Resolved · agent07'),
  ];
}

const phone = fact('phone', '+34 600 012 345', { copy: '+34600012345', ltr: true });
const email = fact('email', 'c.gonzalez@example.com', {
  copy: 'c.gonzalez@example.com',
  ltr: true,
});
const extra = (label: string, value: string) => fact('extra', value, { label });

export const cesarFacts: FactView[] = [
  phone,
  email,
  fact('extra', 'ES •• 4471', { label: 'Account', copy: 'ES •• 4471', ltr: true }),
  extra('Customer since', '2011 · Madrid'),
  extra('Preferred contact', 'E-mail, Spanish'),
  fact('owner', 'M. Ortega, ext. 2207'),
  extra('Identity check', 'Valid until Mar 2027'),
  extra('Marketing consent', 'Not given'),
  extra('Branch', 'Madrid, Calle Mayor'),
  extra('Products', 'Current, card, home loan'),
];

const loan: Partial<PopView> = {
  reason: {
    title: 'Asked about loan status',
    quote: 'Hola, ¿hay novedades sobre mi préstamo?',
    by: null,
    masked: false,
  },
  hints: [
    { name: 'priority', value: 'Normal', hot: false },
    { name: 'queue', value: 'Loans', hot: false },
    { name: 'language', value: 'Spanish', hot: false },
    { name: 'region', value: 'Iberia', hot: false },
  ],
  customerId: '12345',
};

/** Cesar Gonzalez, just offered. */
export function cesarOffered(now: number, id = 1): PopView {
  return card(now, {
    id,
    ...loan,
    phase: 'offered',
    phaseSince: now - 4 * SECOND,
    unseen: true,
    facts: [email],
    sources: [
      { ...SALESFORCE, state: 'pending', since: now - 100, tookMs: null },
      { ...ZENDESK, state: 'pending', since: now - 100, tookMs: null },
    ],
    canOpen: true,
    canCopyLink: true,
  });
}

/** Cesar Gonzalez, found. */
export function cesar(now: number, given: Partial<PopView> = {}): PopView {
  return card(now, {
    id: 1,
    ...loan,
    tier: 'Premium',
    matching: {
      kind: 'one',
      customer: {
        connection: 'salesforce',
        id: '12345',
        name: 'Cesar Gonzalez',
        line: 'Premium · Madrid',
        reasons: [{ what: 'record_id', fits: true, assurance: 'verified' }],
        openCases: 2,
      },
    },
    cases: {
      state: 'ready',
      items: cesarCases(now),
      total: 2,
      asOf: null,
      sources: from(ZENDESK, 'ready'),
    },
    activities: {
      state: 'ready',
      items: cesarActivities(now),
      total: 14,
      asOf: null,
      sources: from(SALESFORCE, 'ready'),
    },
    facts: cesarFacts,
    record: { kind: 'opened' },
    canOpen: true,
    canCopyLink: true,
    writing: writing(),
    ...given,
  });
}

/** A very important customer with an urgent case, known by the caller's number only. */
export function annelore(now: number, id = 1): PopView {
  return card(now, {
    id,
    channel: 'voice',
    phaseSince: now - 21 * SECOND,
    title: 'Annelore Weissenberg-Hoffmann',
    identity: 'caller_number',
    vip: true,
    tier: 'Private',
    customerId: '40812',
    reason: {
      title: 'Card blocked while travelling',
      quote: 'Lost or blocked card',
      by: null,
      masked: false,
    },
    hints: [
      { name: 'priority', value: 'Urgent', hot: true },
      { name: 'queue', value: 'Private Banking', hot: false },
      { name: 'language', value: 'German', hot: false },
      { name: 'region', value: 'DACH', hot: false },
    ],
    matching: {
      kind: 'one',
      customer: {
        connection: 'salesforce',
        id: '40812',
        name: 'Annelore Weissenberg-Hoffmann',
        line: 'Private · Berlin',
        reasons: [{ what: 'phone', fits: true, assurance: 'caller_number' }],
        openCases: 2,
      },
    },
    cases: {
      state: 'ready',
      items: [
        caseOf('20533', 'Card blocked abroad, payment refused', {
          status: 'In progress',
          priority: 'urgent',
          created: now - 2 * HOUR,
          due: now + 38 * MINUTE,
        }),
        caseOf('20391', 'Transfer of custody account', {
          status: 'Waiting',
          priority: 'low',
          created: now - 12 * DAY - HOUR,
        }),
      ],
      total: 2,
      asOf: null,
      sources: from(ZENDESK, 'ready'),
    },
    activities: {
      state: 'ready',
      items: [
        activity(
          now,
          1,
          'voice',
          0.07,
          'Card refused at hotel, Lisbon',
          'Case CS-20533 opened · agent14',
        ),
        activity(
          now,
          2,
          'email',
          12,
          'Custody transfer, form 2 of 3 sent',
          'Waiting for customer · agent03',
        ),
      ],
      total: 31,
      asOf: null,
      sources: from(SALESFORCE, 'ready'),
    },
    facts: [
      fact('phone', '+49 30 23125 042', { copy: '+493023125042', ltr: true }),
      fact('email', 'a.wh@example.com', { copy: 'a.wh@example.com', ltr: true }),
      fact('extra', 'DE •• 9083', { label: 'Account', copy: 'DE •• 9083', ltr: true }),
      fact('owner', 'J. Brandt, ext. 4410'),
    ],
    record: { kind: 'opened' },
    canOpen: true,
    canCopyLink: true,
  });
}
