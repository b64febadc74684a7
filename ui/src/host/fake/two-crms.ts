// Cards on which two CRMs have a say.

import type { PopView } from '../../bindings/wire';
import { HOUR } from '../../words/format';
import { cesar, cesarActivities, cesarCases, cesarFacts, SALESFORCE, ZENDESK } from './people';
import { candidate } from './pops';
import { activity, caseOf, fact, from } from './rows';

/** Two CRMs know the customer: one card, each row and fact with its source. */
export function fused(now: number): PopView {
  const here = { source: SALESFORCE.label };
  const there = { source: ZENDESK.label };
  const told = cesarActivities(now).slice(0, 3);
  return cesar(now, {
    cases: {
      state: 'ready',
      items: [
        ...cesarCases(now).map((item) => ({ ...item, ...there })),
        caseOf('00093411', 'Mortgage: valuation appointment', {
          ...here,
          connection: SALESFORCE.connection,
          number: '00093411',
          status: 'New',
          priority: 'low',
          created: now - 26 * HOUR,
        }),
      ],
      total: 3,
      asOf: null,
      sources: [...from(SALESFORCE, 'ready'), ...from(ZENDESK, 'ready')],
    },
    activities: {
      state: 'ready',
      items: [
        ...told.map((item) => ({ ...item, ...here })),
        {
          ...activity(now, 9, 'email', 30, 'Re: card delivery', 'Solved · agent03'),
          ...there,
          connection: ZENDESK.connection,
        },
      ],
      total: 14,
      asOf: null,
      sources: [...from(SALESFORCE, 'ready'), ...from(ZENDESK, 'waiting')],
    },
    facts: [
      fact('tier', 'Premium', { ...here, disputed: true }),
      fact('tier', 'Standard', { ...there, disputed: true }),
      ...cesarFacts.map((item) => ({ ...item, ...here })),
    ],
    alsoIn: [{ ...ZENDESK, id: '361' }],
  });
}

/** Another CRM knows the number, but as somebody else. */
export function elsewhere(now: number): PopView {
  return cesar(now, {
    identity: 'caller_number',
    somebodyElse: [
      { ...candidate('77', 'Bob Weiss', 'Standard', null), connection: ZENDESK.connection },
    ],
  });
}
