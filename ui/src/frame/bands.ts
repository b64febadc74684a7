// The bands of the window, and how F6 goes round them.

import { moveFocus, stops } from '../shared/focus';

/** Moves to the next band, or the one before. */
export function nextBand(event: KeyboardEvent, root: HTMLElement): void {
  const bands = [...root.querySelectorAll<HTMLElement>('[data-band]')].filter(
    (band) => band.closest('[hidden]') === null && (stops(band).length > 0 || band.tabIndex === -1),
  );
  const at = bands.findIndex((band) => band.contains(document.activeElement));
  const step = event.shiftKey ? -1 : 1;
  const band = bands[(at + step + bands.length) % bands.length];
  if (band) moveFocus(entrance(band), event);
}

/** Where the keyboard enters a band: its chosen option or tab, its first stop, or itself. */
function entrance(band: HTMLElement): HTMLElement {
  const chosen = band.querySelector<HTMLElement>('[aria-selected=true][tabindex="0"]');
  return chosen ?? stops(band)[0] ?? band;
}
