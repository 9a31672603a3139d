import { dayInWords } from '#platform/day-words';
import { addressParts, type Definition, type Field, type Text } from './rules-definition.ts';
import { type Among, countedDay, quantifiedIn } from './rules-edit-condition.ts';
import type { Expression, Operator } from './rules-expression.ts';
import { euros } from './rules-summary.ts';

/** Conditions, fees and limits as people say them, in both languages. */

type Locale = keyof Text;
type Written = { readonly form: Definition; readonly locale: Locale };

const quoted = (text: string, locale: Locale) => (locale === 'de' ? `„${text}“` : `“${text}”`);
const say = (locale: Locale, de: string, en: string) => (locale === 'de' ? de : en);

const fieldNamed = ({ pages }: Definition, name: string): Field | undefined => {
  const [key] = name.split('.', 1);
  return pages.flatMap(({ fields }) => fields).find((field) => field.key === key);
};

const partNames: Readonly<Record<(typeof addressParts)[number], Text>> = {
  street: { de: 'Straße', en: 'street' },
  number: { de: 'Hausnummer', en: 'house number' },
  postcode: { de: 'Postleitzahl', en: 'postcode' },
  town: { de: 'Ort', en: 'town' },
};

function subjectInWords(expression: Expression, { form, locale }: Written): string {
  if ('field' in expression) {
    const part = addressParts.find((one) => expression.field.endsWith(`.${one}`));
    const label = fieldNamed(form, expression.field)?.label[locale];
    const name = label ? quoted(label, locale) : say(locale, 'eine Frage, die es nicht mehr gibt', 'a question that is gone');
    return part ? `${partNames[part][locale]} (${name})` : name;
  }
  if ('param' in expression)
    return quoted(form.parameters.find(({ key }) => key === expression.param)?.label[locale] ?? expression.param, locale);
  if ('calc' in expression)
    return quoted(form.calculations.find(({ key }) => key === expression.calc)?.label[locale] ?? expression.calc, locale);
  if ('count' in expression) {
    const title = form.pages.find(({ key }) => key === expression.count)?.title[locale] ?? expression.count;
    return say(locale, `Anzahl der Einträge bei ${quoted(title, locale)}`, `number of entries at ${quoted(title, locale)}`);
  }
  return expressionInWords(expression, { form, locale });
}

function valueInWords(value: string | number | boolean, field: Field | undefined, locale: Locale): string {
  if (typeof value === 'boolean') return value ? say(locale, 'Ja', 'yes') : say(locale, 'Nein', 'no');
  if (typeof value === 'number') return field?.kind === 'money' ? euros(value, locale) : value.toLocaleString(locale);
  const option = field?.options?.find((one) => one.value === value);
  if (option) return quoted(option.label[locale], locale);
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? dayInWords(locale, value) : quoted(value, locale);
}

/** The question something is compared with, for the words of the value. */
const comparedWith = (expression: Expression | undefined, form: Definition): Field | undefined =>
  expression && 'field' in expression ? fieldNamed(form, expression.field) : undefined;

const verbs: Readonly<Partial<Record<Operator, Text>>> = {
  eq: { de: 'ist', en: 'is' },
  ne: { de: 'ist nicht', en: 'is not' },
  lt: { de: 'kleiner oder früher als', en: 'less or earlier than' },
  le: { de: 'höchstens', en: 'at most' },
  gt: { de: 'größer oder später als', en: 'more or later than' },
  ge: { de: 'mindestens', en: 'at least' },
  has: { de: 'enthält', en: 'includes' },
  in: { de: 'ist eines von', en: 'is one of' },
  add: { de: 'plus', en: 'plus' },
  sub: { de: 'minus', en: 'minus' },
  mul: { de: 'mal', en: 'times' },
};

const functions: Readonly<Partial<Record<Operator, Text>>> = {
  age: { de: 'Alter nach', en: 'age by' },
  days: { de: 'Tage zwischen', en: 'days between' },
  min: { de: 'das Kleinste von', en: 'the smallest of' },
  max: { de: 'das Größte von', en: 'the largest of' },
  round: { de: 'gerundet', en: 'rounded' },
  length: { de: 'Länge von', en: 'length of' },
  today: { de: 'heute', en: 'today' },
  if: { de: 'je nachdem', en: 'depending on' },
};

