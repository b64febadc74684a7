// The snapshot of a card that stands for nobody: every part of it is there, and nothing is said.

import type { PopView } from '../bindings/wire';

const none = { state: 'waiting', items: [], total: null } as const;

export const nobody: PopView = {
  id: 0,
  seq: 0,
  generation: 0,
  channel: 'other',
  phase: 'offered',
  phaseSince: 0,
  title: '-',
  named: true,
  identity: 'unknown',
  vip: true,
  tier: '-',
  customerId: '-',
  reason: { title: '-', quote: '-' },
  hints: [{ name: 'queue', value: '-', hot: false }],
  matching: { kind: 'looking' },
  sources: [],
  cases: { ...none, items: [], sources: [] },
  activities: { ...none, items: [], sources: [] },
  facts: [
    {
      name: 'phone',
      label: null,
      value: '-',
      copy: '-',
      opens: false,
      ltr: true,
      source: null,
      disputed: false,
    },
  ],
  alsoIn: [],
  somebodyElse: [],
  record: { kind: 'nothing' },
  problems: [],
  unseen: false,
  canOpen: false,
  canUndoChoice: false,
  sandbox: false,
  writing: { actions: [], drafts: [], writes: [], wrapUp: { kind: 'not_yet' }, mustLog: false },
  receivedUs: 0,
};
