import type { Context } from '#platform/context';
import { ensure } from '#platform/errors';
import { changeOwnForm, lookAtOwnForm, type OwnFormView } from './edit.ts';
import type { At } from './edit-step.ts';
import { trialScope } from './edit-trial.ts';
import type { Definition, Text } from './rules-definition.ts';
import type { Change } from './rules-edit.ts';
import { type FeeInput, type FeeShape, feeShapeOf, feeSubjects, readFee } from './rules-edit-fee.ts';
import { neededText, tidy, tidyText } from './rules-edit-field.ts';
import {
  expressionOfRecipe,
  type Recipe,
  readRecipe,
  recipeOf,
  type SumSpot,
  sourcesFor,
  type TypedSum,
  tableSubjects,
  type Unit,
} from './rules-edit-sum.ts';
import { amountInWords, type Example, exampleOf, sumAt } from './rules-edit-sum-words.ts';
import { conditionInWords } from './rules-edit-words.ts';
import { isTrue, type Scope } from './rules-expression.ts';
import { euros } from './rules-summary.ts';

/** What a form costs and what it calculates: each step throws as `changeOwnForm`, and resolves with the new edition. */

/** Saves what the form costs. */
export async function saveFee(ctx: Context, { form, edition }: At, typed: FeeInput): Promise<number> {
  const input: FeeInput = {
    ...typed,
    label: tidyText(typed.label, 'label'),
    hint: tidyText(typed.hint, 'hint'),
    source: tidy(typed.source, 'source'),
  };
  return changeOwnForm(ctx, form, {
    edition,
    change: (definition) => ({ kind: 'setFee', fee: readFee(definition, input) }),
  });
}

/** Adds a part to the fee. What was one amount before stays as the first part. */
export async function addFeeItem(ctx: Context, { form, edition }: At, label: Text): Promise<number> {
  const clean = neededText(label, 'label');
  return changeOwnForm(ctx, form, { edition, change: () => ({ kind: 'addItem', label: clean }) });
}

/** Adds a calculated value, of money or a number. */
export async function addValue(ctx: Context, { form, edition }: At, label: Text, unit: string): Promise<number> {
  const change: Change = { kind: 'addValue', label: neededText(label, 'label'), unit: unit === 'money' ? 'money' : 'number' };
  return changeOwnForm(ctx, form, { edition, change: () => change });
}

/** Moves a part of the fee or a value one place, or removes it. */
export async function arrangeSum(
  ctx: Context,
  { form, edition }: At,
  spot: SumSpot,
  how: 'up' | 'down' | 'remove',
): Promise<number> {
  const change: Change = how === 'remove' ? { kind: 'removeSum', spot } : { kind: 'moveSum', spot, by: how === 'up' ? -1 : 1 };
  return changeOwnForm(ctx, form, { edition, change: () => change });
}

export type SumInput = TypedSum & { readonly label: Text; readonly law: string };

/** Saves what a part of the fee or a value is called, and how it comes about. */
export async function saveSum(ctx: Context, { form, edition }: At, spot: SumSpot, typed: SumInput): Promise<number> {
  const [label, source] = [neededText(typed.label, 'label'), tidy(typed.law, 'law')];
  return changeOwnForm(ctx, form, {
    edition,
    change: (definition) => {
      const { unit } = found(definition, spot);
      const recipe = readRecipe(typed, { form: definition, spot, unit });
      return { kind: 'setSum', spot, label, amount: expressionOfRecipe(recipe, unit, definition), source };
    },
  });
}

function found(definition: Definition, spot: SumSpot) {
  const sum = sumAt(definition, spot);
  ensure(sum, 'notFound', 'forms.editSumGone');
  return sum;
}

export type SumLine = {
  readonly key: string;
  readonly name: Text;
  /** How it comes about, in words. */
  readonly amount: Text;
  /** When it is owed; null: always. */
  readonly when: Text | null;
  /** With the answers of the actor's test run; null: there is none. */
  readonly example: Example | null;
};

