import { isDeepStrictEqual } from 'node:util';
import { ensure } from '#platform/errors';
import { addressParts, type Definition, type Field, type FormPage } from './rules-definition.ts';
import { fieldOf, pageOf, type Spot } from './rules-edit.ts';
import { editLimits } from './rules-edit-list.ts';
import { type Expression, on } from './rules-expression.ts';
import { readDate, readNumber } from './rules-field.ts';

/** “Only ask when …”: conditions as people put them together, a question, a comparison and a value, and as the engine reads them. */

export type Comparison =
  | ('is' | 'isNot' | 'has' | 'hasNot' | 'atLeast' | 'atMost' | 'before' | 'after')
  | ('ageAtLeast' | 'ageBelow' | 'filled' | 'notFilled');

/** Of how many entries of a repeated page something has to be true. */
const amongs = ['some', 'every', 'none'] as const;
export type Among = (typeof amongs)[number];

/** A day counted from the day somebody applies: 14 days later, 30 days before (-30), the day itself (0). */
type FromToday = { readonly days: number };

export type Rule = {
  /** A question; a part of an address (`home.town`); `count:PAGE`; `each:QUESTION` of a repeated page. */
  readonly subject: string;
  readonly compare: Comparison;
  readonly value: string | number | boolean | FromToday | null;
  /** Null: the question is asked once. */
  readonly among: Among | null;
};
export type Rules = { readonly join: 'all' | 'any'; readonly rules: readonly Rule[] };

type AddressPart = (typeof addressParts)[number];

/** Something a condition can look at. */
export type Subject = {
  readonly key: string;
  readonly page: FormPage;
  /** Null: the number of entries of the page. */
  readonly field: Field | null;
  /** Of an address; null: the whole answer. */
  readonly part: AddressPart | null;
  /** It is answered once for each entry of the page. */
  readonly isMany: boolean;
};

const countMark = 'count:';
const eachMark = 'each:';

function subjectsOf(page: FormPage): Subject[] {
  const isMany = page.repeat !== undefined;
  const mark = isMany ? eachMark : '';
  const own = page.fields.flatMap((field): Subject[] => {
    const whole: Subject = { key: `${mark}${field.key}`, page, field, part: null, isMany };
    const parts = field.kind === 'address' ? addressParts : [];
    return [whole, ...parts.map((part): Subject => ({ ...whole, key: `${whole.key}.${part}`, part }))];
  });
  return isMany ? [{ key: `${countMark}${page.key}`, page, field: null, part: null, isMany: false }, ...own] : own;
}

/** What can be looked at from this place: conditions of pages and questions look back only, those of the fee at everything. */
export function subjectsBefore(form: Definition, spot: Spot): Subject[] {
  if ('item' in spot || 'free' in spot) return form.pages.flatMap(subjectsOf);
  const page = 'page' in spot ? pageOf(form, spot.page) : fieldOf(form, spot.field).page;
  return form.pages.slice(0, form.pages.indexOf(page)).flatMap(subjectsOf);
}

const filledOnly = ['filled', 'notFilled'] as const;

/** The comparisons that make sense for a subject, the most usual one first. */
export function comparisonsOf({ field, part }: Pick<Subject, 'field' | 'part'>): readonly Comparison[] {
  if (field === null) return ['atLeast', 'atMost', 'is'];
  if (part === 'postcode') return ['is', 'isNot', 'atLeast', 'atMost', ...filledOnly];
  if (part !== null) return ['is', 'isNot', ...filledOnly];
  switch (field.kind) {
    case 'yesNo':
      return field.isOptional ? ['is', ...filledOnly] : ['is'];
    case 'choice':
      return ['is', 'isNot', ...filledOnly];
    case 'several':
      return ['has', 'hasNot', ...filledOnly];
    case 'number':
    case 'money':
      return ['atLeast', 'atMost', 'is', 'isNot', ...filledOnly];
    case 'date':
      return ['before', 'after', 'is', 'ageAtLeast', 'ageBelow', ...filledOnly];
    case 'text':
      return ['is', 'isNot', ...filledOnly];
    default:
      return filledOnly;
  }
}

/** Whether a comparison asks for a value. */
export const needsValue = (compare: Comparison): boolean => compare !== 'filled' && compare !== 'notFilled';

const longestAge = 150;
const mostDays = 36_500;

export type TypedRule = {
  readonly subject: string;
  readonly compare: string;
  readonly value: string;
  /** For answers of repeated pages. */
  readonly among?: string;
};

