// Invented writes, forms and wrap-ups, as the design shows them.

import type {
  AppView,
  FormFieldView,
  FormView,
  PopView,
  WriteKind,
  WriteView,
  WritingView,
} from '../../bindings/wire';
import { MINUTE, SECOND } from '../../words/format';
import { withoutRoute } from './apps';

const kinds: readonly WriteKind[] = [
  'create_case',
  'log_interaction',
  'add_note',
  'set_status',
  'set_priority',
];

/** What can be written for a customer of Zendesk. */
export function writing(given: Partial<WritingView> = {}): WritingView {
  return {
    actions: kinds.map((kind) => ({ connection: 'zendesk', label: 'Zendesk', kind })),
    drafts: [],
    writes: [],
    wrapUp: { kind: 'not_yet' },
    mustLog: false,
    ...given,
  };
}

function field(name: string, label: string, given: Partial<FormFieldView> = {}): FormFieldView {
  return {
    name,
    label,
    kind: 'text',
    required: false,
    max: 250,
    lines: 1,
    choices: [],
    default: null,
    ...given,
  };
}

/** What the new case is about at first. */
export const SUBJECT = 'Home loan: asked about loan status';

const choice = (label: string) => ({ value: label.toLowerCase().replaceAll(' ', '_'), label });

const caseForm: FormView = {
  kind: 'create_case',
  opens: true,
  fields: [
    field('subject', 'Subject', { required: true, default: SUBJECT }),
    field('category', 'Category', {
      kind: 'choice',
      default: 'loans',
      choices: ['Loans', 'Cards', 'Accounts', 'Online banking', 'Complaint'].map(choice),
    }),
    field('due', 'Due', { kind: 'date' }),
    field('priority', 'Priority', {
      kind: 'choice',
      default: 'normal',
      choices: ['Low', 'Normal', 'High', 'Urgent'].map(choice),
    }),
    field('description', 'Description', { lines: 6, max: 2000 }),
  ],
};

const personForm: FormView = {
  opens: false,
  kind: 'create_customer',
  fields: [
    field('name', 'Name', { required: true }),
    field('email', 'E-mail', { kind: 'email' }),
    field('phone', 'Telephone', { kind: 'phone', default: '+49 30 23125 907' }),
  ],
};

const statusForm: FormView = {
  opens: false,
  kind: 'set_status',
  fields: [
    field('status', 'Status', {
      kind: 'choice',
      required: true,
      choices: ['Pending', 'In progress', 'Waiting for bank', 'Solved'].map(choice),
    }),
  ],
};

const priorityForm: FormView = {
  opens: false,
  kind: 'set_priority',
  fields: [
    field('priority', 'Priority', {
      kind: 'choice',
      required: true,
      choices: ['Low', 'Normal', 'High', 'Urgent'].map(choice),
    }),
  ],
};

/** The form of an action. */
export function formOf(kind: WriteKind): FormView {
  if (kind === 'create_case') return caseForm;
  if (kind === 'create_customer') return personForm;
  if (kind === 'set_priority') return priorityForm;
  return statusForm;
}

export function write(now: number, given: Partial<WriteView> = {}): WriteView {
  return {
    id: 'w1',
    kind: 'create_case',
    connection: 'zendesk',
    label: 'Zendesk',
    customer: 'Cesar Gonzalez',
    subject: 'Asked about loan status',
    case: null,
    input: { subject: 'Asked about loan status', priority: 'normal' },
    shown: null,
    state: 'held',
    asked: now - 2 * SECOND,
    undoUntil: now + 3 * SECOND,
    attempts: 0,
    next: null,
    problem: null,
    faults: [],
    maybeDone: false,
    number: null,
    made: null,
    pop: 1,
    ...given,
  };
}

/** A status that Zendesk did not accept. */
export function refusedStatus(now: number): WriteView {
  return write(now, {
    id: 'w2',
    kind: 'set_status',
    subject: 'CS-20481',
    case: '20481',
    input: { status: 'solved' },
    shown: 'Solved',
    state: 'parked',
    asked: now - 4 * MINUTE,
    undoUntil: null,
    problem: {
      connection: 'zendesk',
      title: 'Zendesk did not accept the status “Solved”: closing note is missing',
      text: 'Nothing was changed. Add a note to the case, then send it again.',
      severity: 'critical',
      action: 'copy_for_admin',
      code: '422 RecordInvalid',
      requestId: null,
      at: now - 3 * MINUTE,
    },
    faults: [{ field: 'status', text: 'The CRM did not accept this' }],
  });
}

/** A note that waits until Zendesk can be reached again. */
export function waitingNote(now: number): WriteView {
  return write(now, {
    id: 'w3',
    kind: 'add_note',
    subject: 'CS-20417',
    case: '20417',
    input: { note: 'Told him that the card was sent again.' },
    state: 'waiting',
    asked: now - 12 * MINUTE,
    undoUntil: null,
    attempts: 3,
    next: now + MINUTE,
  });
}

/** The card while a new case and a status are on their way, and one was refused. */
export function onItsWay(now: number, make: (now: number) => PopView): PopView {
  const view = make(now);
  const waiting = write(now, { state: 'waiting', undoUntil: null });
  const [first, ...rest] = view.cases.items;
  const coming = {
    connection: 'zendesk',
    source: null,
    id: 'w1',
    number: null,
    subject: 'Asked about loan status',
    status: null,
    priority: 'normal',
    created: null,
    due: null,
    copy: false,
    made: false,
    write: 'w1',
  } as const;
  const items = first ? [coming, { ...first, write: 'w2' }, ...rest] : [coming];
  return {
    ...view,
    cases: { ...view.cases, items, total: items.length },
    writing: writing({ writes: [waiting, refusedStatus(now)] }),
  };
}

/** The app while no CRM is reached: two writes wait for the next try. */
export function away(now: number): AppView {
  const app = withoutRoute(now);
  const waiting = write(now, { state: 'waiting', undoUntil: null, asked: now - MINUTE });
  return { ...app, queue: [waitingNote(now), waiting], nextTry: now + 12 * SECOND };
}

/** The app while some of it waits to be sent. */
export function queued(now: number, app: AppView): AppView {
  const queue = [waitingNote(now), refusedStatus(now), write(now, { state: 'waiting' })];
  return { ...app, queue };
}
