import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkName, nameKey } from '#modules/files';
import { eachLimited, walk } from './many.ts';
import { cleanName, decide, type Known, targetNames, wanted } from './rules.ts';
import type { SourceItem } from './source.ts';

const odd = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    'con.txt',
    'LPT1',
    'a?b',
    'a ',
    'a.',
    '..',
    'Ä',
    'A\u0308',
    'ä',
    'a\u202eb',
    'x'.repeat(300),
    `${'ü'.repeat(200)}.tar.gz`,
  ),
);

test('a cleaned name is one that can be stored, and cleaning it again changes nothing', () => {
  fc.assert(
    fc.property(odd, (name) => {
      const clean = cleanName(name);
      assert.equal(checkName(clean), clean);
      assert.equal(cleanName(clean), clean);
    }),
  );
});

test('whoever has a good name keeps it; no two get the same one; what came before keeps what it got', () => {
  fc.assert(
    fc.property(fc.uniqueArray(odd, { maxLength: 20 }), fc.uniqueArray(odd, { maxLength: 5 }), (names, more) => {
      const given = targetNames(names, new Map());
      assert.deepEqual([...given.keys()].sort(), [...names].sort());
      assert.equal(new Set([...given.values()].map(nameKey)).size, names.length);
      for (const target of given.values()) assert.equal(checkName(target), target);
      const later = targetNames([...new Set([...names, ...more])], given);
      for (const name of names) assert.equal(later.get(name), given.get(name));
    }),
  );
  const given = targetNames(['a?', 'a_', 'A_', 'b'], new Map());
  assert.deepEqual(Object.fromEntries(given), { A_: 'A_', b: 'b', 'a?': 'a_ (2)', a_: 'a_ (3)' } as object);
});

const item = (change: Partial<SourceItem> = {}): SourceItem => ({
  name: 'a',
  path: 'a',
  isFolder: false,
  size: 1,
  modified: 1,
  id: '1',
  fingerprint: 'neu',
  hash: null,
  obstacle: null,
  tags: [],
  isFavourite: false,
  locator: '',
  ...change,
});
const known = (change: Partial<Known> = {}): Known => ({
  name: 'a',
  isFolder: false,
  fingerprint: 'alt',
  sha256: 'x',
  node: 7,
  targetName: 'a',
  verdict: 'taken',
  note: null,
  ...change,
});
const ours = { id: 7, isFolder: false, sha256: 'x' };
const plain = { again: false, overwrite: false };
const stepOf = (...args: Parameters<typeof decide>) => decide(...args).step;

test('what happens with a file, case by case', () => {
  assert.deepEqual(decide(item({ obstacle: 'link' }), null, null, plain), { step: 'leave', verdict: 'skipped', note: 'link' });
  assert.equal(stepOf(item(), null, null, plain), 'take');
  assert.equal(stepOf(item(), null, ours, plain), 'compare');
  assert.equal(stepOf(item(), null, ours, { ...plain, overwrite: true }), 'update');
  assert.equal(stepOf(item(), known(), ours, plain), 'update');
  assert.equal(stepOf(item({ fingerprint: 'alt' }), known(), ours, plain), 'leave');
  assert.equal(stepOf(item({ fingerprint: 'alt' }), known(), ours, { ...plain, again: true }), 'update');
  assert.equal(stepOf(item(), known(), { ...ours, sha256: 'y' }, plain), 'compare');
  assert.equal(stepOf(item(), known(), { ...ours, id: 8 }, plain), 'compare');
  assert.deepEqual(decide(item(), known(), null, plain), { step: 'leave', verdict: 'conflict', note: 'goneHere' });
  assert.equal(stepOf(item(), known(), null, { ...plain, again: true }), 'take');
  assert.equal(stepOf(item(), known({ node: null, sha256: null, verdict: 'failed' }), null, plain), 'take');
  assert.equal(stepOf(item(), known({ note: 'begun', node: null, sha256: null }), ours, plain), 'continue');
  assert.deepEqual(decide(item(), null, { ...ours, isFolder: true }, plain), {
    step: 'leave',
    verdict: 'conflict',
    note: 'folderHere',
  });
});

test('single paths: the thing itself, what is below, and the way there', () => {
  assert.deepEqual(
    ['', 'a', 'a/b', 'a/b/c', 'a/bc', 'd'].map((path) => wanted(path, ['a/b'])),
    ['through', 'through', 'yes', 'yes', 'no', 'no'],
  );
  assert.equal(wanted('d', []), 'through');
});

test('many at once: in order, no more than allowed, and the first error ends it', async () => {
  let running = 0;
  let most = 0;
  const work = async (number: number) => {
    running += 1;
    most = Math.max(most, running);
    await Promise.resolve();
    running -= 1;
    if (number === 40) throw new Error('vierzig');
    return number * 2;
  };
  const numbers = Array.from({ length: 30 }, (_, index) => index);
  assert.deepEqual(
    await eachLimited(numbers, 4, work),
    numbers.map((number) => number * 2),
  );
  assert.equal(most, 4);
  await assert.rejects(eachLimited([40, 41], 1, work), /vierzig/);
  const seen: number[] = [];
  await walk(1, 3, async (number) => {
    seen.push(number);
    return number < 8 ? [number * 2, number * 2 + 1] : [];
  });
  assert.equal(seen.length, 15);
});
