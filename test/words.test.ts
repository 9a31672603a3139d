import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { floors } from '../src/house.ts';
import type { Kind } from '../src/platform/errors.ts';
import { statusOf } from '../src/platform/http-status.ts';
import { platformWords, type Words } from '../src/platform/words.ts';

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
  const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
  const different = Object.entries(words).filter(([, { de, en }]) => placeholders(de).join() !== placeholders(en).join());
  assert.deepEqual(different, []);
});
