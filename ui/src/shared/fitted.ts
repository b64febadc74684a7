// Tightens a row step by step until what stands in it fits: how long words are depends on the
// language and on what people write, which no width of the window can tell.

import type { Attachment } from 'svelte/attachments';

/**
 * Sets `data-tight` to the first of `0…steps` at which nothing is cut; styles do the rest. It
 * measures when the page is laid out anyway, before it is painted: never in between.
 */
export function fitted(steps: number): Attachment<HTMLElement> {
  return (row) => {
    let frame = 0;
    const fit = () => {
      for (let step = 0; step <= steps; step += 1) {
        const tight = String(step);
        if (row.dataset['tight'] !== tight) row.dataset['tight'] = tight;
        if (row.scrollWidth <= row.clientWidth) return;
      }
    };
    // Told of the first size too, after the layout in which the row is new.
    const sizes = new ResizeObserver(fit);
    sizes.observe(row);
    if (row.parentElement) sizes.observe(row.parentElement);
    const contents = new MutationObserver(() => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(fit);
    });
    contents.observe(row, { childList: true, characterData: true, subtree: true });
    return () => {
      cancelAnimationFrame(frame);
      sizes.disconnect();
      contents.disconnect();
    };
  };
}
