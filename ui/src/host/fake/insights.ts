// What happened in an invented interaction, why, and what would be handed to support.

import type { Commands, FlightRowView, FlightView, WhyView } from '../../bindings/wire';

const TRACE = '0af7651916cd43dd8448eb211c80319c';

function step(atUs: number, label: string, detail = '', bad = false): FlightRowView {
  return { label, detail, atUs, tookUs: null, parts: [], request: null, call: null, bad };
}

function request(
  atUs: number,
  detail: string,
  us: readonly [number, number, number, number],
  id: string | null,
): FlightRowView {
  const [dns, connect, wait, body] = us;
  const parts = [
    { part: 'dns', us: dns },
    { part: 'connect', us: connect },
    { part: 'wait', us: wait },
    { part: 'body', us: body },
  ] as const;
  const told = parts.filter(({ us }) => us > 0);
  return {
    label: 'Request',
    detail,
    atUs,
    tookUs: dns + connect + wait + body + 300,
    parts: told.map(({ part, us }) => ({ part, us })),
    request: id,
    call: 'find.id',
    bad: id === null,
  };
}

const pop: readonly FlightRowView[] = [
  step(0, 'Received'),
  step(180, 'Signature verified'),
  step(240, 'Read as an event'),
  step(1_900, 'Rule counted', 'Loans in Spanish'),
  step(2_050, 'Card made'),
  step(2_300, 'Asked who it is', 'Salesforce · record ID'),
  step(2_320, 'Asked who it is', 'Zendesk · e-mail address'),
  step(13_600, 'Card on screen'),
  request(
    2_600,
    'Salesforce · POST /services/data/v64.0/composite · 200',
    [4_100, 31_200, 96_400, 2_300],
    'TID:8c1f2a4d9e3b4c55',
  ),
  request(
    2_700,
    'Zendesk · GET /api/v2/search.json · 200',
    [0, 0, 88_100, 1_200],
    '7f2c90aa-4d11-4e0b-9d2e-3b1f0c5a7e61',
  ),
  step(92_300, 'Answered who it is', 'Zendesk · × 1'),
  step(137_000, 'Answered who it is', 'Salesforce · × 1'),
  step(137_400, 'One customer', 'Salesforce · record ID'),
  step(137_700, 'Link chosen', 'Salesforce · customer · #1'),
  step(151_900, 'Complete on screen'),
  step(178_200, 'Opened in the browser'),
];

const failed: readonly FlightRowView[] = [
  step(0, 'Received'),
  step(160, 'Signature verified'),
  step(210, 'Read as an event'),
  step(1_700, 'Card made'),
  step(2_100, 'Asked who it is', 'Salesforce · phone number'),
  request(
    2_400,
    'Salesforce · POST /services/data/v64.0/composite · 401 · sign_in_needed',
    [0, 0, 88_000, 900],
    null,
  ),
  step(92_000, 'Answered who it is', 'Salesforce · sign_in_needed · × 0', true),
  step(92_400, 'Could not be looked up', '', true),
];

const written: readonly FlightRowView[] = [
  step(0, 'Entry saved here', 'Salesforce · create_case'),
  request(
    4_200,
    'Salesforce · POST /services/data/v64.0/sobjects/Case · 201',
    [0, 0, 143_000, 800],
    'TID:5d0e77c1a2b34f90',
  ),
  step(149_000, 'Written to the CRM', 'Salesforce · create_case'),
];

export function flightOf(isFailed: boolean): FlightView {
  const groups = isFailed
    ? [{ fromUs: 0, spanUs: 92_400, rows: [...failed] }]
    : [
        { fromUs: 0, spanUs: 178_200, rows: [...pop] },
        { fromUs: 134_000_000, spanUs: 149_000, rows: [...written] },
      ];
  const at = Date.now() - 140_000;
  return { at, channel: 'chat', trace: TRACE, groups, text: '0.000 ms  Received', json: '{}' };
}

