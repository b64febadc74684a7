// What is said aloud when a card changes: one sentence per change, from two snapshots. Timers and
// numbers that only run on are not said.

import type { CaseView, PopView } from '../bindings/wire';
import { nameOf } from '../shared/names';
import { dateOf, length } from '../words/format';
import { t } from '../words';

export interface Sentences {
  readonly said: readonly string[];
  /** What may interrupt: an urgent case, a lost sign-in. */
  readonly warned: readonly string[];
}

export function sentences(before: PopView | undefined, after: PopView): Sentences {
  const said = [
    ...arrival(before, after),
    ...copy(before, after),
    ...match(before, after),
    ...end(before, after),
  ];
  const warned: string[] = [];
  for (const problem of newProblems(before, after)) {
    const sentence = t('say.problem', { title: problem.title });
    (problem.action === 'sign_in' ? warned : said).push(sentence);
  }
  warned.push(...newUrgent(before, after));
  return { said, warned };
}

function arrival(before: PopView | undefined, after: PopView): string[] {
  if (before || after.phase === 'looked_up') return [];
  const identity = t(after.identity === 'verified' ? 'short.verified' : 'short.unverified');
  const what = t(`${after.phase === 'offered' ? 'offered' : 'channel'}.${after.channel}`);
  const said = [t('say.arrived', { what, who: nameOf(after), identity })];
  if (after.transferredBy !== null) {
    said.push(t('say.transferred_by', { who: after.transferredBy }));
  }
  const reason = after.reason?.title;
  return reason ? [...said, t('say.reason', { reason })] : said;
}

/** What is shown was known before, and nobody has confirmed it. */
function copy(before: PopView | undefined, { saved }: PopView): string[] {
  if (!saved || before?.saved) return [];
  return [t('say.saved', { time: dateOf(saved.at, Date.now()) })];
}

function match(before: PopView | undefined, after: PopView): string[] {
  const { matching } = after;
  if (before?.matching.kind === matching.kind) return cases(before, after);
  switch (matching.kind) {
    case 'looking':
      return [];
    case 'one':
      return [...found(after), ...cases(before, after)];
    case 'several': {
      const name = matching.candidates[matching.preselected]?.name ?? '';
      return [t('say.several', { n: matching.candidates.length + matching.more, name })];
    }
    case 'none':
      return [t('say.none')];
    case 'nothing':
      return [t('say.nothing')];
    case 'failed':
      return [];
  }
}

function found({ title, tier, vip }: PopView): string[] {
  const name = tier ? t('say.found_tier', { name: title, tier }) : t('say.found', { name: title });
  return vip ? [t('say.vip'), name] : [name];
}

function cases(before: PopView | undefined, after: PopView): string[] {
  const known = isToldNow(after) && !(before && isToldNow(before));
  return known && after.cases.total !== null ? [t('say.cases', { n: after.cases.total })] : [];
}

/** Whether the cases are complete, and no copy. */
function isToldNow({ cases: { state, asOf } }: PopView): boolean {
  return state === 'ready' && asOf === null;
}

function end(before: PopView | undefined, after: PopView): string[] {
  if (!before || before.phase === after.phase) return [];
  const name = nameOf(after);
  switch (after.phase) {
    case 'withdrawn':
      return [t('say.withdrawn', { name })];
    case 'missed':
      return [t('say.missed', { name })];
    case 'transferred':
      return [t('say.transferred', { name })];
    case 'wrap_up':
      return [t('say.ended', { name })];
    case 'ended':
      return before.phase === 'wrap_up' ? [] : [t('say.ended', { name })];
    case 'offered':
    case 'accepted':
    case 'held':
    case 'looked_up':
      return [];
  }
}

function newProblems(before: PopView | undefined, after: PopView) {
  const known = new Set(before?.problems.map((one) => `${one.connection} ${one.title}`));
  return after.problems.filter((one) => !known.has(`${one.connection} ${one.title}`));
}

function newUrgent(before: PopView | undefined, after: PopView): string[] {
  const known = new Set(before?.cases.items.filter(isUrgentNow).map((one) => one.id));
  return after.cases.items
    .filter((one) => isUrgentNow(one) && !known.has(one.id))
    .map(({ subject, due }) => {
      const left = due === null ? 0 : due - Date.now();
      if (left <= 0) return t('say.urgent', { subject });
      return t('say.urgent_due', { subject, time: length(left) });
    });
}

/** A copy may be out of date: only what the CRM tells now interrupts. */
function isUrgentNow(one: CaseView): boolean {
  return isUrgent(one) && !one.copy;
}

export function isUrgent(one: CaseView): boolean {
  return one.priority === 'urgent';
}
