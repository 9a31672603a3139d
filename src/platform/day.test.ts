import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addDays, addWorkingDays, beginningOf, dayAt, daysBetween, endOfPeriod, isDay, isWorkingDay, weekdayOf } from './day.ts';

const moments = fc.date({ min: new Date('2020-01-01'), max: new Date('2040-12-31'), noInvalidDate: true });
const days = moments.map(dayAt);

test('a period never ends on a day off: Christmas, Easter, the day of the children, the Reformation', () => {
  assert.equal(endOfPeriod('2026-12-25'), '2026-12-28');
  assert.equal(endOfPeriod('2027-03-26'), '2027-03-30');
  assert.equal(endOfPeriod('2027-09-20'), '2027-09-21');
  assert.equal(endOfPeriod('2028-10-31'), '2028-11-01');
  assert.equal(addWorkingDays('2026-12-23', 2), '2026-12-28');
  assert.equal(addWorkingDays('2026-12-24', 0), '2026-12-24');
  assert.equal(addWorkingDays('2026-12-26', 0), '2026-12-28');
});

test('so many working days are counted, one by one', () => {
  fc.assert(
    fc.property(days, fc.integer({ min: 1, max: 60 }), (day, count) => {
      const end = addWorkingDays(day, count);
      assert.ok(isWorkingDay(end));
      let working = 0;
      for (let at = addDays(day, 1); at <= end; at = addDays(at, 1)) working += isWorkingDay(at) ? 1 : 0;
      assert.equal(working, count);
    }),
  );
});

test('a day is one in Germany, also around midnight and when the clocks change', () => {
  assert.equal(dayAt(new Date('2026-12-31T22:59:59Z')), '2026-12-31');
  assert.equal(dayAt(new Date('2026-12-31T23:00:00Z')), '2027-01-01');
  assert.equal(dayAt(new Date('2026-03-28T23:30:00Z')), '2026-03-29');
  assert.equal(dayAt(new Date('2026-03-29T22:30:00Z')), '2026-03-30');
  assert.equal(addDays('2026-10-25', 1), '2026-10-26');
  assert.deepEqual(['2026-02-29', '2028-02-29', '2026-2-1', '', '2026-13-01'].map(isDay), [false, true, false, false, false]);
  assert.deepEqual(['2026-11-23', '2026-11-28', '2026-11-29'].map(weekdayOf), [1, 6, 7]);
});

test('a day begins in Germany, and not a moment earlier', () => {
  fc.assert(
    fc.property(days, (day) => {
      const beginning = beginningOf(day);
      assert.equal(dayAt(beginning), day);
      assert.equal(dayAt(new Date(beginning.getTime() - 1)), addDays(day, -1));
    }),
  );
});

test('days are added and counted alike', () => {
  fc.assert(
    fc.property(days, fc.integer({ min: -1_000, max: 1_000 }), (day, count) => {
      assert.equal(daysBetween(day, addDays(day, count)), count);
    }),
  );
});
