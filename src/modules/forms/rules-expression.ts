import { ensure } from '#platform/errors';

/**
 * Conditions and calculations of a form, as data: a small closed tree, never code. Whoever writes a form can compare, count and
 * add up; nothing in a form can call, loop or reach anything else.
 */

/** What an answer is once it has been read. Money is in cents, a day is ISO text, “several” a list; null: not answered. */
export type Value = string | number | boolean | readonly string[] | null;

export type Operator =
  | ('eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge' | 'in' | 'has')
  | ('and' | 'or' | 'not' | 'filled' | 'if')
  | ('add' | 'sub' | 'mul' | 'min' | 'max' | 'round')
  | ('days' | 'age' | 'today' | 'length');

export type Expression =
  | { readonly value: string | number | boolean }
  /** The answer to a question; of a part of it with a dot: `home.postcode`. */
  | { readonly field: string }
  /** What the municipality has set. */
  | { readonly param: string }
  /** A value calculated before. */
  | { readonly calc: string }
  /** How many entries a repeated page has. */
  | { readonly count: string }
  /** The sum of something over the entries of a repeated page. */
  | { readonly sum: string; readonly of: Expression }
  /** Whether something is true of an entry of a repeated page. */
  | { readonly some: string; readonly where: Expression }
  /** A number for each choice of a question; of several choices that were picked, their sum. */
  | { readonly table: string; readonly rows: readonly (readonly [choice: string, number: number])[] }
  | { readonly op: Operator; readonly args: readonly Expression[] };

/** What an expression may ask while it is evaluated. */
export type Scope = {
  field(key: string): Value;
  param(key: string): Value;
  calc(key: string): Value;
  /** The entries of a repeated page, each a scope in which its own answers go first. */
  items(page: string): readonly Scope[];
  /** The day it is (ISO). */
  readonly today: string;
};

const expressionLimits = { depth: 12, nodes: 200, args: 40, text: 300, rows: 300, choice: 80 };

/** How many arguments each operator takes: least and most. */
const arity: Readonly<Record<Operator, readonly [number, number]>> = {
  eq: [2, 2],
  ne: [2, 2],
  lt: [2, 2],
  le: [2, 2],
  gt: [2, 2],
  ge: [2, 2],
  in: [2, expressionLimits.args],
  has: [2, 2],
  and: [1, expressionLimits.args],
  or: [1, expressionLimits.args],
  not: [1, 1],
  filled: [1, 1],
  if: [3, 3],
  add: [1, expressionLimits.args],
  sub: [2, 2],
  mul: [2, 2],
  min: [1, expressionLimits.args],
  max: [1, expressionLimits.args],
  round: [1, 1],
  days: [2, 2],
  age: [1, 1],
  today: [0, 0],
  length: [1, 1],
};

const isFilled = (value: Value) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
const numbers = (values: readonly Value[]): number[] | null =>
  values.every((value) => typeof value === 'number') ? (values as number[]) : null;

function compareValues(a: Value, b: Value): number | null {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0;
  return null;
}

