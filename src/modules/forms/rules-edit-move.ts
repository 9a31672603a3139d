import { ensure, Failure } from '#platform/errors';
import type { Definition, Field, FormPage } from './rules-definition.ts';
import { checkExpression, type Expression, type References } from './rules-expression.ts';

/**
 * What stands where: a question on another page, a page at another place. Conditions look back; a step after which one would look ahead, or
 * at an answer that is then given several times, is refused with its name.
 */

/** `after`: the page it comes after; null: at the beginning. */
export type MoveChange =
  | { readonly kind: 'placePage'; readonly page: string; readonly after: string | null }
  | { readonly kind: 'placeField'; readonly field: string; readonly page: string };

/** Questions an expression looks at by themselves, not as answers of the entries of a repeated page. */
export function plainFieldsOf(expression: Expression): string[] {
  if ('field' in expression) return [expression.field.split('.', 1)[0] ?? expression.field];
  if ('table' in expression) return [expression.table];
  return 'op' in expression ? expression.args.flatMap(plainFieldsOf) : [];
}

/** A condition that cannot be read where it stands. */
export type Broken = {
  /** What it decides about. */
  readonly name: string;
  /** What it looks at, by name. */
  readonly question: string;
  readonly why: 'ahead' | 'many';
  readonly spot: { readonly page: string } | { readonly field: string };
};

type Placed = { readonly index: number; readonly name: string; readonly isMany: boolean };

function placesOf({ pages }: Definition): Map<string, Placed> {
  return new Map(
    pages.flatMap((page, index) => {
      const isMany = page.repeat !== undefined;
      return page.fields.map((field): [string, Placed] => [field.key, { index, name: field.label.de || field.key, isMany }]);
    }),
  );
}

type When = Pick<Broken, 'name' | 'spot'> & { readonly when: Expression; readonly index: number };

/** Conditions of pages and questions, with the number of the page they are read on; a check may also look at its own page. */
function whensOf({ pages }: Definition): When[] {
  return pages.flatMap((page, index) => {
    const own = (thing: FormPage | Field, spot: Broken['spot'], name: string): When[] =>
      thing.when ? [{ name, spot, when: thing.when, index }] : [];
    const checks = (page.checks ?? []).map(({ test, message, field }): When => {
      return { name: message.de, spot: { field }, when: test, index: index + 1 };
    });
    const fields = page.fields.flatMap((field) => own(field, { field: field.key }, field.label.de || field.key));
    return [...own(page, { page: page.key }, page.title.de || page.key), ...fields, ...checks];
  });
}

/** Every condition that looks ahead, or by itself at an answer that is given several times. What is gone is another matter. */
export function brokenIn(form: Definition): Broken[] {
  const places = placesOf(form);
  const pages = new Map(form.pages.map((page, index) => [page.key, { index, name: page.title.de || page.key }]));
  return whensOf(form).flatMap(({ name, spot, when, index }): Broken[] => {
    const asked = lookedAt(when, name);
    if (asked === null) return [];
    const seen = [
      ...[...asked.fields].map((key) => places.get(key.split('.', 1)[0] ?? key)),
      ...[...asked.pages].map((key) => pages.get(key)),
    ];
    const ahead = seen.flatMap((place) => (place && place.index >= index ? [place.name] : []));
    const many = plainFieldsOf(when).flatMap((key) => {
      const place = places.get(key);
      return place?.isMany && place.index < index && !isOwn(form, spot, key) ? [place.name] : [];
    });
    return [
      ...ahead.map((question): Broken => ({ name, spot, question, why: 'ahead' })),
      ...many.map((question): Broken => ({ name, spot, question, why: 'many' })),
    ];
  });
}

/** What a condition looks at; null: it is too large to be looked into, which the findings say where it stands. */
function lookedAt(when: Expression, name: string): References | null {
  try {
    return checkExpression(when, name);
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}

/** A check of a repeated page is read for each entry, and sees that entry's own answers. */
function isOwn({ pages }: Definition, spot: Broken['spot'], key: string): boolean {
  return (
    'field' in spot &&
    pages.some(({ checks = [], fields }) => {
      const here = fields.map((field) => field.key);
      return here.includes(spot.field) && here.includes(key) && checks.some(({ field }) => field === spot.field);
    })
  );
}

/** The form after a move. Throws `conflict` with the condition and the question it could not look at any more. */
export function stillReads(was: Definition, form: Definition): Definition {
  const before = new Set(brokenIn(was).map((one) => JSON.stringify(one)));
  const [found] = brokenIn(form).filter((one) => !before.has(JSON.stringify(one)));
  if (!found) return form;
  const { name, question, why } = found;
  ensure(false, 'conflict', why === 'ahead' ? 'forms.editAhead' : 'forms.editMany', { name, question });
  return form;
}

/** The pages with one of them after another one; unchanged where one of the two is not there. */
export function pagesWith(pages: readonly FormPage[], page: string, after: string | null): FormPage[] {
  const one = pages.find(({ key }) => key === page);
  const others = pages.filter(({ key }) => key !== page);
  const place = after === null ? 0 : others.findIndex(({ key }) => key === after) + 1;
  if (!one || (after !== null && place === 0)) return [...pages];
  return others.toSpliced(place, 0, one);
}

/** The pages with a question at the end of another page; what is checked about it goes with it. */
export function pagesWithField(pages: readonly FormPage[], wanted: string, target: string): FormPage[] {
  const from = pages.find(({ fields }) => fields.some(({ key }) => key === wanted));
  const field = from?.fields.find(({ key }) => key === wanted);
  if (!from || !field || from.key === target || !pages.some(({ key }) => key === target)) return [...pages];
  const own = (from.checks ?? []).filter((check) => check.field === wanted);
  return pages.map((page) => {
    const { checks = [], ...rest } = page;
    if (page === from) {
      const left = checks.filter((check) => check.field !== wanted);
      return { ...rest, fields: page.fields.filter(({ key }) => key !== wanted), ...(left.length > 0 && { checks: left }) };
    }
    if (page.key !== target) return page;
    const all = [...checks, ...own];
    return { ...rest, fields: [...page.fields, field], ...(all.length > 0 && { checks: all }) };
  });
}
