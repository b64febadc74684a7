// Keys for lists that come from CRMs, where an id may appear twice: the second one is told apart,
// so that a list never fails to draw.

export interface Keyed<T> {
  readonly key: string;
  readonly item: T;
}

export function distinct<T>(items: readonly T[], keyOf: (item: T) => string): Keyed<T>[] {
  const seen = new Map<string, number>();
  return items.map((item) => {
    const key = keyOf(item);
    const times = seen.get(key) ?? 0;
    seen.set(key, times + 1);
    return { key: times === 0 ? key : `${key} ${times}`, item };
  });
}
