import { addDays, dayAt, isDay } from '#platform/day';
import { ensure } from '#platform/errors';

/** Days as ISO texts (`2026-11-23`): what editors enter, and what follows from it. */

/** A day, or null when it is empty. Throws `invalid` for what is no day of the calendar. */
export function checkDay(text: string | null | undefined, field: string): string | null {
  const day = (text ?? '').trim();
  if (day === '') return null;
  ensure(isDay(day), 'invalid', 'finder.dayForm', { field });
  return day;
}

/** Throws `invalid` when it would end before it begins. */
export function checkPeriod(from: string | null, to: string | null): void {
  ensure(from === null || to === null || from <= to, 'invalid', 'finder.periodForm', { field: 'validTo' });
}

/** The day so many days after a moment. */
export const reviewDay = (at: Date, days: number): string => addDays(dayAt(at), days);
