// Every word people read comes through here: messages of the Fluent files beside this one, by keys
// whose area and name are parted by a dot.

import type { FluentVariable } from '@fluent/bundle';
import { areIsolated, isolate, visible } from './hidden';
import type { Messages } from './keys';
import { direction, message } from './language.svelte';

export type MessageKey = keyof Messages;

/** Messages that need no values. */
export type PlainKey = {
  [K in MessageKey]: Messages[K] extends null ? K : never;
}[MessageKey];

type Given<K extends MessageKey> = Messages[K] extends null ? [] : [values: Messages[K]];

/** A message, with its values set in; numbers are written as the language writes them. */
export function t<K extends MessageKey>(key: K, ...[values]: Given<K>): string {
  const given: Record<string, FluentVariable> = {};
  for (const [name, value] of Object.entries<string | number>(values ?? {})) {
    given[name] = typeof value === 'number' ? value : shown(value);
  }
  return message(key.replace('.', '-'), given);
}

/** A value that cannot pretend to be another one, nor turn around what stands beside it. */
function shown(value: string): string {
  const text = areIsolated(value) ? value : visible(value);
  return direction() === 'rtl' || /\p{Script=Arabic}|\p{Script=Hebrew}/u.test(value)
    ? isolate(text)
    : text;
}
