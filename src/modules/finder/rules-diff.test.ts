import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type DiffPart, diffWords } from './rules-diff.ts';

const put = (parts: readonly DiffPart[], kind: DiffPart['kind']) =>
  parts
    .filter((part) => part.kind === 'same' || part.kind === kind)
    .map(({ text }) => text)
    .join('');

test('a changed word is marked, and nothing else', () => {
  assert.deepEqual(diffWords('Die Steuer beträgt 60 Euro im Jahr.', 'Die Steuer beträgt 72 Euro im Jahr.'), [
    { kind: 'same', text: 'Die Steuer beträgt ' },
    { kind: 'removed', text: '60 ' },
    { kind: 'added', text: '72 ' },
    { kind: 'same', text: 'Euro im Jahr.' },
  ]);
  assert.deepEqual(diffWords('gleich', 'gleich'), [{ kind: 'same', text: 'gleich' }]);
  assert.deepEqual(diffWords('', 'neu'), [{ kind: 'added', text: 'neu' }]);
  assert.deepEqual(diffWords('', ''), []);
});

test('of the parts both texts can be put together again', () => {
  const text = fc.array(fc.constantFrom('ein', 'Hund', '\n', ' ', '  ', '60', 'Euro', '<ins>', 'ä\u0308'), { maxLength: 40 });
  fc.assert(
    fc.property(text, text, (one, other) => {
      const [before, after] = [one.join(' '), other.join(' ')];
      const parts = diffWords(before, after);
      assert.equal(put(parts, 'removed'), before);
      assert.equal(put(parts, 'added'), after);
      assert.ok(parts.every(({ kind, text: said }, index) => said !== '' && kind !== parts[index + 1]?.kind));
    }),
  );
});

test('texts of any length take a bounded number of steps', () => {
  const [before, after] = ['a '.repeat(40_000), 'b '.repeat(40_000)];
  assert.deepEqual(
    diffWords(before, after).map(({ kind }) => kind),
    ['removed', 'added'],
  );
});
