import type { Definition, Field, FormPage, Text } from './rules-definition.ts';
import { evaluate, isTrue, type Scope, type Value } from './rules-expression.ts';
import { type FieldReading, type FileFacts, type Problem, type RawAnswers, readField } from './rules-field.ts';

/**
 * The way through a form, decided from the definition and what was typed, and from nothing else. One walk over the pages says which
 * are asked, what is missing, what is owed. Pages that are not asked do not count, whatever was typed there before.
 */

export type Answers = {
  readonly plain: RawAnswers;
  /** Entries of repeated pages, by page. */
  readonly items: Readonly<Record<string, readonly RawAnswers[]>>;
};

export const noAnswers: Answers = { plain: {}, items: {} };

export type Given = {
  readonly answers: Answers;
  readonly files: readonly FileFacts[];
  /** Keys of the pages that were sent at least once. */
  readonly seen: ReadonlySet<string>;
  /** The day (ISO). */
  readonly today: string;
  readonly params: Readonly<Record<string, string | number | boolean>>;
};

/** One entry of a page; a page that does not repeat has exactly one. */
export type Entry = { readonly readings: readonly FieldReading[]; readonly problems: readonly Problem[]; readonly scope: Scope };

export type AskedPage = {
  readonly page: FormPage;
  readonly entries: readonly Entry[];
  readonly problems: readonly Problem[];
  /** Sent at least once, and nothing is wrong or missing. */
  readonly isComplete: boolean;
};

export type FeeLine = { readonly key: string; readonly label: Text; readonly cents: number; readonly source: string };
export type Fee =
  | { readonly kind: 'none' }
  | { readonly kind: 'later'; readonly hint: Text }
  | { readonly kind: 'sum'; readonly lines: readonly FeeLine[]; readonly cents: number };

/** A calculated value; those that are hidden only serve others. */
export type Calculated = {
  readonly key: string;
  readonly label: Text;
  readonly kind: 'number' | 'money' | 'hidden';
  readonly value: Value;
};

export type Walk = {
  /** The pages that are asked, in order. */
  readonly pages: readonly AskedPage[];
  readonly calculated: readonly Calculated[];
  /** Null while something it depends on is missing. */
  readonly fee: Fee | null;
  /** The first page that is not complete; null: all is there. */
  readonly next: string | null;
  /** What all answers together say, for explaining an amount. */
  readonly scope: Scope;
};

type State = {
  readonly fields: Map<string, Value>;
  readonly calcs: Map<string, Value>;
  readonly items: Map<string, readonly Scope[]>;
};

function scopeOf(state: State, { params, today }: Given, own: ReadonlyMap<string, Value> = new Map()): Scope {
  return {
    field: (key) => own.get(key) ?? state.fields.get(key) ?? null,
    param: (key) => params[key] ?? null,
    calc: (key) => state.calcs.get(key) ?? null,
    items: (page) => state.items.get(page) ?? [],
    today,
  };
}

/** The fields of a page that are asked: a field's condition looks at the pages before, so it is the same for every entry. */
const askedFields = (page: FormPage, scope: Scope): Field[] => page.fields.filter((field) => isTrue(field.when, scope));

type PageInput = { readonly page: FormPage; readonly state: State; readonly given: Given };

function readEntry({ page, state, given }: PageInput, raw: RawAnswers, item: number): Entry {
  const readings = askedFields(page, scopeOf(state, given)).map((field) => readField(field, raw, given));
  const scope = scopeOf(state, given, new Map(readings.flatMap(({ values }) => values)));
  const wrong = readings.flatMap(({ problems }) => problems.map(({ name, text }) => ({ field: name, item, text })));
  const asked = new Set(readings.map(({ field }) => field.key));
  // A check on top of an answer that is missing would only say the same twice.
  const failed = (page.checks ?? []).filter(
    ({ test, field }) =>
      asked.has(field) && !wrong.some((problem) => problem.field.split('.')[0] === field) && !isTrue(test, scope),
  );
  return { readings, scope, problems: [...wrong, ...failed.map(({ field, message }) => ({ field, item, text: message }))] };
}

