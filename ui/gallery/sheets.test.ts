// Draws every state of the gallery on sheets for the documentation, in both themes, narrow and wide.
// `cargo xtask shots` asks for them; the ordinary run leaves them alone.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { states } from '../src/host/fake/states';
import { gallery, launch, show } from './browser';

const FOLDER = resolve('../src-tauri/docs/screenshots/gallery');
const SHEETS = ['420x780', '960x780'].flatMap((size) =>
  ['light', 'dark'].map((theme) => ({ size, theme })),
);
/** How wide a state is drawn on the narrow and on the wide sheet, and how many stand in a row. */
const COLUMNS = { '420x780': { width: 210, count: 8 }, '960x780': { width: 420, count: 4 } };

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

describe.runIf(process.env['SCREENPOP_WRITE'] === '1')('the sheets of the documentation', () => {
  it.each(SHEETS)(
    'show every state, $size $theme',
    async ({ size, theme }) => {
      const complaints: string[] = [];
      const page = await gallery(browser, (text) => complaints.push(text));
      const shots: [string, string][] = [];
      for (const state of Object.keys(states)) {
        await show(page, { state, theme, size });
        const shot = await page.screenshot({ animations: 'disabled' });
        shots.push([state, shot.toString('base64')]);
      }
      await page.close();
      expect(complaints).toEqual([]);
      const { width, count } = COLUMNS[size as keyof typeof COLUMNS];
      const sheet = await browser.newPage({
        viewport: { width: count * (width + 12), height: 100 },
      });
      const figures = shots.map(
        ([state, data]) =>
          `<figure><img src="data:image/png;base64,${data}"><figcaption>${state}</figcaption></figure>`,
      );
      await sheet.setContent(`<style>
        body { display: flex; flex-wrap: wrap; gap: 8px; margin: 8px 4px; background: #8a8f94; }
        figure { margin: 0; font: 11px sans-serif; } img { display: block; width: ${width}px; }
      </style>${figures.join('')}`);
      const picture = await sheet.screenshot({ fullPage: true, type: 'jpeg', quality: 72 });
      mkdirSync(FOLDER, { recursive: true });
      writeFileSync(join(FOLDER, `${size}-${theme}.jpg`), picture);
      await sheet.close();
    },
    300_000,
  );
});
