// An invented bundle of an organisation.

import type { BundleView, OfferedView } from '../../bindings/wire';
import { HOUR } from '../../words/format';

const DAY = 24 * HOUR;

export function bundle(now: number, locks: string[] = []): BundleView {
  return {
    from: 'https://config.meridian.example/screenpop.bundle',
    active: {
      tenant: 'meridian',
      version: 7,
      percent: 10,
      since: now - 2 * DAY,
      note: 'Records open at the case.',
      signedBy: ['3F9A-11C2-7D04-88AB-90EE-51B7-0C6D-E2F3'],
      ends: now + 200 * DAY,
      expiry: { kind: 'far' },
      probation: null,
    },
    checked: now - HOUR / 12,
    waiting: null,
    trouble: null,
    locks,
    own: false,
  };
}

export function offered(now: number): OfferedView {
  return {
    tenant: 'meridian',
    version: 7,
    ends: now + 200 * DAY,
    note: 'Records open at the case.',
    fingerprint: '3F9A-11C2-7D04-88AB-90EE-51B7-0C6D-E2F3',
    crms: [{ label: 'Meridian CRM', server: 'https://crm.meridian.example' }],
    gateway: 'https://events.meridian.example',
    reportTo: 'https://fleet.meridian.example/desktops',
    locked: 14,
  };
}
