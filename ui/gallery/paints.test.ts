// What filling the fullest card costs in a browser, and what stays of many cards. `cargo xtask bench`
// asks for it and prints the numbers; the ordinary run measures nothing.

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Paints } from '../src/host/fake/full';
import { gallery, launch, show } from './browser';

const FOUND = resolve('../target/bench/page.json');
const MEASURED = 60;
const WARM_UP = 10;
const MANY = 500;

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

describe.runIf(process.env['SCREENPOP_BENCH'] === '1')('the page', () => {
  it('fills the fullest card, many times', async () => {
    const complaints: string[] = [];
    const page = await gallery(browser, (text) => complaints.push(text));
    const session = await page.context().newCDPSession(page);
    const { full, floor } = await painted(page, MEASURED + WARM_UP);
    const before = await heap(session);
    await painted(page, MANY);
    const after = await heap(session);
    expect(complaints).toEqual([]);
    mkdirSync(dirname(FOUND), { recursive: true });
    const found = {
      full: full.slice(WARM_UP),
      floor: floor.slice(WARM_UP),
      heap_before: before,
      heap_after: after,
    };
    writeFileSync(FOUND, JSON.stringify(found));
  }, 600_000);
});

async function painted(page: Page, count: number): Promise<Paints> {
  await page.evaluate(() => delete document.documentElement.dataset['paints']);
  await show(page, { state: `idle&paints=${count}` });
  const told = () => document.documentElement.dataset['paints'];
  await page.waitForFunction(told, undefined, { timeout: 300_000 });
  return JSON.parse((await page.evaluate(told)) ?? '') as Paints;
}

/** Bytes that scripts still hold after everything that can go is gone. */
async function heap(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize;
}
