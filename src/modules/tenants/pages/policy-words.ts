import { formatBytes, formatCount, formatNumber } from '#ui/format';
import type { Dictionary } from '#ui/view';
import type { PolicyDefinition, PolicyName, PolicyValue } from '../rules-policy.ts';

type Locale = 'de' | 'en';

/** Short names of the policies; what each does, the room itself says (`meaning`). */
export const policyTitles: Dictionary<Readonly<Record<PolicyName, string>>> = {
  de: {
    sessionIdleSeconds: 'Abmelden bei Untätigkeit',
    sessionLongestSeconds: 'Längste Anmeldung',
    passwordLength: 'Länge von Passwörtern',
    appPasswords: 'App-Passwörter',
    trashDays: 'Papierkorb',
    versionThinning: 'Frühere Versionen',
    versionDays: 'Alter früherer Versionen',
    largestFileBytes: 'Größte Datei',
    spaceQuotaBytes: 'Kontingent je Bereich',
  },
  en: {
    sessionIdleSeconds: 'Sign out when idle',
    sessionLongestSeconds: 'Longest session',
    passwordLength: 'Password length',
    appPasswords: 'App passwords',
    trashDays: 'Trash',
    versionThinning: 'Earlier versions',
    versionDays: 'Age of earlier versions',
    largestFileBytes: 'Largest file',
    spaceQuotaBytes: 'Quota of a space',
  },
};

type Unit = { readonly key: string; readonly size: number; readonly de: string; readonly en: string };

const timeUnits: readonly Unit[] = [
  { key: 'minutes', size: 60, de: 'Minuten', en: 'minutes' },
  { key: 'hours', size: 3_600, de: 'Stunden', en: 'hours' },
  { key: 'days', size: 86_400, de: 'Tage', en: 'days' },
];

const sizeUnits: readonly Unit[] = [
  { key: 'MB', size: 2 ** 20, de: 'MB', en: 'MB' },
  { key: 'GB', size: 2 ** 30, de: 'GB', en: 'GB' },
  { key: 'TB', size: 2 ** 40, de: 'TB', en: 'TB' },
];

const singulars: Readonly<Record<string, readonly [de: string, en: string]>> = {
  minutes: ['Minute', 'minute'],
  hours: ['Stunde', 'hour'],
  days: ['Tag', 'day'],
};

/** The units a person may choose for this kind of value; none when it is a plain number. */
export function unitsOf(kind: PolicyDefinition['kind']): readonly Unit[] {
  if (kind === 'seconds') return timeUnits;
  return kind === 'bytes' ? sizeUnits : [];
}

/** The largest unit that gives a whole number. */
export function unitFor(kind: PolicyDefinition['kind'], value: number): Unit | undefined {
  return unitsOf(kind).findLast(({ size }) => value % size === 0) ?? unitsOf(kind)[0];
}

/** A size in bytes with the largest unit that gives a whole number, for a form that edits it. */
export function splitBytes(bytes: number): { readonly amount: number; readonly unit: string } {
  const unit = unitFor('bytes', bytes) ?? { key: 'MB', size: 2 ** 20 };
  return { amount: bytes / unit.size, unit: unit.key };
}

/** What a form's number and unit amount to, in seconds or bytes; NaN when the number is none. */
export function joinUnit(amount: string, unit: string): number {
  const size = [...timeUnits, ...sizeUnits].find(({ key }) => key === unit)?.size ?? 1;
  return amount === '' ? Number.NaN : Math.round(Number(amount.replace(',', '.')) * size);
}

const yesNo = { de: { true: 'ja', false: 'nein' }, en: { true: 'yes', false: 'no' } } as const;

function sayTime(locale: Locale, seconds: number): string {
  const unit = unitFor('seconds', seconds) as Unit;
  const [german, english] = singulars[unit.key] ?? ['', ''];
  return formatCount(locale, seconds / unit.size, [locale === 'de' ? german : english, unit[locale]]);
}

/** A policy's value as people say it: “8 Stunden”, “100 GB”, “ja”. */
export function sayPolicy(locale: Locale, definition: PolicyDefinition, value: PolicyValue): string {
  if (definition.kind === 'choice') return definition.choices[String(value)]?.[locale] ?? String(value);
  if (definition.kind === 'yesNo') return yesNo[locale][value ? 'true' : 'false'];
  const number = Number(value);
  if (definition.kind === 'seconds') return sayTime(locale, number);
  if (definition.kind === 'days') return sayTime(locale, number * 86_400);
  return definition.kind === 'bytes' ? formatBytes(locale, number) : formatNumber(locale, number);
}
