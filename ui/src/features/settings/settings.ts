// The agent's settings: their names in the settings file, and how each is shown.

import type { SettingsView } from '../../bindings/wire';
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
export type SettingRow = SwitchRow | ChoiceRow | TextRow;

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
      { kind: 'switch', key: 'notify', name: 'attention.notify', label: 'settings.notify' },
      { kind: 'switch', key: 'notifyName', name: 'attention.name', label: 'settings.notify_name' },
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

export function isLocked(row: SettingRow, settings: SettingsView): boolean {
  return settings.locked.includes(row.name);
}
