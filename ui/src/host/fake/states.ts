// The states of the design, by name: what the app and its cards look like, and which page is open.

import type { AppView, DiagnosisView, OfferedView, PopView, WindowView } from '../../bindings/wire';
import type { Insight } from '../../state/insights.svelte';
import type { CardForm } from '../../state/card-forms';
import type { Page } from '../../state/selection';
import { MINUTE } from '../../words/format';
import * as apps from './apps';
import { offered } from './bundles';
import { diagnosis, hard, well } from './diagnoses';
import * as gateways from './gateways';
import { annelore, cesar, cesarOffered } from './people';
import * as pops from './pops';
import * as transfers from './transfers';
import * as twoCrms from './two-crms';
import { away, onItsWay, queued } from './writing';

export interface FakeState {
  readonly app: AppView;
  readonly pops: readonly PopView[];
  readonly page?: Page;
  /** What the window itself is, besides a plain one. */
  readonly window?: Partial<WindowView>;
  /** What the search field holds. */
  readonly words?: string;
  /** The form in the place of the first card. */
  readonly form?: CardForm;
  /** What the diagnosis finds. */
  readonly diagnosis?: DiagnosisView;
  /** The interaction whose way is looked at. */
  readonly insight?: Insight;
  /** What an organisation would set, as it was looked at. */
  readonly offer?: OfferedView;
  /** Whether that interaction is one in which everything failed. */
  readonly failed?: boolean;
}

type Make = (now: number) => FakeState;

const one = (make: (now: number) => PopView): Make => {
  return (now) => ({ app: apps.app(now), pops: [make(now)] });
};
const page = (opened: Page, make: (now: number) => AppView = apps.app): Make => {
  return (now) => ({ app: make(now), pops: [cesar(now)], page: opened });
};
const alone =
  (make: (now: number) => AppView): Make =>
  (now) => ({ app: make(now), pops: [] });
const failing = (
  make: (now: number) => PopView,
  state: AppView['connections'][number]['state'],
): Make => {
  return (now) => ({ app: apps.withSalesforce(now, state), pops: [make(now)] });
};
const creating = {
  connection: 'salesforce',
  label: 'Salesforce',
  kind: 'create_customer',
} as const;
/** Her call is over and not logged. */
const marta = (now: number): PopView => ({
  ...pops.wrapUp(now, { kind: 'not_logged' }),
  channel: 'voice',
  title: 'Marta Ferreira',
});
const vip: Make = (now) => ({
  app: apps.app(now),
  pops: [annelore(now), cesar(now, { id: 2 })],
});
/** What happened with the card, and why. */
const looked = (insight: Partial<Insight>, failed = false): Make => {
  return (now) => ({
    app: apps.app(now),
    pops: [cesar(now)],
    page: 'flight',
    insight: { pop: 1, past: null, ...insight },
    failed,
  });
};
/** The same, with a state of the window itself. */
const itself = (make: Make, window: Partial<WindowView>): Make => {
  return (now) => ({ ...make(now), window });
};

