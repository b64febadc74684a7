// Every state of the window as a browser draws it: accessible, whole and readable in every theme,
// density, language, width and medium, each two of them together somewhere.

import type axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLOSE, OPEN, textsIn } from '../src/host/fake/pseudo';
import { definitions } from '../src/host/fake/definitions';
import { deliveriesOf } from '../src/host/fake/deliveries';
import { dryRun, evidenceOf, flightOf, MAPPINGS, reasonsOf } from '../src/host/fake/insights';
import { found } from '../src/host/fake/pops';
import { formOf } from '../src/host/fake/writing';
import { states } from '../src/host/fake/states';
import { gallery, launch, MEDIA, show, SIZES, type Look } from './browser';
import { colourOnly, layoutFaults, movements, ringFault, untranslated } from './looks';
import { pairsIn, pairsOf, pairwise } from './pairs';

const NAMES = Object.keys(states) as (keyof typeof states)[];
const ASPECTS = {
  state: NAMES,
  lang: ['en', 'de', 'es', 'fr', 'pt', 'ar', 'ja'],
  size: SIZES,
  media: MEDIA,
  theme: ['light', 'dark'],
  density: ['comfortable', 'compact'],
} as const;
const KINDS = ['create_case', 'create_customer', 'set_status', 'set_priority'] as const;
const LOOKS = pairwise(ASPECTS);
const RULES: axe.RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  rules: { 'target-size': { enabled: true } },
  resultTypes: ['violations'],
};

/** What the fake host answers with besides. */
const ALL_PARTS = { timeline: true, requests: true, versions: true, diagnosis: true };
const DATA = [
  definitions,
  found,
  KINDS.map(formOf),
  MAPPINGS,
  deliveriesOf(Date.now()),
  dryRun('{}'),
  [false, true].map((isFailed) => [
    flightOf(isFailed),
    reasonsOf(isFailed),
    evidenceOf({ of: { pop: null, past: null }, parts: ALL_PARTS, remark: '' }, isFailed),
  ]),
];

let browser: Browser;
let pages: Page[];
const complaints: string[] = [];
const complain = (text: string) => void complaints.push(text);

beforeAll(async () => {
  browser = await launch();
  // One draws while the other is looked at.
  pages = await Promise.all([gallery(browser, complain), gallery(browser, complain)]);
});
afterAll(() => browser.close());

describe('every state', () => {
  it.each(NAMES)('%s is accessible, whole and readable', async (name) => {
    const looks = LOOKS.filter(({ state }) => state === name);
    const faults = await onEach(looks, faultsOf);
    expect([...faults, ...complaints.splice(0)]).toEqual([]);
  });
});

/** Looks at each, with all pages at work. */
async function onEach(
  looks: readonly Look[],
  act: (page: Page, look: Look) => Promise<string[]>,
): Promise<string[]> {
  const left = [...looks];
  const work = async (page: Page): Promise<string[]> => {
    const look = left.shift();
    if (!look) return [];
    await show(page, look);
    const said = (await act(page, look)).map((one) => `${Object.values(look).join(' ')}: ${one}`);
    return [...said, ...(await work(page))];
  };
  return (await Promise.all(pages.map(work))).flat();
}

async function faultsOf(page: Page, { media }: Look): Promise<string[]> {
  const faults = [
    ...(await axeFaults(page, media === 'forced')),
    ...(await page.evaluate(layoutFaults)),
  ];
  if (media === 'still') faults.push(...(await page.evaluate(movements)));
  if (media === 'forced') faults.push(...(await page.evaluate(colourOnly)));
  return faults;
}

async function axeFaults(page: Page, forced: boolean): Promise<string[]> {
  // Where the system's colours are forced, the page is not told which they are.
  const contrast = { 'color-contrast': { enabled: !forced } };
  const options = { ...RULES, rules: { ...RULES.rules, ...contrast } };
  return page.evaluate(async (rules) => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run(
      document,
      rules,
    );
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, any }) => `${id}: ${html.slice(0, 200)} ${any[0]?.message ?? ''}`),
    );
  }, options);
}

