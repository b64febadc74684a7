// The agent's settings: their names in the settings file, and how each is shown.

import type { CanView, SettingsView, WindowView } from '../../bindings/wire';
import { t, type PlainKey } from '../../words';
import { languageName } from '../../words/format';
import { languages } from '../../words/language.svelte';

type Key = Exclude<keyof SettingsView, 'locked'>;

type Label = PlainKey & `settings.${string}`;

interface Base {
  readonly key: Key;
  /** The dotted name that the core knows it by. */
  readonly name: string;
  readonly label: Label;
  readonly text?: Label;
  /** What is said where this desktop cannot do it. */
  readonly without?: { readonly can: keyof CanView; readonly text: Label };
}

export interface SwitchRow extends Base {
  readonly kind: 'switch';
}
export interface ChoiceRow extends Base {
  readonly kind: 'choice';
  /** The choices; one without a label is a language, which is called as it calls itself. */
  readonly options: readonly { value: string; label?: Label }[];
}
export interface TextRow extends Base {
  readonly kind: 'text' | 'number';
  readonly width: string;
}
/** What only the organisation sets: shown where it did. */
export interface ReadRow extends Base {
  readonly kind: 'read';
}
export type SettingRow = SwitchRow | ChoiceRow | TextRow | ReadRow;

export interface SettingGroup {
  readonly title: Label;
  readonly rows: readonly SettingRow[];
}

export const groups: readonly SettingGroup[] = [
  {
    title: 'settings.arrival',
    rows: [
      {
        kind: 'choice',
        key: 'open',
        name: 'pop.open',
        label: 'settings.open',
        text: 'settings.open_cost',
        options: [
          { value: 'offer', label: 'settings.open_offer' },
          { value: 'accept', label: 'settings.open_accept' },
          { value: 'never', label: 'settings.open_never' },
        ],
      },
      {
        kind: 'choice',
        key: 'sound',
        name: 'attention.sound',
        label: 'settings.sound',
        text: 'settings.sound_text',
        options: [
          { value: 'tap', label: 'settings.sound_tap' },
          { value: 'off', label: 'settings.sound_off' },
        ],
      },
      { kind: 'switch', key: 'notify', name: 'attention.notify', label: 'settings.notify' },
      {
        kind: 'choice',
        key: 'shownBy',
        name: 'attention.shown_by',
        label: 'settings.shown_by',
        without: { can: 'notice', text: 'settings.notice_blind' },
        options: [
          { value: 'screenpop', label: 'settings.shown_by_screenpop' },
          { value: 'system', label: 'settings.shown_by_system' },
        ],
      },
      { kind: 'switch', key: 'notifyName', name: 'attention.name', label: 'settings.notify_name' },
      {
        kind: 'switch',
        key: 'quiet',
        name: 'attention.quiet',
        label: 'settings.quiet',
        text: 'settings.quiet_text',
        without: { can: 'quiet', text: 'settings.quiet_blind' },
      },
      { kind: 'switch', key: 'announce', name: 'attention.announce', label: 'settings.announce' },
    ],
  },
  {
    title: 'settings.window',
    rows: [
      {
        kind: 'switch',
        key: 'alwaysOnTop',
        name: 'appearance.always_on_top',
        label: 'settings.on_top',
        without: { can: 'place', text: 'settings.place_blind' },
      },
      {
        kind: 'choice',
        key: 'dock',
        name: 'window.dock',
        label: 'settings.dock',
        without: { can: 'place', text: 'settings.place_blind' },
        options: [
          { value: 'free', label: 'settings.dock_free' },
          { value: 'left', label: 'settings.dock_left' },
          { value: 'right', label: 'settings.dock_right' },
        ],
      },
      {
        kind: 'switch',
        key: 'startAtSignIn',
        name: 'window.start_at_sign_in',
        label: 'settings.start',
      },
      {
        kind: 'choice',
        key: 'language',
        name: 'appearance.language',
        label: 'settings.language',
        options: [
          { value: 'system', label: 'settings.language_system' },
          ...languages.map((value) => ({ value })),
        ],
      },
      {
        kind: 'choice',
        key: 'density',
        name: 'appearance.density',
        label: 'settings.density',
        options: [
          { value: 'comfortable', label: 'settings.density_comfortable' },
          { value: 'compact', label: 'settings.density_compact' },
        ],
      },
      {
        kind: 'choice',
        key: 'theme',
        name: 'appearance.theme',
        label: 'settings.theme',
        options: [
          { value: 'system', label: 'settings.theme_system' },
          { value: 'light', label: 'settings.theme_light' },
          { value: 'dark', label: 'settings.theme_dark' },
        ],
      },
    ],
  },
  {
    title: 'settings.privacy',
    rows: [
      { kind: 'read', key: 'mask', name: 'privacy.mask', label: 'settings.mask' },
      {
        kind: 'number',
        key: 'lockAfter',
        name: 'privacy.lock_after_minutes',
        label: 'settings.lock_after',
        text: 'settings.lock_after_text',
        without: { can: 'idle', text: 'settings.lock_blind' },
        width: '72px',
      },
      {
        kind: 'switch',
        key: 'noCapture',
        name: 'privacy.no_capture',
        label: 'settings.no_capture',
        without: { can: 'capture', text: 'settings.no_capture_blind' },
      },
    ],
  },
  {
    title: 'settings.keys',
    rows: (
      [
        ['keyShow', 'show', 'settings.key_show'],
        ['keyOpen', 'open_record', 'settings.key_open'],
        ['keyCase', 'new_case', 'settings.key_case'],
        ['keyCopy', 'copy_id', 'settings.key_copy'],
        ['keyCurtain', 'curtain', 'settings.key_curtain'],
      ] as const
    ).map(([key, name, label]) => ({
      kind: 'text',
      key,
      name: `shortcuts.${name}`,
      label,
      text: 'settings.keys_text',
      width: '132px',
    })),
  },
  {
    title: 'settings.listening',
    rows: [
      {
        kind: 'switch',
        key: 'listener',
        name: 'listener.enabled',
        label: 'settings.listener',
        text: 'settings.listener_text',
      },
      {
        kind: 'number',
        key: 'listenerPort',
        name: 'listener.port',
        label: 'settings.port',
        text: 'settings.port_text',
        width: '72px',
      },
      {
        kind: 'text',
        key: 'gateway',
        name: 'source.gateway.url',
        label: 'settings.gateway',
        text: 'settings.gateway_text',
        width: '196px',
      },
      { kind: 'text', key: 'agentId', name: 'agent.id', label: 'settings.agent', width: '132px' },
      {
        kind: 'text',
        key: 'region',
        name: 'phone.default_region',
        label: 'settings.region',
        text: 'settings.region_text',
        width: '72px',
      },
    ],
  },
];

