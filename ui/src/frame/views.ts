// The pages that can be opened, with their keys.

import type { IconName } from '../shared/icons';
import type { Page } from '../state/selection';

export interface ViewLink {
  readonly page: Extract<Page, 'search' | 'today' | 'health' | 'settings'>;
  readonly icon: IconName;
  readonly keys: string;
}

export const views: readonly ViewLink[] = [
  { page: 'search', icon: 'search', keys: 'Ctrl+K' },
  { page: 'today', icon: 'history', keys: 'Ctrl+H' },
  { page: 'health', icon: 'pulse', keys: 'Ctrl+D' },
  { page: 'settings', icon: 'sliders', keys: 'Ctrl+,' },
];
