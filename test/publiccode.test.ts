import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { needsShared, sharedPath } from './shared.ts';

/** publiccode.yml says what this software is, to the catalogues of the administrations; checked against the standard's own text. */

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

type Value = string | boolean | Value[] | { [key: string]: Value };
type Line = { readonly indent: number; readonly text: string };

const scalar = (text: string): Value => (text === 'true' || text === 'false' ? text === 'true' : text.replace(/^"(.*)"$/, '$1'));

/** Reads the little YAML this file is written in: maps, lists and folded texts. Takes the lines it has read off the list. */
function readBlock(lines: Line[], indent: number): Value {
  const list: Value[] = [];
  const map: { [key: string]: Value } = {};
  while (lines[0] && lines[0].indent === indent) {
    const { text } = lines.shift() as Line;
    const [, key = '', rest = ''] = /^(?:- )?([\w]+):(?: (.*))?$/.exec(text) ?? [];
    if (!text.startsWith('- ')) map[key] = readValue(lines, rest);
    else if (key === '') list.push(scalar(text.slice(2)));
    else list.push({ [key]: scalar(rest), ...(lines[0]?.indent === indent + 2 ? (readBlock(lines, indent + 2) as object) : {}) });
  }
  return list.length > 0 ? list : map;
}

function readValue(lines: Line[], rest: string): Value {
  const inner = lines[0]?.indent ?? 0;
  if (rest !== '' && rest !== '>') return scalar(rest);
  if (rest === '') return readBlock(lines, inner);
  const folded: string[] = [];
  while (lines[0]?.indent === inner) folded.push((lines.shift() as Line).text);
  return folded.join(' ');
}

const lines = readFileSync(join(root, 'publiccode.yml'), 'utf8')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => ({ indent: line.length - line.trimStart().length, text: line.trim() }));
const facts = readBlock(lines, 0) as { [key: string]: Value };

const at = (path: string): Value | undefined =>
  path.split('/').reduce<Value | undefined>((here, key) => (here as { [key: string]: Value } | undefined)?.[key], facts);

type Rule = {
  readonly key: string;
  readonly presence: string;
  readonly most: number;
  readonly least: number;
  readonly allowed: string[];
};

/** What the standard's text says of each key. */
function readRules(text: string): Rule[] {
  return [...text.matchAll(/^Key ``([^`]+)``.*\n[~']+\n\n((?:.+\n)+)/gm)].map(([, key = '', body = '']) => ({
    key,
    presence: /Presence: (.*)/.exec(body)?.[1] ?? '',
    most: Number(/max (\d+)/.exec(body)?.[1] ?? Number.POSITIVE_INFINITY),
    least: Number(/min (\d+)/.exec(body)?.[1] ?? 0),
    allowed: /(?:Allowed v|V)alues:([\s\S]*)/.exec(body)?.[1]?.match(/[\w/]+(?="?``)/g) ?? [],
  }));
}

test('publiccode.yml has what the standard demands, within its limits', needsShared, () => {
  const rules = readRules(readFileSync(sharedPath('publiccode', 'schema.core.rst'), 'utf8'));
  assert.ok(rules.length > 30, `${rules.length} keys in the standard`);
  const languages = Object.keys(at('description') as object);
  assert.deepEqual(languages, ['de', 'en']);
  const wrong = rules.flatMap(({ key, presence, most, least, allowed }) =>
    (key.includes('[lang]') ? languages : ['']).flatMap((language) => {
      const path = key.replace('[lang]', language);
      const value = at(path);
      if (value === undefined)
        return presence.startsWith('mandatory') && !presence.includes(' if ') ? [`${path} is missing`] : [];
      const length = typeof value === 'string' ? value.length : least;
      if (length > most || length < least) return [`${path} has ${length} characters: ${least} to ${most} are allowed`];
      return allowed.length > 0 && !allowed.includes(String(value)) ? [`${path} must be one of ${allowed.join(', ')}`] : [];
    }),
  );
  assert.deepEqual(wrong, []);
});

test('publiccode.yml knows no key that the standard does not', needsShared, () => {
  const known = new Set(
    readRules(readFileSync(sharedPath('publiccode', 'schema.core.rst'), 'utf8')).map(({ key }) => key.split('/')[0]),
  );
  assert.deepEqual(
    Object.keys(facts).filter((key) => !known.has(key)),
    [],
  );
});

test('publiccode.yml says what package.json and the licence say, and its pictures are there', () => {
  const { version, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    version: string;
    license: string;
  };
  assert.equal(at('softwareVersion'), version);
  assert.equal(at('legal/license'), license);
  for (const language of ['de', 'en']) {
    for (const path of at(`description/${language}/screenshots`) as string[]) assert.ok(existsSync(join(root, path)), path);
  }
});
