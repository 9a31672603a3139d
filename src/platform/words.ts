import { dayInWords } from './day-words.ts';
import type { Params } from './errors.ts';

export type Locale = 'de' | 'en';

/** A sentence in both languages, with `{name}` placeholders. */
export type Sentence = { readonly de: string; readonly en: string };

/** What a room can say, by code. Every `Failure` code a room throws has its sentence here; a test checks it. */
export type Words = Readonly<Record<string, Sentence>>;

const sizeUnits = ['Byte', 'KB', 'MB', 'GB', 'TB'] as const;

/** A number of bytes as people say it, in steps of a thousand. */
export function sizeInWords(bytes: number, locale: Locale): string {
  const step = Math.min(sizeUnits.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  const value = (bytes / 1000 ** step).toLocaleString(locale, { maximumFractionDigits: step === 0 ? 0 : 1 });
  const unit = step === 0 && locale === 'en' ? 'bytes' : sizeUnits[step];
  return `${value} ${unit}`;
}

/**
 * Fills the placeholders of one sentence; `{name:size}` says a number of bytes as people do, `{name:number}` a number with the
 * comma of the language, `{name:day}` a day in words. An unknown placeholder stays visible: better odd than silently empty.
 */
export function fill(sentence: string, params: Params, locale: Locale): string {
  return sentence.replace(/\{(\w+)(?::(size|number|day))?\}/g, (whole, name: string, form: string | undefined) => {
    const value = params[name];
    if (value === undefined) return whole;
    if (form === 'size') return sizeInWords(Number(value), locale);
    if (form === 'day') return dayInWords(locale, String(value));
    return form === 'number' ? Number(value).toLocaleString(locale) : String(value);
  });
}

/** The sentence for a code; the code itself if no room knows it. */
export function say(words: Words, locale: Locale, code: string, params: Params = {}): string {
  const sentence = words[code];
  return sentence ? fill(sentence[locale], params, locale) : code;
}

/** The platform's own sentences: what happened, what it means for your data, what to do now. */
export const platformWords: Words = {
  'platform.internal': {
    de: 'Das hat nicht geklappt, und der Fehler liegt bei uns. Ihre Daten sind unverändert. Bitte nennen Sie der Hilfe die Nummer {request}.',
    en: 'That did not work, and the mistake is ours. Your data is unchanged. Please tell support the number {request}.',
  },
  'platform.unavailable': {
    de: 'Der Dienst ist gerade nicht erreichbar. Was bestätigt wurde, ist gespeichert. Bitte versuchen Sie es in wenigen Sekunden noch einmal.',
    en: 'The service cannot be reached right now. What was confirmed is stored. Please try again in a few seconds.',
  },
  'platform.diskFull': {
    de: 'Auf dem Server ist kein Speicherplatz mehr frei. Es wurde nichts verändert. Bitte wenden Sie sich an Ihre IT.',
    en: 'There is no disk space left on the server. Nothing was changed. Please contact your IT department.',
  },
  'platform.notFound': {
    de: 'Das gibt es hier nicht, oder es ist nicht für Sie freigegeben.',
    en: 'This does not exist, or it is not shared with you.',
  },
  'platform.metricsClosed': {
    de: 'Die Kennzahlen sind nicht öffentlich. Wer den Server betreibt, liest sie mit dem Zugangswort aus RENNSTEIG_METRICS_TOKEN.',
    en: 'The figures are not public. Whoever runs the server reads them with the token set in RENNSTEIG_METRICS_TOKEN.',
  },
  'platform.forbidden': {
    de: 'Dafür reichen Ihre Rechte nicht aus. Es wurde nichts verändert.',
    en: 'You do not have permission to do this. Nothing was changed.',
  },
  'platform.signInFirst': { de: 'Bitte melden Sie sich an.', en: 'Please sign in.' },
  'platform.invalid': {
    de: 'Die Anfrage ist nicht in Ordnung ({detail}). Es wurde nichts verändert.',
    en: 'The request is not valid ({detail}). Nothing was changed.',
  },
  'platform.tooLarge': {
    de: 'Das ist größer als erlaubt (höchstens {limit:size}). Es wurde nichts gespeichert.',
    en: 'This is larger than allowed (at most {limit:size}). Nothing was stored.',
  },
  'platform.tooMany': {
    de: 'Das waren zu viele Versuche. Bitte warten Sie {seconds} Sekunden.',
    en: 'Too many attempts. Please wait {seconds} seconds.',
  },
  'platform.crossSite': {
    de: 'Diese Anfrage kam nicht von unserer Seite oder die Seite war zu lange offen. Bitte laden Sie sie neu und versuchen Sie es noch einmal.',
    en: 'This request did not come from our page, or the page was open for too long. Please reload it and try again.',
  },
  'platform.methodNotAllowed': { de: 'Das geht an dieser Adresse nicht.', en: 'This address does not support that.' },
  'platform.unsupportedType': {
    de: 'Dieses Format verstehen wir hier nicht ({detail}).',
    en: 'This format is not understood here ({detail}).',
  },
  'platform.damaged': {
    de: 'Die gespeicherten Daten sind beschädigt und werden deshalb nicht ausgeliefert. Der Betrieb ist alarmiert.',
    en: 'The stored data is damaged and is therefore not delivered. The operator has been alerted.',
  },
  'platform.several': {
    de: '{count} Angaben stimmen noch nicht. Es wurde nichts gespeichert.',
    en: '{count} entries are not right yet. Nothing was saved.',
  },
  'platform.textMissing': { de: 'Bitte füllen Sie das Feld „{field}“ aus.', en: 'Please fill in the field “{field}”.' },
  'platform.textTooLong': {
    de: 'Das Feld „{field}“ ist zu lang: Es darf höchstens {limit} Zeichen haben.',
    en: 'The field “{field}” is too long: it may have at most {limit} characters.',
  },
  'platform.textUnseen': {
    de: 'Das Feld „{field}“ enthält unsichtbare Zeichen. Bitte geben Sie es von Hand ein.',
    en: 'The field “{field}” contains characters that cannot be seen. Please type it by hand.',
  },
  'platform.changedMeanwhile': {
    de: 'Das wurde inzwischen von jemand anderem geändert. Bitte laden Sie neu.',
    en: 'Somebody else has changed this meanwhile. Please reload.',
  },
  'platform.cutOff': {
    de: 'Die Übertragung brach ab. Es wurde nichts gespeichert.',
    en: 'The transfer broke off. Nothing was stored.',
  },
  'platform.tenantSuspended': {
    de: 'Der Zugang Ihrer Behörde ist zurzeit gesperrt. Ihre Daten sind unverändert. Bitte wenden Sie sich an Ihre IT.',
    en: "Your authority's access is currently suspended. Your data is unchanged. Please contact your IT department.",
  },
};
