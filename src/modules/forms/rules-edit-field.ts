import { ensure } from '#platform/errors';
import {
  assuranceLevels,
  type Definition,
  definitionLimits,
  type Field,
  type FieldKind,
  type FormPage,
  fieldKinds,
  fileTypes,
  formats,
  type Text,
} from './rules-definition.ts';
import type { Basics, FieldContent } from './rules-edit.ts';
import { nameFor } from './rules-edit-list.ts';
import { readDate, readNumber } from './rules-field.ts';

/** From what somebody typed into the editor to a part of a form. Refusals name the field of the page they are about. */

const { line, text: long } = definitionLimits;

/** One text, tidied. Throws `invalid` when it is longer than the limit. */
export function tidy(typed: string, field: string, limit: number = line): string {
  const clean = typed.normalize('NFC').replaceAll('\0', '').replaceAll('\r\n', '\n').trim();
  ensure(clean.length <= limit, 'invalid', 'platform.textTooLong', { field, limit });
  return clean;
}

/** A text in both languages; the fields of the page are called `name.de` and `name.en`. */
export const tidyText = ({ de, en }: Text, name: string, limit: number = line): Text => ({
  de: tidy(de, `${name}.de`, limit),
  en: tidy(en, `${name}.en`, limit),
});

/** As {@link tidyText}, and there has to be something in German. */
export function neededText(text: Text, name: string): Text {
  const clean = tidyText(text, name);
  ensure(clean.de !== '', 'invalid', 'platform.textMissing', { field: `${name}.de` });
  return clean;
}

type Range = { readonly least: number; readonly most: number };

/** A whole number within a range; null where nothing was typed. Throws `invalid`. */
function wholeNumber(typed: string, field: string, { least, most }: Range): number | null {
  if (typed.trim() === '') return null;
  const number = readNumber(typed.trim());
  const isFine = number !== null && Number.isInteger(number) && number >= least && number <= most;
  ensure(isFine, 'invalid', 'forms.editNumber', { field, least, most });
  return number;
}

/** A kind of question by its name. Throws `invalid`. */
export function readKind(typed: string): FieldKind {
  const kind = fieldKinds.find((one) => one === typed);
  ensure(kind, 'invalid', 'forms.editKind', { field: 'kind' });
  return kind;
}

export type TypedOption = Text & { readonly value: string };
export type TypedField = {
  readonly label: Text;
  readonly hint: Text;
  readonly isRequired: boolean;
  /** As they stand below each other; those without a value are new, those without a text are left out. */
  readonly options: readonly TypedOption[];
  /** A button beside a choice: its place, and what is to happen. */
  readonly option: { readonly act: 'up' | 'down' | 'remove'; readonly at: number } | null;
  readonly types: readonly string[];
  /** By name, as typed: min, max, decimals, minLength, maxLength, format, mostFiles, megabytes. */
  readonly limits: Readonly<Record<string, string>>;
};

function readOptions({ options, option }: TypedField): NonNullable<Field['options']> {
  const written = options.filter(({ value, de, en }) => value !== '' || de.trim() !== '' || en.trim() !== '');
  ensure(written.length <= definitionLimits.options, 'tooLarge', 'forms.editOptions', { limit: definitionLimits.options });
  const taken = new Set(written.map(({ value }) => value));
  const list = written.map(({ value, ...text }, index) => {
    const label = tidyText(text, `option.${index}`);
    if (/^[\w.:/-]{1,80}$/.test(value)) return { value, label };
    const made = nameFor(label.de, taken, 'auswahl');
    taken.add(made);
    return { value: made, label };
  });
  if (!option || option.at < 0 || option.at >= list.length) return list;
  const [one] = list.splice(option.at, 1);
  if (option.act === 'remove' || !one) return list;
  list.splice(Math.min(Math.max(0, option.at + (option.act === 'up' ? -1 : 1)), list.length), 0, one);
  return list;
}

/** A bound of a number, of an amount (cents) or of a day; undefined where nothing was typed. */
function readBound(kind: FieldKind, typed: string, field: string): number | string | undefined {
  const text = typed.trim();
  if (text === '') return undefined;
  if (kind === 'date') {
    const day = /^(heute|today)$/i.test(text) ? 'today' : readDate(text);
    ensure(day !== null, 'invalid', 'forms.editDay', { field });
    return day;
  }
  const number = readNumber(text);
  ensure(number !== null, 'invalid', 'forms.numberForm', { field });
  return kind === 'money' ? Math.round(number * 100) : number;
}

type Limits = Partial<
  Pick<Field, 'min' | 'max' | 'decimals' | 'minLength' | 'maxLength' | 'format' | 'types' | 'mostFiles' | 'mostBytes'>
>;

const given = <Value>(name: keyof Limits, value: Value | null | undefined): Limits =>
  value === null || value === undefined ? {} : ({ [name]: value } as Limits);

const textRange = { least: 0, most: long };