const all = {
  idle: alone((now) => apps.unlogged(now)),
  'idle-new': alone(apps.quiet),
  'idle-gateway': alone((now) => ({ ...apps.quiet(now), gateway: gateways.heard(now) })),
  'idle-signed-out': alone((now) => ({ ...apps.quiet(now), gateway: gateways.signedOut(now) })),
  incoming: one(cesarOffered),
  'incoming-saved': one(pops.recognised),
  single: one(cesar),
  vip,
  fused: one(twoCrms.fused),
  elsewhere: one(twoCrms.elsewhere),
  matches: one(pops.several),
  conflict: one((now) => pops.several(now, true)),
  'no-match': one(pops.none),
  'no-match-create': one((now) => {
    const view = pops.none(now);
    return { ...view, writing: { ...view.writing, actions: [creating] } };
  }),
  'no-match-known': one((now) => {
    const view = pops.none(now);
    const fields = { name: 'Carmen Gonzalez', email: 'carmen@example.com' };
    const drafts = [{ form: 'create_customer', fields }];
    return { ...view, writing: { ...view.writing, actions: [creating], drafts } };
  }),
  withheld: one(pops.withheld),
  'error-401': failing(pops.expired, 'sign_in'),
  'error-403': failing(pops.refused, 'problem'),
  'error-429': one(pops.limited),
  'error-slow': one(pops.slow),
  offline: (now) => ({ app: away(now), pops: [pops.offline(now)] }),
  live: (now) => ({ app: apps.app(now), pops: pops.live(now) }),
  crowd: (now) => ({ app: apps.app(now), pops: pops.crowd(now) }),
  withdrawn: one((now) => pops.ended(now, 'withdrawn')),
  missed: one((now) => pops.ended(now, 'missed')),
  transfer: one(transfers.transferredToMe),
  transferred: one((now) => ({ ...pops.ended(now, 'transferred'), transferredTo: 'agent07' })),
  conference: (now) => ({ app: apps.app(now), pops: transfers.conference(now) }),
  'wrap-up-told': one((now) => pops.ended(now, 'wrap_up')),
  ended: one((now) => pops.ended(now, 'ended')),
  'looked-up': one((now) => pops.ended(now, 'looked_up')),
  hard: one(pops.hard),
  'create-case': (now) => ({ ...one(cesar)(now), form: 'create_case' }),
  note: (now) => ({ ...one(cesar)(now), form: 'add_note' }),
  'wrap-up': (now) => ({
    app: apps.app(now),
    pops: [pops.wrapUp(now, { kind: 'due', ends: now + 78_000, extended: false })],
    form: 'log_interaction',
  }),
  'not-logged': (now) => ({
    app: apps.app(now),
    pops: [pops.wrapUp(now, { kind: 'not_logged' })],
    form: 'log_interaction',
  }),
  'to-send': (now) => ({
    app: queued(now, apps.app(now)),
    pops: [onItsWay(now, cesar)],
  }),
  queue: (now) => ({ app: queued(now, apps.app(now)), pops: [cesar(now)], page: 'queue' }),
  'queue-empty': page('queue'),
  'queue-told': (now) => ({
    app: { ...queued(now, apps.app(now)), queue: [], webhooks: 2 },
    pops: [],
    page: 'queue',
  }),
  today: page('today'),
  'today-not-logged': (now) => ({
    app: apps.unlogged(now, 1),
    pops: [marta(now)],
    page: 'today',
  }),
  'search-empty': (now) => ({ app: apps.app(now), pops: [cesar(now)], page: 'search', words: '' }),
  search: (now) => ({ app: apps.app(now), pops: [cesar(now)], page: 'search', words: 'gonz' }),
  health: page('health'),
  'health-troubled': page('health', apps.troubled),
  'health-gateway': page('health', (now) => apps.app(now, { gateway: gateways.heard(now) })),
  'health-signed-out': page('health', (now) => apps.app(now, { gateway: gateways.signedOut(now) })),
  way: page('way', (now) => apps.app(now, { gateway: gateways.behindProxy(now) })),
  doctor: (now) => ({
    app: apps.app(now),
    pops: [cesar(now)],
    page: 'doctor',
    diagnosis: diagnosis(now),
  }),
  'doctor-well': (now) => ({ ...page('doctor')(now), diagnosis: well(now) }),
  'doctor-hard': (now) => ({ ...page('doctor')(now), diagnosis: hard(now) }),
  'flight-why': looked({}),
  'flight-why-not': looked({}, true),
  'flight-way': looked({ way: true }),
  'flight-way-failed': looked({ way: true }, true),
  'flight-past': looked({ pop: null, past: 3 }),
  'dry-run': page('dry-run'),
  evidence: page('evidence'),
  'evidence-found': (now) => ({ ...page('evidence')(now), failed: true }),
  settings: page('settings'),
  'settings-managed': page('settings', apps.managed),
  'settings-own': page('settings', apps.ordered),
  ordered: (now) => ({
    app: apps.ordered(now),
    pops: [cesar(now, { parts: ['facts', 'cases'] })],
  }),
  join: (now) => ({ app: apps.firstRun(now), pops: [], page: 'join' }),
  'join-found': (now) => ({ app: apps.firstRun(now), pops: [], page: 'join', offer: offered(now) }),
  help: page('help'),
  'first-run': alone(apps.firstRun),
  connect: (now) => ({ app: apps.firstRun(now), pops: [], page: 'connect' }),
  compact: itself(vip, { compact: true }),
  'compact-idle': itself(alone(apps.app), { compact: true }),
  curtain: itself(one(cesar), { curtain: 'key' }),
  locked: itself(one(cesar), { curtain: 'screen' }),
  'ask-close': itself(one(cesar), { asks: { kind: 'close', tray: true } }),
  'ask-quit': itself(one(cesar), { asks: { kind: 'quit', unsent: 3, kept: true } }),
  'ask-quit-lost': itself(one(cesar), { asks: { kind: 'quit', unsent: 3, kept: false } }),
  paused: (now) => ({
    ...one(cesar)(now),
    app: apps.app(now, { pausedUntil: now + 15 * MINUTE }),
  }),
  masked: one((now) => pops.masked(now)),
  banners: (now) => ({ app: apps.bannered(now), pops: [cesar(now)] }),
} satisfies Record<string, Make>;

export type StateName = keyof typeof all;
export const states: Readonly<Record<StateName, Make>> = all;

export function isStateName(name: string): name is StateName {
  return name in states;
}
