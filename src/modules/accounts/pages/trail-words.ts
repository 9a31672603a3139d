// Not by the alias: the server writes the same words into a table, and can load no components.
import { formatBytes, formatCount, formatNumber } from '../../../ui/formats.ts';
import { roleTexts } from './people-texts.ts';
import { meaningOf, numbered } from './trail-meanings.ts';
import { detailTexts } from './trail-texts-details.ts';
import { thingTexts, wholeTexts } from './trail-texts-things.ts';
import { valueTexts } from './trail-values.ts';

type Locale = 'de' | 'en';
type Pair = readonly [label: string, value: string];

const namesOf = (roles: (typeof roleTexts)[Locale]) =>
  Object.fromEntries(Object.entries(roles).map(([role, { name }]) => [role, name]));
const roleNames = { de: namesOf(roleTexts.de), en: namesOf(roleTexts.en) };

/** A space that was removed for good; until then it has its name. */
const goneSpace = (locale: Locale, number: string) =>
  locale === 'de' ? `gelöschter Bereich ${number}` : `removed space ${number}`;

const uuid = /\b([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g;
/** As much of a long identifier as tells it apart; the table has all of it. */
const shortened = (text: string) => text.replaceAll(uuid, '$1');

/** A thing as people call it: by its name where that is known, else by its number. */
export function sayThing(locale: Locale, thing: string, name: string | null): string {
  const whole = wholeTexts[locale][thing];
  if (whole) return whole;
  const [kind = '', number = ''] = thing.split(':');
  if (kind === 'space' && name === null) return goneSpace(locale, number);
  const called = name && (locale === 'de' ? `„${name}“` : `“${name}”`);
  return `${thingTexts[locale][kind] ?? kind} ${called || shortened(number)}`;
}

const measures: Readonly<Record<string, 'bytes' | 'seconds' | 'days' | 'cents'>> = {
  size: 'bytes',
  bytes: 'bytes',
  quota: 'bytes',
  used: 'bytes',
  largestFileBytes: 'bytes',
  spaceQuotaBytes: 'bytes',
  seconds: 'seconds',
  sessionIdleSeconds: 'seconds',
  sessionLongestSeconds: 'seconds',
  days: 'days',
  trashDays: 'days',
  versionDays: 'days',
  cents: 'cents',
  received: 'cents',
};

const times: readonly {
  readonly size: number;
  readonly de: readonly [string, string];
  readonly en: readonly [string, string];
}[] = [
  { size: 86_400, de: ['Tag', 'Tage'], en: ['day', 'days'] },
  { size: 3_600, de: ['Stunde', 'Stunden'], en: ['hour', 'hours'] },
  { size: 60, de: ['Minute', 'Minuten'], en: ['minute', 'minutes'] },
];
const second = { size: 1, de: ['Sekunde', 'Sekunden'], en: ['second', 'seconds'] } as const;

/** In the largest unit of which it is a whole number. */
function sayTime(locale: Locale, seconds: number): string {
  const unit = times.find(({ size }) => seconds % size === 0) ?? second;
  return formatCount(locale, seconds / unit.size, unit[locale]);
}

const euros = {
  de: new Intl.NumberFormat('de-DE', { style: 'currency', currency: 'EUR' }),
  en: new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'EUR' }),
} as const;

function sayNumber(locale: Locale, as: string, value: number): string {
  switch (measures[as]) {
    case 'bytes':
      return formatBytes(locale, value);
    case 'seconds':
      return sayTime(locale, value);
    case 'days':
      return sayTime(locale, value * 86_400);
    case 'cents':
      return euros[locale].format(value / 100);
  }
  // What still has a name comes with it.
  if (numbered[as] === 'space') return goneSpace(locale, String(value));
  if (numbered[as]) return `${locale === 'de' ? 'Nr.' : 'no.'} ${value}`;
  return formatNumber(locale, value);
}

/** That something did not change goes without saying; that something is not so does not. */
const sayYesNo = (locale: Locale, as: string, value: boolean): string => {
  if (!value && /Changed$|^hasNew/.test(as)) return '';
  return locale === 'de' ? (value ? 'ja' : 'nein') : value ? 'yes' : 'no';
};

/** Details that name a thing by its kind and number. */
const references = ['of', 'what', 'by', 'proposedBy'];

/** The word for a value, where there is one: what stands there may have been typed by somebody. */
function wordFor(locale: Locale, as: string, text: string): string | undefined {
  const words = as === 'roles' ? roleNames[locale] : (valueTexts[locale][as] ?? {});
  // Kinds of problems are addresses on the web, of which the end is the kind.
  const word = as === 'problems' ? text.replace(/^.*[/:]/, '') : text;
  return Object.hasOwn(words, word) ? words[word] : undefined;
}

function sayText(locale: Locale, as: string, text: string): string {
  const word = wordFor(locale, as, text);
  if (word !== undefined) return word;
  const isThing = references.includes(as) && Object.hasOwn(thingTexts[locale], text.split(':', 1)[0] ?? '');
  return isThing ? sayThing(locale, text, null) : shortened(text);
}

/** Parts of a list that are said; of a long one the rest is counted. */
const mostSaid = 20;

function sayList(locale: Locale, as: string, values: readonly unknown[]): string {
  const said = values.slice(0, mostSaid).map((each) => sayValue(locale, as, each));
  const more = values.length - said.length;
  const rest = more > 0 ? [locale === 'de' ? `und ${more} weitere` : `and ${more} more`] : [];
  return [...said, ...rest].join(', ');
}

/** Something with parts: a change, somebody’s role, or each part with what it is called. */
function sayParts(locale: Locale, as: string, parts: Readonly<Record<string, unknown>>): string {
  const { from, to, principal, role } = parts;
  if ('from' in parts && 'to' in parts) return `${sayValue(locale, as, from) || '–'} → ${sayValue(locale, as, to) || '–'}`;
  if ('principal' in parts) return `${sayValue(locale, 'principal', principal)} (${sayValue(locale, 'role', role)})`;
  return Object.entries(parts)
    .map(([name, value]) => `${detailTexts[locale][name] ?? name} ${sayValue(locale, name, value) || '–'}`)
    .join('; ');
}

/** A value as people say it; empty when there is nothing to say. */
function sayValue(locale: Locale, as: string, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return sayYesNo(locale, as, value);
  if (typeof value === 'number') return sayNumber(locale, as, value);
  if (typeof value === 'string') return sayText(locale, as, value);
  if (Array.isArray(value)) return sayList(locale, as, value);
  return sayParts(locale, as, value as Readonly<Record<string, unknown>>);
}

/** The details of an entry as people say them: what each is called, and its value. What says nothing is left out. */
export function sayDetails(
  locale: Locale,
  entry: { readonly action: string; readonly details: Readonly<Record<string, unknown>> },
): readonly Pair[] {
  const said = Object.entries(entry.details).map(([name, value]): Pair => {
    const { label, as } = meaningOf(entry, name);
    return [detailTexts[locale][label] ?? label, sayValue(locale, as, value)];
  });
  return said.filter(([, value]) => value !== '');
}
