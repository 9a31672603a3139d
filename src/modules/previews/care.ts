import { tenantNumbers } from '#modules/tenants';
import type { Context } from '#platform/context';
import { systemContext } from '#platform/context';
import type { Job } from '#platform/jobs';
import { limits } from './rules.ts';
import { deleteOld } from './store.ts';

const day = 86_400_000;
const step = 500;

/** Removes what was drawn weeks ago: what is still looked at is drawn again. */
export async function forgetOldPreviews(ctx: Context): Promise<void> {
  const { tenant } = ctx.actor;
  const before = new Date(ctx.platform.clock.now().getTime() - limits.days * day);
  for (;;) {
    const { count, blobs } = await ctx.platform.db.write(tenant, (tx) => deleteOld(tx, tenant, before, step));
    for (const blob of blobs) await ctx.platform.blobs.remove(tenant, blob);
    if (count < step) return;
  }
}

export const forgetOld: Job = {
  name: 'previews.forgetOld',
  every: '15 3 * * *',
  run: async ({ platform }) => {
    for (const tenant of await tenantNumbers(platform))
      await forgetOldPreviews(systemContext(platform, tenant, 'previews.forgetOld'));
  },
};
