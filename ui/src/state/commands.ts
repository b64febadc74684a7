// What the agent can do with a card, for buttons, menus and keys alike.

import type {
  CandidateView,
  CaseView,
  ChoiceView,
  HistoryItemView,
  PopView,
  ProblemView,
  WriteKind,
} from '../bindings/wire';
import { customerKey } from '../shared/names';
import { timeExactly } from '../words/format';
import { t } from '../words';
import type { Insight } from './insights.svelte';
import { requestOf, type Panel } from './panel.svelte';

export function openRecord(panel: Panel, view: PopView): void {
  void panel.ask('open_record', {
    pop: requestOf(view),
    case: null,
    company: false,
    also_in: null,
  });
}

export function openCompany(panel: Panel, view: PopView): void {
  void panel.ask('open_record', { pop: requestOf(view), case: null, company: true, also_in: null });
}

/** Opens the customer's record in another CRM that knows them. */
export function openBeside(panel: Panel, view: PopView, connection: string): void {
  const pop = requestOf(view);
  void panel.ask('open_record', { pop, case: null, company: false, also_in: connection });
}

export function openCase(
  panel: Panel,
  view: PopView,
  { connection, id }: Pick<CaseView, 'connection' | 'id'>,
): void {
  void panel.ask('open_record', {
    pop: requestOf(view),
    case: { connection, id },
    company: false,
    also_in: null,
  });
}

/** Whether a connection has a page of its own that lists what a search for a card's customer finds. */
export function searches(view: PopView, connection: string): boolean {
  return view.sources.some((source) => source.connection === connection && source.searches);
}

export function openSearch(panel: Panel, view: PopView, connection: string): void {
  void panel.ask('open_search', { pop: requestOf(view), connection });
}

/** Turns to another customer: undoes a choice, or searches for who it really is. */
export function otherCustomer(panel: Panel, view: PopView): void {
  if (view.canUndoChoice) void panel.ask('not_this_person', requestOf(view));
  else panel.show('search', view.id);
}

/** Asks every connection of the card again. */
export function refresh(panel: Panel, view: PopView): void {
  for (const { connection } of view.sources) retry(panel, view, connection);
}

export function retry(panel: Panel, view: PopView, connection: string): void {
  void panel.ask('retry', { pop: requestOf(view), connection });
}

/** Closes a card; one that must be logged asks for that first. */
export function close(panel: Panel, view: PopView): void {
  if (view.writing.mustLog) wrapUp(panel, view);
  else void panel.ask('close', requestOf(view));
}

/** Whether a connection offers something for a card's customer. */
export function offers(view: PopView, kind: WriteKind, connection: string): boolean {
  return view.writing.actions.some(
    (action) => action.kind === kind && action.connection === connection,
  );
}

/** The cases that something can be done with, in their own CRM. */
export function casesFor(view: PopView, kind: WriteKind): readonly CaseView[] {
  return view.cases.items.filter(({ made, connection }) => made && offers(view, kind, connection));
}

/** Whether something can be done for a card's customer. */
export function canDo(view: PopView, kind: WriteKind): boolean {
  const onCase = kind === 'add_note' || kind === 'set_status' || kind === 'set_priority';
  if (onCase) return casesFor(view, kind).length > 0;
  return view.writing.actions.some((action) => action.kind === kind);
}

/** Whether it is to be said, or can be, how the interaction went. */
export function canWrapUp(panel: Panel, view: PopView): boolean {
  if (view.phase === 'offered' || view.phase === 'withdrawn' || view.phase === 'looked_up') {
    return false;
  }
  const asked = panel.app !== null && panel.app.wrapUp.outcomes.length > 0;
  return view.writing.wrapUp.kind !== 'logged' && (asked || canDo(view, 'log_interaction'));
}

export function newCase(panel: Panel, view: PopView): void {
  if (canDo(view, 'create_case')) panel.openForm(view.id, 'create_case');
  else if (canDo(view, 'create_customer')) panel.openForm(view.id, 'create_customer');
}

export function note(panel: Panel, view: PopView): void {
  if (canDo(view, 'add_note')) panel.openForm(view.id, 'add_note');
}

export function wrapUp(panel: Panel, view: PopView): void {
  if (canWrapUp(panel, view)) panel.openForm(view.id, 'log_interaction');
}

/** What a case's status or its priority can be changed to. */
export interface CaseChoice extends ChoiceView {
  readonly does: 'set_status' | 'set_priority';
}

const CHANGES = { set_status: 'status', set_priority: 'priority' } as const;

