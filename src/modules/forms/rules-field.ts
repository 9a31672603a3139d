import { dayInWords } from '#platform/day-words';
import { seenLine, seenOnly } from '#platform/text';
import { addressParts, type Field, type Text } from './rules-definition.ts';
import type { Value } from './rules-expression.ts';

/** From what somebody typed to an answer, or to the sentence that says what is missing. What was typed is kept as it was. */

/** What the browser sent for the names of one page: one text, or several for boxes that are ticked. */
export type Raw = string | readonly string[];
export type RawAnswers = Readonly<Record<string, Raw>>;

/** A file that was added to a question. */
export type FileFacts = {
  readonly id: number;
  readonly field: string;
  readonly name: string;
  readonly size: number;
  readonly state: 'waiting' | 'clean' | 'infected' | 'notScannable';
};

export type Problem = { readonly field: string; readonly item: number; readonly text: Text };

type Reading = { readonly value: Value } | { readonly problem: Text };

const say = (de: string, en: string): { problem: Text } => ({ problem: { de, en } });
const one = (raw: Raw | undefined): string => (typeof raw === 'string' ? raw : (raw?.[0] ?? '')).normalize('NFC').trim();
const many = (raw: Raw | undefined): readonly string[] => (raw === undefined ? [] : typeof raw === 'string' ? [raw] : raw);

/** Names under which a question's answer is sent. */
export const inputNames = ({ key, kind }: Pick<Field, 'key' | 'kind'>): string[] =>
  kind === 'address' ? addressParts.map((part) => `${key}.${part}`) : [key];

/** Characters of one answer that are kept, right or wrong: drafts of people without an account lie here for a month. */
const longestRaw = { line: 1_000, text: 8_000 };
const mostTicks = 300;

/** What of a form belongs to this question, cut to a size that can be kept, without what nobody sees; names that are not asked are left out. */
export function takeRaw(field: Field, sent: ReadonlyMap<string, readonly string[]>): [string, Raw][] {
  if (field.kind === 'file') return [];
  const [clean, usual] = field.kind === 'longText' ? [seenOnly, longestRaw.text] : [seenLine, longestRaw.line];
  const most = Math.max(usual, field.maxLength ?? 0);
  return inputNames(field).map((name) => {
    const values = (sent.get(name) ?? []).slice(0, mostTicks).map((value) => clean(value.slice(0, most)));
    return [name, field.kind === 'several' ? values : (values[0] ?? '')];
  });
}

const missing: Readonly<Record<Field['kind'], (label: Text) => { problem: Text }>> = (() => {
  const fill = ({ de, en }: Text) => say(`Bitte füllen Sie „${de}“ aus.`, `Please fill in “${en}”.`);
  const pick = ({ de, en }: Text) => say(`Bitte wählen Sie bei „${de}“ etwas aus.`, `Please choose something for “${en}”.`);
  const add = ({ de, en }: Text) => say(`Bitte fügen Sie bei „${de}“ eine Datei hinzu.`, `Please add a file for “${en}”.`);
  const typed = {
    text: fill,
    longText: fill,
    number: fill,
    money: fill,
    date: fill,
    address: fill,
    iban: fill,
    email: fill,
    phone: fill,
  };
  return { ...typed, yesNo: pick, choice: pick, several: pick, file: add };
})();

/** Numbers as Germans write them: 1.234,5. A point before exactly three digits parts thousands, any other is a decimal point. */
export function readNumber(text: string): number | null {
  const plain = text.replaceAll(/[\s\u00a0]|€|EUR/gi, '');
  const isGerman = plain.includes(',') || /^-?\d{1,3}(\.\d{3})+$/.test(plain);
  const number = isGerman ? plain.replaceAll('.', '').replace(',', '.') : plain;
  return /^-?\d{1,15}(\.\d{1,6})?$/.test(number) ? Number(number) : null;
}

/** 31.12.2026, 31.12.26 is refused (which century?), 2026-12-31. Null: no day of the calendar. */
export function readDate(text: string): string | null {
  const [, day = '', month = '', year = ''] = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/.exec(text) ?? [];
  const iso = year ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : text;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso)) return null;
  const date = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) && iso >= '1800' && iso < '2200' ? iso : null;
}

/** ISO 13616: letters as numbers, the first four characters at the end, remainder 1 of the division by 97. */
export function isIban(text: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(text) || (text.startsWith('DE') && text.length !== 22)) return false;
  let rest = 0;
  for (const sign of text.slice(4) + text.slice(0, 4))
    rest = Number(`${rest}${/\d/.test(sign) ? sign : sign.charCodeAt(0) - 55}`) % 97;
  return rest === 1;
}

type Reader = (text: string, field: Field, today: string) => Reading;

