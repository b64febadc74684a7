// A late answer never reorders rows under the pointer or the keyboard: while the agent is at a list,
// it keeps its order, and what is new waits.

export interface Held<T> {
  /** What to show: the newest data, in the order that was there. */
  readonly items: readonly T[];
  /** How many new ones wait. */
  readonly fresh: number;
}

/** What a list shows; while it is `inHand`, the order of what it showed before stays. */
export function hold<T>(
  before: readonly T[],
  newest: readonly T[],
  inHand: boolean,
  keyOf: (item: T) => string,
): Held<T> {
  if (!inHand || before.length === 0) return { items: newest, fresh: 0 };
  const byKey = new Map(newest.map((item) => [keyOf(item), item]));
  const known = new Set(before.map(keyOf));
  const items = [...known].flatMap((key) => byKey.get(key) ?? []);
  return { items, fresh: newest.length - items.length };
}
