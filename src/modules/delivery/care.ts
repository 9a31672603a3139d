import { tenantNumbers } from '#modules/tenants';
import { type Context, systemContext } from '#platform/context';
import { daysAfter } from '#platform/day';
import type { Job } from '#platform/jobs';
import { forgetCalls } from './callback.ts';
import { limits } from './rules.ts';
import { deleteArrival, dropPieces, lockArrival, readForgotten, readKept } from './store/arrival.ts';

/** Arrivals that one run looks at for one tenant. */
const atOnce = 1_000;

/** Forgets what others announced and never submitted. */
export async function forgetAnnounced(ctx: Context): Promise<void> {
  const { tenant } = ctx.actor;
  const before = daysAfter(ctx.platform.clock.now(), -limits.announcedDays);
  for (const id of await readForgotten(ctx.platform.db.read(tenant), tenant, before, atOnce)) {
    const blobs = await ctx.platform.db.write(tenant, async (tx) => {
      // It may be submitted at this very moment.
      if ((await lockArrival(tx, tenant, id))?.state !== 'announced') return [];
      const gone = await dropPieces(tx, tenant, id);
      await deleteArrival(tx, tenant, id);
      return gone;
    });
    for (const blob of blobs) await ctx.platform.blobs.remove(tenant, blob);
  }
}

export const forget: Job = {
  name: 'delivery.forget',
  every: '20 3 * * *',
  run: async ({ platform }) => {
    for (const tenant of await tenantNumbers(platform)) {
      const ctx = systemContext(platform, tenant, 'delivery.forget');
      await forgetAnnounced(ctx);
      await forgetCalls(ctx);
    }
  },
};

/** Which of some blobs wait here for their verdict. */
export async function keptAmong(ctx: Context, blobs: readonly string[]): Promise<ReadonlySet<string>> {
  const { tenant } = ctx.actor;
  return new Set(await readKept(ctx.platform.db.read(tenant), tenant, blobs));
}
