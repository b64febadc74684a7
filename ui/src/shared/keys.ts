// Keys as people press them and as they are written: Ctrl, or the command key of a Mac.

import { t } from '../words';

const mac = navigator.userAgent.includes('Mac');

/** Whether an event is the combination, written such as `Ctrl+Shift+O`. */
export function pressed(event: KeyboardEvent, combination: string): boolean {
  const parts = combination.split('+');
  const key = parts.at(-1)?.toLowerCase();
  const ctrl = mac && key !== 'tab' ? event.metaKey : event.ctrlKey;
  return (
    event.key.toLowerCase() === key &&
    ctrl === parts.includes('Ctrl') &&
    event.shiftKey === parts.includes('Shift') &&
    !event.altKey
  );
}

/** A combination as it is shown: `Ctrl Shift O`, `⇧⌘O`. */
export function keyLabel(combination: string): string {
  const shown = combination.split('+').map(named);
  return mac ? shown.join('') : shown.join(' ');
}

/** What something does, with its key, for titles. */
export function withKey(what: string, combination: string): string {
  return t('title.key', { what, key: keyLabel(combination) });
}

function named(part: string): string {
  switch (part) {
    case 'Ctrl':
      return mac ? '⌘' : t('key.ctrl');
    case 'Shift':
      return mac ? '⇧' : t('key.shift');
    case 'Enter':
      return t('key.enter');
    case 'Escape':
      return t('key.esc');
    default:
      return part;
  }
}
