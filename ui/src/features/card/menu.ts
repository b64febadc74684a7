// What else can be done with a card, behind the three dots.

import type { PopView } from '../../bindings/wire';
import type { MenuItem } from '../../shared/menu';
import * as commands from '../../state/commands';
import type { Panel } from '../../state/panel.svelte';
import { t } from '../../words';

/** `wrapsUp`: whether the wrap-up has no button of its own beside the menu. */
export function menuOf(panel: Panel, view: PopView, wrapsUp: boolean): MenuItem[] {
  const all = [...record(panel, view, wrapsUp), ...who(panel, view), ...rest(panel, view)];
  return all.filter((item) => item !== false);
}

type Items = (MenuItem | false)[];

function record(panel: Panel, view: PopView, wrapsUp: boolean): Items {
  return [
    commands.canDo(view, 'update_customer') && {
      label: t('action.update_customer'),
      icon: 'note',
      run: () => panel.openForm(view.id, 'update_customer'),
    },
    // Beside the choice of a customer there is room for the choice alone.
    wrapsUp && {
      label: t('action.wrap_up'),
      icon: 'done',
      keys: 'Ctrl+L',
      run: () => commands.wrapUp(panel, view),
    },
    view.customerId !== null && {
      label: t('menu.copy_id'),
      icon: 'copy',
      keys: 'Ctrl+Shift+C',
      run: () => commands.copyId(panel, view),
    },
    view.canCopyLink && {
      label: t('menu.copy_link'),
      icon: 'link',
      run: () => commands.copyLink(panel, view),
    },
    ...view.alsoIn.map(({ connection, label }): MenuItem => ({
      label: t('beside.open', { source: label }),
      icon: 'ext',
      run: () => commands.openBeside(panel, view, connection),
    })),
  ];
}

function who(panel: Panel, view: PopView): Items {
  const pinned = commands.isPinned(panel, view);
  const canTurn = !panel.isOff('search') || view.canUndoChoice;
  return [
    {
      label: t('menu.refresh'),
      icon: 'refresh',
      begins: true,
      keys: 'Ctrl+R',
      run: () => commands.refresh(panel, view),
    },
    canTurn && {
      label: t('menu.other'),
      icon: 'user',
      keys: 'Ctrl+U',
      run: () => commands.otherCustomer(panel, view),
    },
    pinned !== null && {
      label: t(pinned ? 'menu.unpin' : 'menu.pin'),
      icon: 'pin',
      run: () => commands.pin(panel, view, !pinned),
    },
  ];
}

function rest(panel: Panel, view: PopView): Items {
  return [
    {
      label: t('menu.why'),
      icon: 'pulse',
      begins: true,
      run: () => commands.lookInto(panel, { pop: view.id, past: null }),
    },
    view.phase !== 'looked_up' && {
      label: t('menu.timeline'),
      icon: 'clock',
      run: () => commands.lookInto(panel, { pop: view.id, past: null, way: true }),
    },
    {
      label: t('menu.close'),
      icon: 'x',
      keys: 'Ctrl+W',
      run: () => commands.close(panel, view),
    },
  ];
}
