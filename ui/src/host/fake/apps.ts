// Invented states of the app: connections, the day, settings, and what is wrong with them.

import type { AppView, ConnectionView, HistoryItemView, WindowView } from '../../bindings/wire';
import { DAY, MINUTE, SECOND } from '../../words/format';
import { bundle } from './bundles';
import { noGateway } from './gateways';
import { candidate } from './pops';

/** The customers of the last interactions. */
const lately = [
  candidate('33018', 'Annelore Brandt', 'Asked about a blocked card', null),
  candidate('12977', 'Carmen Gonzalez Ruiz', 'New address', null),
];

export function app(now: number, given: Partial<AppView> = {}): AppView {
  return {
    seq: 1,
    firstRun: false,
    agent: 'agent01',
    connections: [salesforce, zendesk],
    listener: {
      state: 'on',
      address: '127.0.0.1:21720',
      why: null,
      accepted: 12,
      last: now - 4 * SECOND,
    },
    gateway: noGateway,
    banners: [],
    today: { handled: 9, toLog: 0, typicalPopMs: 180, items: day(now) },
    pinned: [candidate('51006', 'Beatriz Gonzaga', 'Standard · Porto', null)],
    recent: lately,
    settings: {
      open: 'accept',
      theme: 'system',
      density: 'comfortable',
      alwaysOnTop: true,
      language: 'system',
      notify: true,
      notifyName: true,
      shownBy: 'screenpop',
      announce: true,
      sound: 'tap',
      quiet: false,
      dock: 'right',
      startAtSignIn: false,
      keyShow: 'Ctrl+Alt+P',
      keyOpen: null,
      keyCase: null,
      keyCopy: null,
      keyCurtain: null,
      mask: [],
      lockAfter: 0,
      noCapture: false,
      listener: true,
      listenerPort: 0,
      region: 'ES',
      agentId: 'agent01',
      gateway: null,
      locked: [],
    },
    off: [],
    words: {},
    mayJoin: true,
    bundle: null,
    fileFaults: [],
    refusals: [],
    queue: [],
    nextTry: null,
    keeps: true,
    webhooks: 0,
    wrapUp: {
      outcomes: [
        'Answered',
        'Follow-up needed',
        'Case updated',
        'Transferred',
        'Complaint',
        'No contact',
      ],
      required: ['outcome'],
      seconds: 120,
    },
    pausedUntil: null,
    sandbox: true,
    language: 'en',
    version: '0.1.0',
    ...given,
  };
}

/** A window that is nothing but itself, on a desktop that can do everything. */
export const plainWindow: WindowView = {
  compact: false,
  curtain: null,
  asks: null,
  hotkeys: [],
  can: {
    tray: true,
    place: true,
    notice: true,
    idle: true,
    quiet: true,
    lock: true,
    capture: true,
  },
};

const salesforce: ConnectionView = {
  id: 'salesforce',
  label: 'Salesforce',
  crm: 'Salesforce',
  definition: 'salesforce',
  fields: { server: 'https://meridian.example' },
  method: 'token',
  user: null,
  state: 'ok',
  latencyMs: 142,
  heard: null,
  signInEnds: null,
  signedInAs: 'agent01',
  problem: null,
  waitsUntil: null,
  allowances: [],
  sandbox: false,
  address: 'https://meridian.example',
  managed: true,
};

const zendesk: ConnectionView = {
  ...salesforce,
  id: 'zendesk',
  label: 'Zendesk',
  crm: 'Zendesk',
  definition: 'zendesk',
  fields: { server: 'https://meridian.zendesk.example' },
  latencyMs: 96,
  address: 'https://meridian.zendesk.example',
  managed: false,
};

/** The app while Salesforce is in a state of its own. */
export function withSalesforce(now: number, state: ConnectionView['state']): AppView {
  return app(now, { connections: [{ ...salesforce, state, latencyMs: null }, zendesk] });
}

/** The app while none of its CRMs is reached. */
export function withoutRoute(now: number): AppView {
  const lost = { state: 'problem', latencyMs: null } as const;
  const connections = [salesforce, zendesk].map((one) => ({ ...one, ...lost }));
  return app(now, { connections });
}

export function firstRun(now: number): AppView {
  return app(now, {
    firstRun: true,
    agent: null,
    connections: [],
    listener: { state: 'off', address: null, why: null, accepted: 0, last: null },
    today: { handled: 0, toLog: 0, typicalPopMs: null, items: [] },
    pinned: [],
    recent: [],
  });
}

