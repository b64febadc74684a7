// What the help page tells: the table of keys, and each sign of the window with its meaning. What
// the keys do is said in the words of their buttons.

import type { IconName, MarkName } from '../../shared/icons';
import type { PlainKey } from '../../words';

export interface KeyGroup {
  readonly title: PlainKey;
  readonly keys: readonly (readonly [combination: string, does: PlainKey])[];
}

export const groups: readonly KeyGroup[] = [
  {
    title: 'help.everywhere',
    keys: [
      ['Ctrl+1…9', 'help.place'],
      ['Ctrl+Tab', 'help.next'],
      ['Ctrl+K', 'nav.search'],
      ['Ctrl+H', 'nav.today'],
      ['Ctrl+D', 'nav.health'],
      ['Ctrl+,', 'nav.settings'],
      ['F1', 'help.title'],
      ['F6', 'help.band'],
      ['Escape', 'help.back'],
    ],
  },
  {
    title: 'help.card',
    keys: [
      ['Ctrl+O', 'action.open'],
      ['Ctrl+Shift+O', 'help.first_case'],
      ['Ctrl+N', 'action.new_case'],
      ['Ctrl+J', 'action.note'],
      ['Ctrl+L', 'action.wrap_up'],
      ['Ctrl+Enter', 'help.submit'],
      ['Ctrl+Shift+C', 'menu.copy_id'],
      ['Ctrl+U', 'menu.other'],
      ['Ctrl+R', 'menu.refresh'],
      ['Ctrl+.', 'action.more'],
      ['Ctrl+W', 'menu.close'],
    ],
  },
  {
    title: 'help.lists',
    keys: [
      ['↑+↓', 'help.move'],
      ['1…9', 'help.choose_at'],
      ['Enter', 'help.choose'],
    ],
  },
];

export interface Sign {
  readonly look:
    | { readonly kind: 'icon'; readonly name: IconName }
    | { readonly kind: 'mark'; readonly name: MarkName };
  readonly name: PlainKey;
  readonly means: PlainKey;
}

const icon = (name: IconName) => ({ kind: 'icon', name }) as const;
const mark = (name: MarkName) => ({ kind: 'mark', name }) as const;

export const signs: readonly Sign[] = [
  { look: icon('shield'), name: 'identity.verified', means: 'help.s_verified' },
  { look: icon('shieldq'), name: 'identity.unknown', means: 'help.s_unverified' },
  { look: mark('vip'), name: 'mark.vip', means: 'help.s_vip' },
  { look: mark('sev'), name: 'priority.urgent', means: 'help.s_urgent' },
  { look: mark('ok'), name: 'help.n_ok', means: 'help.s_ok' },
  { look: mark('warn'), name: 'help.n_warn', means: 'help.s_warn' },
  { look: mark('bad'), name: 'help.n_bad', means: 'help.s_bad' },
  { look: icon('clock'), name: 'help.n_queue', means: 'help.s_queue' },
];
