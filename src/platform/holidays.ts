/** The days on which nobody works in all of Thüringen; deadlines, deliveries and opening hours depend on them. Decides without I/O. */

/** Sunday of Easter, by the anonymous Gregorian algorithm (Meeus, Jones, Butcher). */
export function easter(year: number): Date {
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100];
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  return new Date(Date.UTC(year, Math.floor((h + l - 7 * m + 114) / 31) - 1, ((h + l - 7 * m + 114) % 31) + 1));
}

const fixedHolidays: readonly (readonly [string, string])[] = [
  ['01-01', 'Neujahr'],
  ['05-01', 'Tag der Arbeit'],
  ['09-20', 'Weltkindertag'],
  ['10-03', 'Tag der Deutschen Einheit'],
  ['10-31', 'Reformationstag'],
  ['12-25', '1. Weihnachtstag'],
  ['12-26', '2. Weihnachtstag'],
];
const easterHolidays: readonly (readonly [number, string])[] = [
  [-2, 'Karfreitag'],
  [1, 'Ostermontag'],
  [39, 'Christi Himmelfahrt'],
  [50, 'Pfingstmontag'],
];

/**
 * The public holidays that hold in all of Thüringen, by day (ISO): Thüringer Feier- und Gedenktagsgesetz (ThürFGtG), § 2.
 * The Weltkindertag is one since 2019. Corpus Christi holds only in some municipalities, which say so where it matters to them.
 */
export function holidays(year: number): Map<string, string> {
  const found = new Map(fixedHolidays.map(([day, name]) => [`${year}-${day}`, name]));
  if (year < 2019) found.delete(`${year}-09-20`);
  for (const [offset, name] of easterHolidays) {
    const day = new Date(easter(year).getTime() + offset * 86_400_000);
    found.set(day.toISOString().slice(0, 10), name);
  }
  return found;
}

let lastAsked = { year: 0, days: holidays(0) };

/** Whether a day (ISO) is a holiday in all of Thüringen. */
export function isHoliday(day: string): boolean {
  const year = Number(day.slice(0, 4));
  // Deadlines and opening hours ask day by day: nearly always of the year before.
  if (lastAsked.year !== year) lastAsked = { year, days: holidays(year) };
  return lastAsked.days.has(day);
}
