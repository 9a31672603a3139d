import { audit } from '#platform/audit';
import type { Context } from '#platform/context';
import { ensure } from '#platform/errors';
import { emit } from '#platform/events';
import type { EntryRef } from './entry.ts';
import { entryPublished } from './events.ts';
import { authorize } from './gate.ts';
import { limits } from './rules.ts';
import { checkDay, reviewDay } from './rules-day.ts';
import { lockEntry, updateEntry } from './store/entries.ts';

/**
 * Says that a published text was looked at and is still true: its day of checking is today, and the next review is due on
 * `reviewOn`, or in a year. The text does not change, so one pair of eyes is enough. Throws `conflict` when nothing is published.
 */
export async function confirmReview(ctx: Context, ref: EntryRef, reviewOn: string | null): Promise<void> {
  const tenant = ref.tenant ?? ctx.actor.tenant;
  authorize(ctx.actor, 'write', { tenant });
  const now = ctx.platform.clock.now();
  const today = reviewDay(now, 0);
  const next = checkDay(reviewOn, 'reviewOn') ?? reviewDay(now, limits.reviewDays);
  ensure(next > today, 'invalid', 'finder.reviewPast', { field: 'reviewOn' });
  await ctx.platform.db.write(tenant, async (tx) => {
    const entry = await lockEntry(tx, tenant, ref.entry);
    ensure(entry, 'notFound', 'platform.notFound');
    ensure(entry.published !== null, 'conflict', 'finder.stepImpossible');
    await updateEntry(tx, tenant, { ...entry, reviewOn: next, checkedOn: today });
    await audit(tx, ctx, [{ action: 'finder.confirmReview', thing: `entry:${entry.id}`, details: { reviewOn: next } }]);
    await emit(tx, ctx, entryPublished, { tenant, entry: entry.id });
  });
}