const dayVerbs: Readonly<Partial<Record<Operator, Text>>> = {
  eq: { de: 'ist', en: 'is' },
  lt: { de: 'liegt vor', en: 'is before' },
  gt: { de: 'liegt nach', en: 'is after' },
};

/** A day that is counted from the day somebody applies: “liegt nach: heute + 14 Tage”. Null: it is not. */
function dayFromToday({ op, args }: { op: Operator; args: readonly Expression[] }, written: Written): string | null {
  const [left, right] = args;
  const [day, verb] = [left && countedDay(left), dayVerbs[op]];
  if (!day || !verb || !right || !('value' in right) || typeof right.value !== 'number') return null;
  const { locale } = written;
  const count = Math.abs(right.value);
  const days = count === 1 ? say(locale, 'Tag', 'day') : say(locale, 'Tage', 'days');
  const moved = count === 0 ? '' : ` ${right.value < 0 ? '−' : '+'} ${count} ${days}`;
  return `${subjectInWords(day, written)} ${verb[locale]} ${say(locale, 'heute', 'today')}${moved}`;
}

const amongNames: Readonly<Record<Among, Text>> = {
  some: { de: 'mindestens einen Eintrag', en: 'at least one entry' },
  every: { de: 'alle Einträge', en: 'all entries' },
  none: { de: 'keinen Eintrag', en: 'no entry' },
};

function quantifiedInWords(expression: Expression, written: Written): string | null {
  const found = quantifiedIn(expression);
  if (!found) return null;
  const { form, locale } = written;
  const title = form.pages.find(({ key }) => key === found.page)?.title[locale] ?? found.page;
  const where = expressionInWords(found.where, written);
  const among = amongNames[found.among][locale];
  return say(
    locale,
    `für ${among} bei ${quoted(title, locale)} gilt: ${where}`,
    `for ${among} at ${quoted(title, locale)}: ${where}`,
  );
}

function callInWords({ op, args }: { op: Operator; args: readonly Expression[] }, written: Written): string {
  const { form, locale } = written;
  const field = args.map((one) => comparedWith(one, form)).find(Boolean);
  const parts = args.map((one) => ('value' in one ? valueInWords(one.value, field, locale) : subjectInWords(one, written)));
  if (op === 'and' || op === 'or')
    return parts.join(op === 'and' ? say(locale, ' und ', ' and ') : say(locale, ' oder ', ' or '));
  if (op === 'not') return say(locale, `nicht: ${parts[0]}`, `not: ${parts[0]}`);
  if (op === 'filled') return say(locale, `${parts[0]} ist beantwortet`, `${parts[0]} is answered`);
  const verb = verbs[op]?.[locale];
  const [first, ...rest] = parts;
  if (verb) return `${first} ${verb} ${rest.join(', ')}`;
  return `${functions[op]?.[locale] ?? op} ${parts.join(', ')}`.trim();
}

function expressionInWords(expression: Expression, written: Written): string {
  if ('value' in expression) return valueInWords(expression.value, undefined, written.locale);
  const ofEntries = quantifiedInWords(expression, written);
  if (ofEntries !== null) return ofEntries;
  if ('op' in expression) return dayFromToday(expression, written) ?? callInWords(expression, written);
  if ('table' in expression) {
    const name = subjectInWords({ field: expression.table }, written);
    return say(written.locale, `der Betrag zu ${name}`, `the amount for ${name}`);
  }
  if ('sum' in expression) {
    const of = expressionInWords(expression.of, written);
    return say(written.locale, `die Summe von ${of} über alle Einträge`, `the sum of ${of} over all entries`);
  }
  return subjectInWords(expression, written);
}

/** An expression in both languages. */
export const expressionInBoth = (expression: Expression, form: Definition): Text => ({
  de: expressionInWords(expression, { form, locale: 'de' }),
  en: expressionInWords(expression, { form, locale: 'en' }),
});

/** A condition in both languages; null: there is none. */
export const conditionInWords = (condition: Expression | undefined, form: Definition): Text | null =>
  condition === undefined ? null : expressionInBoth(condition, form);
