// Arabic reads from the right: no style may name a left or right side, unless it is said why.

import { expect, it } from 'vitest';

const files = {
  ...import.meta.glob<string>('/src/**/*.svelte', {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
  ...import.meta.glob<string>('/src/styles/*.css', {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
};

const SIDED = [
  /\b(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)\b/,
  /\bborder-(?:top|bottom)-(?:left|right)-radius\b/,
  /(?:^|[\s;{])(?:left|right)\s*:/,
  /\b(?:text-align|float|clear|caption-side)\s*:\s*(?:left|right)\b/,
  /\bstyle:(?:left|right|margin-left|margin-right|padding-left|padding-right)\b/,
];
/** Four values name the sides in turn; the second and the fourth must be the same. */
const FOUR = /\b(?:margin|padding|inset|border-width)\s*:\s*([^;{}]+);/g;
/** A shadow or a shift to one side needs its mirror in the same file. */
const SHIFT = /\b(?:translate\s*:\s*-?\d|translateX\(|box-shadow:\s*(?:inset\s+)?-?[1-9]\d*px\s)/;

it('is true of every style', () => {
  expect(Object.keys(files).length).toBeGreaterThan(50);
  expect(Object.entries(files).flatMap(([path, text]) => faults(path, text))).toEqual([]);
});

it.each([
  ['margin-left: 4px', true],
  ['  left: 0', true],
  ['text-align: right', true],
  ['border-top-left-radius: 4px', true],
  ['padding: 1px 2px 3px 4px;', true],
  ['translate: 50% 0', true],
  ['margin-inline-start: 4px', false],
  ['text-align: start', false],
  ['padding: 1px 2px 3px 2px;', false],
  ['inset: 0;', false],
])('of %s it is found: %s', (style, found) => {
  expect(faults('x.css', `a { ${style} }`).length > 0).toBe(found);
});

function faults(path: string, text: string): string[] {
  const styles = path.endsWith('.svelte') ? stylesOf(text) : text;
  const plain = styles.replaceAll(/\/\*.*?\*\//gs, '');
  const sided = plain.split('\n').filter((line) => SIDED.some((one) => one.test(line)));
  const uneven = [...plain.matchAll(FOUR)]
    .filter(([, values = '']) => isUneven(values.trim().split(/\s+(?![^(]*\))/)))
    .map(([all]) => all);
  const shifts = plain.split('\n').filter((line) => SHIFT.test(line));
  const mirrored = plain.includes("[dir='rtl']");
  return [...sided, ...uneven, ...(mirrored ? [] : shifts)].map((one) => `${path}: ${one.trim()}`);
}

function isUneven(values: readonly string[]): boolean {
  return values.length === 4 && values[1] !== values[3];
}

/** The style of a component, and what its template sets on elements. */
function stylesOf(component: string): string {
  const [, style = ''] = /<style>(.*)<\/style>/s.exec(component) ?? [];
  const directives = component.match(/style:[a-z-]+/g) ?? [];
  return [style, ...directives].join('\n');
}