function readPage(input: PageInput): AskedPage {
  const { page, given, state } = input;
  const raws = page.repeat ? (given.answers.items[page.key] ?? []).slice(0, page.repeat.max) : [given.answers.plain];
  const filled = raws.length === 0 ? [{}] : raws;
  const entries = filled.map((raw, item) => readEntry(input, raw, item));
  if (page.repeat) {
    const isThere = raws.length > 0;
    state.items.set(page.key, isThere ? entries.map(({ scope }) => scope) : []);
  } else
    for (const { readings } of entries)
      for (const { values } of readings) for (const [key, value] of values) state.fields.set(key, value);
  const tooFew = page.repeat && entries.length < page.repeat.min ? [tooFewOf(page, page.repeat.min)] : [];
  const problems = [...entries.flatMap((entry) => entry.problems), ...tooFew];
  return { page, entries, problems, isComplete: given.seen.has(page.key) && problems.length === 0 };
}

function tooFewOf({ repeat, fields }: FormPage, least: number): Problem {
  const text = {
    de: `Bitte machen Sie mindestens ${least} Angaben (${repeat?.item.de}).`,
    en: `Please give at least ${least} entries (${repeat?.item.en}).`,
  };
  return { field: fields[0]?.key ?? '', item: 0, text };
}

/** Walks through the form once. */
export function walk(definition: Definition, given: Given): Walk {
  const state: State = { fields: new Map(), calcs: new Map(), items: new Map() };
  const pages: AskedPage[] = [];
  for (const page of definition.pages) if (isTrue(page.when, scopeOf(state, given))) pages.push(readPage({ page, state, given }));
  for (const { key, value } of definition.calculations) state.calcs.set(key, evaluate(value, scopeOf(state, given)));
  const calculated = definition.calculations.map(({ key, label, kind }) => ({
    key,
    label,
    kind,
    value: state.calcs.get(key) ?? null,
  }));
  const next = pages.find(({ isComplete }) => !isComplete)?.page.key ?? null;
  const scope = scopeOf(state, given);
  return { pages, calculated, fee: feeOf(definition, scope), next, scope };
}

/** Highest gross amount of XBezahldienste 1.0.0, in cents. */
const mostCents = 99_999_900;

function feeOf({ fee }: Definition, scope: Scope): Fee | null {
  if (fee.kind === 'none') return { kind: 'none' };
  if (fee.kind === 'later') return { kind: 'later', hint: fee.hint };
  if (fee.free && isTrue(fee.free, scope)) return { kind: 'none' };
  const due = fee.items.filter(({ when }) => isTrue(when, scope));
  const lines = due.map(({ key, label, amount, source }) => ({
    key,
    label,
    source: source ?? '',
    cents: evaluate(amount, scope),
  }));
  const known = lines.filter(
    (line): line is FeeLine => typeof line.cents === 'number' && Number.isInteger(line.cents) && line.cents >= 0,
  );
  const cents = known.reduce((sum, line) => sum + line.cents, 0);
  if (known.length < lines.length || cents > mostCents) return null;
  return cents === 0 ? { kind: 'none' } : { kind: 'sum', lines: known.filter((line) => line.cents > 0), cents };
}

/** Where one stands: the page of that key among those asked. Null: it is not asked, or something before it is still missing. */
export function reach({ pages, next }: Walk, key: string): { readonly index: number; readonly asked: AskedPage } | null {
  const index = pages.findIndex(({ page }) => page.key === key);
  const asked = pages[index];
  const limit = next === null ? pages.length : pages.findIndex(({ page }) => page.key === next);
  return asked && index <= limit ? { index, asked } : null;
}

/** The page after this one; null: the summary. A page that is not asked any more leads to what is missing. */
export function after({ pages, next }: Walk, key: string): string | null {
  const index = pages.findIndex(({ page }) => page.key === key);
  if (index < 0) return next;
  const following = pages[index + 1]?.page.key ?? null;
  // Nobody is led past a page on which something is missing.
  const missing = pages.findIndex(({ page }) => page.key === next);
  return missing >= 0 && missing <= index ? next : following;
}
