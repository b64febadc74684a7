// Where an interaction stands, as the window groups it. What leads from one phase to the next is
// the core's business.

import type { PhaseView } from '../bindings/wire';

/** The interaction goes on. */
export function isLive(phase: PhaseView): boolean {
  return phase === 'offered' || phase === 'accepted' || phase === 'held';
}

/** It is over and at most waits for its wrap-up; a customer looked up by hand is neither. */
export function isOver(phase: PhaseView): boolean {
  return !isLive(phase) && phase !== 'looked_up';
}
