import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addMonths, fewest, isMonth, lineOf, type Measure, measures, monthsUntil, shown } from './rules.ts';

const ofPeople = measures.filter((measure) => !(['looked', 'visited', 'corrected'] as Measure[]).includes(measure));

test('no shown number of people is that of one more or one fewer only', () => {
  fc.assert(
    fc.property(fc.constantFrom(...ofPeople), fc.integer({ min: 1, max: 100_000 }), (measure, count) => {
      const value = shown(measure, count);
      // At least two neighbours look the same: nobody can tell which of them it is.
      const alike = [count - 2, count - 1, count + 1, count + 2].filter((other) => other > 0 && shown(measure, other) === value);
      assert.ok(alike.length >= 1);
      assert.ok(value === 'few' ? count < fewest : Math.abs(value - count) <= fewest / 2 && value >= fewest);
    }),
  );
  assert.equal(shown('submitted', 0), 0);
  assert.equal(shown('visited', 3), 3);
});

test('means are shown from five cases on, and round', () => {
  const sums = (count: number, total: number) => ({ decided: { count, total }, rated: { count, total } });
  assert.deepEqual([lineOf(sums(4, 4 * 86_400)).days, lineOf(sums(4, 20)).satisfaction], [null, null]);
  assert.equal(lineOf(sums(5, 5 * 86_400 * 3 + 7)).days, 3);
  assert.equal(lineOf(sums(5, 22)).satisfaction, 4.4);
  assert.equal(lineOf({}).completion, null);
  assert.equal(lineOf({ started: { count: 20, total: 0 }, submitted: { count: 11, total: 0 } }).completion, 50);
  assert.equal(lineOf({ started: { count: 20, total: 0 }, submitted: { count: 31, total: 0 } }).completion, 100);
  assert.equal(lineOf({ started: { count: 20, total: 0 }, submitted: { count: 2, total: 0 } }).completion, null);
});

test('months go on over the end of a year', () => {
  assert.equal(addMonths('2026-11', 2), '2027-01');
  assert.equal(addMonths('2026-01', -12), '2025-01');
  assert.deepEqual(monthsUntil('2026-02').slice(0, 2), ['2025-03', '2025-04']);
  assert.equal(monthsUntil('2026-02').at(-1), '2026-02');
  for (const wrong of ['2026-13', '2026-1', '26-01', '2026-00', '']) assert.equal(isMonth(wrong), false, wrong);
});
