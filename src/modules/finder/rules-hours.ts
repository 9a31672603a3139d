import { addDays, isDay, weekdayOf } from '#platform/day';
import { ensure } from '#platform/errors';
import { isHoliday } from '#platform/holidays';

/** Opening hours: lines people can write and read, and whether it is open at a moment. */

export type Span = { readonly from: number; readonly to: number };
/** Minutes after midnight, by day of the week (1 Monday … 7 Sunday) and by day for exceptions (ISO). */
export type Hours = { readonly week: ReadonlyMap<number, readonly Span[]>; readonly days: ReadonlyMap<string, readonly Span[]> };

const dayNames = ['mo', 'di', 'mi', 'do', 'fr', 'sa', 'so'];
const limits = { lines: 60 };

function refuse(line: string): never {
  ensure(false, 'invalid', 'finder.hoursForm', { field: 'hours', line });
}

function minutesOf(text: string, line: string): number {
  const [, hours = '', minutes = '0'] = /^(\d{1,2})(?:[:.](\d{2}))?$/.exec(text.trim()) ?? [];
  const value = Number(hours) * 60 + Number(minutes);
  if (hours === '' || Number(minutes) > 59 || value > 24 * 60) refuse(line);
  return value;
}

/** “12 Uhr” without its word. By hand: an expression for blanks, a word and blanks again takes hours for a page of blanks. */
function withoutUhr(part: string): string {
  const text = part.trim();
  return text.toLowerCase().endsWith('uhr') ? text.slice(0, -3) : text;
}

function spansOf(text: string, line: string): Span[] {
  if (/^(zu|geschlossen|closed)$/i.test(text.trim())) return [];
  const spans = text.split(',').map((part) => {
    const [from = '', to = '', ...more] = withoutUhr(part).split(/[–-]/);
    if (more.length > 0) refuse(line);
    return { from: minutesOf(from, line), to: minutesOf(to, line) };
  });
  if (spans.some(({ from, to }, index) => from >= to || from < (spans[index - 1]?.to ?? 0))) refuse(line);
  return spans;
}

function weekdays(text: string, line: string): number[] {
  const [first = '', last = first] = text
    .toLowerCase()
    .split(/[–-]/)
    .map((name) => name.trim().slice(0, 2));
  const [from, to] = [dayNames.indexOf(first), dayNames.indexOf(last)];
  if (from < 0 || to < from) refuse(line);
  return Array.from({ length: to - from + 1 }, (_, index) => from + index + 1);
}

/**
 * Reads lines such as “Mo–Do 9–12, 13–16”, “Fr geschlossen”, “24.12.2026 geschlossen”, “27.11.2026 9–11”.
 * A day of the week that is not named is closed. Throws `invalid` with the line that cannot be read.
 */
export function readHours(text: string): Hours {
  const [week, days] = [new Map<number, Span[]>(), new Map<string, Span[]>()];
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  ensure(lines.length <= limits.lines, 'tooLarge', 'finder.tooManyItems', { field: 'hours', limit: limits.lines });
  for (const line of lines) {
    const [, day, month, year, rest] = /^(\d{1,2})\.(\d{1,2})\.(\d{4}):?\s+(.+)$/.exec(line) ?? [];
    if (day && month && year && rest) {
      const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
      if (!isDay(iso)) refuse(line);
      days.set(iso, spansOf(rest, line));
      continue;
    }
    const [, names, spans] = /^([A-Za-zäöü]+(?:\s*[–-]\s*[A-Za-zäöü]+)?)\.?:?\s+(.+)$/.exec(line) ?? [];
    if (!names || !spans) refuse(line);
    for (const number of weekdays(names, line)) week.set(number, spansOf(spans, line));
  }
  return { week, days };
}

/** The spans of one day: an exception before a holiday before the day of the week. */
export function spansOn(hours: Hours, iso: string): readonly Span[] {
  const exception = hours.days.get(iso);
  if (exception) return exception;
  if (isHoliday(iso)) return [];
  return hours.week.get(weekdayOf(iso)) ?? [];
}

/** Expensive to make, and asked with every look at an authority. */
const wallClock = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/Berlin',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** The moment in local time of Thüringen: its day and the minutes since midnight. */
function localTime(at: Date): { iso: string; minutes: number } {
  const parts = wallClock.formatToParts(at);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return { iso: `${part('year')}-${part('month')}-${part('day')}`, minutes: Number(part('hour')) * 60 + Number(part('minute')) };
}

/** Whether it is open now, and otherwise the next time it opens within two weeks. */
export function openState(
  hours: Hours,
  at: Date,
): { isOpen: boolean; next: { iso: string; from: number } | null; until: number | null } {
  const { iso, minutes } = localTime(at);
  const now = spansOn(hours, iso).find(({ from, to }) => from <= minutes && minutes < to);
  if (now) return { isOpen: true, next: null, until: now.to };
  for (let ahead = 0; ahead <= 14; ahead += 1) {
    const day = addDays(iso, ahead);
    const span = spansOn(hours, day).find(({ from }) => ahead > 0 || from > minutes);
    if (span) return { isOpen: false, next: { iso: day, from: span.from }, until: null };
  }
  return { isOpen: false, next: null, until: null };
}
