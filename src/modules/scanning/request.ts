import type { Context } from '#platform/context';
import type { Tx } from '#platform/db';
import { ensure } from '#platform/errors';
import { enqueue } from '#platform/jobs';
import { scanLimits } from './rules.ts';
import { scanBlob } from './scan.ts';
import { deleteScans, insertScan } from './store.ts';

/** A stored content that somebody sent in. */
export type ScanRequest = {
  /** Its id in the blob store of the actor's tenant. */
  readonly blob: string;
  /** In bytes. */
  readonly size: number;
  /** Hexadecimal, as the blob store gave it. */
  readonly sha256: string;
  /** What the caller calls it, such as `letter-attachment:17`; comes back with the event. No names of people or files. */
  readonly reference: string;
};

/**
 * Has a content looked at, in the transaction of the row that names it: if that commits, the scan will happen. Asking again
 * for the same blob changes nothing. Throws `internal` for a request that is not one: the caller has made a mistake.
 */
export async function requestScan(tx: Tx, ctx: Context, { blob, size, sha256, reference }: ScanRequest): Promise<void> {
  const isRequest = /^[0-9a-f]{64}$/.test(sha256) && size >= 0 && reference.length <= scanLimits.referenceCharacters;
  ensure(isRequest, 'internal', 'platform.internal');
  const { tenant } = ctx.actor;
  const isNew = await insertScan(tx, tenant, { blob, size, sha256, reference, requestedAt: ctx.platform.clock.now() });
  if (isNew) await enqueue(tx, scanBlob, { blob }, { key: `scan ${tenant} ${blob}` });
}

/** Forgets contents that are gone, in the transaction in which their rows go. */
export async function forgetScan(tx: Tx, ctx: Context, blobs: readonly string[]): Promise<void> {
  if (blobs.length > 0) await deleteScans(tx, ctx.actor.tenant, blobs);
}