/** Whether a status or a priority can be changed in a CRM. */
export function changesCases(view: PopView, connection: string): boolean {
  return offers(view, 'set_status', connection) || offers(view, 'set_priority', connection);
}

/** What a case's status and priority can be changed to, as its CRM says: the statuses first. */
export async function choicesOf(
  panel: Panel,
  view: PopView,
  { connection, id }: CaseView,
): Promise<readonly CaseChoice[] | undefined> {
  const kinds = (['set_status', 'set_priority'] as const).filter((does) =>
    offers(view, does, connection),
  );
  const read = kinds.map(async (does): Promise<readonly CaseChoice[] | undefined> => {
    const request = { pop: requestOf(view), connection, action: does, case: id };
    const form = await panel.ask('form', request);
    const field = form?.fields.find(({ name }) => name === CHANGES[does]);
    return field?.choices.map((choice) => ({ ...choice, does }));
  });
  const choices = await Promise.all(read);
  return choices.some((list) => list === undefined)
    ? undefined
    : choices.flatMap((list) => list ?? []);
}

export function changeCase(panel: Panel, view: PopView, item: CaseView, choice: CaseChoice): void {
  void panel.ask('write', {
    pop: requestOf(view),
    connection: item.connection,
    action: choice.does,
    case: item.id,
    input: { [CHANGES[choice.does]]: choice.value },
    shown: choice.label,
    opens: false,
  });
}

/** By the core, because a hotkey of the agent's works without a click in this window. */
export function copyId(panel: Panel, view: PopView): void {
  if (!view.customerId) return;
  const said = t('copy.done', { what: view.customerId });
  void panel.ask('copy_id', requestOf(view)).then((done) => {
    if (done !== undefined) panel.announcer.say(said);
  });
}

/** By the core, which knows the address that would be opened. */
export function copyLink(panel: Panel, view: PopView): void {
  void panel.ask('copy_link', requestOf(view)).then((done) => {
    if (done !== undefined) panel.announcer.say(t('copy.link'));
  });
}

/** Whether the search offers a card's customer before a word is typed; `null` without a customer. */
export function isPinned(panel: Panel, { matching }: PopView): boolean | null {
  if (matching.kind !== 'one') return null;
  const key = customerKey(matching.customer);
  return panel.app?.pinned.some((known) => customerKey(known) === key) ?? false;
}

export function pin(panel: Panel, view: PopView, pinned: boolean): void {
  void panel.ask('pin', { pop: requestOf(view), pinned }).then((done) => {
    if (done !== undefined) panel.announcer.say(t(pinned ? 'pin.done' : 'pin.undone'));
  });
}

/** A customer's record. */
export type Customer = Pick<CandidateView, 'connection' | 'id'>;

/** Shows an interaction of the past: its card if that is there, else its customer anew. */
export function showPast(panel: Panel, { id, pop }: HistoryItemView): void {
  if (pop !== null && panel.pops.has(pop)) panel.choose(pop);
  else void panel.askForCard('reopen', { id });
}

/** The agent says who it is: for a card, or on a card of its own. */
export function useCustomer(panel: Panel, customer: Customer, view: PopView | null): void {
  const { connection, id } = customer;
  if (view) {
    void panel.ask('use_customer', { pop: requestOf(view), connection, id });
    panel.choose(view.id);
    return;
  }
  void panel.askForCard('use_customer', { pop: null, connection, id });
}

/** What the button of a problem does. */
export function solve(panel: Panel, problem: ProblemView, view: PopView | null): void {
  switch (problem.action) {
    case 'retry':
      if (view) retry(panel, view, problem.connection);
      else void panel.ask('test_connection', { connection: problem.connection });
      return;
    case 'sign_in':
      panel.signInTo(problem.connection);
      return;
    case 'copy_for_admin':
      void panel.copy(report(problem), t('copy.request'));
      return;
    case 'search':
      panel.show('search', view?.id ?? null);
      return;
    case 'diagnose':
      panel.diagnose(problem.connection);
      return;
    case 'connect':
      panel.signInTo(null);
  }
}

/** A problem as lines of text that an administrator can work with. */
export function report(problem: ProblemView): string {
  const { title, text, code, requestId, at } = problem;
  const id = requestId ? [t('problem.request', { id: requestId })] : [];
  return [title, text, code, ...id, timeExactly(at)].join('\n');
}

/** Shows what happened in an interaction, and why. */
export function lookInto(panel: Panel, insight: Insight): void {
  panel.insights.of = insight;
  panel.show('flight');
}

/** Shows what would be handed to support. */
export function exportEvidence(panel: Panel, of: Insight | null): void {
  panel.insights.evidence = of;
  panel.show('evidence');
}
