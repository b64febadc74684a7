// Invented messages to other systems: one taken at once, one at the second try, one refused, one that
// waits, and an address that the organisation does not name any more.

import type { DeliveryView, EndpointView, TryView } from '../../bindings/wire';
import { MINUTE, SECOND } from '../../words/format';

const SENT = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
const ANSWER = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

function attempt(at: number, status: number | null, code: string): TryView {
  return { at, code, status, sent: SENT, answer: status === null ? null : ANSWER };
}

function delivery(now: number, given: Partial<DeliveryView> = {}): DeliveryView {
  return {
    id: '5f1c9a70d3e84b12a6c0f9b7e2d41385',
    event: 'interaction.popped',
    state: 'done',
    at: now - 4 * MINUTE,
    next: null,
    problem: null,
    reason: null,
    tries: [attempt(now - 4 * MINUTE, 204, 'done')],
    ...given,
  };
}

const gone = (at: number) => ({
  connection: '',
  title: 'tickets.meridian.example has moved',
  text: 'What was asked for is not there any more.',
  severity: 'critical' as const,
  action: 'copy_for_admin' as const,
  code: 'not_found 410',
  requestId: null,
  at,
});

/** What other systems were told. */
export function deliveriesOf(now: number): EndpointView[] {
  return [
    {
      address: 'https://tickets.meridian.example/hooks/screenpop',
      named: true,
      deliveries: [
        delivery(now, {
          id: '0d9b7c3e5a1f4862b4c8d2e6f7a09b13',
          event: 'case.created',
          state: 'waiting',
          at: now - 20 * SECOND,
          next: now + MINUTE,
          tries: [attempt(now - 15 * SECOND, null, 'unreachable')],
        }),
        delivery(now, {
          id: '7a2e4d6c8b0f41359e7d5c3b1a092f84',
          event: 'write.parked',
          state: 'parked',
          at: now - 2 * MINUTE,
          problem: gone(now - 2 * MINUTE),
          tries: [attempt(now - 2 * MINUTE, 410, 'not_found')],
        }),
        delivery(now, {
          tries: [
            attempt(now - 4 * MINUTE, 503, 'unavailable'),
            attempt(now - 4 * MINUTE + 2 * SECOND, 204, 'done'),
          ],
        }),
      ],
    },
    { address: 'https://data.meridian.example/in', named: true, deliveries: [] },
    {
      address: 'https://old.meridian.example/in',
      named: false,
      deliveries: [
        delivery(now, {
          id: '1b3d5f7092a4c6e8091b2d4f6a8c0e13',
          event: 'interaction.completed',
          state: 'discarded',
          reason: 'That system is gone',
          tries: [],
        }),
      ],
    },
  ];
}