const why: readonly WhyView[] = [
  {
    title: 'Why this customer',
    lines: [
      {
        sign: 'for',
        text: 'Exactly one customer fits',
        detail: 'Found in Salesforce by record ID, verified by the platform.',
      },
      { sign: 'plain', text: 'Came in: record ID, verified by the platform', detail: null },
      { sign: 'plain', text: 'Came in: e-mail address, claimed', detail: null },
      { sign: 'against', text: 'Not used, phone number: the number is withheld', detail: null },
    ],
  },
  {
    title: 'Who was found',
    lines: [
      {
        sign: 'for',
        text: 'Cesar Gonzalez',
        detail: 'The customer on the card. Salesforce: record ID, verified by the platform',
      },
      {
        sign: 'for',
        text: 'Cesar Gonzalez',
        detail: 'The same person in another CRM. Zendesk: e-mail address, claimed',
      },
      {
        sign: 'against',
        text: 'Carla Gonzalez',
        detail:
          'Not meant: what can be trusted more found somebody else. Salesforce: e-mail address, claimed',
      },
    ],
  },
  {
    title: 'The record in the CRM',
    lines: [
      { sign: 'for', text: 'Opened in the browser', detail: null },
      { sign: 'plain', text: 'When it opens is a setting', detail: null },
    ],
  },
  {
    title: 'What rules did',
    lines: [{ sign: 'for', text: 'Priority: high', detail: 'Rule “Loans in Spanish”' }],
  },
  {
    title: 'Who was asked',
    lines: [
      { sign: 'for', text: 'Salesforce found 2 customers', detail: null },
      { sign: 'for', text: 'Zendesk found 1 customer', detail: null },
    ],
  },
];

const whyNot: readonly WhyView[] = [
  {
    title: 'Why this customer',
    lines: [
      {
        sign: 'careful',
        text: '2 customers fit; the choice is yours',
        detail:
          'All were found by what can be trusted equally. Nothing opens and nothing is written until you choose.',
      },
      {
        sign: 'plain',
        text: 'Came in: phone number, from the telephone network, which can be forged',
        detail: null,
      },
    ],
  },
  {
    title: 'The record in the CRM',
    lines: [
      {
        sign: 'against',
        text: 'Not opened: several customers fit, and you decide',
        detail: null,
      },
    ],
  },
  { title: 'What rules did', lines: [{ sign: 'plain', text: 'No rule counted', detail: null }] },
  {
    title: 'Who was asked',
    lines: [
      { sign: 'for', text: 'Zendesk found 2 customers', detail: null },
      {
        sign: 'against',
        text: 'Your Salesforce sign-in has expired',
        detail: 'The access is missing, wrong or over. Sign in again; the card completes itself.',
      },
    ],
  },
];

export function reasonsOf(isFailed: boolean): Commands['explain']['answer'] {
  return { sections: [...(isFailed ? whyNot : why)] };
}

export const MAPPINGS = ['amazon-connect', 'genesys-cloud', 'glia', 'twilio', 'zoom'];

export function dryRun(body: string): Commands['dry_run']['answer'] {
  if (!body.trim().startsWith('{')) {
    return { kind: 'unreadable', why: 'E_EVENT at line 1, column 1: expected JSON' };
  }
  const link = 'https://meridian.lightning.force.com/lightning/r/Contact/003Qy00000AbCdE/view';
  return {
    kind: 'read',
    dropped: [],
    cards: [{ name: 'Cesar Gonzalez', link, sections: [...why] }],
  };
}

export function evidenceOf(
  { parts }: Commands['evidence']['request'],
  isFailed: boolean,
): Commands['evidence']['answer'] {
  const all = [
    { name: 'README.txt', text: 'Screenpop 1.4.0, evidence of 2026-11-18T09:44:02.118Z (UTC)\n' },
    {
      name: 'timeline.txt',
      text:
        '2026-11-18T09:44:02.118000Z  chat\ntrace 0af7651916cd43dd8448eb211c80319c\n' +
        '       0.000 ms  Received\n       0.180 ms  Signature verified\n' +
        '       2.600 ms  Request · Salesforce · POST /services/data/v64.0/composite · 200 · 134.300 ms\n',
      part: 'timeline',
    },
    {
      name: 'requests.json',
      text: '[\n  {\n    "call": "find.id",\n    "status": 200,\n    "answered": { "records": [{ "Id": "text" }, "× 1"] }\n  }\n]\n',
      part: 'requests',
    },
    { name: 'settings.json', text: '{ "version": "1.4.0" }\n', part: 'versions' },
    { name: 'health.json', text: '{ "connections": [] }\n', part: 'diagnosis' },
    { name: 'scan.json', text: '{ "clean": true }\n' },
  ] as const;
  const files = all
    .filter((file) => !('part' in file) || parts[file.part])
    .map(({ name, text }) => ({ name, text }));
  const found = isFailed ? [{ what: 'customer name, as base64', file: 'README.txt' }] : [];
  return {
    number: 1,
    name: 'screenpop-evidence-2026-11-18T09-44-02.zip',
    bytes: 84_000,
    files,
    scan: { lookedFor: 23, found },
    summary: 'Screenpop 1.4.0',
  };
}
