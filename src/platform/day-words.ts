/**
 * How days are said: in figures in tables (24.11.2026), in words everywhere else (24. November 2026). Nothing else writes days for
 * people. Germany's time, whatever the machine's.
 */

type Locale = 'de' | 'en';
/** A moment, or the day itself (`2026-11-24`). */
type Day = Date | string;

const timeZone = 'Europe/Berlin';
const tags = { de: 'de-DE', en: 'en-GB' } as const;

type Say = (locale: Locale, at: Date) => string;

/** Making a formatter costs as much as walking through a whole form: one of each kind and language. */
function saying(options: Intl.DateTimeFormatOptions): Say {
  const [de, en] = [tags.de, tags.en].map((tag) => new Intl.DateTimeFormat(tag, { timeZone, ...options }));
  const made = { de, en } as Readonly<Record<Locale, Intl.DateTimeFormat>>;
  return (locale, at) => made[locale].format(at);
}

const momentOf = (day: Day): Date =>
  typeof day === 'string' && day.length === 10 ? new Date(`${day}T12:00:00Z`) : new Date(day);

const figures = saying({ day: '2-digit', month: '2-digit', year: 'numeric' });
const words = saying({ day: 'numeric', month: 'long', year: 'numeric' });
const weekday = saying({ weekday: 'long', day: 'numeric', month: 'long' });
const weekdayOfYear = saying({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const month = saying({ month: 'long', year: 'numeric' });
const shortMonth = saying({ month: 'short', year: '2-digit' });
const clock = saying({ hour: '2-digit', minute: '2-digit' });

/** 09:05 Uhr: of today. */
export const timeInWords = (locale: Locale, at: Date): string => `${clock(locale, at)}${locale === 'de' ? ' Uhr' : ''}`;

const withClock = (day: string, locale: Locale, at: Date): string => `${day}, ${timeInWords(locale, at)}`;

/** 24.11.2026: where days stand below each other. */
export const dayInFigures = (locale: Locale, day: Day): string => figures(locale, momentOf(day));

/** 24. November 2026. */
export const dayInWords = (locale: Locale, day: Day): string => words(locale, momentOf(day));

/** Dienstag, 24. November: for the days that come. */
export const weekdayInWords = (locale: Locale, day: Day): string => weekday(locale, momentOf(day));

/** November 2026, or Nov. 26 where there is little room. @param of `2026-11` */
export const monthInWords = (locale: Locale, of: string, form: 'long' | 'short' = 'long'): string =>
  (form === 'long' ? month : shortMonth)(locale, momentOf(`${of}-15`));

/** 24.11.2026, 09:05 Uhr. */
export const momentInFigures = (locale: Locale, at: Date): string => withClock(figures(locale, at), locale, at);

/** 24. November 2026, 09:05 Uhr. */
export const momentInWords = (locale: Locale, at: Date): string => withClock(words(locale, at), locale, at);

/** Dienstag, 24. November 2026, 09:05 Uhr: in a letter, where one has to be there in time. */
export const appointmentInWords = (locale: Locale, at: Date): string => withClock(weekdayOfYear(locale, at), locale, at);
