import { dayInFigures } from '#platform/day-words';

export { timeInWords } from '#platform/day-words';

type Locale = 'de' | 'en';

const tag = { de: 'de-DE', en: 'en-GB' } as const;
const fixedSpace = '\u00a0';

/** Formatters are expensive to make and used on every row of a list: one of each kind per language. */
function perLocale<Formatter>(make: (tag: string) => Formatter): (locale: Locale) => Formatter {
  const made = new Map<Locale, Formatter>();
  return (locale) => {
    const known = made.get(locale) ?? make(tag[locale]);
    made.set(locale, known);
    return known;
  };
}

const numbers = perLocale((name) => new Intl.NumberFormat(name, { maximumFractionDigits: 1 }));
const relatives = perLocale((name) => new Intl.RelativeTimeFormat(name, { numeric: 'auto' }));

/** A number as people of the language write it: 1.234,5. */
export const formatNumber = (locale: Locale, value: number): string => numbers(locale).format(value);

const byteUnits = ['Byte', 'KB', 'MB', 'GB', 'TB', 'PB'];

/** A size in bytes in the unit that keeps it short, counted in 1,024 as every file manager here does: 1,4 MB. */
export function formatBytes(locale: Locale, bytes: number): string {
  const step = bytes < 1_024 ? 0 : Math.min(byteUnits.length - 1, Math.floor(Math.log(bytes) / Math.log(1_024)));
  const value = bytes / 1_024 ** step;
  const rounded = value >= 100 || step === 0 ? Math.round(value) : value;
  return `${formatNumber(locale, rounded)}${fixedSpace}${byteUnits[step]}`;
}

const steps: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number])[] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];
const relativeDays = 7;

/** How long ago, as people say it, for up to a week; after that the day. `now` in milliseconds. */
export function formatAgo(locale: Locale, at: Date, now: number): string {
  const seconds = (at.getTime() - now) / 1_000;
  if (Math.abs(seconds) >= relativeDays * 86_400) return dayInFigures(locale, at);
  const [unit, length] = steps.find(([, size]) => Math.abs(seconds) >= size) ?? ['second', 1];
  return unit === 'second' ? justNow[locale] : relatives(locale).format(Math.trunc(seconds / length), unit);
}

const justNow = { de: 'gerade eben', en: 'just now' };

/** A count with its noun: 1 Person, 12 Personen. */
export function formatCount(locale: Locale, count: number, [one, many]: readonly [string, string]): string {
  return `${formatNumber(locale, count)} ${count === 1 ? one : many}`;
}
