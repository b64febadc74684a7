// Numbers, dates and durations as the language and the region of this computer write them.

import { locale } from './language.svelte';

const made = new Map<string, unknown>();

/** Intl's tools are dear to make, so each is kept for its locale. */
function tool<T>(name: string, make: (locale: string) => T): T {
  const id = `${locale()} ${name}`;
  const known = made.get(id) ?? make(locale());
  made.set(id, known);
  return known as T;
}

function dates(name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return tool(`date ${name}`, (locale) => new Intl.DateTimeFormat(locale, options));
}

function numbers(name: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return tool(`number ${name}`, (locale) => new Intl.NumberFormat(locale, options));
}

function relative(): Intl.RelativeTimeFormat {
  return tool('relative', (locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));
}

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const CLOCK = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const DAY_MONTH = { day: 'numeric', month: 'short' } as const;

export function number(n: number): string {
  return numbers('plain', {}).format(n);
}

/** Several things in one phrase: `one, two and three`. */
export function list(things: readonly string[]): string {
  return tool('list', (locale) => new Intl.ListFormat(locale)).format(things);
}

/** What a language calls itself: `Deutsch`. */
export function languageName(tag: string): string {
  const name = new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
  return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1);
}

/** A language as this window's language calls it: `es` is `Spanish`; what is no tag stays. */
export function languageOf(text: string): string {
  if (!/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(text)) return text;
  const names = tool(
    'languages',
    (locale) => new Intl.DisplayNames(locale, { type: 'language', fallback: 'code' }),
  );
  const name = names.of(text) ?? text;
  return name.charAt(0).toLocaleUpperCase(locale()) + name.slice(1);
}

/** A running time: `0:04`, `11:47`, `1:02:09`. */
export function timer(ms: number): string {
  const total = Math.max(0, Math.floor(ms / SECOND));
  const parts = [Math.floor(total / 3600), Math.floor((total % 3600) / 60), total % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown
    .map((part, at) => (at === 0 ? String(part) : String(part).padStart(2, '0')))
    .join(':');
}

/** Milliseconds as seconds: `0.18`. */
export function inSeconds(ms: number): string {
  return numbers('seconds', { maximumFractionDigits: 2 }).format(ms / SECOND);
}

/** Milliseconds as seconds, as exactly as what is usual can be: `0.2`; never nothing at all. */
export function inTenths(ms: number): string {
  const tenths = Math.max(1, Math.round(ms / 100));
  return numbers('tenths', { maximumFractionDigits: 1 }).format(tenths / 10);
}

/** Microseconds as milliseconds, as exactly as they matter: `0.41`, `17.2`, `178`. */
export function inMillis(us: number): string {
  const ms = us / 1000;
  const maximumFractionDigits = ms < 10 ? 2 : ms < 100 ? 1 : 0;
  return numbers(`millis ${maximumFractionDigits}`, { maximumFractionDigits }).format(ms);
}

/** The time of day: `10:31`. */
export function time(at: number): string {
  return dates('time', CLOCK).format(at);
}

/** The time of day to the second, for support. */
export function timeExactly(at: number): string {
  return dates('exactly', { ...CLOCK, second: '2-digit' }).format(at);
}

/** A weekday with its date: `Tue 18 Nov`. */
export function dayName(at: number): string {
  return dates('weekday', { ...DAY_MONTH, weekday: 'short' }).format(at);
}

/** A day: the time if it was today, else the date, with the year if it was another one. */
export function dateOf(at: number, now: number): string {
  if (sameDay(at, now)) return time(at);
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  if (sameYear) return dates('day', DAY_MONTH).format(at);
  return dates('month', { month: 'short', year: 'numeric' }).format(at);
}

/** How long ago, under an hour; the time or the date after that. */
export function ago(at: number, now: number): string {
  const passed = now - at;
  if (passed < MINUTE)
    return relative().format(-Math.max(0, Math.round(passed / SECOND)), 'second');
  if (passed < HOUR) return relative().format(-Math.round(passed / MINUTE), 'minute');
  return dateOf(at, now);
}

/** A day to come: `today`, `tomorrow`, or its date. */
export function dayToCome(at: number, now: number): string {
  const days = Math.round((startOfDay(at) - startOfDay(now)) / DAY);
  if (days >= -1 && days <= 1) return relative().format(days, 'day');
  return dateOf(at, now);
}

/** A length of time in its largest unit: `38 min`, `3 days`. */
export function length(ms: number): string {
  if (ms < HOUR) return unit(Math.max(1, Math.round(ms / MINUTE)), 'minute');
  if (ms < DAY) return unit(Math.round(ms / HOUR), 'hour');
  return unit(Math.floor(ms / DAY), 'day');
}

export function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

function sameDay(one: number, other: number): boolean {
  return startOfDay(one) === startOfDay(other);
}

function unit(n: number, name: 'minute' | 'hour' | 'day'): string {
  const unitDisplay = name === 'day' ? 'long' : 'short';
  return numbers(name, { style: 'unit', unit: name, unitDisplay }).format(n);
}
