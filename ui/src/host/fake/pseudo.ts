// A language nobody speaks, for finding what is not translated: every message, date and number
// stands between marks, and messages are longer by two fifths, as some languages are.

import { FluentBundle } from '@fluent/bundle';

export const OPEN = '⟦';
export const CLOSE = '⟧';
const GROWTH = 0.4;

/** Speaks it from now on, for good. */
export function speakPseudo(): void {
  change(FluentBundle.prototype, 'formatPattern', (own) => {
    return function (pattern, ...values) {
      const text = own.call(this, pattern, ...values) ?? '';
      // Plain words only: a sentence with values has them in their place already.
      const more = typeof pattern === 'string' ? '·'.repeat(Math.ceil(text.length * GROWTH)) : '';
      return wrapped(text + more);
    };
  });
  wrapMethod(Intl.RelativeTimeFormat.prototype as object, 'format');
  wrapMethod(Intl.ListFormat.prototype, 'format');
  wrapMethod(Intl.DisplayNames.prototype, 'of');
  wrapGetter(Intl.DateTimeFormat.prototype, 'format');
  wrapGetter(Intl.NumberFormat.prototype, 'format');
}

function wrapped(text: string): string {
  return `${OPEN}${text}${CLOSE}`;
}

type Method = (this: unknown, ...values: unknown[]) => string | undefined;

function change(prototype: object, name: string, make: (own: Method) => Method): void {
  const own = Reflect.get(prototype, name) as Method;
  Reflect.defineProperty(prototype, name, { value: make(own) });
}

function wrapMethod(prototype: object, name: string): void {
  change(prototype, name, (own) => {
    return function (...values) {
      return wrapped(own.apply(this, values) ?? '');
    };
  });
}

/** `format` of dates and numbers is a function made for the object that is asked for it. */
function wrapGetter(prototype: object, name: string): void {
  const own = Reflect.getOwnPropertyDescriptor(prototype, name)?.get;
  const get = function (this: unknown): Method {
    const format = own?.call(this) as Method;
    return (...values) => wrapped(format(...values) ?? '');
  };
  Reflect.defineProperty(prototype, name, { get });
}

/** Every text in a value, however deep. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
