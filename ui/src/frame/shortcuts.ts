// Which key does what, everywhere in the window. Keys inside a list or a menu belong to it.

import { pressed } from '../shared/keys';
import { digit } from '../shared/roving';
import * as commands from '../state/commands';
import type { Panel } from '../state/panel.svelte';
import type { PopView } from '../bindings/wire';
import { viewsOf } from './views';

type CardAction = (panel: Panel, view: PopView) => void;

const onCard: readonly (readonly [keys: string, does: CardAction])[] = [
  ['Ctrl+O', (panel, view) => view.canOpen && commands.openRecord(panel, view)],
  ['Ctrl+Shift+O', openFirstCase],
  ['Ctrl+Shift+C', commands.copyId],
  ['Ctrl+N', commands.newCase],
  ['Ctrl+J', commands.note],
  ['Ctrl+L', commands.wrapUp],
  ['Ctrl+U', commands.otherCustomer],
  ['Ctrl+R', commands.refresh],
  ['Ctrl+W', commands.close],
];

/** What the browser engine would do by itself and an agent never means. */
const ofTheEngine = [
  'F5',
  'Ctrl+R',
  'Ctrl+P',
  'Ctrl+F',
  'Ctrl+N',
  'Ctrl+J',
  'Ctrl+L',
  'Ctrl+G',
  'Ctrl+S',
  'Ctrl+Shift+R',
];

/** Does what a key means; returns whether it meant something. */
export function shortcut(event: KeyboardEvent, panel: Panel): boolean {
  if (choosesTab(event, panel) || opensPage(event, panel) || turnsCompact(event, panel))
    return true;
  const card = panel.inFront;
  const action = onCard.find(([keys]) => pressed(event, keys));
  if (action && card) {
    action[1](panel, card);
    return true;
  }
  return ofTheEngine.some((keys) => pressed(event, keys));
}

function choosesTab(event: KeyboardEvent, panel: Panel): boolean {
  const place = digit(event.key);
  if (place !== null && pressed(event, `Ctrl+${place}`)) {
    panel.chooseAt(place);
    return true;
  }
  const back = pressed(event, 'Ctrl+Shift+Tab');
  if (!back && !pressed(event, 'Ctrl+Tab')) return false;
  panel.chooseNext(back ? -1 : 1);
  return true;
}

function opensPage(event: KeyboardEvent, panel: Panel): boolean {
  const link = viewsOf(panel).find(({ keys }) => pressed(event, keys));
  const page = pressed(event, 'F1') ? 'help' : link?.page;
  if (page) panel.show(page);
  return page !== undefined;
}

function turnsCompact(event: KeyboardEvent, panel: Panel): boolean {
  if (!pressed(event, 'Ctrl+M') && !pressed(event, 'Ctrl+Shift+M')) return false;
  void panel.ask('compact', { on: panel.window?.compact !== true });
  return true;
}

function openFirstCase(panel: Panel, view: PopView): void {
  const first = view.cases.items.find(({ made }) => made);
  if (first) commands.openCase(panel, view, first);
}
