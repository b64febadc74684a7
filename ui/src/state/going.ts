// Where the tray, a notice or a hotkey takes the agent. They asked for it themselves, elsewhere.

import type { GoView } from '../bindings/wire';
import * as commands from './commands';
import type { Panel } from './panel.svelte';

/** Goes there. Without a card in front there is nothing to open or to copy. */
export function goTo(panel: Panel, go: GoView): void {
  const card = panel.selected;
  switch (go.to) {
    case 'health':
    case 'settings':
      panel.show(go.to);
      return;
    case 'card':
      panel.choose(go.pop);
      return;
    case 'open_record':
      if (card?.canOpen) commands.openRecord(panel, card);
      return;
    case 'copy_id':
      if (card) commands.copyId(panel, card);
      return;
    case 'new_case':
      if (!card) return;
      panel.choose(card.id);
      commands.newCase(panel, card);
  }
}
