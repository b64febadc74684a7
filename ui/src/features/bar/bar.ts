// What the compact bar says: which interactions fit, and one line about each.

import type { PopView } from '../../bindings/wire';
import { isUrgent } from '../../state/sentences';
import { t } from '../../words';

/** The most rows; the window is no higher. */
export const MOST_ROWS = 3;

/** The rows that fit: the one in front always, then what rings, then the others as they came. */
export function fitting(live: readonly PopView[], selected: number | null): readonly PopView[] {
  const rank = ({ id, phase }: PopView) => (id === selected ? 0 : phase === 'offered' ? 1 : 2);
  const chosen = live
    .map((view, at) => ({ view, at }))
    .sort((one, other) => rank(one.view) - rank(other.view) || one.at - other.at)
    .slice(0, MOST_ROWS);
  return chosen.sort((one, other) => one.at - other.at).map(({ view }) => view);
}

/** The severe case in words; nothing where none is open. */
export function severeLine(view: PopView): string | null {
  const severe = view.cases.items.find(isUrgent);
  return severe ? t('bar.severe', { subject: severe.subject }) : null;
}

/** Wish, open cases and id, as far as they are known. */
export function line(view: PopView): string {
  const wish = view.reason?.title ?? view.reason?.quote ?? t(`channel.${view.channel}`);
  const cases = view.cases.total ? t('bar.cases', { n: view.cases.total }) : null;
  const id = view.idMasked ? null : view.customerId;
  return [wish, cases, id].filter((part) => part !== null).join(' · ');
}
