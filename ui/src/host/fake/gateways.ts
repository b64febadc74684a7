// Invented states of the gateway as a source.

import type { GatewayView, WayView } from '../../bindings/wire';
import { MINUTE, SECOND } from '../../words/format';

const ownWay: WayView = {
  broker: null,
  brokerLocked: false,
  brokerKept: false,
  proxy: null,
  proxyLocked: false,
  proxyKept: false,
};

export const noGateway: GatewayView = {
  state: 'off',
  place: null,
  account: null,
  since: null,
  accepted: 0,
  last: null,
  follows: false,
  problem: null,
  canSignIn: false,
  canSignOut: false,
  way: ownWay,
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

/** The proxy that the organisation has set wants a password. */
export function behindProxy(now: number): GatewayView {
  const proxy = { url: 'http://proxy.meridian.example:3128', user: 'jordan.green' };
  return {
    ...noGateway,
    state: 'broken',
    place: 'wss://events.meridian.example/mqtt',
    since: now - 3 * MINUTE,
    problem: {
      connection: '',
      title: 'The proxy wants a name and a password',
      text: 'It did not take the ones it got, or got none. Enter them under Settings, Proxy and broker; your administrator knows them.',
      severity: 'critical',
      action: 'copy_for_admin',
      code: 'proxy_sign_in',
      requestId: null,
      at: now - 3 * MINUTE,
    },
    canSignOut: true,
    way: { ...ownWay, proxy, proxyLocked: true },
  };
}
