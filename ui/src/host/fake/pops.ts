// Cards in the states that are not simply "found": several, none, ends, and hard names.

import type { CandidateView, PopView } from '../../bindings/wire';
import { HOUR, MINUTE, SECOND } from '../../words/format';
import { writing } from './writing';
import { annelore, card, cesar, cesarCases, SALESFORCE, ZENDESK } from './people';
import { caseOf, from } from './rows';

export * from './failing';

export const candidates: CandidateView[] = [
  candidate('12345', 'Cesar Gonzalez', 'Premium · Madrid · born •• •• 1984', 2),
  candidate('12977', 'Carmen Gonzalez Ruiz', 'Standard · Madrid · born •• •• 1951', 0),
  candidate('88120', 'Gonzalez Import S.L.', 'Business · Valencia · VAT •••• 301', 1),
];

export const found: CandidateView[] = [
  candidate('12345', 'Cesar Gonzalez', 'Premium · Madrid · +34 600 012 345', 2),
  candidate('12977', 'Carmen Gonzalez Ruiz', 'Standard · Madrid · +34 600 012 345', 0),
  candidate('88120', 'Gonzalez Import S.L.', 'Business · Valencia · VAT •••• 301', 1),
  {
    ...candidate('51006', 'Beatriz Gonzaga', 'Standard · Porto · no phone', 0),
    connection: 'zendesk',
  },
];

export function candidate(
  id: string,
  name: string,
  line: string,
  openCases: number | null,
): CandidateView {
  const fits = id === '12345';
  return {
    connection: 'salesforce',
    id,
    name,
    line,
    reasons: [
      { what: 'phone', fits: true, assurance: 'caller_number' },
      { what: 'name', fits, assurance: null },
      ...(fits ? [{ what: 'chosen_before' as const, fits, assurance: null }] : []),
    ],
    openCases,
  };
}

const call: Partial<PopView> = {
  channel: 'voice',
  named: false,
  identity: 'caller_number',
  cases: { state: 'off', items: [], total: null, asOf: null, sources: [] },
  activities: { state: 'off', items: [], total: null, asOf: null, sources: [] },
};

export function several(now: number, conflict = false): PopView {
  return card(now, {
    id: 1,
    ...call,
    phaseSince: now - 12 * SECOND,
    title: '+34 600 012 345',
    hints: [
      { name: 'priority', value: 'Normal', hot: false },
      { name: 'queue', value: 'Cards', hot: false },
      { name: 'language', value: 'Spanish', hot: false },
      { name: 'region', value: 'Iberia', hot: false },
    ],
    matching: { kind: 'several', candidates, preselected: 0, conflict, more: 0 },
  });
}

export function none(now: number): PopView {
  return card(now, {
    id: 1,
    ...call,
    phaseSince: now - 9 * SECOND,
    title: '+49 30 23125 907',
    hints: [
      { name: 'priority', value: 'Normal', hot: false },
      { name: 'queue', value: 'New accounts', hot: false },
      { name: 'language', value: 'German', hot: false },
      { name: 'region', value: 'DACH', hot: false },
    ],
    matching: { kind: 'none' },
    sources: [
      { ...SALESFORCE, state: 'none', since: now, tookMs: 131 },
      { ...ZENDESK, state: 'none', since: now, tookMs: 88 },
    ],
  });
}

export function withheld(now: number): PopView {
  return {
    ...none(now),
    title: 'Withheld number',
    identity: 'unknown',
    matching: { kind: 'nothing', why: 'The number was withheld, and nothing else came with it.' },
    sources: [],
  };
}

export function live(now: number): PopView[] {
  const joao = { title: 'Statement for tax year', quote: null, by: null, masked: false };
  const mei = {
    title: 'Mobile app sign-in',
    quote: 'Cannot sign in since the update',
    by: null,
    masked: false,
  };
  return [
    cesar(now, { phaseSince: now - 381 * SECOND }),
    { ...annelore(now, 2), phaseSince: now - 128 * SECOND },
    cesar(now, {
      id: 3,
      channel: 'messaging',
      title: 'João Pereira',
      reason: joao,
      phaseSince: now - 707 * SECOND,
    }),
    cesar(now, {
      id: 4,
      title: 'Mei-Ling Tan',
      reason: mei,
      phase: 'offered',
      phaseSince: now - 6 * SECOND,
      unseen: true,
    }),
  ];
}

export function crowd(now: number): PopView[] {
  const names = ['Tomasz Nowak', 'Ingrid Solheim', '刘伟', 'أحمد الراشد'];
  const more = names.map((title, at) =>
    cesar(now, { id: 10 + at, title, phaseSince: now - (at + 1) * MINUTE }),
  );
  return [...live(now), ...more];
}

/** Names and texts that try a layout: long, right to left, and with characters that hide. */
export function hard(now: number): PopView {
  return cesar(now, {
    title: 'Friederike-Wilhelmine von Hohenstein-\u202eLangenburg\u200b und zu Schwarzburg',
    tier: 'Geschäftskunden Premium Plus International',
    identity: 'claimed',
    reason: {
      title: 'Rückfrage zur Bearbeitung der Baufinanzierung und der Grundschuldbestellung',
      quote: 'שלום, מה מצב ההלוואה שלי? <b>bold</b> \u2066hidden\u2069',
      by: null,
      masked: false,
    },
    hints: [
      { name: 'priority', value: 'Normal', hot: false },
      { name: 'queue', value: 'Baufinanzierung Privatkunden Süd', hot: false },
      { name: 'language', value: 'עברית', hot: false },
      { name: 'region', value: 'Iberische Halbinsel', hot: false },
    ],
    cases: {
      state: 'ready',
      items: [
        caseOf(
          '20600',
          'Einkommensnachweis der Baufinanzierung fehlt noch immer vollständig und wurde bereits zweimal angemahnt',
          {
            status: 'Wartet auf Rückmeldung des Kunden',
            priority: 'high',
            created: now - 3 * HOUR,
            due: now - 26 * HOUR,
          },
        ),
        ...cesarCases(now),
        caseOf('20601', 'Vierter Vorgang', { number: null, status: 'Neu' }),
      ],
      total: 9,
      asOf: null,
      sources: from(ZENDESK, 'ready'),
    },
    record: { kind: 'held_back' },
    sandbox: true,
  });
}

export function ended(now: number, phase: PopView['phase']): PopView {
  return cesar(now, { phase, phaseSince: now - 3 * SECOND, sandbox: true });
}

/** Cesar's chat is over, and is to be wrapped up. */
export function wrapUp(now: number, state: PopView['writing']['wrapUp']): PopView {
  const drafted = {
    form: 'log_interaction',
    fields: {
      outcome: 'Follow-up needed',
      note: 'Asked about loan status. Told him documents are complete and a decision is due by Friday. He prefers e-mail in Spanish.',
      case: '20481',
      status: 'in_progress',
      follow_up: '2026-11-27',
    },
  };
  return cesar(now, {
    phase: 'ended',
    phaseSince: now - 42 * SECOND,
    receivedUs: (now - 42 * SECOND - 516 * SECOND) * 1000,
    writing: writing({ drafts: [drafted], wrapUp: state, mustLog: true }),
  });
}

/** A card whose chosen fields strangers beside the agent do not read. */
export function masked(now: number): PopView {
  const view = cesar(now);
  const reason = view.reason && { ...view.reason, masked: true };
  const facts = view.facts.map((fact) => ({ ...fact, masked: fact.name !== 'extra' }));
  return { ...view, reason, facts, idMasked: true };
}
