import type { Definition, Field, FormPage } from './rules-definition.ts';
import { checkExpression, type Expression, isTrue, type Scope, type Value } from './rules-expression.ts';
import type { AskedPage, Walk } from './rules-flow.ts';

/**
 * How far it still is: the steps of a form as far as the answers given so far decide them. Every way that is left is walked, one for
 * each answer that can still be given to a question later pages depend on; pages that exclude each other are never both counted.
 */

/** Where one stands. The last step is the summary, where everything is checked and sent. */
export type Position = {
  readonly index: number;
  /** Steps of the longest way that is left: going on it can only get shorter, nobody is told of fewer steps than there are. */
  readonly count: number;
  /** All ways that are left have as many steps. */
  readonly isFixed: boolean;
};

/** More ways at a time than this are not told apart: what would part them counts as open. */
const mostWays = 64;

/** Ways with the same answers to what still matters, told as one. */
type Way = {
  readonly answers: ReadonlyMap<string, Value>;
  /** Questions and repeated pages of which nothing is known. */
  readonly open: ReadonlySet<string>;
  readonly fewest: number;
  readonly most: number;
};

type Look = { readonly scope: Scope; readonly isOpen: (name: string) => boolean };

const nameOf = (part: string): string => part.split('.')[0] as string;

/** The questions and repeated pages a condition looks at. */
function lookedAt(condition: Expression, where: string): string[] {
  const { fields, pages } = checkExpression(condition, where);
  return [...[...fields].map(nameOf), ...pages];
}

/** Whether a condition holds whatever is still answered; null: that is open. */
function holds(condition: Expression | undefined, look: Look): boolean | null {
  if (!condition || !lookedAt(condition, 'when').some(look.isOpen)) return isTrue(condition, look.scope);
  if (!('op' in condition)) return null;
  const parts = () => condition.args.map((part) => holds(part, look));
  if (condition.op === 'and') return parts().includes(false) ? false : null;
  return condition.op === 'or' && parts().includes(true) ? true : null;
}

function lookOf({ answers, open }: Way, scope: Scope): Look {
  const known = { ...scope, field: (key: string) => (answers.has(key) ? (answers.get(key) ?? null) : scope.field(key)) };
  return { scope: known, isOpen: (name) => open.has(name) };
}

/** Every answer there can be to a question; null: more than can be listed. */
function possible(field: Field): readonly Value[] | null {
  const given =
    field.kind === 'yesNo' ? [true, false] : field.kind === 'choice' ? (field.options ?? []).map(({ value }) => value) : null;
  return given && (field.isOptional ? [...given, null] : given);
}

type Branching = { readonly page: FormPage; readonly scope: Scope; readonly matters: ReadonlySet<string>; readonly ways: number };

/** The ways that go on from one after a page that has still to be answered. */
function answerOpen(way: Way, { page, scope, matters, ways }: Branching): Way[] {
  let after: Way[] = [page.repeat ? { ...way, open: new Set([...way.open, page.key]) } : way];
  for (const field of page.fields.filter(({ key }) => matters.has(key))) {
    const answers = page.repeat ? null : possible(field);
    after = after.flatMap((one): Way[] => {
      const isAsked = holds(field.when, lookOf(one, scope));
      if (isAsked === false) return [{ ...one, answers: new Map([...one.answers, [field.key, null]]) }];
      if (!answers || isAsked === null || ways * after.length * answers.length > mostWays)
        return [{ ...one, open: new Set([...one.open, field.key]) }];
      return answers.map((answer) => ({ ...one, answers: new Map([...one.answers, [field.key, answer]]) }));
    });
  }
  return after;
}

/** A page that is not asked answers nothing, whatever was typed there before. */
function skip(way: Way, { page, matters }: Pick<Branching, 'page' | 'matters'>): Way {
  const keys = page.fields.map(({ key }) => key).filter((key) => matters.has(key));
  const open = page.repeat && matters.has(page.key) ? new Set([...way.open, page.key]) : way.open;
  return { ...way, open, answers: new Map([...way.answers, ...keys.map((key) => [key, null] as const)]) };
}

type Passing = Branching & { readonly known: AskedPage | undefined };

function pass(way: Way, passing: Passing): Way[] {
  const { page, scope, known } = passing;
  const isAsked = holds(page.when, lookOf(way, scope));
  if (isAsked === false) return [skip(way, passing)];
  const asked = { ...way, fewest: way.fewest + (isAsked ? 1 : 0), most: way.most + 1 };
  if (isAsked && known?.isComplete) return [asked];
  if (isAsked) return answerOpen(asked, passing);
  // Nobody knows whether it is asked at all: then nothing is known of what it asks, either.
  return [{ ...asked, open: new Set([...way.open, page.key, ...page.fields.map(({ key }) => key)]) }];
}

/** Ways that differ in nothing that still matters become one. */
function merged(ways: readonly Way[], matters: ReadonlySet<string>): Way[] {
  const told = new Map<string, Way>();
  for (const way of ways) {
    const answers = new Map([...way.answers].filter(([key]) => matters.has(key)));
    const open = new Set([...way.open].filter((name) => matters.has(name)));
    const name = JSON.stringify([[...answers].sort(([a], [b]) => (a < b ? -1 : 1)), [...open].sort()]);
    const same = told.get(name) ?? way;
    told.set(name, { answers, open, fewest: Math.min(same.fewest, way.fewest), most: Math.max(same.most, way.most) });
  }
  return [...told.values()];
}

/** The fewest and the most pages a form can have once all is answered, with the answers there are. */
function lengthOf({ pages }: Definition, { pages: asked, scope }: Walk): { readonly fewest: number; readonly most: number } {
  const known = new Map(asked.map((one) => [one.page.key, one]));
  const conditions = pages.map(({ key, when, fields }) =>
    [when, ...fields.map((field) => field.when)].flatMap((one) => (one ? lookedAt(one, key) : [])),
  );
  let ways: Way[] = [{ answers: new Map(), open: new Set(), fewest: 0, most: 0 }];
  for (const [at, page] of pages.entries()) {
    const matters = new Set(conditions.slice(at).flat());
    const passing = { page, scope, matters, ways: ways.length, known: known.get(page.key) };
    ways = merged(
      ways.flatMap((way) => pass(way, passing)),
      new Set(conditions.slice(at + 1).flat()),
    );
  }
  return { fewest: Math.min(...ways.map(({ fewest }) => fewest)), most: Math.max(...ways.map(({ most }) => most)) };
}

/** Where one stands on a page of the form. @param index of the page among those asked, from 0 */
export function positionOf(definition: Definition, way: Walk, index: number): Position {
  const { fewest, most } = lengthOf(definition, way);
  return { index: index + 1, count: most + 1, isFixed: fewest === most };
}
