import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { floors } from '../src/house.ts';
import { actionTexts } from '../src/modules/accounts/pages/trail-texts.ts';
import { deliveryEdges } from '../src/modules/delivery/rules.ts';
import { steps } from '../src/modules/finder/rules.ts';
import { submissionEdges } from '../src/modules/forms/rules-status.ts';
import { statementEdges } from '../src/modules/intake/rules-statement.ts';
import { paymentEdges } from '../src/modules/payments/rules.ts';
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

/** An action in the source: `action: 'files.create'`, one of two, or one put together. */
const audited = /\baction(?:: |\s*=\s*)(?:[^'`;{}]*\?\s*)?(['`])(\w+\.[^'`]+)\1(?:\s*:\s*'(\w+\.\w+)')?/g;

/** What those become that are put together from a step. */
const together: Readonly<Record<string, readonly string[]>> = {
  'delivery.${step}': Object.keys(deliveryEdges),
  'finder.${step}': Object.keys(steps),
  'forms.${step}': [...Object.keys(submissionEdges).filter((step) => step !== 'settle'), 'beginCorrection', 'dropCorrection'],
  'intake.${step}Statement': Object.keys(statementEdges).filter((step) => step !== 'receive'),
  'migration.${kind}': ['import', 'check'],
  'payments.${step}': [
    ...Object.keys(paymentEdges),
    ...['approve', 'reject', 'takeBack', 'fail', 'abandon'].map((step) => `refund.${step}`),
  ],
};

const actionsOf = (one: string, other?: string) =>
  one.includes('${') ? (together[one]?.map((step) => one.replace(/\$\{\w+\}/, step)) ?? [one]) : [one, ...(other ? [other] : [])];

test('whatever is written into the audit trail is called something in both languages', () => {
  const missing: string[] = [];
  for (const path of globSync('src/{modules,platform,admin}/**/*.ts', { cwd: root })) {
    if (/\.test\.ts$|\/pages\//.test(path)) continue;
    for (const [, , one = '', other] of readFileSync(resolve(root, path), 'utf8').matchAll(audited))
      missing.push(...actionsOf(one, other).flatMap((action) => (action in actionTexts.de ? [] : [`${path}: ${action}`])));
  }
  assert.deepEqual(missing, []);
  assert.deepEqual(Object.keys(actionTexts.de).sort(), Object.keys(actionTexts.en).sort());
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
