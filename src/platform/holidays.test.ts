import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { easter, holidays, isHoliday } from './holidays.ts';

test('holidays of Thüringen', () => {
  assert.deepEqual([...holidays(2026).keys()].sort(), [
    ...['2026-01-01', '2026-04-03', '2026-04-06', '2026-05-01', '2026-05-14', '2026-05-25', '2026-09-20'],
    ...['2026-10-03', '2026-10-31', '2026-12-25', '2026-12-26'],
  ]);
  assert.ok(!holidays(2018).has('2018-09-20'));
  assert.ok(isHoliday('2027-03-29'));
  for (const day of ['2026-04-05', '2026-06-04', '2026-11-18']) assert.ok(!isHoliday(day), day);
});

/** Easter Sunday another way: Gauß, in Lichtenberg's form. */
function easterByGauss(year: number): number {
  const k = Math.floor(year / 100);
  const m = 15 + Math.floor((3 * k + 3) / 4) - Math.floor((8 * k + 13) / 25);
  const s = 2 - Math.floor((3 * k + 3) / 4);
  const a = year % 19;
  const d = (19 * a + m) % 30;
  const og = 21 + d - Math.floor((d + Math.floor(a / 11)) / 29);
  const sz = 7 - ((year + Math.floor(year / 4) + s) % 7);
  return Date.UTC(year, 2, og + (7 - ((og - sz) % 7)));
}

test('Easter is the same day by two rules, and a Sunday', () => {
  assert.equal(easter(2026).toISOString().slice(0, 10), '2026-04-05');
  assert.equal(easter(2038).toISOString().slice(0, 10), '2038-04-25');
  fc.assert(
    fc.property(fc.integer({ min: 1900, max: 2200 }), (year) => {
      assert.equal(easter(year).getTime(), easterByGauss(year));
      assert.equal(easter(year).getUTCDay(), 0);
    }),
  );
});
