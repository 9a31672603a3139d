import type { Context } from '#platform/context';
import { changeOwnForm } from './edit.ts';
import type { Text } from './rules-definition.ts';
import { type Change, fieldOf } from './rules-edit.ts';
import {
  neededText,
  readBasics,
  readField,
  readKind,
  readPage,
  type TypedBasics,
  type TypedField,
  type TypedPage,
} from './rules-edit-field.ts';

/** The steps of somebody who writes a form. Each throws as `changeOwnForm`, and resolves with the new edition. */

/** One step further down the list, up, or away. */
export type Arrangement = 'up' | 'down' | 'remove';

export type At = { readonly form: string; readonly edition: number };

/** Adds a page at the end. */
export async function addFormPage(ctx: Context, { form, edition }: At, title: Text): Promise<number> {
  const clean = neededText(title, 'title');
  return changeOwnForm(ctx, form, { edition, change: () => ({ kind: 'addPage', title: clean }) });
}

/** Moves a page one place, or removes it with its questions. */
export async function arrangePage(ctx: Context, { form, edition }: At, page: string, how: Arrangement): Promise<number> {
  const change: Change = how === 'remove' ? { kind: 'removePage', page } : { kind: 'movePage', page, by: how === 'up' ? -1 : 1 };
  return changeOwnForm(ctx, form, { edition, change: () => change });
}

/** Saves a page's own words, and whether it repeats. */
export async function saveFormPage(ctx: Context, { form, edition }: At, page: string, typed: TypedPage): Promise<number> {
  const { title, hint, repeat } = readPage(typed);
  return changeOwnForm(ctx, form, { edition, change: () => ({ kind: 'setPage', page, title, hint, repeat: repeat ?? null }) });
}

/** Adds a question at the end of a page. */
export async function addQuestion(
  ctx: Context,
  { form, edition }: At,
  page: string,
  typed: { kind: string; label: Text },
): Promise<number> {
  const [fieldKind, label] = [readKind(typed.kind), neededText(typed.label, 'label')];
  return changeOwnForm(ctx, form, { edition, change: () => ({ kind: 'addField', page, fieldKind, label }) });
}

/** Moves a question one place on its page, or removes it. */
export async function arrangeQuestion(ctx: Context, { form, edition }: At, field: string, how: Arrangement): Promise<number> {
  const change: Change =
    how === 'remove' ? { kind: 'removeField', field } : { kind: 'moveField', field, by: how === 'up' ? -1 : 1 };
  return changeOwnForm(ctx, form, { edition, change: () => change });
}

/** Saves a question with its choices and limits. */
export async function saveQuestion(ctx: Context, { form, edition }: At, field: string, typed: TypedField): Promise<number> {
  return changeOwnForm(ctx, form, {
    edition,
    change: (definition) => ({ kind: 'setField', field, content: readField(fieldOf(definition, field).field, typed) }),
  });
}

/** Saves what is said about the whole form. */
export async function saveBasics(ctx: Context, { form, edition }: At, typed: TypedBasics): Promise<number> {
  return changeOwnForm(ctx, form, {
    edition,
    change: (definition) => ({ kind: 'setBasics', basics: readBasics(definition, typed) }),
  });
}

/** Puts a page after another one; null: at the beginning. Throws `conflict` when a condition would look ahead then. */
export async function placePage(ctx: Context, { form, edition }: At, page: string, after: string | null): Promise<number> {
  return changeOwnForm(ctx, form, { edition, change: () => ({ kind: 'placePage', page, after }) });
}

/** Puts a question at the end of another page. Throws `conflict` when a condition could not look at it any more. */
export async function placeQuestion(ctx: Context, { form, edition }: At, field: string, page: string): Promise<number> {
  return changeOwnForm(ctx, form, { edition, change: () => ({ kind: 'placeField', field, page }) });
}
