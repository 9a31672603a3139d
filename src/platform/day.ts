import { isHoliday } from './holidays.ts';

/** Days of the calendar as ISO texts (`2026-11-23`), where the offices are: law counts days and not hours. Decides without I/O. */

const dayMilliseconds = 86_400_000;
const hourMilliseconds = 3_600_000;

/** Making one costs as much as walking through a whole form. */
const wallDay = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' });

/** The day it is in Germany at a moment, summer time and all: half past midnight is the new day. */
export const dayAt = (at: Date): string => wallDay.format(at);

/** Whether the text is a day of the calendar. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text;
}

const numberOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) / dayMilliseconds;

/** The day after so many days; negative: before. */
export const addDays = (day: string, days: number): string =>
  new Date((numberOf(day) + days) * dayMilliseconds).toISOString().slice(0, 10);

/** How many days lie between two days; negative when the second is the earlier one. */
export const daysBetween = (from: string, to: string): number => numberOf(to) - numberOf(from);

/** The day of the week: 1 for Monday to 7 for Sunday. */
export const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7;

/** The moment so many times 24 hours after another one; negative: before. For what is kept and for how long, not for what the law counts. */
export const daysAfter = (at: Date, days: number): Date => new Date(at.getTime() + days * dayMilliseconds);

/** The moment at which a day begins in Germany: two hours before that in UTC in summer, one in winter. */
export function beginningOf(day: string): Date {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const inSummer = new Date(midnight - 2 * hourMilliseconds);
  return dayAt(inSummer) === day ? inSummer : new Date(midnight - hourMilliseconds);
}

/** Monday to Friday and no holiday. */
export const isWorkingDay = (day: string): boolean => weekdayOf(day) < 6 && !isHoliday(day);

/** § 31 Abs. 3 ThürVwVfG, § 108 Abs. 3 AO: a period that would end on a Saturday, a Sunday or a holiday ends with the next working day. */
export function endOfPeriod(day: string): string {
  let end = day;
  while (!isWorkingDay(end)) end = addDays(end, 1);
  return end;
}

/**
 * The last of so many working days. The day of the event does not count (§ 187 Abs. 1 BGB, to which § 31 Abs. 1 ThürVwVfG refers).
 * @param days zero: the day itself, or the first working day after it
 */
export function addWorkingDays(day: string, days: number): string {
  let end = days === 0 ? endOfPeriod(day) : day;
  for (let left = days; left > 0; left -= 1) end = endOfPeriod(addDays(end, 1));
  return end;
}