function readLimits(kind: FieldKind, { limits, types }: TypedField): Limits {
  const typed = (name: string) => limits[name] ?? '';
  if (kind === 'number' || kind === 'money' || kind === 'date') {
    const decimals = kind === 'number' ? wholeNumber(typed('decimals'), 'decimals', { least: 0, most: 6 }) : null;
    return {
      ...given('min', readBound(kind, typed('min'), 'min')),
      ...given('max', readBound(kind, typed('max'), 'max')),
      ...given('decimals', decimals),
    };
  }
  if (kind === 'text' || kind === 'longText') {
    return {
      ...given('minLength', wholeNumber(typed('minLength'), 'minLength', textRange)),
      ...given('maxLength', wholeNumber(typed('maxLength'), 'maxLength', { ...textRange, least: 1 })),
      ...given(
        'format',
        formats.find((one) => one === typed('format')),
      ),
    };
  }
  if (kind !== 'file') return {};
  const known = fileTypes.filter((type) => types.includes(type));
  ensure(known.length > 0, 'invalid', 'forms.editTypes', { field: 'types' });
  const megabytes = wholeNumber(typed('megabytes'), 'megabytes', { least: 1, most: definitionLimits.fileBytes / 1_000_000 });
  return {
    types: known,
    ...given('mostFiles', wholeNumber(typed('mostFiles'), 'mostFiles', { least: 1, most: definitionLimits.files })),
    ...given('mostBytes', megabytes === null ? null : megabytes * 1_000_000),
  };
}

/** A question as it was typed. What the editor does not show (the purpose for the browser, hints of choices) is kept. */
export function readField(was: Field, typed: TypedField): FieldContent {
  const { autocomplete, kind } = was;
  const isPick = kind === 'choice' || kind === 'several';
  const hints = new Map((was.options ?? []).map(({ value, hint }) => [value, hint]));
  const options = isPick
    ? readOptions(typed).map((option) => {
        const hint = hints.get(option.value);
        return hint ? { ...option, hint } : option;
      })
    : null;
  return {
    label: tidyText(typed.label, 'label'),
    hint: tidyText(typed.hint, 'hint', long),
    ...(!typed.isRequired && { isOptional: true }),
    ...(options && { options }),
    ...(autocomplete && { autocomplete }),
    ...readLimits(kind, typed),
  };
}

export type TypedPage = {
  readonly title: Text;
  readonly hint: Text;
  readonly repeats: boolean;
  readonly least: string;
  readonly most: string;
  readonly item: Text;
  readonly another: Text;
};

/** A page's own words as they were typed. */
export function readPage(typed: TypedPage): {
  readonly title: Text;
  readonly hint: Text;
  readonly repeat: FormPage['repeat'] | null;
} {
  const range = { least: 1, most: definitionLimits.items };
  const repeat = typed.repeats
    ? {
        min: wholeNumber(typed.least, 'least', range) ?? 1,
        max: wholeNumber(typed.most, 'most', range) ?? definitionLimits.items,
        item: tidyText(typed.item, 'item'),
        another: tidyText(typed.another, 'another'),
      }
    : null;
  return { title: tidyText(typed.title, 'title'), hint: tidyText(typed.hint, 'hint', long), repeat };
}

export type TypedBasics = {
  readonly title: Text;
  readonly intro: Text;
  /** A line for each. */
  readonly needs: Text;
  /** A line for each. */
  readonly legal: string;
  readonly level: string;
  readonly levelSource: Text;
  readonly minutes: string;
  readonly days: string;
  readonly declaration: Text;
  readonly names: readonly string[];
  readonly mail: string;
  readonly address: string;
};

const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((one) => one.trim())
    .filter(Boolean);

/** What is said about the whole form, as it was typed. */
export function readBasics(was: Definition, typed: TypedBasics): Basics {
  const most = { needs: 30, legal: 20, names: 4 };
  const level = assuranceLevels.find((one) => one === typed.level);
  ensure(level, 'invalid', 'forms.editLevel', { field: 'level' });
  const english = lines(typed.needs.en);
  const needs = lines(typed.needs.de).map((de, index) => tidyText({ de, en: english[index] ?? '' }, 'needs'));
  const legal = lines(typed.legal).map((law) => tidy(law, 'legal'));
  ensure(needs.length <= most.needs, 'invalid', 'forms.editLines', { field: 'needs.de', limit: most.needs });
  ensure(legal.length <= most.legal, 'invalid', 'forms.editLines', { field: 'legal', limit: most.legal });
  const asked = new Map(was.pages.flatMap(({ fields }) => fields.map(({ key, kind }) => [key, kind] as const)));
  return {
    title: tidyText(typed.title, 'title'),
    intro: tidyText(typed.intro, 'intro', long),
    needs,
    legal,
    assurance: { level, source: tidyText(typed.levelSource, 'levelSource', long) },
    minutes: wholeNumber(typed.minutes, 'minutes', { least: 1, most: 600 }) ?? was.minutes,
    days: wholeNumber(typed.days, 'days', { least: 1, most: 730 }) ?? was.days,
    declaration: tidyText(typed.declaration, 'declaration', long),
    contact: {
      name: typed.names.filter((name) => asked.has(name)).slice(0, most.names),
      ...(asked.get(typed.mail) === 'email' && { mail: typed.mail }),
      ...(asked.get(typed.address) === 'address' && { address: typed.address }),
    },
  };
}
