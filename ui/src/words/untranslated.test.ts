// No sentence is written into the code: what people read comes through `t`. Looked for in the
// templates' text and attributes, in what they compute, and in what the scripts hold. What only
// shows when it runs is found by the gallery, in a language nobody speaks.

import { parse, type AST } from 'svelte/compiler';
import ts from 'typescript';
import { expect, it } from 'vitest';

const components = import.meta.glob<string>('/src/**/*.svelte', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const scripts = import.meta.glob<string>(
  ['/src/**/*.ts', '!/src/**/*.test.ts', '!/src/host/fake/**', '!/src/bindings/**'],
  { query: '?raw', import: 'default', eager: true },
);

/** Attributes whose values people read or hear. */
const READ = ['aria-label', 'aria-description', 'aria-valuetext', 'aria-roledescription', 'alt'];
const SAID = [...READ, 'title', 'placeholder', 'label', 'text', 'does', 'other'];

interface Node {
  readonly type: string;
}

it('is true of every template', () => {
  expect(Object.keys(components).length).toBeGreaterThan(50);
  expect(Object.entries(components).flatMap(([path, text]) => inTemplate(path, text))).toEqual([]);
});

it('is true of every script', () => {
  const all = { ...components, ...scripts };
  expect(Object.entries(all).flatMap(([path, text]) => inScript(path, text))).toEqual([]);
});

it.each([
  ['a text', '<p>Try again</p>'],
  ['a text beside a message', "<p>{t('a')} again</p>"],
  ['a title', '<button title="Try again">x</button>'],
  ['a name for who cannot see', '<i aria-label="Again"></i>'],
  ['a title in braces', "<i title={'Again'}></i>"],
  ['what a component is to say', '<Toast label="Again" />'],
  ['a choice of texts', "<p>{busy ? 'Busy' : t('a')}</p>"],
  ['a text with a value in it', '<p>{`Found ${n}`}</p>'],
])('finds %s', (_, text) => {
  expect(inTemplate('X.svelte', text)).not.toEqual([]);
});

it.each([
  "<p class=\"a b\">{t(busy ? 'a.busy' : 'a.idle')} · {n}</p>",
  '<i title={t(\'a.b\')} data-kind="Some kind"></i>',
  "<p class={busy ? 'Busy' : 'idle'}>{name.replace('Ctrl+', '')}</p>",
])('leaves alone %s', (text) => {
  expect(inTemplate('X.svelte', text)).toEqual([]);
});

it('finds a sentence in a script', () => {
  expect(inScript('x.ts', "panel.say('Try it again');")).toHaveLength(1);
  expect(inScript('x.ts', "panel.say(t('try.again')); throw new Error('Never is it so');")).toEqual(
    [],
  );
});

function inTemplate(path: string, source: string): string[] {
  const found: string[] = [];
  const complain = (text: string) => {
    if (isWords(text)) found.push(`${path}: ${text.trim()}`);
  };
  const visit = (node: unknown): void => {
    if (!isNode(node)) return;
    const known = node as AST.TemplateNode;
    if (known.type === 'Text') complain(known.data);
    else if (known.type === 'ExpressionTag') results(known.expression).forEach(complain);
    else if (known.type === 'Attribute') {
      if (SAID.includes(known.name)) visitAll(known.value);
    } else if (known.type !== 'Comment') visitAll(known);
  };
  const visitAll = (part: unknown): void => {
    if (Array.isArray(part)) part.forEach(visit);
    else if (isNode(part) && 'data' in part) visit(part);
    else if (isNode(part) && part.type === 'ExpressionTag') visit(part);
    else if (part !== null && typeof part === 'object') {
      for (const inner of Object.values(part)) (Array.isArray(inner) ? visitAll : visit)(inner);
    }
  };
  visitAll(parse(source, { modern: true, filename: path }).fragment.nodes);
  return found;
}

/** The texts that an expression can become, what its calls are given aside. */
function results(expression: unknown): string[] {
  if (!isNode(expression)) return [];
  const node = expression as unknown as Record<string, unknown>;
  switch (expression.type) {
    case 'Literal':
      return typeof node['value'] === 'string' ? [node['value']] : [];
    case 'TemplateLiteral': {
      const quasis = node['quasis'] as { value: { raw: string } }[];
      return quasis.map(({ value }) => value.raw);
    }
    case 'ConditionalExpression':
      return [...results(node['consequent']), ...results(node['alternate'])];
    case 'LogicalExpression':
    case 'BinaryExpression':
      return [...results(node['left']), ...results(node['right'])];
    case 'TSAsExpression':
    case 'TSNonNullExpression':
      return results(node['expression']);
    default:
      return [];
  }
}

/** A sentence is two words of which the first begins with a capital. */
function inScript(path: string, source: string): string[] {
  const script = path.endsWith('.svelte')
    ? [...source.matchAll(/<script[^>]*>(.*?)<\/script>/gs)]
        .map(([, text]) => text ?? '')
        .join('\n')
    : source;
  const file = ts.createSourceFile(path, script, ts.ScriptTarget.ESNext, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    // Nobody but a programmer reads an invariant.
    if (ts.isNewExpression(node) && node.expression.getText() === 'Error') return;
    const text = ts.isStringLiteralLike(node) || ts.isTemplateHead(node) ? node.text : '';
    if (/^\p{Lu}\p{L}*\s+\p{L}{2}/u.test(text)) found.push(`${path}: ${text}`);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function isWords(text: string): boolean {
  return /\p{L}{2}/u.test(text);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}
