// Every language says what English says, with the same values and the forms its numbers want.

import { parse, Visitor, type SelectExpression, type VariableReference } from '@fluent/syntax';
import { afterEach, describe, expect, it } from 'vitest';
import { t } from '.';
import { direction, languages, speak } from './language.svelte';

const files = import.meta.glob<string>('./*/*.ftl', {
  query: '?raw',
  import: 'default',
  eager: true,
});

class Reader extends Visitor {
  readonly given = new Set<string>();
  readonly forms: Set<string>[] = [];

  override visitVariableReference({ id }: VariableReference): void {
    this.given.add(id.name);
  }

  override visitSelectExpression(node: SelectExpression): void {
    const names = node.variants.map(({ key }) => (key.type === 'Identifier' ? key.name : ''));
    this.forms.push(new Set(names));
    this.genericVisit(node);
  }
}

function messages(language: string): Map<string, Reader> {
  const found = new Map<string, Reader>();
  const own = Object.entries(files).filter(([path]) => path.startsWith(`./${language}/`));
  for (const entry of own.flatMap(([, text]) => parse(text, {}).body)) {
    expect(entry.type, `${language} is read whole`).not.toBe('Junk');
    if (entry.type !== 'Message') continue;
    expect(found.has(entry.id.name), `${entry.id.name} stands once`).toBe(false);
    const reader = new Reader();
    reader.visit(entry);
    found.set(entry.id.name, reader);
  }
  return found;
}

const english = messages('en');
afterEach(() => speak('en'));

describe.each(languages)('%s', (language) => {
  const own = messages(language);

  it('has the messages of English and no other', () => {
    expect([...own.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('is given what English is given', () => {
    const plain = (all: Map<string, Reader>) =>
      Object.fromEntries([...all].map(([id, { given }]) => [id, [...given].sort()]));
    expect(plain(own)).toEqual(plain(english));
  });

  it('has a form for every kind of number', () => {
    const rules = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    // Millions have a form of their own where people say "one million of".
    const wanted = rules.filter((form) => form !== 'many' || language === 'ar');
    for (const [id, { forms }] of own) {
      for (const known of forms) expect([...known], id).toEqual(expect.arrayContaining(wanted));
    }
  });
});

it('holds the seven languages', () => {
  expect([...languages].sort()).toEqual(['ar', 'de', 'en', 'es', 'fr', 'ja', 'pt']);
  expect(english.size).toBeGreaterThan(300);
});

it('speaks another language when asked, and English for one that is not there', async () => {
  await speak('de');
  expect(t('candidate.cases', { n: 1 })).toBe('1 offener Vorgang');
  expect(t('candidate.cases', { n: 1200 })).toBe('1.200 offene Vorgänge');
  await speak('xx');
  expect(t('candidate.cases', { n: 2 })).toBe('2 open cases');
});

it('takes all six forms of Arabic, and keeps names apart from what stands beside them', async () => {
  await speak('ar');
  expect(direction()).toBe('rtl');
  const said = [0, 1, 2, 3, 11, 100].map((n) => t('candidate.cases', { n }));
  expect(new Set(said.map((one) => one.replace(/\p{N}/gu, ''))).size).toBeGreaterThanOrEqual(4);
  expect(said[2]).toBe('حالتان مفتوحتان');
  expect(t('several.use', { name: 'Cesar' })).toBe('استخدام \u2068Cesar\u2069');
});
