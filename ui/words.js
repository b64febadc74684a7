// Makes `src/words/keys.ts` from the English messages: which there are, and what each wants to be
// given. With `--check` it only compares. The messages themselves are read where they are shown.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { parse, Visitor } from '@fluent/syntax';

const FOLDER = new URL('src/words/', import.meta.url);
const KEYS = new URL('keys.ts', FOLDER);

function keysOf(language) {
  const folder = new URL(`${language}/`, FOLDER);
  const lines = readdirSync(folder)
    .sort()
    .flatMap((name) => messages(readFileSync(new URL(name, folder), 'utf8'), name));
  return [
    '// Made by `npm run words` from the English messages; not edited by hand.',
    '',
    '/** Every message, with what it wants to be given. */',
    'export interface Messages {',
    ...lines,
    '}',
    '',
  ].join('\n');
}

function messages(text, file) {
  return parse(text, {}).body.flatMap((entry) => {
    if (entry.type === 'Junk') throw new Error(`${file}: ${entry.content}`);
    if (entry.type !== 'Message') return [];
    const given = new Given();
    given.visit(entry);
    const fields = [...given.names].map(
      ([name, counts]) => `${name}: ${counts ? 'number' : 'string | number'}`,
    );
    // A key of the code parts area and name by a dot, which Fluent keeps for attributes.
    const key = entry.id.name.replace('-', '.');
    return [`  '${key}': ${fields.length > 0 ? `{ ${fields.join('; ')} }` : 'null'};`];
  });
}

/** The variables of a message, and whether a form is chosen by them. */
class Given extends Visitor {
  names = new Map();

  visitSelectExpression(node) {
    if (node.selector.type === 'VariableReference') this.names.set(node.selector.id.name, true);
    this.genericVisit(node);
  }

  visitVariableReference(node) {
    const { name } = node.id;
    this.names.set(name, this.names.get(name) ?? false);
  }
}

const made = keysOf('en');
if (!process.argv.includes('--check')) {
  writeFileSync(KEYS, made);
} else if (readFileSync(KEYS, 'utf8') !== made) {
  process.stderr.write('src/words/keys.ts is not what en/*.ftl says; run `npm run words`\n');
  process.exitCode = 1;
}
