// What the agent can do with a card, for buttons, menus and keys alike.

import type { CandidateView, CaseView, PopView, ProblemView } from '../bindings/wire';
import { timeExactly } from '../words/format';
import { t } from '../words';
import { requestOf, type Panel } from './panel.svelte';

export function openRecord(panel: Panel, view: PopView): void {
  void panel.ask('open_record', { pop: requestOf(view), case: null, company: false });
}

export function openCompany(panel: Panel, view: PopView): void {
  void panel.ask('open_record', { pop: requestOf(view), case: null, company: true });
}

export function openCase(panel: Panel, view: PopView, { connection, id }: CaseView): void {
  void panel.ask('open_record', { pop: requestOf(view), case: { connection, id }, company: false });
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

export function close(panel: Panel, view: PopView): void {
  void panel.ask('close', requestOf(view));
}

export function copyId(panel: Panel, view: PopView): void {
  if (view.customerId) void panel.copy(view.customerId);
}

/** The agent says who it is: for a card, or on a card of its own. */
export function useCustomer(panel: Panel, customer: CandidateView, view: PopView | null): void {
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