function lineOf(form: Definition, spot: SumSpot, scope: Scope | null): SumLine {
  const sum = found(form, spot);
  return {
    key: 'item' in spot ? spot.item : spot.value,
    name: sum.name,
    amount: amountInWords(sum.amount, sum.unit, form),
    when: conditionInWords(sum.when, form),
    example: scope && exampleOf(sum, form, scope),
  };
}

export type FeeView = {
  readonly view: OwnFormView;
  readonly shape: FeeShape;
  /** Questions one amount for each choice can depend on. */
  readonly subjects: readonly Choosable[];
  readonly items: readonly SumLine[];
  /** When nothing is owed; null: always something. */
  readonly free: Text | null;
  /** All parts together with the answers of the test run. */
  readonly total: Text | null;
};

export type Choosable = {
  readonly key: string;
  readonly label: Text;
  readonly options: readonly { readonly value: string; readonly label: Text }[];
};

const choosable = ({ key, label, options = [] }: ReturnType<typeof feeSubjects>[number]): Choosable => ({
  key,
  label,
  options: options.map((option) => ({ value: option.value, label: option.label })),
});

/** What the form costs, and what that can depend on. Throws `notFound`. */
export async function lookAtFee(ctx: Context, form: string): Promise<FeeView> {
  const view = await lookAtOwnForm(ctx, form);
  const { definition } = view;
  const { fee } = definition;
  const run = await trialScope(ctx, form);
  const items = fee.kind === 'sum' ? fee.items.map(({ key }) => lineOf(definition, { item: key }, run?.scope ?? null)) : [];
  const free = fee.kind === 'sum' ? fee.free : undefined;
  const isFree = run !== null && free !== undefined && isTrue(free, run.scope);
  return {
    view,
    shape: feeShapeOf(definition),
    subjects: feeSubjects(definition).map(choosable),
    items,
    free: conditionInWords(free, definition),
    total: run && items.length > 0 ? totalOf(run.cents, isFree) : null,
  };
}

const freeOfCharge: Text = { de: 'gebührenfrei', en: 'free of charge' };
const nothingYet: Text = { de: 'lässt sich noch nicht berechnen', en: 'cannot be calculated yet' };

function totalOf(cents: number | null, isFree: boolean): Text {
  if (isFree) return freeOfCharge;
  return cents === null ? nothingYet : { de: euros(cents, 'de'), en: euros(cents, 'en') };
}

export type ValuesView = { readonly view: OwnFormView; readonly values: readonly SumLine[] };

/** What the form calculates. Throws `notFound`. */
export async function lookAtValues(ctx: Context, form: string): Promise<ValuesView> {
  const view = await lookAtOwnForm(ctx, form);
  const run = await trialScope(ctx, form);
  const { definition } = view;
  return { view, values: definition.calculations.map(({ key }) => lineOf(definition, { value: key }, run?.scope ?? null)) };
}

export type SumView = {
  readonly view: OwnFormView;
  readonly line: SumLine;
  readonly unit: Unit;
  /** Legal basis of a part of the fee. */
  readonly law: string;
  /** Null: it was taken over from another form, and can be kept or replaced. */
  readonly recipe: Recipe | null;
  /** Numbers it can be reckoned from. */
  readonly sources: readonly { readonly key: string; readonly unit: Unit; readonly name: Text; readonly page: Text | null }[];
  /** Questions whose choices can each have an amount. */
  readonly tables: readonly Choosable[];
};

/** One part of the fee, or one calculated value. Throws `notFound`. */
export async function lookAtSum(ctx: Context, form: string, spot: SumSpot): Promise<SumView> {
  const view = await lookAtOwnForm(ctx, form);
  const { definition } = view;
  const { amount, unit, source } = found(definition, spot);
  const run = await trialScope(ctx, form);
  const sources = sourcesFor(definition, spot).map(({ key, unit: own, name, page }) => {
    return { key, unit: own, name, page: page?.title ?? null };
  });
  return {
    view,
    line: lineOf(definition, spot, run?.scope ?? null),
    unit,
    law: source,
    recipe: recipeOf(amount, unit, definition),
    sources,
    tables: tableSubjects(definition).map(choosable),
  };
}
