import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { floors } from '../src/house.ts';
import type { Kind } from '../src/platform/errors.ts';
import { statusOf } from '../src/platform/http-status.ts';
import { fill, platformWords, sizeInWords, type Words } from '../src/platform/words.ts';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const kinds = Object.keys(statusOf) as Kind[];
const words: Words = Object.assign({}, platformWords, ...floors.flat().map((module) => module.words ?? {}));

/** A kind and the code behind it, as in `new Failure('conflict', 'files.nameTaken')`; a code may be put together. */
const thrown = new RegExp(`'(?:${kinds.join('|')})',\\s*(['\`])(\\w+\\.[^'\`]+)\\1`, 'g');

test('whatever can be thrown has its sentence', () => {
  const missing: string[] = [];
  for (const path of globSync('src/**/*.ts', { cwd: root })) {
    if (path.endsWith('.test.ts')) continue;
    for (const [, , code = ''] of readFileSync(resolve(root, path), 'utf8').matchAll(thrown)) {
      const beginning = code.split('${', 1)[0] ?? '';
      const isKnown = beginning === code ? code in words : Object.keys(words).some((known) => known.startsWith(beginning));
      if (!isKnown) missing.push(`${path}: ${code}`);
    }
  }
  assert.deepEqual(missing, []);
});

test('both languages fill in the same things', () => {
  const placeholders = (text: string) => [...text.matchAll(/\{(\w+)(?::size)?\}/g)].map((match) => match[1]).sort();
  const different = Object.entries(words).filter(([, { de, en }]) => placeholders(de).join() !== placeholders(en).join());
  assert.deepEqual(different, []);
});

test('sizes are said as people say them', () => {
  const said = [0, 1, 999, 1_000, 623_503, 5_000_000, 1.5e9, 2e15].map((bytes) => sizeInWords(bytes, 'de'));
  assert.deepEqual(said, ['0 Byte', '1 Byte', '999 Byte', '1 KB', '623,5 KB', '5 MB', '1,5 GB', '2.000 TB']);
  assert.equal(sizeInWords(623_503, 'en'), '623.5 KB');
  assert.equal(fill('{free:size} von {name}', { free: 1_000, name: 'x' }, 'de'), '1 KB von x');
});
