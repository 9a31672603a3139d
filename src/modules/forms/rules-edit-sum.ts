import { isDeepStrictEqual } from 'node:util';
import { ensure } from '#platform/errors';
import type { Definition, Field, FormPage, Text } from './rules-definition.ts';
import { type Expression, on } from './rules-expression.ts';
import { readNumber } from './rules-field.ts';

/** How an amount comes about, as people set it, and as the engine reads it: parts of a fee, and calculated values. */

/** Money is in cents. */
export type Unit = 'money' | 'number';

type Way =
  | { readonly how: 'fixed'; readonly amount: number }
  /** An amount for each choice of an answer. */
  | { readonly how: 'table'; readonly field: string; readonly rows: readonly (readonly [choice: string, amount: number])[] }
  | { readonly how: 'times'; readonly amount: number; readonly source: string }
  /** Part of a sum of money. */
  | { readonly how: 'share'; readonly percent: number; readonly source: string }
  | { readonly how: 'sum'; readonly sources: readonly string[] };

/** The amount is never below `least` and never above `most`; null: no such limit. */
export type Recipe = Way & { readonly least: number | null; readonly most: number | null };

/** A part of the fee, or a calculated value. */
export type SumSpot = { readonly item: string } | { readonly value: string };

/** Something that can be reckoned with. */
export type Source = {
  /** A question by its key; `count:PAGE`, `sum:QUESTION` over all entries, `calc:VALUE`. */
  readonly key: string;
  readonly unit: Unit;
  readonly name: Text;
  /** Null: a value that is calculated above. */
  readonly page: FormPage | null;
  readonly field: Field | null;
};

/** Highest amount somebody can set, in cents: that of XBezahldienste 1.0.0. */
const mostCents = 99_999_900;

const unitOf = ({ kind }: Field): Unit | null => (kind === 'number' || kind === 'money' ? kind : null);

/** What a part of the fee or a value can be reckoned from: numbers that are asked, and values that stand above it. */
export function sourcesFor(form: Definition, spot: SumSpot): Source[] {
  const asked = form.pages.flatMap((page): Source[] => {
    const mark = page.repeat ? 'sum:' : '';
    const own = page.fields.flatMap((field): Source[] => {
      const unit = unitOf(field);
      return unit ? [{ key: `${mark}${field.key}`, unit, name: field.label, page, field }] : [];
    });
    const count: Source = { key: `count:${page.key}`, unit: 'number', name: page.title, page, field: null };
    return page.repeat ? [count, ...own] : own;
  });
  const place = 'value' in spot ? form.calculations.findIndex(({ key }) => key === spot.value) : form.calculations.length;
  const above = form.calculations.slice(0, Math.max(0, place)).flatMap(({ key, kind, label }): Source[] => {
    return kind === 'hidden' ? [] : [{ key: `calc:${key}`, unit: kind, name: label, page: null, field: null }];
  });
  return [...asked, ...above];
}

/** Questions whose choices can each have an amount. */
export const tableSubjects = ({ pages }: Definition): Field[] =>
  pages.flatMap(({ repeat, fields }) => (repeat ? [] : fields.filter(({ kind }) => kind === 'choice' || kind === 'several')));

const ref = (source: string, form: Definition): Expression => {
  const [mark = '', name = ''] = source.includes(':') ? source.split(':', 2) : ['', source];
  if (mark === 'count') return { count: name };
  if (mark === 'calc') return { calc: name };
  if (mark !== 'sum') return { field: source };
  const page = form.pages.find(({ fields }) => fields.some(({ key }) => key === name));
  return { sum: page?.key ?? name, of: { field: name } };
};

/** True when there is something to reckon with: what was not asked costs nothing, also where there is a minimum. */
function isThere(source: Expression): Expression {
  if ('count' in source) return on.call('gt', source, { value: 0 });
  if ('sum' in source) return on.call('gt', { count: source.sum }, { value: 0 });
  return on.call('filled', source);
}

const orNothing = (guard: Expression, amount: Expression) => on.call('if', guard, amount, { value: 0 });

