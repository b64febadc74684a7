// What the connect form begins with, and what it lacks. Everything else is for the core to judge.

import type { FieldFaultView, FieldView, MethodView } from '../../bindings/wire';
import { t } from '../../words';

/**
 * What each field holds at first: what was filled in before, else what the definition says; a text
 * field shows its default as a hint instead.
 */
export function startValues(
  fields: readonly FieldView[],
  before: Readonly<Partial<Record<string, string>>> = {},
): Record<string, string> {
  return Object.fromEntries(
    fields.map((field) => [field.name, before[field.name] ?? startValue(field)]),
  );
}

/** What is asked for as the secret of a way to sign in; nothing where the browser is enough. */
export function secretOf(
  method: MethodView | undefined,
): { label: string; optional: boolean } | null {
  if (!method?.secret) return null;
  switch (method.kind) {
    case 'secret':
      return { ...method.secret, label: t('connect.secret') };
    case 'basic':
      return { ...method.secret, label: t('connect.password') };
    case 'browser':
    case 'client':
      return method.secret;
  }
}

/** Whether the secret that is stored stays when none is typed: the secret of an app, not a sign-in. */
export function keepsSecret(method: MethodView | undefined, before: string | null): boolean {
  const isOfApp = method?.kind === 'browser' || method?.kind === 'client';
  return isOfApp && method.name === before;
}

/** Whether somebody must fill a field in: it has no value of its own, or the sign-in needs it. */
export function isNeeded(field: FieldView, method: MethodView | undefined): boolean {
  const hasValue = field.default !== null || field.kind === 'choice' || field.kind === 'switch';
  return !hasValue && (!field.optional || (method?.needs.includes(field.name) ?? false));
}

/** The fields that are needed and empty. */
export function missing(
  fields: readonly FieldView[],
  values: Readonly<Record<string, string>>,
  others: Readonly<Record<string, string>>,
): FieldFaultView[] {
  const given = [
    ...fields.map(({ name }) => [name, values[name] ?? ''] as const),
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
