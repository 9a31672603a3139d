import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PageHouse } from '#web/context';
import { quotaText, readQuota } from './admin-data.ts';

/** Of a house only what reading a form asks of it. */
const house = {
  ctx: { locale: 'de' },
  refuse: (sentence: string) => new Error(sentence),
} as unknown as PageHouse;

function read(typed: string): number | null {
  const form = new FormData();
  form.set('quota', typed);
  return readQuota(house, form);
}

test('a quota that is shown and sent back is the same quota, to the byte', () => {
  const kept = [null, 0, 1, 400_000, 524_287, 2 ** 20, 10 ** 9, 2.5 * 2 ** 30, 10 ** 13 + 1, 2 ** 50 - 1, 2 ** 53 - 1];
  for (const quota of kept) for (const locale of ['de', 'en'] as const) assert.equal(read(quotaText(locale, quota)), quota);
});

test('a quota is shown with no more decimals than it needs', () => {
  assert.equal(quotaText('de', 2 * 2 ** 30), '2');
  assert.equal(quotaText('de', 2.5 * 2 ** 30), '2,5');
  assert.equal(quotaText('en', 0.5 * 2 ** 20), '0.000488281');
  assert.throws(() => read('viel'), /als Zahl in GB/);
});
