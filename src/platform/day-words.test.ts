import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  appointmentInWords,
  dayInFigures,
  dayInWords,
  momentInFigures,
  momentInWords,
  monthInWords,
  timeInWords,
  weekdayInWords,
} from './day-words.ts';

test('days and moments in German time, also across the change of the clock', () => {
  assert.equal(dayInFigures('de', new Date('2026-11-23T23:30:00Z')), '24.11.2026');
  assert.equal(dayInWords('de', new Date('2026-11-23T23:30:00Z')), '24. November 2026');
  assert.equal(momentInFigures('de', new Date('2026-11-23T08:05:00Z')), '23.11.2026, 09:05 Uhr');
  assert.equal(momentInWords('de', new Date('2026-07-01T08:05:00Z')), '1. Juli 2026, 10:05 Uhr');
  assert.equal(timeInWords('de', new Date('2026-07-01T08:05:00Z')), '10:05 Uhr');
  assert.equal(momentInFigures('en', new Date('2026-11-23T08:05:00Z')), '23/11/2026, 09:05');
  assert.equal(appointmentInWords('de', new Date('2026-11-23T08:05:00Z')), 'Montag, 23. November 2026, 09:05 Uhr');
  assert.equal(appointmentInWords('en', new Date('2026-11-23T08:05:00Z')), 'Monday, 23 November 2026, 09:05');
});

test('a day of the calendar is that day, first and last of a year alike', () => {
  assert.equal(dayInWords('de', '2026-01-01'), '1. Januar 2026');
  assert.equal(dayInFigures('de', '2026-12-31'), '31.12.2026');
  assert.equal(dayInWords('en', '2026-03-29'), '29 March 2026');
  assert.equal(weekdayInWords('de', '2026-11-24'), 'Dienstag, 24. November');
  assert.equal(monthInWords('de', '2026-11'), 'November 2026');
  assert.equal(monthInWords('en', '2026-02', 'short'), 'Feb 26');
});

test('days are written for people here and nowhere else', () => {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  // The day of the calendar at a moment, and the time of day for opening hours: for reckoning, not for reading.
  const reckoning = ['src/platform/day.ts', 'src/modules/finder/rules-hours.ts'];
  const own = /Intl\.DateTimeFormat|toLocale(?:Date|Time)String|split\('-'\)\.reverse\(\)/;
  const others = readdirSync(`${root}/src`, { recursive: true, encoding: 'utf8' })
    .map((path) => `src/${path}`)
    .filter((path) => /\.tsx?$/.test(path) && !path.startsWith('src/platform/day-words.') && !reckoning.includes(path));
  assert.ok(others.length > 500);
  assert.deepEqual(
    others.filter((path) => own.test(readFileSync(`${root}/${path}`, 'utf8'))),
    [],
  );
});
