import type { Locale } from '#platform/words';
import type { Proof } from './rules-assurance.ts';
import type { Text } from './rules-definition.ts';

/** How somebody has shown who they are, as people read it: in the receipt, on the page and at the office. */

const levels: Readonly<Record<Locale, Readonly<Record<Proof['level'], string>>>> = {
  de: {
    account: 'angemeldet mit einem Konto',
    basic: 'Vertrauensniveau normal',
    substantial: 'Vertrauensniveau substanziell',
    high: 'Vertrauensniveau hoch',
  },
  en: {
    account: 'signed in with an account',
    basic: 'assurance level low',
    substantial: 'assurance level substantial',
    high: 'assurance level high',
  },
};

const sources: Readonly<Record<Locale, Readonly<Record<string, string>>>> = {
  de: { account: 'Postfach', counter: 'Ausweis am Schalter gezeigt' },
  en: { account: 'mailbox', counter: 'identity card shown at the counter' },
};

type Shown = Pick<Proof, 'level' | 'source'> & { readonly confirmed: readonly Text[] };

function inLocale({ level, source, confirmed }: Shown, locale: Locale): string {
  const names = confirmed.map((label) => label[locale]).join(', ');
  const end = names === '' ? '' : `; ${locale === 'de' ? 'bestätigt' : 'confirmed'}: ${names}`;
  return `${sources[locale][source] ?? source}, ${levels[locale][level]}${end}`;
}

/** `BundID (Übung), Vertrauensniveau substanziell; bestätigt: Vorname, Nachname`. */
export const proofInWords = (shown: Shown): Text => ({ de: inLocale(shown, 'de'), en: inLocale(shown, 'en') });
