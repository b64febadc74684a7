// What the connect form begins with, and what it lacks. Everything else is for the core to judge.

import type { FieldFaultView, FieldView } from '../../bindings/wire';
import { t } from '../../words';

/**
 * What each field holds at first: what is known of the connection, else what the definition says; a
 * text field shows its default as a hint instead.
 */
export function startValues(
  fields: readonly FieldView[],
  address?: string,
): Record<string, string> {
  const known = (name: string) => (name === 'server' ? address : undefined);
  return Object.fromEntries(
    fields.map((field) => [field.name, known(field.name) ?? startValue(field)]),
  );
}

/** The fields that are needed and empty. */
export function missing(
  fields: readonly FieldView[],
  values: Readonly<Record<string, string>>,
  others: Readonly<Record<string, string>>,
): FieldFaultView[] {
  const needed = fields.filter((field) => !field.optional && field.default === null);
  const given = [
    ...needed.map(({ name }) => [name, values[name] ?? ''] as const),
    ...Object.entries(others),
  ];
  return given
    .filter(([, value]) => value.trim() === '')
    .map(([field]) => ({ field, text: t('connect.needed') }));
}

function startValue({ kind, default: value, choices }: FieldView): string {
  switch (kind) {
    case 'choice':
      return value ?? choices[0] ?? '';
    case 'switch':
      return value ?? 'false';
    case 'text':
    case 'secret':
      return '';
  }
}