const dayNumber = (value: Value): number | null => {
  const time = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(`${value}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(time) ? null : time / 86_400_000;
};

/** Full years between two days, as the law counts age: § 187 Absatz 2 Satz 2, § 188 Absatz 2 BGB. */
export function yearsBetween(from: string, to: string): number {
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4));
  return to.slice(5) < from.slice(5) ? years - 1 : years;
}

const order = (test: (difference: number) => boolean) => (args: readonly Value[]) => {
  const difference = compareValues(args[0] ?? null, args[1] ?? null);
  return difference !== null && test(difference);
};

const sums = (add: (values: number[]) => number) => (args: readonly Value[]) => {
  const known = numbers(args);
  const result = known && add(known);
  return result !== null && Number.isFinite(result) ? result : null;
};

type Apply = (args: readonly Value[], scope: Scope) => Value;

/** Comparisons with something that was not answered are false, sums with it are unknown. */
const operators: Readonly<Record<Exclude<Operator, 'and' | 'or' | 'if'>, Apply>> = {
  eq: ([a, b]) => isFilled(a ?? null) && a === b,
  ne: ([a, b]) => isFilled(a ?? null) && a !== b,
  lt: order((x) => x < 0),
  le: order((x) => x <= 0),
  gt: order((x) => x > 0),
  ge: order((x) => x >= 0),
  in: ([wanted, ...among]) => isFilled(wanted ?? null) && among.includes(wanted ?? null),
  has: ([list, wanted]) => Array.isArray(list) && list.includes(wanted),
  not: ([value]) => value !== true,
  filled: ([value]) => isFilled(value ?? null),
  add: sums((values) => values.reduce((sum, value) => sum + value, 0)),
  sub: sums(([a = 0, b = 0]) => a - b),
  mul: sums(([a = 0, b = 0]) => a * b),
  min: sums((values) => Math.min(...values)),
  max: sums((values) => Math.max(...values)),
  round: sums(([value = 0]) => Math.round(value)),
  days: ([from, to]) => {
    const [a, b] = [dayNumber(from ?? null), dayNumber(to ?? null)];
    return a === null || b === null ? null : b - a;
  },
  age: ([born], scope) => (dayNumber(born ?? null) === null ? null : yearsBetween(born as string, scope.today)),
  today: (_args, scope) => scope.today,
  length: ([value]) => (typeof value === 'string' || Array.isArray(value) ? value.length : 0),
};

/** Unknown as soon as one of the choices has no row: nothing is left out of a sum in silence. */
function lookUp(rows: readonly (readonly [string, number])[], picked: Value): number | null {
  const choices = typeof picked === 'string' ? [picked] : Array.isArray(picked) ? picked : [];
  const found = choices.map((choice) => rows.find(([value]) => value === choice)?.[1] ?? null);
  return found.length === 0 ? null : found.reduce((sum, one) => (sum === null || one === null ? null : sum + one), 0);
}

/** The value of an expression. It always ends: the tree is finite, and repeats go over the entries there are. */
export function evaluate(expression: Expression, scope: Scope): Value {
  if ('value' in expression) return expression.value;
  if ('field' in expression) return scope.field(expression.field);
  if ('param' in expression) return scope.param(expression.param);
  if ('calc' in expression) return scope.calc(expression.calc);
  if ('count' in expression) return scope.items(expression.count).length;
  if ('sum' in expression) {
    const values = scope.items(expression.sum).map((item) => evaluate(expression.of, item));
    return values.reduce<number>((sum, value) => sum + (typeof value === 'number' ? value : 0), 0);
  }
  if ('some' in expression) return scope.items(expression.some).some((item) => evaluate(expression.where, item) === true);
  if ('table' in expression) return lookUp(expression.rows, scope.field(expression.table));
  const { op, args } = expression;
  if (op === 'and') return args.every((part) => evaluate(part, scope) === true);
  if (op === 'or') return args.some((part) => evaluate(part, scope) === true);
  if (op === 'if') return evaluate((isTrue(args[0], scope) ? args[1] : args[2]) as Expression, scope);
  return operators[op](
    args.map((part) => evaluate(part, scope)),
    scope,
  );
}

/** Whether a condition holds; without one it does. */
export function isTrue(condition: Expression | undefined, scope: Scope): boolean {
  return condition === undefined || evaluate(condition, scope) === true;
}

/** What an expression refers to. */
export type References = {
  readonly fields: ReadonlySet<string>;
  readonly params: ReadonlySet<string>;
  readonly calcs: ReadonlySet<string>;
  /** Repeated pages it counts or adds up. */
  readonly pages: ReadonlySet<string>;
};

type Collected = { fields: Set<string>; params: Set<string>; calcs: Set<string>; pages: Set<string>; nodes: number };

const refuse = (where: string, detail: string): never => {
  ensure(false, 'invalid', 'forms.expressionForm', { field: where, detail });
  throw new Error('unreachable');
};

function name(value: unknown, where: string): string {
  return typeof value === 'string' && /^[a-z][\w.]{0,79}$/i.test(value) ? value : refuse(where, 'name');
}

/**
 * Checks that something is an expression and nothing more, and says what it refers to. Throws `invalid` with the place.
 * @param where names the place in the form, for the sentence
 */
export function checkExpression(given: unknown, where: string): References {
  const found: Collected = { fields: new Set(), params: new Set(), calcs: new Set(), pages: new Set(), nodes: 0 };
  visit(given, { where, found, depth: 0, isWithin: false });
  return found;
}

type Visit = {
  readonly where: string;
  readonly found: Collected;
  readonly depth: number;
  /** Inside of something that goes over the entries of a page. */
  readonly isWithin: boolean;
};

function visit(given: unknown, at: Visit): void {
  const { where, found } = at;
  found.nodes += 1;
  if (at.depth > expressionLimits.depth || found.nodes > expressionLimits.nodes) refuse(where, 'size');
  if (typeof given !== 'object' || given === null || Array.isArray(given)) refuse(where, 'shape');
  const node = given as Readonly<Record<string, unknown>>;
  const keys = Object.keys(node).sort().join();
  const below = { ...at, depth: at.depth + 1 };
  if (keys === 'value') checkConstant(node.value, where);
  else if (keys === 'field') found.fields.add(name(node.field, where));
  else if (keys === 'param') found.params.add(name(node.param, where));
  else if (keys === 'calc') found.calcs.add(name(node.calc, where));
  else if (keys === 'count') found.pages.add(name(node.count, where));
  else if (keys === 'of,sum' || keys === 'some,where') {
    // Each within the other would take fifty times as long again and again: twelve deep nobody would see the end of it.
    if (at.isWithin) refuse(where, 'repeat within a repeat');
    found.pages.add(name(node.sum ?? node.some, where));
    visit(node.of ?? node.where, { ...below, isWithin: true });
  } else if (keys === 'rows,table') {
    found.fields.add(name(node.table, where));
    checkRows(node.rows, where);
  } else if (keys === 'args,op') visitCall(node, below);
  else refuse(where, keys);
}

function checkConstant(value: unknown, where: string): void {
  const isText = typeof value === 'string' && value.length <= expressionLimits.text;
  if (!isText && typeof value !== 'boolean' && !(typeof value === 'number' && Number.isFinite(value))) refuse(where, 'value');
}

function checkRows(rows: unknown, where: string): void {
  if (!Array.isArray(rows) || rows.length === 0 || rows.length > expressionLimits.rows) refuse(where, 'rows');
  for (const row of rows as unknown[]) {
    const [choice, number, ...more] = Array.isArray(row) ? (row as unknown[]) : [];
    const isFine = typeof choice === 'string' && choice.length <= expressionLimits.choice && Number.isFinite(number);
    if (!isFine || more.length > 0) refuse(where, 'rows');
  }
}

function visitCall({ op, args }: Readonly<Record<string, unknown>>, at: Visit): void {
  const bounds = typeof op === 'string' && Object.hasOwn(arity, op) ? arity[op as Operator] : refuse(at.where, String(op));
  if (!Array.isArray(args) || args.length < bounds[0] || args.length > bounds[1]) refuse(at.where, String(op));
  for (const part of args as unknown[]) visit(part, at);
}

/** Short ways of writing expressions, for definitions that come with the product. */
export const on = {
  is: (field: string, value: string | number | boolean): Expression => ({ op: 'eq', args: [{ field }, { value }] }),
  isNot: (field: string, value: string | number | boolean): Expression => ({ op: 'ne', args: [{ field }, { value }] }),
  has: (field: string, value: string): Expression => ({ op: 'has', args: [{ field }, { value }] }),
  oneOf: (field: string, ...values: readonly string[]): Expression => ({
    op: 'in',
    args: [{ field }, ...values.map((value) => ({ value }))],
  }),
  all: (...args: readonly Expression[]): Expression => ({ op: 'and', args }),
  either: (...args: readonly Expression[]): Expression => ({ op: 'or', args }),
  not: (part: Expression): Expression => ({ op: 'not', args: [part] }),
  call: (op: Operator, ...args: readonly Expression[]): Expression => ({ op, args }),
};
