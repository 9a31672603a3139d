import type { Context } from '#platform/context';
import { ensure } from '#platform/errors';
import { type EntryRef, saveDraft } from './entry.ts';
import { authorize } from './gate.ts';
import { withTitles } from './naming.ts';
import { compare, type Difference } from './rules-content.ts';
import { type DiffPart, diffWords } from './rules-diff.ts';
import { type Entry, readEntry, readVersion, type Version } from './store/entries.ts';

/** A field in which two versions differ, word by word. */
export type WordDifference = Difference & { readonly parts: readonly DiffPart[] };

/** The same differences, word by word. */
export const inWords = (differences: readonly Difference[]): WordDifference[] =>
  differences.map((one) => ({ ...one, parts: diffWords(one.before, one.after) }));

export type Comparison = {
  readonly entry: Entry;
  readonly after: Version;
  /** Null: compared with nothing. */
  readonly before: Version | null;
  readonly differences: readonly WordDifference[];
};

/** What two versions of an entry have different, word by word; `before` 0 compares with nothing. Throws `notFound`. */
export async function compareVersions(
  ctx: Context,
  ref: EntryRef,
  numbers: { readonly before: number; readonly after: number },
): Promise<Comparison> {
  const tenant = ref.tenant ?? ctx.actor.tenant;
  authorize(ctx.actor, 'read', { tenant });
  const sql = ctx.platform.db.read(tenant);
  const entry = await readEntry(sql, tenant, ref.entry);
  const after = entry && (await readVersion(sql, tenant, ref.entry, numbers.after));
  ensure(entry && after, 'notFound', 'platform.notFound');
  const before = numbers.before === 0 ? null : await readVersion(sql, tenant, ref.entry, numbers.before);
  ensure(before || numbers.before === 0, 'notFound', 'platform.notFound');
  const differences = inWords(compare(entry.kind, before?.content ?? null, after.content));
  const [titled = entry] = await withTitles(ctx, [entry]);
  return { entry: titled, after, before, differences };
}

/**
 * Begins a draft with the text of an older version; it goes through four eyes like any other. Throws `conflict` when there is a
 * draft already, which would be lost, and `invalid` when the old text breaks a rule of today.
 */
export async function restoreVersion(ctx: Context, ref: EntryRef, version: number, note: string): Promise<void> {
  const { entry, after } = await compareVersions(ctx, ref, { before: 0, after: version });
  ensure(entry.draft === null, 'conflict', 'finder.draftThere');
  const { validTo } = after;
  // A period that has passed would hide the text the moment it is approved.
  const days = { validFrom: null, validTo: validTo !== null && validTo < today(ctx) ? null : validTo, reviewOn: null };
  await saveDraft(ctx, ref, { content: after.content, edition: null, note, days });
}

const today = ({ platform }: Context) => platform.clock.now().toISOString().slice(0, 10);
