// Which interaction is looked into: what happened, why, and what evidence is made of.

/** The interaction on a card, or one of the day's list. */
export interface Insight {
  readonly pop: number | null;
  readonly past: number | null;
  /** Whether the way is shown, rather than the reasons. */
  readonly way?: boolean;
}

export class Insights {
  of = $state.raw<Insight | null>(null);
  /** The interaction that evidence is made of; none: the latest ones. */
  evidence = $state.raw<Insight | null>(null);
}
