// Which interaction is in front, and which page. Pure, because these rules decide whether the
// panel ever takes something away from an agent who is typing.

import type { PopView } from '../bindings/wire';
import { isOver } from '../shared/phases';

export type Page =
  | 'cards'
  | 'search'
  | 'today'
  | 'health'
  | 'settings'
  | 'connect'
  | 'join'
  | 'queue'
  | 'help'
  | 'doctor'
  | 'flight'
  | 'dry-run'
  | 'evidence'
  | 'way';

export interface Selection {
  /** Live interactions in the order of their arrival; it never changes while they live. */
  readonly order: readonly number[];
  /** The interaction in front, or none. */
  readonly selected: number | null;
  /** What the main band shows; `cards` is the selected interaction, or the idle page. */
  readonly page: Page;
  /** Arrivals that waited because the agent was busy, newest last. */
  readonly waiting: readonly number[];
  /** Those that were in front at some time, the latest first. */
  readonly shown: readonly number[];
}

export interface Arrival {
  readonly pop: number;
  /** The agent types, or has a form or list in use. */
  readonly busy: boolean;
  /** The agent asked for it a moment ago, so it comes to the front. */
  readonly own: boolean;
  /** Another one is still going on; those that only wait for their wrap-up are not. */
  readonly othersLive: boolean;
}

export const nothing: Selection = {
  order: [],
  selected: null,
  page: 'cards',
  waiting: [],
  shown: [],
};

/** How many of the latest keep their place on the page although they are over. */
const LATEST = 3;

/** An interaction arrived: it gets a tab, and comes to the front only where nobody is disturbed. */
export function arrived(before: Selection, { pop, busy, own, othersLive }: Arrival): Selection {
  if (before.order.includes(pop)) return before;
  const after = { ...before, order: [...before.order, pop] };
  if (own) return chosen(after, pop);
  if (busy) return { ...after, waiting: [...before.waiting, pop] };
  return othersLive ? after : chosen(after, pop);
}

/** An interaction ended; the selection moves only if it was the selected one. */
export function gone(before: Selection, pop: number): Selection {
  const place = before.order.indexOf(pop);
  if (place < 0) return before;
  const order = before.order.filter((other) => other !== pop);
  const waiting = before.waiting.filter((other) => other !== pop);
  const shown = before.shown.filter((other) => other !== pop);
  const after = { ...before, order, waiting, shown };
  if (before.selected !== pop) return after;
  return inFront(after, order[Math.max(place - 1, 0)] ?? null);
}

/** What waited for the agent does not wait any more: it rings no longer. */
export function seen(before: Selection, pop: number): Selection {
  if (!before.waiting.includes(pop)) return before;
  return { ...before, waiting: before.waiting.filter((other) => other !== pop) };
}

/** The agent chose an interaction. */
export function chosen(before: Selection, pop: number): Selection {
  if (!before.order.includes(pop)) return before;
  const waiting = before.waiting.filter((other) => other !== pop);
  return inFront({ ...before, page: 'cards', waiting }, pop);
}

/** The agent chose the interaction at a position, from 1. */
export function chosenAt(before: Selection, position: number): Selection {
  const pop = before.order[position - 1];
  return pop === undefined ? before : chosen(before, pop);
}

/** The agent chose the next interaction, or the one before, going round. */
export function chosenNext(before: Selection, step: 1 | -1): Selection {
  const count = before.order.length;
  if (count === 0) return before;
  const place = before.selected === null ? -1 : before.order.indexOf(before.selected);
  if (place < 0) return chosenAt(before, step === 1 ? 1 : count);
  return chosenAt(before, ((place + step + count) % count) + 1);
}

/** The agent opened a page, or went back to the customer. */
export function opened(before: Selection, page: Page): Selection {
  const first = before.order[0] ?? null;
  return inFront({ ...before, page }, before.selected ?? (page === 'cards' ? first : null));
}

/** The notice of waiting arrivals was put away. */
export function noticed(before: Selection): Selection {
  return before.waiting.length === 0 ? before : { ...before, waiting: [] };
}

/**
 * The interactions whose cards are in the document. One that was never in front has nothing to
 * lose; one that was keeps its scroll and what is open on it while it goes on, or has a form that
 * the agent opened, and a while longer. With all that wait for their wrap-up in the document, each
 * arrival would be slower by the length of the day.
 */
export function drawn(
  { selected, shown }: Selection,
  live: readonly PopView[],
  forms: ReadonlyMap<number, { readonly asked: boolean }>,
): readonly PopView[] {
  const latest = shown.slice(0, LATEST);
  return live.filter(({ id, phase }) => {
    if (id === selected || forms.get(id)?.asked === true) return true;
    return (isOver(phase) ? latest : shown).includes(id);
  });
}

function inFront(before: Selection, pop: number | null): Selection {
  if (pop === null || before.shown[0] === pop) return { ...before, selected: pop };
  const shown = [pop, ...before.shown.filter((other) => other !== pop)];
  return { ...before, selected: pop, shown };
}