const formatSentences: Readonly<Record<NonNullable<Field['format']>, readonly [RegExp, string, string]>> = {
  postcode: [/^\d{5}$/, 'Eine Postleitzahl hat fünf Ziffern.', 'A postcode has five digits.'],
  plate: [
    /^[A-ZÄÖÜ]{1,3}[- ][A-Z]{1,2} ?\d{1,4}[EH]?$/i,
    'Bitte schreiben Sie das Kennzeichen so: NDH-AB 123.',
    'Please write the plate like this: NDH-AB 123.',
  ],
  digits: [/^\d+$/, 'Bitte geben Sie nur Ziffern ein.', 'Please enter digits only.'],
  name: [/^[^\d<>{}[\]\\]+$/u, 'Ein Name enthält keine Ziffern und Klammern.', 'A name has no digits or brackets.'],
  chip: [/^\d{15}$/, 'Eine Chipnummer hat 15 Ziffern.', 'A chip number has 15 digits.'],
};

const readText: Reader = (text, field) => {
  const most = field.maxLength ?? (field.kind === 'longText' ? 4_000 : 250);
  if (text.length > most)
    return say(
      `Ihre Antwort hat ${text.length} Zeichen. Höchstens ${most} sind möglich.`,
      `Your answer has ${text.length} characters. At most ${most} are possible.`,
    );
  const least = field.minLength ?? 0;
  if (text.length < least)
    return say(`Bitte geben Sie mindestens ${least} Zeichen ein.`, `Please enter at least ${least} characters.`);
  const [form, de, en] = field.format ? formatSentences[field.format] : [];
  return form && de && en && !form.test(text) ? say(de, en) : { value: text };
};

const plain = (number: number, places: number, locale: 'de' | 'en') =>
  number.toLocaleString(locale, { minimumFractionDigits: places, maximumFractionDigits: 6 });

function withinNumbers(
  number: number,
  { min, max }: Field,
  shown: (bound: number, locale: 'de' | 'en') => string,
): Reading | null {
  if (typeof min === 'number' && number < min)
    return say(`Der kleinste mögliche Wert ist ${shown(min, 'de')}.`, `The smallest possible value is ${shown(min, 'en')}.`);
  if (typeof max === 'number' && number > max)
    return say(`Der größte mögliche Wert ist ${shown(max, 'de')}.`, `The largest possible value is ${shown(max, 'en')}.`);
  return null;
}

const readNumberField: Reader = (text, field) => {
  const number = readNumber(text);
  if (number === null)
    return say('Bitte geben Sie eine Zahl ein, zum Beispiel 12 oder 12,5.', 'Please enter a number, such as 12 or 12.5.');
  const places = field.decimals ?? 0;
  if (Math.abs(number * 10 ** places - Math.round(number * 10 ** places)) > 1e-6)
    return places === 0
      ? say('Bitte geben Sie eine ganze Zahl ein.', 'Please enter a whole number.')
      : say(`Bitte geben Sie höchstens ${places} Stellen nach dem Komma ein.`, `Please enter at most ${places} decimal places.`);
  return withinNumbers(number, field, (bound, locale) => plain(bound, 0, locale)) ?? { value: number };
};

const readMoney: Reader = (text, field) => {
  const number = readNumber(text);
  const cents = number === null ? Number.NaN : Math.round(number * 100);
  if (number === null || Math.abs(number * 100 - cents) > 1e-6)
    return say(
      'Bitte geben Sie einen Betrag in Euro ein, zum Beispiel 49,90.',
      'Please enter an amount in euros, such as 49.90.',
    );
  return withinNumbers(cents, field, (bound, locale) => `${plain(bound / 100, 2, locale)} €`) ?? { value: cents };
};

const readDateField: Reader = (text, { min, max }, today) => {
  const iso = readDate(text);
  if (iso === null)
    return say(
      'Dieses Datum gibt es nicht. Schreiben Sie es bitte so: 24.12.2026.',
      'There is no such date. Please write it like this: 24.12.2026.',
    );
  const [from, to] = [min, max].map((bound) => (bound === 'today' ? today : typeof bound === 'string' ? bound : null));
  if (from && iso < from)
    return say(
      `Das Datum darf nicht vor dem ${dayInWords('de', from)} liegen.`,
      `The date must not be before ${dayInWords('en', from)}.`,
    );
  if (to && iso > to)
    return say(
      `Das Datum darf nicht nach dem ${dayInWords('de', to)} liegen.`,
      `The date must not be after ${dayInWords('en', to)}.`,
    );
  return { value: iso };
};

