// The pages that can be opened, with their keys.

import type { IconName } from '../shared/icons';
import type { Panel } from '../state/panel.svelte';
import type { Page } from '../state/selection';

export interface ViewLink {
  readonly page: Extract<Page, 'search' | 'today' | 'health' | 'settings'>;
  readonly icon: IconName;
  readonly keys: string;
}

/** Those that the organisation has not switched off. */
export function viewsOf(panel: Panel): readonly ViewLink[] {
  return panel.isOff('search') ? views.filter(({ page }) => page !== 'search') : views;
}

const views: readonly ViewLink[] = [
  { page: 'search', icon: 'search', keys: 'Ctrl+K' },
  { page: 'today', icon: 'history', keys: 'Ctrl+H' },
  { page: 'health', icon: 'pulse', keys: 'Ctrl+D' },
  { page: 'settings', icon: 'sliders', keys: 'Ctrl+,' },
];
