import type { Definition, Field, FormPage } from './rules-definition.ts';
import type { Expression } from './rules-expression.ts';

/**
 * Pages and questions nobody can get to. It is said only where it is certain: two answers at once to one question, a choice that is not
 * offered, a number both above and below, or a condition on a question that nobody gets to either.
 */

export type Unreached = { readonly page: FormPage; readonly field: Field | null };

type Constant = string | number | boolean;
type Fact = { readonly field: string; readonly op: string; readonly value: Constant };

/** What has to be true, for sure, when the condition holds; null: that cannot be said simply. */
function factsOf(condition: Expression): Fact[] {
  if (!('op' in condition)) return [];
  if (condition.op === 'and') return condition.args.flatMap(factsOf);
  const [left, right] = condition.args;
  if (!left || !('field' in left)) return [];
  if (condition.op === 'filled') return [{ field: left.field, op: 'filled', value: true }];
  return right && 'value' in right ? [{ field: left.field, op: condition.op, value: right.value }] : [];
}

/** Operators that only hold when the question was answered. */
const wantsAnswer = new Set(['eq', 'ne', 'lt', 'le', 'gt', 'ge', 'has', 'filled', 'in']);

type State = { readonly fields: ReadonlyMap<string, Field>; readonly lost: ReadonlySet<string> };

function isOffered({ kind, options = [] }: Field, { op, value }: Fact): boolean {
  const isPick = (kind === 'choice' && op === 'eq') || (kind === 'several' && op === 'has');
  return !isPick || options.some((option) => option.value === value);
}

/** Whether one fact alone cannot be: the choice is not offered, or nobody is ever asked. */
const isLost = (fact: Fact, { fields, lost }: State): boolean => {
  const field = fields.get(fact.field);
  return (wantsAnswer.has(fact.op) && lost.has(fact.field)) || (field !== undefined && !isOffered(field, fact));
};

/** The smallest and largest value a set of facts leaves for a question. */
function isEmptyRange(facts: readonly Fact[]): boolean {
  const bounds = facts.filter((fact): fact is Fact & { value: number | string } => typeof fact.value !== 'boolean');
  const lower = bounds.filter(({ op }) => op === 'ge' || op === 'gt' || op === 'eq');
  const upper = bounds.filter(({ op }) => op === 'le' || op === 'lt' || op === 'eq');
  return lower.some((low) =>
    upper.some((high) => {
      if (typeof low.value !== typeof high.value || low === high) return false;
      const isStrict = low.op === 'gt' || high.op === 'lt';
      return isStrict ? low.value >= high.value : low.value > high.value;
    }),
  );
}

function contradicts(facts: readonly Fact[]): boolean {
  for (const group of Map.groupBy(facts, ({ field }) => field).values()) {
    const equal = new Set(group.filter(({ op }) => op === 'eq').map(({ value }) => value));
    const isDenied = group.some(({ op, value }) => op === 'ne' && equal.has(value));
    if (equal.size > 1 || isDenied || isEmptyRange(group)) return true;
  }
  return false;
}

/** Whether a condition, with what already holds, can never be true. */
function isNever(condition: Expression, given: readonly Fact[], state: State): boolean {
  if ('op' in condition && condition.op === 'or') return condition.args.every((part) => isNever(part, given, state));
  if ('op' in condition && condition.op === 'and' && condition.args.some((part) => isNever(part, given, state))) return true;
  const facts = [...given, ...factsOf(condition)];
  return facts.some((fact) => isLost(fact, state)) || contradicts(facts);
}

/** The pages and questions nobody can get to. A page that is lost is named, its questions are not. */
export function neverTrue(form: Definition): Unreached[] {
  const fields = new Map(form.pages.flatMap((page) => page.fields.map((field) => [field.key, field] as const)));
  const lost = new Set<string>();
  const found: Unreached[] = [];
  for (const page of form.pages) {
    const state = { fields, lost };
    if (page.when && isNever(page.when, [], state)) {
      found.push({ page, field: null });
      for (const { key } of page.fields) lost.add(key);
      continue;
    }
    const given = page.when ? factsOf(page.when) : [];
    const gone = page.fields.filter(({ when }) => when && isNever(when, given, state));
    for (const field of gone) {
      found.push({ page, field });
      lost.add(field.key);
    }
  }
  return found;
}