/** Reads what was typed or chosen as a rule. Throws `invalid` when the comparison or the value does not fit the question. */
export function readRule(subjects: readonly Subject[], typed: TypedRule): Rule {
  const subject = subjects.find(({ key }) => key === typed.subject);
  ensure(subject, 'invalid', 'forms.editSubject', { field: 'subject' });
  const compare = comparisonsOf(subject).find((one) => one === typed.compare);
  ensure(compare, 'invalid', 'forms.editCompare', { field: 'compare' });
  const among = subject.isMany ? amongs.find((one) => one === typed.among) : null;
  ensure(among !== undefined, 'invalid', 'forms.editAmong', { field: 'among' });
  const value = needsValue(compare) ? readValue(subject, compare, typed.value.trim()) : null;
  return { subject: subject.key, compare, value, among };
}

/** “24.12.2026”, “heute”, “heute + 14”, “today - 30 days”. Null: none of them. */
function readDay(typed: string): string | FromToday | null {
  if (/^(heute|today)$/i.test(typed)) return { days: 0 };
  const [, sign = '', digits] = /^(?:heute|today)\s*([-+−–])\s*(\d{1,5})\s*(?:tage?n?|days?)?$/i.exec(typed) ?? [];
  if (!digits) return readDate(typed);
  const days = Number(digits);
  if (days > mostDays) return null;
  return { days: sign === '+' || days === 0 ? days : -days };
}

function readValue({ field, part }: Subject, compare: Comparison, typed: string): NonNullable<Rule['value']> {
  const refuse = (isFine: boolean): void => ensure(isFine, 'invalid', 'forms.editValue', { field: 'value' });
  if (compare === 'ageAtLeast' || compare === 'ageBelow' || field === null) {
    const years = readNumber(typed);
    refuse(years !== null && Number.isInteger(years) && years >= 0 && years <= longestAge);
    return years ?? 0;
  }
  if (part === 'postcode') refuse(/^\d{5}$/.test(typed));
  if (field.kind === 'yesNo') {
    refuse(typed === 'yes' || typed === 'no');
    return typed === 'yes';
  }
  if (field.kind === 'choice' || field.kind === 'several') {
    refuse((field.options ?? []).some(({ value }) => value === typed));
    return typed;
  }
  if (field.kind === 'date') {
    const day = readDay(typed);
    ensure(day !== null, 'invalid', 'forms.editDay', { field: 'value' });
    return day;
  }
  if (field.kind === 'number' || field.kind === 'money') {
    const number = readNumber(typed);
    refuse(number !== null);
    return field.kind === 'money' ? Math.round((number ?? 0) * 100) : (number ?? 0);
  }
  refuse(typed !== '' && typed.length <= 200);
  return typed;
}

const bareName = (subject: string) => (subject.startsWith(eachMark) ? subject.slice(eachMark.length) : subject);
const sourceOf = (subject: string): Expression =>
  subject.startsWith(countMark) ? { count: subject.slice(countMark.length) } : { field: bareName(subject) };

/** Days from the day of the application to another one. */
const fromToday = (source: Expression) => on.call('days', on.call('today'), source);

function plainExpression({ subject, compare, value }: Rule): Expression {
  const source = sourceOf(subject);
  const call = (op: 'eq' | 'ne' | 'ge' | 'le' | 'lt' | 'gt' | 'has', from: Expression = source): Expression =>
    typeof value === 'object' && value !== null
      ? on.call(op, fromToday(source), { value: value.days })
      : on.call(op, from, { value: value ?? '' });
  const age = on.call('age', source);
  const filled = on.call('filled', source);
  const made: Readonly<Record<Comparison, Expression>> = {
    is: call('eq'),
    isNot: call('ne'),
    has: call('has'),
    hasNot: on.not(call('has')),
    atLeast: call('ge'),
    atMost: call('le'),
    before: call('lt'),
    after: call('gt'),
    ageAtLeast: call('ge', age),
    ageBelow: call('lt', age),
    filled,
    notFilled: on.not(filled),
  };
  return made[compare];
}

/** Of all entries: there is one, and none for which it is not so. */
const every = (page: string, where: Expression): Expression =>
  on.all(on.call('gt', { count: page }, { value: 0 }), on.not({ some: page, where: on.not(where) }));

export type Quantified = { readonly among: Among; readonly page: string; readonly where: Expression };

/** What is said of the entries of a repeated page; null: it is not. */
export function quantifiedIn(expression: Expression): Quantified | null {
  if ('some' in expression) return { among: 'some', page: expression.some, where: expression.where };
  if (!('op' in expression)) return null;
  const [first, second] = expression.args;
  if (expression.op === 'not' && first && 'some' in first) return { among: 'none', page: first.some, where: first.where };
  const inner = second && 'op' in second && second.op === 'not' ? second.args[0] : undefined;
  if (expression.op !== 'and' || !inner || !('some' in inner)) return null;
  const where = 'op' in inner.where && inner.where.op === 'not' ? inner.where.args[0] : undefined;
  return where && isDeepStrictEqual(every(inner.some, where), expression) ? { among: 'every', page: inner.some, where } : null;
}

