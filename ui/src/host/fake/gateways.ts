// Invented states of the gateway as a source.

import type { GatewayView } from '../../bindings/wire';
import { MINUTE, SECOND } from '../../words/format';

export const noGateway: GatewayView = {
  state: 'off',
  place: null,
  account: null,
  since: null,
  accepted: 0,
  last: null,
  problem: null,
  canSignIn: false,
  canSignOut: false,
};

/** Its broker is heard. */
export function heard(now: number): GatewayView {
  return {
    ...noGateway,
    state: 'connected',
    place: 'wss://events.meridian.example/mqtt',
    account: 'acme.agent01.4f1c',
    since: now - 95 * MINUTE,
    accepted: 31,
    last: now - 40 * SECOND,
    canSignOut: true,
  };
}

/** It has ended the sign-in. */
export function signedOut(now: number): GatewayView {
  return {
    ...noGateway,
    state: 'broken',
    place: 'https://events.meridian.example',
    since: now - 3 * MINUTE,
    problem: {
      connection: '',
      title: 'The gateway has signed this device out',
      text: 'Sign in again to hear of interactions.',
      severity: 'critical',
      action: 'sign_in',
      code: 'signed_out',
      requestId: null,
      at: now - 3 * MINUTE,
    },
    canSignIn: true,
  };
}
