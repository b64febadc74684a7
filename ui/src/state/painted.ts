// Tells the core when a snapshot was on screen: the start of the second frame after the change
// was in the document. It only reads the frame's time, so it costs no layout.

import { tick } from 'svelte';
import type { PaintedRequest } from '../bindings/wire';

/** What was painted: a snapshot of a card, or the window itself, for the first time. */
type Painted = Omit<PaintedRequest, 'at_us'>;
export const THE_WINDOW: Painted = { pop: 0, seq: 0 };

/** Waits until it is painted, then reports it; a hidden window paints nothing. */
export function whenPainted(
  { pop, seq }: Painted,
  report: (painted: PaintedRequest) => void,
): void {
  if (document.hidden) return;
  void tick().then(() => {
    requestAnimationFrame(() => {
      requestAnimationFrame((frame) => {
        const at = (performance.timeOrigin + frame) * 1000;
        report({ pop, seq, at_us: Math.round(at) });
      });
    });
  });
}
