// How states, themes, densities, languages, widths and media are combined: so that every two values
// meet somewhere, which takes hundreds of pictures where all combinations take ten thousands.

/** What a picture is drawn with: the name of each aspect and the value chosen. */
export type Choice<A extends Aspects> = { readonly [K in keyof A]: A[K][number] };
export type Aspects = Readonly<Record<string, readonly string[]>>;

/** Combinations in which every value of an aspect meets every value of each other one. */
export function pairwise<A extends Aspects>(aspects: A): Choice<A>[] {
  const names = Object.keys(aspects).sort(
    (one, other) => (aspects[other]?.length ?? 0) - (aspects[one]?.length ?? 0),
  );
  const [first, second, ...others] = names;
  if (first === undefined || second === undefined) return [];
  // The two longest aspects need all of each other, which is as short as it can be; whatever
  // else has to meet is fitted in, what meets the longest first: it has the fewest turns.
  const rest = all(others, aspects);
  const met = new Set<string>();
  const grid = (aspects[first] ?? []).flatMap((one, row) =>
    (aspects[second] ?? []).map((other, column) => {
      const base = { [first]: one, [second]: other };
      const [best = {}] = turned(rest, row + column)
        .map((more) => ({ ...base, ...more }))
        .sort((a, b) => urgency(b, first, met) - urgency(a, first, met));
      for (const pair of pairsOf(best)) met.add(pair);
      return best;
    }),
  );
  return [...grid, ...missing(aspects, met)] as Choice<A>[];
}

/** Combinations for what has not met yet: of the others, the first value. */
function missing(aspects: Aspects, met: Set<string>): Record<string, string>[] {
  const firsts = Object.entries(aspects).map(([name, values]) => [name, values[0] ?? ''] as const);
  const two = pairsIn(aspects).filter((two) => pairsOf(two).some((pair) => !met.has(pair)));
  return two.map((values) => ({ ...Object.fromEntries(firsts), ...values }));
}

/** Every two values of different aspects. */
export function pairsIn(aspects: Aspects): Record<string, string>[] {
  const all = Object.entries(aspects);
  return all.flatMap(([one, values], at) =>
    all
      .slice(at + 1)
      .flatMap(([other, others]) =>
        values.flatMap((value) => others.map((another) => ({ [one]: value, [other]: another }))),
      ),
  );
}

/** The pairs of values that meet in a combination. */
export function pairsOf(choice: Readonly<Record<string, string>>): string[] {
  const values = Object.entries(choice)
    .map(([name, value]) => `${name}=${value}`)
    .sort();
  return values.flatMap((one, at) => values.slice(at + 1).map((other) => `${one} ${other}`));
}

function urgency(
  choice: Readonly<Record<string, string>>,
  longest: string,
  met: ReadonlySet<string>,
): number {
  const unmet = pairsOf(choice).filter((pair) => !met.has(pair));
  return unmet.length + 100 * unmet.filter((pair) => pair.includes(`${longest}=`)).length;
}

function all(names: readonly string[], aspects: Aspects): Record<string, string>[] {
  const [name, ...others] = names;
  if (name === undefined) return [{}];
  return all(others, aspects).flatMap((rest) =>
    (aspects[name] ?? []).map((value) => ({ [name]: value, ...rest })),
  );
}

/** The same list from another place on, so that what is equally good takes its turn. */
function turned<T>(list: readonly T[], by: number): T[] {
  const at = list.length === 0 ? 0 : by % list.length;
  return [...list.slice(at), ...list.slice(0, at)];
}