/** A setting's value in words, for where it cannot be changed. */
export function shown(row: SettingRow, settings: SettingsView): string {
  const value = settings[row.key];
  if (Array.isArray(value)) return value.map(maskName).join(', ') || t('settings.mask_none');
  if (typeof value === 'boolean') return t(value ? 'settings.on' : 'settings.off');
  if (row.kind === 'choice') {
    const option = row.options.find((each) => each.value === value);
    return option ? called(option) : String(value);
  }
  if (row.key === 'listenerPort' && value === 0) return t('settings.port_any');
  return value === null || value === '' ? t('settings.unset') : String(value);
}

/** What a choice is called. */
export function called({ value, label }: ChoiceRow['options'][number]): string {
  return label ? t(label) : languageName(value);
}

/** What is masked, in the words of the card. */
function maskName(name: string): string {
  switch (name) {
    case 'phone':
    case 'email':
    case 'company':
    case 'owner':
    case 'extra':
      return t(`fact.${name}`);
    case 'id':
      return t('settings.mask_id');
    default:
      return t('settings.mask_quote');
  }
}

/** What stands below a setting: what is wrong with it, what this desktop lacks, what it means. */
export function note(row: SettingRow, window: WindowView | null): string | null {
  const wrong = window?.hotkeys.find(({ name }) => name === row.name);
  if (wrong) return t(`hotkey.${wrong.problem}`, { keys: wrong.keys });
  if (row.without && window && !window.can[row.without.can]) return t(row.without.text);
  return row.text ? t(row.text) : null;
}

/** What an administrator is asked to change: setting, value, and the version of the app. */
export function changeRequest(
  rows: readonly SettingRow[],
  settings: SettingsView,
  version: string,
): string {
  const lines = rows.map((row) =>
    t('settings.change_line', {
      name: `${t(row.label)} (${row.name})`,
      value: shown(row, settings),
    }),
  );
  return [...lines, t('health.version', { version })].join('\n');
}

export function isLocked(row: SettingRow, settings: SettingsView): boolean {
  return settings.locked.includes(row.name);
}