function ruleAsExpression(rule: Rule, form: Definition): Expression {
  const where = plainExpression(rule);
  if (rule.among === null) return where;
  const [key] = bareName(rule.subject).split('.', 1);
  const page = form.pages.find(({ fields }) => fields.some((field) => field.key === key))?.key ?? '';
  if (rule.among === 'every') return every(page, where);
  return rule.among === 'some' ? { some: page, where } : on.not({ some: page, where });
}

/** What the engine reads. Null: no rule, nothing is asked for. Throws `tooLarge` for too many. */
export function expressionOf({ join, rules }: Rules, form: Definition): Expression | null {
  ensure(rules.length <= editLimits.rules, 'tooLarge', 'forms.editRules', { limit: editLimits.rules });
  const [first] = rules;
  if (!first) return null;
  if (rules.length === 1) return ruleAsExpression(first, form);
  return { op: join === 'all' ? 'and' : 'or', args: rules.map((rule) => ruleAsExpression(rule, form)) };
}

function subjectOf(expression: Expression | undefined): string | null {
  if (expression === undefined) return null;
  if ('field' in expression) return expression.field;
  return 'count' in expression ? `${countMark}${expression.count}` : null;
}

type Plain = { readonly subject: string; readonly of: 'itself' | 'age' | 'days'; readonly value: string | number | boolean };

/** `days(today, X)`: the day that is counted from today. */
export function countedDay(expression: Expression): Expression | null {
  if (!('op' in expression) || expression.op !== 'days') return null;
  const [from, to] = expression.args;
  return from && 'op' in from && from.op === 'today' && to ? to : null;
}

function plainOf(args: readonly Expression[]): Plain | null {
  const [left, right] = args;
  if (!left || !right || !('value' in right)) return null;
  const isAge = 'op' in left && left.op === 'age';
  const day = countedDay(left);
  const subject = subjectOf(isAge ? left.args[0] : (day ?? left));
  return subject === null ? null : { subject, of: isAge ? 'age' : day ? 'days' : 'itself', value: right.value };
}

const comparisonOf: Readonly<Record<string, Comparison>> = {
  eq: 'is',
  ne: 'isNot',
  has: 'has',
  ge: 'atLeast',
  le: 'atMost',
  lt: 'before',
  gt: 'after',
};
const ofDays: readonly Comparison[] = ['is', 'before', 'after'];

function comparedRule({ subject, of, value }: Plain, compare: Comparison): Rule | null {
  const rule = { subject, compare, value, among: null };
  if (of === 'itself') return rule;
  if (of === 'days') return typeof value === 'number' && ofDays.includes(compare) ? { ...rule, value: { days: value } } : null;
  const ofAge = compare === 'atLeast' ? 'ageAtLeast' : compare === 'before' ? 'ageBelow' : null;
  return ofAge ? { ...rule, compare: ofAge } : null;
}

function ruleOf(expression: Expression): Rule | null {
  const quantified = quantifiedIn(expression);
  if (quantified) {
    const inner = ruleOf(quantified.where);
    const isOwn = inner && inner.among === null && !inner.subject.startsWith(countMark);
    return isOwn ? { ...inner, subject: `${eachMark}${inner.subject}`, among: quantified.among } : null;
  }
  if (!('op' in expression)) return null;
  const { op, args } = expression;
  if (op === 'filled') {
    const subject = subjectOf(args[0]);
    return subject === null ? null : { subject, compare: 'filled', value: null, among: null };
  }
  if (op === 'not') {
    const inner = args[0] ? ruleOf(args[0]) : null;
    const opposite = inner?.compare === 'filled' ? 'notFilled' : inner?.compare === 'has' ? 'hasNot' : null;
    return inner && inner.among === null && opposite ? { ...inner, compare: opposite } : null;
  }
  const plain = plainOf(args);
  const compare = comparisonOf[op];
  return plain && compare ? comparedRule(plain, compare) : null;
}

/** A condition as rules. Null: it was written otherwise (taken over from another form), and can only be kept or removed whole. */
export function rulesOf(expression: Expression | undefined): Rules | null {
  if (expression === undefined) return { join: 'all', rules: [] };
  const single = ruleOf(expression);
  if (single) return { join: 'all', rules: [single] };
  if (!('op' in expression)) return null;
  const { op, args } = expression;
  if (op === 'in') return rulesOfIn(args);
  if (op !== 'and' && op !== 'or') return null;
  const rules = args.map(ruleOf);
  return rules.every((rule): rule is Rule => rule !== null) ? { join: op === 'and' ? 'all' : 'any', rules } : null;
}

/** One of several choices, as the catalogue writes it: each of them a rule. */
function rulesOfIn([source, ...values]: readonly Expression[]): Rules | null {
  const subject = subjectOf(source);
  const plain = values.flatMap((value) => ('value' in value ? [value.value] : []));
  if (subject === null || plain.length !== values.length) return null;
  return { join: 'any', rules: plain.map((value) => ({ subject, compare: 'is', value, among: null })) };
}
