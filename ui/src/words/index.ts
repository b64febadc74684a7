// Every word people read comes through here. The catalogue is plain text with `{names}` and plural
// forms, as message files have it, so that a translation is a file and not a change of code.

import { card } from './en/card';
import { frame } from './en/frame';
import { pages } from './en/pages';
import { number, plural } from './format';
import { visible } from './hidden';

const catalogue = { ...card, ...frame, ...pages };

type Catalogue = typeof catalogue;
export type MessageKey = keyof Catalogue;

type Names<S> = S extends `${string}{${infer N}}${infer Rest}` ? N | Names<Rest> : never;
type Forms<M> = M extends string ? M : M[keyof M];
type Values<K extends MessageKey> = Record<Names<Forms<Catalogue[K]>>, string | number>;
type Given<K extends MessageKey> = [Names<Forms<Catalogue[K]>>] extends [never]
  ? []
  : [values: Values<K>];

/** Messages that need no values. */
export type PlainKey = {
  [K in MessageKey]: [Names<Forms<Catalogue[K]>>] extends [never] ? K : never;
}[MessageKey];

/** A message, with its values set in; numbers are written as the language writes them. */
export function t<K extends MessageKey>(key: K, ...[values]: Given<K>): string {
  const given: Readonly<Record<string, string | number>> = values ?? {};
  return formOf(key, given).replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = given[name] ?? '';
    return typeof value === 'number' ? number(value) : visible(value);
  });
}

function formOf(key: MessageKey, values: Readonly<Record<string, string | number>>): string {
  const message: string | { one: string; other: string } = catalogue[key];
  if (typeof message === 'string') return message;
  return plural(Number(values['n'] ?? 0)) === 'one' ? message.one : message.other;
}