/** Money is never below nothing, and always whole cents. */
function limited(core: Expression, unit: Unit, { least, most }: Pick<Recipe, 'least' | 'most'>): Expression {
  const whole = unit === 'money' ? on.call('round', core) : core;
  const capped = most === null ? whole : on.call('min', whole, { value: most });
  const floor = unit === 'money' ? (least ?? 0) : least;
  return floor === null ? capped : on.call('max', capped, { value: floor });
}

/** A recipe as the engine reads it. */
export function expressionOfRecipe(recipe: Recipe, unit: Unit, form: Definition): Expression {
  switch (recipe.how) {
    case 'fixed':
      return { value: recipe.amount };
    case 'table': {
      const { field, rows } = recipe;
      return orNothing(on.call('filled', { field }), limited({ table: field, rows }, unit, recipe));
    }
    case 'times':
    case 'share': {
      const source = ref(recipe.source, form);
      const factor = recipe.how === 'times' ? recipe.amount : recipe.percent / 100;
      return orNothing(isThere(source), limited(on.call('mul', { value: factor }, source), unit, recipe));
    }
    case 'sum': {
      const sources = recipe.sources.map((source) => ref(source, form));
      const parts = sources.map((source) => orNothing(isThere(source), source));
      return orNothing(on.either(...sources.map(isThere)), limited(on.call('add', ...parts), unit, recipe));
    }
  }
}

function sourceOf(expression: Expression | undefined): string | null {
  if (expression === undefined) return null;
  if ('field' in expression) return expression.field;
  if ('count' in expression) return `count:${expression.count}`;
  if ('calc' in expression) return `calc:${expression.calc}`;
  return 'sum' in expression && 'field' in expression.of ? `sum:${expression.of.field}` : null;
}

const call = (expression: Expression | undefined, op: string): readonly Expression[] | null =>
  expression && 'op' in expression && expression.op === op ? expression.args : null;
const numberIn = (expression: Expression | undefined): number | null =>
  expression && 'value' in expression && typeof expression.value === 'number' ? expression.value : null;

type Peeled = { readonly core: Expression; readonly least: number | null; readonly most: number | null };

function peel(expression: Expression, unit: Unit): Peeled {
  const [above, floor] = call(expression, 'max') ?? [expression];
  const [below, cap] = call(above, 'min') ?? [above];
  const least = numberIn(floor);
  const rounded = unit === 'money' ? call(below, 'round')?.[0] : below;
  return { core: rounded ?? expression, least: unit === 'money' && least === 0 ? null : least, most: numberIn(cap) };
}

/** A share of the engine as percent, without the crumbs of binary fractions. */
const asPercent = (factor: number) => Number((factor * 100).toFixed(6));

function wayOf(core: Expression, isMoney: (source: string) => boolean): Way | null {
  if ('table' in core) return { how: 'table', field: core.table, rows: core.rows };
  const [factor, source] = (call(core, 'mul') ?? []).map((part) => numberIn(part) ?? sourceOf(part));
  if (typeof factor === 'number' && typeof source === 'string')
    return isMoney(source) ? { how: 'share', percent: asPercent(factor), source } : { how: 'times', amount: factor, source };
  const parts = call(core, 'add')?.map((part) => sourceOf(call(part, 'if')?.[1]));
  return parts?.every((part) => part !== null) ? { how: 'sum', sources: parts } : null;
}

/** How an amount was set. Null: it was written otherwise (taken over from another form), and can be kept or replaced. */
export function recipeOf(expression: Expression, unit: Unit, form: Definition): Recipe | null {
  const amount = numberIn(expression);
  if (amount !== null) return { how: 'fixed', amount, least: null, most: null };
  const [, inner] = call(expression, 'if') ?? [];
  if (!inner) return null;
  const { core, least, most } = peel(inner, unit);
  // What a value is counts as it stands among all of them: this reads also what a later step has put into the wrong order.
  const known = sourcesFor(form, { item: '' });
  const way = wayOf(core, (source) => known.find(({ key }) => key === source)?.unit === 'money');
  const recipe = way && { ...way, least, most };
  return recipe && isDeepStrictEqual(expressionOfRecipe(recipe, unit, form), expression) ? recipe : null;
}

