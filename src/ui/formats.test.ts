import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatAgo, formatBytes, formatCount, formatNumber } from './formats.ts';

const now = Date.parse('2026-11-23T08:00:00Z');
const minutes = (count: number) => new Date(now - count * 60_000);

test('numbers as Germans write them', () => {
  assert.equal(formatNumber('de', 1_234_567.89), '1.234.567,9');
  assert.equal(formatNumber('en', 1_234_567.89), '1,234,567.9');
  assert.equal(formatCount('de', 1, ['Person', 'Personen']), '1 Person');
  assert.equal(formatCount('de', 1_200, ['Person', 'Personen']), '1.200 Personen');
});

test('sizes in the unit that keeps them short', () => {
  const said = [0, 1, 1_023, 1_024, 1_468_006, 105 * 1_048_576, 2 ** 40].map((bytes) => formatBytes('de', bytes));
  assert.deepEqual(
    said,
    ['0 Byte', '1 Byte', '1.023 Byte', '1 KB', '1,4 MB', '105 MB', '1 TB'].map((text) => text.replace(' ', '\u00a0')),
  );
});

test('a size is never longer than its number of digits needs', () => {
  fc.assert(fc.property(fc.nat(Number.MAX_SAFE_INTEGER), (bytes) => formatBytes('de', bytes).length <= '1.023,9 Byte'.length));
});

test('how long ago, as people say it', () => {
  const said = [0, 1, 59, 60, 1_439, 1_440, 2_880, 10_080].map((count) => formatAgo('de', minutes(count), now));
  assert.deepEqual(said, [
    'gerade eben',
    'vor 1 Minute',
    'vor 59 Minuten',
    'vor 1 Stunde',
    'vor 23 Stunden',
    'gestern',
    'vorgestern',
    '16.11.2026',
  ]);
});
