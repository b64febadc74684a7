// What stands in a menu.

import type { IconName } from './icons';

export interface MenuItem {
  readonly label: string;
  readonly icon: IconName;
  readonly keys?: string;
  /** Whether it begins a group of its own. */
  readonly begins?: boolean;
  readonly run: () => void;
}
