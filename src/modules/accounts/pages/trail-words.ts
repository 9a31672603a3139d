// Not by the alias: the server writes the same words into a table, and can load no components.
import { formatBytes } from '../../../ui/formats.ts';
import { peopleTexts, roleTexts } from './people-texts.ts';
import { paymentStateWords } from './trail-texts-payments.ts';

type Locale = 'de' | 'en';
type Texts = Readonly<Record<string, string>>;

const spaceRoles: { readonly de: Texts; readonly en: Texts } = {
  de: { manager: 'leitet', viewer: 'liest', uploader: 'gibt ab', suspended: 'gesperrt', shared: 'gemeinsam', personal: 'eigen' },
  en: {
    manager: 'manages',
    viewer: 'reads',
    uploader: 'hands in',
    suspended: 'suspended',
    shared: 'shared',
    personal: 'personal',
  },
};

const things: { readonly de: Texts; readonly en: Texts } = {
  de: {
    node: 'Datei oder Ordner',
    space: 'Bereich',
    account: 'Person',
    group: 'Gruppe',
    orgUnit: 'Einheit',
    tenant: 'Behörde',
    appPassword: 'App-Passwort',
    session: 'Anmeldung',
    operation: 'Vorgang',
    trash: 'Papierkorb',
    transfer: 'Übertragung',
    notice: 'Mitteilung',
    payment: 'Zahlung',
    submission: 'Antrag',
    draft: 'Entwurf',
    form: 'Formular',
    letter: 'Brief',
    answer: 'Antwort',
    citizen: 'Bürgerkonto',
    seal: 'Siegel',
    blob: 'Datei',
  },
  en: {
    node: 'File or folder',
    space: 'Space',
    account: 'Person',
    group: 'Group',
    orgUnit: 'Unit',
    tenant: 'Authority',
    appPassword: 'App password',
    session: 'Session',
    operation: 'Operation',
    trash: 'Trash',
    transfer: 'Transfer',
    notice: 'Notice',
    payment: 'Payment',
    submission: 'Application',
    draft: 'Draft',
    form: 'Form',
    letter: 'Letter',
    answer: 'Answer',
    citizen: 'Citizen’s account',
    seal: 'Seal',
    blob: 'File',
  },
};

/** A space that was removed for good; until then it has its name. */
const goneSpace = (locale: Locale, number: string) =>
  locale === 'de' ? `gelöschter Bereich ${number}` : `removed space ${number}`;

/** A thing as people call it: by its name where that is known, else by its number. */
export function sayThing(locale: Locale, thing: string, name: string | null): string {
  const [kind = '', number = ''] = thing.split(':');
  if (kind === 'space' && name === null) return goneSpace(locale, number);
  return `${things[locale][kind] ?? kind} ${name ? (locale === 'de' ? `„${name}“` : `“${name}”`) : number}`;
}

const sizes = ['size', 'bytes', 'quota', 'used'];

function sayWord(locale: Locale, name: string, word: string): string {
  if (name === 'roles') return Object.entries(roleTexts[locale]).find(([role]) => role === word)?.[1].name ?? word;
  if (!['state', 'role', 'kind'].includes(name)) return word;
  const { active, invited, disabled } = peopleTexts[locale];
  return { active, invited, disabled }[word] ?? spaceRoles[locale][word] ?? paymentStateWords[locale][word] ?? word;
}

/** A detail's value as people say it; empty when there is nothing to say. */
export function sayDetail(locale: Locale, name: string, value: unknown): string {
  if (value === null || value === undefined || value === false) return '';
  if (value === true) return locale === 'de' ? 'ja' : 'yes';
  if (typeof value === 'number' && sizes.includes(name)) return formatBytes(locale, value);
  // What still has a name comes with it.
  if (typeof value === 'number' && name === 'space') return goneSpace(locale, String(value));
  if (Array.isArray(value)) return value.map((each) => sayDetail(locale, name, each)).join(', ');
  if (typeof value !== 'object') return sayWord(locale, name, String(value));
  const { from, to } = value as { from?: unknown; to?: unknown };
  const isChange = 'from' in value && 'to' in value;
  if (!isChange) return JSON.stringify(value);
  return `${sayDetail(locale, name, from) || '–'} → ${sayDetail(locale, name, to) || '–'}`;
}

/** What a change of roles means is told by the action: its “before” and “after” are roles. */
export const meaningOf = (action: string, name: string): string =>
  action === 'accounts.setRoles' && (name === 'from' || name === 'to') ? 'roles' : name;