/** Connected, but nothing is heard yet. */
export function quiet(now: number): AppView {
  return { ...firstRun(now), firstRun: false, connections: [zendesk], agent: 'agent01' };
}

export function managed(now: number): AppView {
  const view = app(now);
  const locked = ['pop.open', 'attention.name', 'listener.enabled', 'phone.default_region'];
  return { ...view, settings: { ...view.settings, locked }, bundle: bundle(now, locked) };
}

/** A layout, words and switches of an organisation's own. */
export function ordered(now: number): AppView {
  return app(now, {
    off: ['search', 'create_customer'],
    words: { cases: 'Tickets', open_record: 'Open in Meridian', owner: 'Adviser' },
    mayJoin: false,
    bundle: { ...bundle(now), own: true },
  });
}

export function troubled(now: number): AppView {
  return app(now, {
    connections: [
      {
        ...salesforce,
        state: 'sign_in',
        latencyMs: null,
        problem: {
          connection: 'salesforce',
          title: 'Your Salesforce sign-in has expired',
          text: 'It ended at 10:41, after 8 hours. Customers of Salesforce are not found until you sign in again.',
          severity: 'critical',
          action: 'sign_in',
          code: '401 INVALID_SESSION_ID',
          requestId: null,
          at: now - MINUTE,
        },
      },
      {
        ...zendesk,
        state: 'slow',
        latencyMs: 3120,
        heard: now - 2 * MINUTE,
        signInEnds: now + 3 * DAY,
        waitsUntil: now + 8 * MINUTE,
        allowances: [
          { label: 'API calls a day', left: 1240, limit: 100000, at: now - MINUTE },
          { label: 'Requests', left: 0, limit: null, at: now - MINUTE },
        ],
      },
    ],
    banners: bannered(now).banners,
    fileFaults: [
      {
        file: 'definitions/rest.toml',
        line: 42,
        key: 'find.phone.call',
        found: 'GET api/customers',
        expected: 'A method and a path that begins with “/”, such as “GET /api/customers”.',
      },
    ],
    refusals: [
      {
        code: 'E_SIGNATURE',
        text: 'The signature is wrong. The sender uses another secret than this computer.',
        count: 3,
      },
      { code: 'E_ORIGIN', text: 'A web page tried to send an event. Web pages may not.', count: 1 },
    ],
  });
}

export function bannered(now: number): AppView {
  return app(now, {
    banners: [
      {
        code: 'memory_only',
        text: 'No keychain on this computer: sign-ins are kept in memory and end with the app.',
      },
      {
        code: 'loopback_http',
        text: 'Zendesk is reached without encryption, on this computer only.',
      },
    ],
  });
}

/** One of the day's interactions is over and its card still waits for the wrap-up. */
export function unlogged(now: number, pop: number | null = null): AppView {
  const view = app(now);
  const items = view.today.items.map((item, at) =>
    at === 0 ? { ...item, notLogged: true, pop } : item,
  );
  return { ...view, today: { ...view.today, toLog: 1, items } };
}

function day(now: number): HistoryItemView[] {
  const rows: readonly [HistoryItemView['channel'], string, string | null, number][] = [
    ['voice', 'Marta Ferreira', 'Card limit raised', 13],
    ['chat', 'Tomasz Nowak', 'Standing order changed', 32],
    ['voice', 'Ingrid Solheim', 'Fee explanation', 46],
    ['email', 'Keller & Söhne GmbH', 'New signatory form sent', 64],
    ['chat', 'Aisha Rahman', 'App sign-in reset', 82],
    ['messaging', 'Luc Perrin', 'Branch appointment', 99],
    ['chat', 'Priya Nair', 'Travel notice added', 113],
    ['voice', '+49 30 23125 907', null, 130],
    ['email', 'Olga Petrenko', 'Address change confirmed', 144],
  ];
  const phases: Partial<Record<number, HistoryItemView['phase']>> = {
    2: 'missed',
    4: 'withdrawn',
    5: 'looked_up',
    7: 'missed',
  };
  const followUps: Partial<Record<number, HistoryItemView['followUp']>> = {
    2: 'missed',
    7: 'voicemail',
  };
  return rows.map(([channel, title, reason, minutes], at) => ({
    id: 100 - at,
    pop: null,
    at: now - minutes * MINUTE,
    channel,
    title,
    reason,
    phase: phases[at] ?? 'ended',
    canReopen: reason !== null,
    followUp: followUps[at] ?? null,
    notLogged: false,
  }));
}