/** Whether something is one address to which a mail can be sent, and not several. */
export const isMail = (text: string): boolean => text.length <= 250 && /^[^\s@<>",;]+@[^\s@<>",;]+\.[^\s@<>".,;]{2,}$/.test(text);

const readChoice: Reader = (text, { options = [] }) =>
  options.some(({ value }) => value === text)
    ? { value: text }
    : say(
        'Diese Auswahl gibt es nicht. Bitte wählen Sie eine der genannten.',
        'There is no such choice. Please take one of those named.',
      );

const readers: Readonly<Record<Exclude<Field['kind'], 'several' | 'address' | 'file'>, Reader>> = {
  text: readText,
  longText: readText,
  number: readNumberField,
  money: readMoney,
  date: readDateField,
  choice: readChoice,
  yesNo: (text) =>
    text === 'yes' || text === 'no'
      ? { value: text === 'yes' }
      : say('Bitte antworten Sie mit Ja oder Nein.', 'Please answer yes or no.'),
  iban: (text) => {
    const iban = text.replaceAll(/\s/g, '').toUpperCase();
    return isIban(iban)
      ? { value: iban }
      : say(
          'Diese IBAN stimmt nicht. Bitte vergleichen Sie sie mit Ihrer Bankkarte.',
          'This IBAN is not right. Please compare it with your bank card.',
        );
  },
  email: (text) =>
    isMail(text)
      ? { value: text }
      : say(
          'Bitte geben Sie eine E-Mail-Adresse ein, zum Beispiel name@post.example.',
          'Please enter an e-mail address, such as name@post.example.',
        ),
  phone: (text) =>
    /^\+?[\d\s()/-]{5,30}$/.test(text)
      ? { value: text }
      : say(
          'Eine Telefonnummer besteht aus Ziffern, zum Beispiel 03632 123456.',
          'A phone number consists of digits, such as 03632 123456.',
        ),
};

function readSeveral(field: Field, raw: Raw | undefined): Reading {
  const picked = [...new Set(many(raw))].filter(Boolean);
  const known = new Set((field.options ?? []).map(({ value }) => value));
  return picked.every((value) => known.has(value)) ? { value: picked } : readChoice('', field, '');
}

const partLabels: Readonly<Record<(typeof addressParts)[number], Text>> = {
  street: { de: 'Straße', en: 'Street' },
  number: { de: 'Hausnummer', en: 'House number' },
  postcode: { de: 'Postleitzahl', en: 'Postcode' },
  town: { de: 'Ort', en: 'Town' },
};

export type FieldReading = {
  readonly field: Field;
  /** By the names conditions use. Null: not answered, or not readable. */
  readonly values: readonly (readonly [string, Value])[];
  readonly problems: readonly { readonly name: string; readonly text: Text }[];
};

const longestPart = 120;

function readAddress(field: Field, raw: RawAnswers): FieldReading {
  const parts = addressParts.map((part) => [part, one(raw[`${field.key}.${part}`])] as const);
  const isEmpty = parts.every(([, text]) => text === '');
  const problems = parts.flatMap(([part, text]) => {
    const name = `${field.key}.${part}`;
    if (text === '') return isEmpty && field.isOptional ? [] : [{ name, ...missing.text(partLabels[part]) }];
    const [form, de, en] = formatSentences.postcode;
    if (part === 'postcode' && !form.test(text)) return [{ name, ...say(de, en) }];
    return text.length > longestPart ? [{ name, ...readText(text, { ...field, maxLength: longestPart }, '') }] : [];
  });
  const named = problems.map(({ name, ...rest }) => ({ name, text: (rest as { problem: Text }).problem }));
  const [street = '', number = '', postcode = '', town = ''] = parts.map(([, text]) => text);
  const isWhole = named.length === 0 && !isEmpty;
  return {
    field,
    values: [
      [field.key, isWhole ? `${street} ${number}, ${postcode} ${town}` : null],
      ...parts.map(([part, text]) => [`${field.key}.${part}`, isWhole ? text : null] as const),
    ],
    problems: named,
  };
}

function readFiles(field: Field, files: readonly FileFacts[]): Reading {
  const mine = files.filter((file) => file.field === field.key);
  const bad = mine.find(({ state }) => state === 'infected');
  if (bad)
    return say(
      `In „${bad.name}“ wurde Schadsoftware gefunden. Bitte entfernen Sie die Datei.`,
      `Malware was found in “${bad.name}”. Please remove the file.`,
    );
  return { value: mine.map(({ name }) => name) };
}

function readOne(field: Field, raw: RawAnswers, { files, today }: { files: readonly FileFacts[]; today: string }): Reading {
  if (field.kind === 'file') return readFiles(field, files);
  if (field.kind === 'several') return readSeveral(field, raw[field.key]);
  const text = one(raw[field.key]);
  return text === '' || field.kind === 'address' ? { value: null } : readers[field.kind](text, field, today);
}

/** Reads the answer to one question. What is wrong comes back as sentences in both languages. */
export function readField(field: Field, raw: RawAnswers, given: { files: readonly FileFacts[]; today: string }): FieldReading {
  if (field.kind === 'address') return readAddress(field, raw);
  const reading = readOne(field, raw, given);
  if ('problem' in reading) return { field, values: [[field.key, null]], problems: [{ name: field.key, text: reading.problem }] };
  const { value } = reading;
  const isEmpty = value === null || (Array.isArray(value) && value.length === 0);
  const problems = isEmpty && !field.isOptional ? [{ name: field.key, text: missing[field.kind](field.label).problem }] : [];
  return { field, values: [[field.key, isEmpty ? null : value]], problems };
}