export type TypedSum = {
  readonly how: string;
  readonly amount: string;
  readonly percent: string;
  readonly source: string;
  readonly sources: readonly string[];
  readonly field: string;
  /** By the value of the choice. */
  readonly rows: Readonly<Record<string, string>>;
  readonly least: string;
  readonly most: string;
};

/** An amount as somebody typed it; of money in cents. Throws `invalid`. */
export function readAmount(typed: string, unit: Unit, field: string): number {
  const number = readNumber(typed.trim());
  const amount = number === null ? Number.NaN : unit === 'money' ? Math.round(number * 100) : number;
  ensure(Number.isFinite(amount) && amount >= 0 && amount <= mostCents, 'invalid', 'forms.numberForm', { field });
  return amount;
}

const readLimit = (typed: string, unit: Unit, field: string) => (typed.trim() === '' ? null : readAmount(typed, unit, field));

/** Most a share can be, in percent. */
const mostPercent = 1_000;

function readPercent(typed: string): number {
  const percent = readNumber(typed.replace('%', '').trim());
  const isFine = percent !== null && percent > 0 && percent <= mostPercent;
  ensure(isFine, 'invalid', 'forms.editPercent', { field: 'percent', most: mostPercent });
  return percent;
}

type Reading = { readonly form: Definition; readonly spot: SumSpot; readonly unit: Unit };

function readRows(typed: TypedSum, { form, unit }: Reading): Way {
  const field = tableSubjects(form).find(({ key }) => key === typed.field);
  ensure(field, 'invalid', 'forms.editFeeField', { field: 'field' });
  const rows = (field.options ?? []).map(({ value, label }): readonly [string, number] => {
    const text = typed.rows[value] ?? '';
    ensure(text.trim() !== '', 'invalid', 'forms.editRow', { field: `row.${value}`, choice: label.de });
    return [value, readAmount(text, unit, `row.${value}`)];
  });
  return { how: 'table', field: field.key, rows };
}

/** Questions that can be added up at once. */
const mostSources = 12;

function readWay(typed: TypedSum, reading: Reading): Way {
  const { form, spot, unit } = reading;
  const sources = sourcesFor(form, spot);
  const known = (wanted: string, of: Unit, field: string): string => {
    ensure(
      sources.some(({ key, unit: own }) => key === wanted && own === of),
      'invalid',
      'forms.editSource',
      { field },
    );
    return wanted;
  };
  switch (typed.how) {
    case 'table':
      return readRows(typed, reading);
    case 'times':
      return { how: 'times', amount: readAmount(typed.amount, unit, 'amount'), source: known(typed.source, 'number', 'source') };
    case 'share':
      ensure(unit === 'money', 'invalid', 'forms.editSource', { field: 'source' });
      return { how: 'share', percent: readPercent(typed.percent), source: known(typed.source, 'money', 'source') };
    case 'sum': {
      const chosen = [...new Set(typed.sources)];
      ensure(chosen.length > 0 && chosen.length <= mostSources, 'invalid', 'forms.editSources', {
        field: 'sources',
        most: mostSources,
      });
      return { how: 'sum', sources: chosen.map((one) => known(one, unit, 'sources')) };
    }
    default:
      return { how: 'fixed', amount: readAmount(typed.amount, unit, 'amount') };
  }
}

/** What somebody has set, as a recipe. Throws `invalid` with the field that does not fit; a choice without an amount is named. */
export function readRecipe(typed: TypedSum, reading: Reading): Recipe {
  const way = readWay(typed, reading);
  if (way.how === 'fixed') return { ...way, least: null, most: null };
  const [least, most] = [readLimit(typed.least, reading.unit, 'least'), readLimit(typed.most, reading.unit, 'most')];
  ensure(least === null || most === null || least <= most, 'invalid', 'forms.editCrossed', { field: 'least' });
  return { ...way, least: reading.unit === 'money' && least === 0 ? null : least, most };
}
