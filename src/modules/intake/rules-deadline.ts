/** Days and deadlines, as ISO days (`2026-12-07`). Which days are holidays comes from outside, so that these stay pure. */

export type IsHoliday = (day: string) => boolean;

const dayMilliseconds = 86_400_000;

/** The day after so many days; negative: before. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMilliseconds).toISOString().slice(0, 10);
}

/** Whether the text is a day of the calendar. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text;
}

/** The day in Germany at a moment, summer time and all. */
export const dayAt = (at: Date): string => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' }).format(at);

/** Monday to Friday and no holiday. */
export function isWorkingDay(day: string, isHoliday: IsHoliday): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !isHoliday(day);
}

/** § 31 Abs. 3 ThürVwVfG: a period that would end on a Saturday, a Sunday or a holiday ends with the next working day. */
export function endOfPeriod(day: string, isHoliday: IsHoliday): string {
  let end = day;
  while (!isWorkingDay(end, isHoliday)) end = addDays(end, 1);
  return end;
}

/**
 * The last of so many working days. The day of the event does not count (§ 187 Abs. 1 BGB, to which § 31 Abs. 1 ThürVwVfG refers).
 * @param days zero: the day itself, or the first working day after it
 */
export function addWorkingDays(day: string, days: number, isHoliday: IsHoliday): string {
  let end = days === 0 ? endOfPeriod(day, isHoliday) : day;
  for (let left = days; left > 0; left -= 1) end = endOfPeriod(addDays(end, 1), isHoliday);
  return end;
}

export type DueState = 'later' | 'soon' | 'overdue';

/** How a deadline stands on a day. @param remindDays working days before it on which it is due soon */
export function dueState(
  { dueOn, today }: { readonly dueOn: string; readonly today: string },
  remindDays: number,
  isHoliday: IsHoliday,
): DueState {
  if (dueOn < today) return 'overdue';
  return dueOn <= addWorkingDays(today, remindDays, isHoliday) ? 'soon' : 'later';
}
