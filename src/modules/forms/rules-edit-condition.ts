import { ensure } from '#platform/errors';
import type { Definition, Field, FormPage } from './rules-definition.ts';
import { editLimits, fieldOf, pageOf, type Spot } from './rules-edit.ts';
import type { Expression } from './rules-expression.ts';
import { readDate, readNumber } from './rules-field.ts';

/** “Only ask when …”: conditions as people put them together, a question, a comparison and a value, and as the engine reads them. */

export type Comparison =
  | ('is' | 'isNot' | 'has' | 'hasNot' | 'atLeast' | 'atMost' | 'before' | 'after')
  | ('ageAtLeast' | 'ageBelow' | 'filled' | 'notFilled');

/** `count:PAGE` stands for the number of entries of a repeated page. */
export type Rule = { readonly subject: string; readonly compare: Comparison; readonly value: string | number | boolean | null };
export type Rules = { readonly join: 'all' | 'any'; readonly rules: readonly Rule[] };

/** Something a condition can look at. */
export type Subject = {
  readonly key: string;
  readonly page: FormPage;
  /** Null: the number of entries of the page. */
  readonly field: Field | null;
};

const countMark = 'count:';

/** The questions that are asked before this place: conditions look back only. Answers of repeated pages are many, and stay out. */
export function subjectsBefore(form: Definition, spot: Spot): Subject[] {
  const page = 'page' in spot ? pageOf(form, spot.page) : fieldOf(form, spot.field).page;
  const before = form.pages.slice(0, form.pages.indexOf(page));
  return before.flatMap((one): Subject[] =>
    one.repeat
      ? [{ key: `${countMark}${one.key}`, page: one, field: null }]
      : one.fields.map((field) => ({ key: field.key, page: one, field })),
  );
}

const filledOnly = ['filled', 'notFilled'] as const;

/** The comparisons that make sense for a subject, the most usual one first. */
export function comparisonsOf({ field }: Pick<Subject, 'field'>): readonly Comparison[] {
  if (field === null) return ['atLeast', 'atMost', 'is'];
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

/** Reads what was typed or chosen as a rule. Throws `invalid` when the comparison or the value does not fit the question. */
export function readRule(subjects: readonly Subject[], typed: { subject: string; compare: string; value: string }): Rule {
  const subject = subjects.find(({ key }) => key === typed.subject);
  ensure(subject, 'invalid', 'forms.editSubject', { field: 'subject' });
  const compare = comparisonsOf(subject).find((one) => one === typed.compare);
  ensure(compare, 'invalid', 'forms.editCompare', { field: 'compare' });
  return { subject: subject.key, compare, value: needsValue(compare) ? readValue(subject, compare, typed.value.trim()) : null };
}

function readValue({ field }: Subject, compare: Comparison, typed: string): string | number | boolean {
  const refuse = (isFine: boolean): void => ensure(isFine, 'invalid', 'forms.editValue', { field: 'value' });
  if (compare === 'ageAtLeast' || compare === 'ageBelow' || field === null) {
    const years = readNumber(typed);
    refuse(years !== null && Number.isInteger(years) && years >= 0 && years <= longestAge);
    return years ?? 0;
  }
  if (field.kind === 'yesNo') {
    refuse(typed === 'yes' || typed === 'no');
    return typed === 'yes';
  }
  if (field.kind === 'choice' || field.kind === 'several') {
    refuse((field.options ?? []).some(({ value }) => value === typed));
    return typed;
  }
  if (field.kind === 'date') {
    const day = readDate(typed);
    refuse(day !== null);
    return day ?? '';
  }
  if (field.kind === 'number' || field.kind === 'money') {
    const number = readNumber(typed);
    refuse(number !== null);
    return field.kind === 'money' ? Math.round((number ?? 0) * 100) : (number ?? 0);
  }
  refuse(typed !== '' && typed.length <= 200);
  return typed;
}

const sourceOf = (subject: string): Expression =>
  subject.startsWith(countMark) ? { count: subject.slice(countMark.length) } : { field: subject };

function ruleAsExpression({ subject, compare, value }: Rule): Expression {
  const source = sourceOf(subject);
  const call = (op: 'eq' | 'ne' | 'ge' | 'le' | 'lt' | 'gt' | 'has', from: Expression = source): Expression => ({
    op,
    args: [from, { value: value ?? '' }],
  });
  const age: Expression = { op: 'age', args: [source] };
  const not = (part: Expression): Expression => ({ op: 'not', args: [part] });
  const filled: Expression = { op: 'filled', args: [source] };
  const made: Readonly<Record<Comparison, Expression>> = {
    ...{ is: call('eq'), isNot: call('ne'), has: call('has'), hasNot: not(call('has')) },
    ...{ atLeast: call('ge'), atMost: call('le'), before: call('lt'), after: call('gt') },
    ...{ ageAtLeast: call('ge', age), ageBelow: call('lt', age), filled, notFilled: not(filled) },
  };
  return made[compare];
}

/** What the engine reads. Null: no rule, nothing is asked for. Throws `tooLarge` for too many. */
export function expressionOf({ join, rules }: Rules): Expression | null {
  ensure(rules.length <= editLimits.rules, 'tooLarge', 'forms.editRules', { limit: editLimits.rules });
  const [first] = rules;
  if (!first) return null;
  if (rules.length === 1) return ruleAsExpression(first);
  return { op: join === 'all' ? 'and' : 'or', args: rules.map(ruleAsExpression) };
}

function subjectOf(expression: Expression | undefined): string | null {
  if (expression === undefined) return null;
  if ('field' in expression) return expression.field;
  return 'count' in expression ? `${countMark}${expression.count}` : null;
}

type Plain = { readonly subject: string; readonly isAge: boolean; readonly value: string | number | boolean };

function plainOf(args: readonly Expression[]): Plain | null {
  const [left, right] = args;
  if (!left || !right || !('value' in right)) return null;
  const isAge = 'op' in left && left.op === 'age';
  const subject = subjectOf(isAge ? left.args[0] : left);
  return subject === null ? null : { subject, isAge, value: right.value };
}

const comparisonOf: Readonly<Record<string, Comparison>> = {
  ...{ eq: 'is', ne: 'isNot', has: 'has', ge: 'atLeast', le: 'atMost', lt: 'before', gt: 'after' },
};

function ruleOf(expression: Expression): Rule | null {
  if (!('op' in expression)) return null;
  const { op, args } = expression;
  if (op === 'filled') {
    const subject = subjectOf(args[0]);
    return subject === null ? null : { subject, compare: 'filled', value: null };
  }
  if (op === 'not') {
    const inner = args[0] ? ruleOf(args[0]) : null;
    const opposite = inner?.compare === 'filled' ? 'notFilled' : inner?.compare === 'has' ? 'hasNot' : null;
    return inner && opposite ? { ...inner, compare: opposite } : null;
  }
  const plain = plainOf(args);
  const compare = comparisonOf[op];
  if (!plain || !compare) return null;
  const { subject, value } = plain;
  if (!plain.isAge) return { subject, compare, value };
  const ofAge = compare === 'atLeast' ? 'ageAtLeast' : compare === 'before' ? 'ageBelow' : null;
  return ofAge ? { subject, compare: ofAge, value } : null;
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
  return { join: 'any', rules: plain.map((value) => ({ subject, compare: 'is', value })) };
}
