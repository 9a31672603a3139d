import type { Context } from '#platform/context';
import { readKept } from './store/file.ts';

/** Which of some blobs are attachments of letters and answers, for the sweeps. */
export async function heldAmong(ctx: Context, blobs: readonly string[]): Promise<ReadonlySet<string>> {
  const { tenant } = ctx.actor;
  return new Set(await readKept(ctx.platform.db.read(tenant), tenant, blobs));
}