describe('a language nobody speaks', () => {
  let page: Page;
  beforeAll(async () => (page = await gallery(browser, complain, 'idle&lang=pseudo')));

  it.each(NAMES)('stands in every text of %s that is not data', async (name) => {
    await show(page, { state: name, lang: 'pseudo' });
    const now = Date.now();
    const data = textsIn([states[name](now), states.search(now), DATA]);
    expect(await page.evaluate(untranslated, [OPEN, CLOSE, ...data])).toEqual([]);
    expect(await page.evaluate(layoutFaults)).toEqual([]);
  });

  it('is missed where a text is written by hand', async () => {
    await show(page, { state: 'idle', lang: 'pseudo' });
    await page.evaluate(() => {
      const [title, button] = [document.querySelector('h1'), document.querySelector('button')];
      if (title) title.textContent = 'By hand';
      button?.setAttribute('title', 'Also by hand');
    });
    const faults = await page.evaluate(untranslated, [OPEN, CLOSE]);
    expect(faults).toContainEqual(expect.stringContaining('“By hand”'));
    expect(faults).toContainEqual(expect.stringContaining('“Also by hand”'));
  });
});

describe('the keyboard', () => {
  const STEPS = 24;
  const shown: (keyof typeof states)[] = [
    'single',
    'matches',
    'wrap-up',
    'settings',
    'search',
    'connect',
  ];

  it.each(shown)('is seen wherever it goes in %s', async (state) => {
    const faults = await onEach(
      ['plain', 'forced'].map((media) => ({ state, media })),
      async (page) => {
        const lost: string[] = [];
        for (let step = 0; step < STEPS; step += 1) {
          await page.keyboard.press('Tab');
          const fault = await page.evaluate(ringFault);
          if (fault) lost.push(fault);
        }
        return lost;
      },
    );
    expect(faults).toEqual([]);
  });
});

describe('a look', () => {
  it.each([
    ['sideways scrolling', 'footer', 'width: 2000px'],
    ['text that is cut', 'h1', 'width: 40px; overflow: hidden; white-space: nowrap'],
    ['what is covered', 'main', 'position: fixed; inset: 0; z-index: 9; background: red'],
  ])('finds %s', async (_, where, style) => {
    const [page] = pages;
    if (!page) throw new Error('no page');
    await show(page, { state: 'single' });
    expect(await page.evaluate(layoutFaults)).toEqual([]);
    await page.evaluate(
      ([name, css]) =>
        document.querySelector(`.pane:not([hidden]) ${name}`)?.setAttribute('style', css),
      [where, style] as const,
    );
    expect(await page.evaluate(layoutFaults)).not.toEqual([]);
  });

  it('finds what moves where it may', async () => {
    const [page] = pages;
    if (!page) throw new Error('no page');
    await show(page, { state: 'incoming' });
    expect(await page.evaluate(movements)).not.toEqual([]);
    await show(page, { state: 'incoming', media: 'still' });
    expect(await page.evaluate(movements)).toEqual([]);
  });
});

describe('the window of a notice', () => {
  /** It is no page: it has no heading, and nothing stands around it. */
  const PAGE_RULES = ['page-has-heading-one', 'landmark-one-main', 'region'];
  const where = (page: Page) =>
    page.evaluate(() => {
      const place = (of: string) => document.querySelector(of)?.getBoundingClientRect().x ?? 0;
      return {
        dir: document.documentElement.dir,
        icon: place('.ctx svg'),
        end: place('.ctx .end'),
      };
    });

  it.each(['en', 'de', 'ar', 'ja'])('is accessible and whole in %s', async (lang) => {
    const [page] = pages;
    if (!page) throw new Error('no page');
    for (const theme of ['light', 'dark']) {
      await show(page, { state: 'notice', lang, theme, size: '378x260' });
      const faults = (await axeFaults(page, false)).filter(
        (fault) => !PAGE_RULES.some((rule) => fault.startsWith(rule)),
      );
      expect(faults).toEqual([]);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide, 'nothing is cut').toBeLessThanOrEqual(378);
    }
  });

  it('is mirrored in Arabic, and only there', async () => {
    const [page] = pages;
    if (!page) throw new Error('no page');
    await show(page, { state: 'notice', lang: 'ar', size: '378x260' });
    const arabic = await where(page);
    expect(arabic.dir).toBe('rtl');
    expect(arabic.icon, 'it begins at the right').toBeGreaterThan(arabic.end);
    await show(page, { state: 'notice', lang: 'de', size: '378x260' });
    const german = await where(page);
    expect(german.dir).toBe('ltr');
    expect(german.icon).toBeLessThan(german.end);
  });
});

describe('the combinations', () => {
  it('bring every two values together', () => {
    const met = new Set(LOOKS.flatMap((look) => pairsOf(look)));
    const wanted = pairsIn(ASPECTS).flatMap(pairsOf);
    expect(wanted.filter((pair) => !met.has(pair))).toEqual([]);
    expect(LOOKS.length, 'hardly more than must be').toBeLessThan(
      NAMES.length * ASPECTS.lang.length + 10,
    );
  });
});
