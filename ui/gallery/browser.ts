// The browser that draws the gallery: Chromium of the system, on the page built from invented data.
// The page is handed to it file by file; nothing listens and nothing is reached.

import { existsSync, readFileSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';

const ADDRESS = 'http://gallery.invalid';
// Tests run in the folder of the page.
const FOLDER = resolve('dist-fake');
const AXE = resolve('node_modules/axe-core/axe.min.js');
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
};
const PROGRAMS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

// Nothing is asked of a network, and a first start on a machine that is busy may take its time.
const ARGUMENTS = [
  '--no-sandbox',
  '--lang=en-GB',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
];

export interface Look {
  readonly state: string;
  readonly theme?: string;
  readonly density?: string;
  readonly lang?: string;
  readonly size?: string;
  readonly media?: string;
}

/** Sizes of the window. The last is one of 640 × 780 at 200 %. */
export const SIZES = ['360x640', '420x780', '960x780', '1200x800', '320x390'] as const;
export const MEDIA = ['plain', 'forced', 'still'] as const;

let turn = 0;

export async function launch(): Promise<Browser> {
  const executablePath = PROGRAMS.find((path) => existsSync(path));
  if (!executablePath) throw new Error('Chromium is missing: apt-get install chromium');
  return chromium.launch({ executablePath, args: ARGUMENTS, timeout: 60_000 });
}

/** A page with the gallery in it. What goes wrong inside is told to `complain`. */
export async function gallery(
  browser: Browser,
  complain: (text: string) => void,
  hash = 'idle',
): Promise<Page> {
  const page = await browser.newPage({ locale: 'en-GB', timezoneId: 'Europe/Madrid' });
  page.on('pageerror', ({ message }) => complain(message));
  page.on('console', (line) => {
    if (line.type() === 'error') complain(line.text());
  });
  await page.route(`${ADDRESS}/**`, async (route) => {
    const path = join(FOLDER, new URL(route.request().url()).pathname);
    const body = existsSync(path) ? readFileSync(path) : null;
    if (body) await route.fulfill({ body, contentType: TYPES[extname(path)] ?? 'text/plain' });
    else await route.fulfill({ status: 204 });
  });
  await page.goto(`${ADDRESS}/fake.html#${hash}`);
  await page.addScriptTag({ path: AXE });
  return page;
}

/** Shows a state, and waits until it is drawn. */
export async function show(page: Page, look: Look): Promise<void> {
  const [width = 420, height = 780] = (look.size ?? '420x780').split('x').map(Number);
  const { state, theme = 'light', density = 'comfortable', lang = 'en', media } = look;
  await page.setViewportSize({ width, height });
  await page.emulateMedia({
    forcedColors: media === 'forced' ? 'active' : 'none',
    reducedMotion: media === 'still' ? 'reduce' : 'no-preference',
    colorScheme: theme === 'dark' ? 'dark' : 'light',
  });
  await page.mouse.move(0, 0);
  // Each time is an address of its own, so that the same state is drawn anew.
  turn += 1;
  const hash = `${state}&theme=${theme}&density=${density}&lang=${lang}&turn=${turn}`;
  await page.evaluate((to) => (location.hash = to), hash);
  const spoken = lang === 'pseudo' ? 'en' : lang;
  await page.waitForFunction(
    ([name, language]) =>
      document.documentElement.dataset['state'] === name &&
      document.documentElement.lang === language,
    [hash, spoken] as const,
  );
  if (state.startsWith('search')) await page.waitForSelector('[role=option]');
  if (state === 'create-case') await page.waitForSelector('.similar');
  if (state === 'no-match-known') await page.waitForSelector('form [role=status] p');
  await page.evaluate(async () => {
    await document.fonts.ready;
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    // A colour on its way to another is neither; what was taken away meanwhile ends otherwise.
    const changes = document.getAnimations().filter((it) => it instanceof CSSTransition);
    await Promise.allSettled(changes.map((change) => change.finished));
  });
}
