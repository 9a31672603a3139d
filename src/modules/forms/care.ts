import { forgetScan } from '#modules/scanning';
import * as tenants from '#modules/tenants';
import { type Context, systemContext } from '#platform/context';
import { daysAfter } from '#platform/day';
import type { Job } from '#platform/jobs';
import { limits } from './rules-status.ts';
import { deleteDraft, readIdleDrafts, readKept } from './store/draft.ts';
import { readReceipts } from './store/submission.ts';
import { deleteUploads, readArriving, readExpired, readPiecesOf } from './store/upload.ts';
import { removePieces } from './upload.ts';

const step = 200;

const endOfTime = Date.UTC(9999, 0);

/** Removes the drafts of a tenant that nobody has touched for as long as every page has said. Resolves with how many. */
export async function removeIdleDrafts(ctx: Context): Promise<number> {
  const { tenant } = ctx.actor;
  const before = daysAfter(ctx.platform.clock.now(), -limits.draftDays);
  let count = 0;
  for (;;) {
    const idle = await readIdleDrafts(ctx.platform.db.read(tenant), tenant, before, step);
    if (idle.length === 0) return count;
    for (const id of idle) await removeDraftOf(ctx, id, before);
    count += idle.length;
  }
}

/** Removes a draft of the tenant with its files, unless somebody has touched or sent it since. Left out: whenever it was touched. */
export async function removeDraftOf(ctx: Context, id: number, before = new Date(endOfTime)): Promise<void> {
  const { tenant } = ctx.actor;
  const { blobs, pieces } = await ctx.platform.db.write(tenant, async (tx) => {
    const pieces = await readPiecesOf(tx, tenant, id);
    const gone = await deleteDraft(tx, tenant, id, before);
    if (gone === null) return { blobs: [], pieces: [] };
    await forgetScan(tx, ctx, gone);
    return { blobs: gone, pieces };
  });
  // After the commit: should we die here, the bytes are orphans, and the weekly sweep removes them.
  for (const blob of blobs) await ctx.platform.blobs.remove(tenant, blob);
  await removePieces(ctx, tenant, pieces);
}

/** Forgets the files of a tenant that nobody has gone on sending. Resolves with how many. */
export async function removeIdleUploads(ctx: Context): Promise<number> {
  const { tenant } = ctx.actor;
  let count = 0;
  for (;;) {
    const ids = await readExpired(ctx.platform.db.read(tenant), tenant, ctx.platform.clock.now(), step);
    if (ids.length === 0) return count;
    const pieces = await ctx.platform.db.write(tenant, (tx) => deleteUploads(tx, tenant, ids));
    await removePieces(ctx, tenant, pieces);
    count += ids.length;
  }
}

export const sweepDrafts: Job = {
  name: 'forms.sweepDrafts',
  every: '40 2 * * *',
  run: async ({ platform }) => {
    for (const tenant of await tenants.tenantNumbers(platform))
      await removeIdleDrafts(systemContext(platform, tenant, 'forms.sweepDrafts'));
  },
};

export const sweepUploads: Job = {
  name: 'forms.sweepUploads',
  every: '20 * * * *',
  run: async ({ platform }) => {
    for (const tenant of await tenants.tenantNumbers(platform))
      await removeIdleUploads(systemContext(platform, tenant, 'forms.sweepUploads'));
  },
};

/** Which of some blobs are attachments (also arriving ones) or receipts, for the sweeps that look for what nobody needs. */
export async function keptAmong(ctx: Context, blobs: readonly string[]): Promise<ReadonlySet<string>> {
  const { tenant } = ctx.actor;
  const sql = ctx.platform.db.read(tenant);
  const kept = await Promise.all([readKept, readReceipts, readArriving].map((read) => read(sql, tenant, blobs)));
  return new Set(kept.flat());
}
