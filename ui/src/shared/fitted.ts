// Tightens a row step by step until what stands in it fits: how long words are depends on the
// language and on what people write, which no width of the window can tell.

import type { Attachment } from 'svelte/attachments';

/** Sets `data-tight` to the first of `0…steps` at which nothing is cut; styles do the rest. */
export function fitted(steps: number): Attachment<HTMLElement> {
  return (row) => {
    const fit = () => {
      for (let step = 0; step <= steps; step += 1) {
        row.dataset['tight'] = String(step);
        if (row.scrollWidth <= row.clientWidth) return;
      }
    };
    const sizes = new ResizeObserver(fit);
    sizes.observe(row);
    if (row.parentElement) sizes.observe(row.parentElement);
    const contents = new MutationObserver(fit);
    contents.observe(row, { childList: true, characterData: true, subtree: true });
    fit();
    return () => {
      sizes.disconnect();
      contents.disconnect();
    };
  };
}
