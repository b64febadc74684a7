// Every state of the window, against what must hold in all of them. Contrast, sizes and overflow
// need a layout and are looked at in a real window.

import { cleanup } from '@testing-library/svelte';
import axe from 'axe-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { open } from '../host/fake/render';
import { states, type StateName } from '../host/fake/states';

const rules = {
  'color-contrast': { enabled: false },
  // The title and the language of the page stand in index.html, which is not loaded here.
  'document-title': { enabled: false },
  'html-has-lang': { enabled: false },
};

beforeAll(() => {
  const style = document.createElement('style');
  style.textContent = '[hidden] { display: none }';
  document.head.append(style);
});
afterEach(cleanup);

describe.each(Object.keys(states) as StateName[])('%s', (name) => {
  it('is accessible, has one heading, at most one filled button, and no style attribute', async () => {
    const { root } = await open(name);
    expect(await faults(root)).toEqual([]);

    const titles = [...root.querySelectorAll('.pane:not([hidden]) h1')];
    expect(titles).toHaveLength(1);
    expect(titles[0]?.textContent.trim()).not.toBe('');

    const filled = root.querySelectorAll('.pane:not([hidden]) .btn.primary');
    expect(filled.length).toBeLessThanOrEqual(1);

    // Sizes set through the object model pass the content security policy; these have them.
    const sized = '.sk, .set .in';
    expect([...root.querySelectorAll('[style]')].filter((one) => !one.matches(sized))).toEqual([]);
  });
});

it('finds what is wrong where something is', async () => {
  const { root } = await open('single');
  const [button] = root.querySelectorAll('.ib');
  button?.removeAttribute('aria-label');
  button?.removeAttribute('title');
  expect(await faults(root)).not.toEqual([]);
});

async function faults(root: Element): Promise<string[]> {
  const { violations } = await axe.run(root, { rules, resultTypes: ['violations'] });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
