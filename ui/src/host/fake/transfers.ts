// Cards on which colleagues take part: one handed it on, or they talk together.

import type { PopView } from '../../bindings/wire';
import { SECOND } from '../../words/format';
import { cesar } from './people';

/** As in the design: a colleague's note in the place of the customer's words. */
export function transferredToMe(now: number): PopView {
  return cesar(now, {
    phaseSince: now - 18 * SECOND,
    transferredBy: 'agent22',
    reason: {
      title: 'Asked about loan status',
      quote: 'Documents complete, he wants a decision date.',
      by: 'agent22',
      masked: false,
    },
  });
}

/** Three talk on one card, and the same customer writes on another. */
export function conference(now: number): PopView[] {
  const call = cesar(now, {
    channel: 'voice',
    others: [
      { name: 'Sam Blue', role: 'conference' },
      { name: '', role: 'supervisor' },
    ],
    also: [{ id: 2, channel: 'chat' }],
  });
  return [call, cesar(now, { id: 2, phase: 'held', also: [{ id: call.id, channel: 'voice' }] })];
}
