// The language of the window: which there are, which one is spoken, and its messages. A language
// is a folder of Fluent files beside this one; English is always there, for what another lacks.

import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';
import { SvelteMap } from 'svelte/reactivity';
import { visible } from './hidden';

const ENGLISH = 'en';
const RTL: readonly string[] = ['ar'];

const english = import.meta.glob<string>('./en/*.ftl', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const others = import.meta.glob<string>(['./*/*.ftl', '!./en/*.ftl'], {
  query: '?raw',
  import: 'default',
});

/** Every language there is, English first. */
export const languages: readonly string[] = [
  ...new Set([ENGLISH, ...Object.keys(others).map((path) => path.split('/')[1] ?? '')]),
];

const bundles = new SvelteMap<string, FluentBundle>([
  [ENGLISH, bundle(ENGLISH, Object.values(english))],
]);
let spoken = $state(ENGLISH);
/** What the organisation says in the place of messages. */
let own = $state.raw<ReadonlyMap<string, string>>(new Map());

/** The language that is spoken, as `lang` wants it. */
export function language(): string {
  return spoken;
}

/** The language with the region of this computer, for numbers and dates. */
export function locale(): string {
  return regional(spoken);
}

export function direction(of: string = spoken): 'ltr' | 'rtl' {
  return RTL.includes(of) ? 'rtl' : 'ltr';
}

/**
 * Speaks a language from now on: at once if its messages are loaded, else when they are. One that
 * is not there is English.
 */
export async function speak(wanted: string): Promise<void> {
  const chosen = languages.includes(wanted) ? wanted : ENGLISH;
  if (!bundles.has(chosen)) {
    const files = Object.entries(others).filter(([path]) => path.startsWith(`./${chosen}/`));
    const texts = await Promise.all(files.map(([, load]) => load()));
    bundles.set(chosen, bundle(chosen, texts));
  }
  spoken = chosen;
}

/** From now on these texts stand in the place of messages. */
export function replace(texts: ReadonlyMap<string, string>): void {
  own = texts;
}

/** Whether a language can be spoken at once. */
export function isLoaded(wanted: string): boolean {
  return bundles.has(wanted) || !languages.includes(wanted);
}

/** A message in the language that is spoken. */
export function message(id: string, values: Readonly<Record<string, FluentVariable>>): string {
  const text = own.get(id);
  if (text !== undefined) return visible(text);
  for (const known of [bundles.get(spoken), bundles.get(ENGLISH)]) {
    const pattern = known?.getMessage(id)?.value;
    // What a message cannot be given stands in it by name; it is the tests that find it.
    if (known && pattern) return known.formatPattern(pattern, values, []);
  }
  return id;
}

function bundle(name: string, texts: readonly string[]): FluentBundle {
  // Isolation is `t`'s, which knows what needs it.
  const made = new FluentBundle([regional(name), name], { useIsolating: false });
  for (const text of texts) made.addResource(new FluentResource(text));
  return made;
}

function regional(name: string): string {
  const own = navigator.languages.find((one) => one === name || one.startsWith(`${name}-`));
  return own ?? (name === ENGLISH ? 'en-GB' : name);
}
