import { audit } from '#platform/audit';
import type { Context } from '#platform/context';
import { ensure } from '#platform/errors';
import { type Delivering, inboxOf, theirs, within } from './arrival.ts';
import { isUuid } from './gate.ts';
import { publicKey } from './keys.ts';
import { limits } from './rules.ts';
import {
  type Arrival,
  dropPieces,
  lockArrival,
  readArrival,
  readArrivalOfCase,
  readArrivalPieces,
  setDecided,
} from './store/arrival.ts';
import { readWaiting } from './store/fetched.ts';
import { readEvent } from './token.ts';

/**
 * What a receiver fetches who holds the keys of a destination at our delivery service, modelled on the receiving side of FIT-Connect:
 * list, read, fetch the files, say whether it is accepted. We pass on what we cannot read.
 */

const find = async (ctx: Context, by: Delivering, id: string): Promise<Arrival> =>
  theirs(by, isUuid(id) ? await readArrival(ctx.platform.db.read(by.tenant), by.tenant, id) : null);

type Wanted = { readonly destinationId: string; readonly offset: number; readonly limit: number };

/** What waits for the receiver at their destination, the oldest first. Throws `notFound` for another one. */
export async function listWaiting(ctx: Context, by: Delivering, { destinationId, offset, limit }: Wanted): Promise<object> {
  ensure(by.sender.role === 'fetch', 'notFound', 'platform.notFound');
  await inboxOf(ctx, by, destinationId);
  const most = Math.min(limit, limits.listed);
  const { rows, total } = await readWaiting(ctx.platform.db.read(by.tenant), by.tenant, {
    inbox: destinationId,
    offset,
    limit: most,
  });
  const submissions = rows.map(({ id: submissionId, caseId }) => ({ destinationId, submissionId, caseId }));
  return { offset, count: submissions.length, totalCount: total, submissions };
}

/** One submission with its content, encrypted as it came. Throws `notFound`; `conflict` once there is a verdict. */
export async function contentOf(ctx: Context, by: Delivering, id: string): Promise<object> {
  const { caseId, inbox, service, metadata, data } = await find(ctx, by, id);
  ensure(metadata !== null && data !== null, 'conflict', 'delivery.decidedAlready');
  const pieces = await readArrivalPieces(ctx.platform.db.read(by.tenant), by.tenant, id);
  return {
    submissionId: id,
    caseId,
    destinationId: inbox,
    status: 'submitted',
    ...(service !== '' && { serviceType: { identifier: service } }),
    attachments: pieces.map((piece) => piece.id),
    encryptedMetadata: metadata,
    encryptedData: data,
  };
}

export type WaitingFile = { readonly size: number; readonly bytes: AsyncGenerator<Uint8Array> };

/** One file, encrypted as it came. Throws `notFound`. */
export async function openWaitingFile(
  ctx: Context,
  by: Delivering,
  { submission, id }: { readonly submission: string; readonly id: string },
): Promise<WaitingFile> {
  const { tenant } = by;
  await find(ctx, by, submission);
  const pieces = await readArrivalPieces(ctx.platform.db.read(tenant), tenant, submission);
  const blob = pieces.find((piece) => piece.id === id)?.blob ?? null;
  ensure(blob !== null, 'notFound', 'platform.notFound');
  const reader = await ctx.platform.blobs.open(tenant, blob);
  async function* bytes() {
    try {
      yield* reader.read(0, reader.size);
    } finally {
      await reader.close();
    }
  }
  return { size: reader.size, bytes: bytes() };
}

/**
 * Hears the receiver's verdict; with it the encrypted content goes. The same said again changes nothing. Throws `invalid` for a token
 * that is not theirs or about something else, `conflict` for another verdict than the one there is.
 */
export async function hearReceiver(
  ctx: Context,
  by: Delivering,
  { caseId, token }: { caseId: string; token: string },
): Promise<void> {
  const { tenant } = by;
  const sql = ctx.platform.db.read(tenant);
  const { id, inbox } = theirs(by, isUuid(caseId) ? await readArrivalOfCase(sql, tenant, caseId) : null);
  const { signingKey } = await inboxOf(ctx, by, inbox);
  const gone = await ctx.platform.db.write(tenant, async (tx) => {
    const held = await lockArrival(tx, tenant, id);
    ensure(held, 'notFound', 'platform.notFound');
    const now = ctx.platform.clock.now();
    const about = { submission: id, caseId, issuer: inbox, since: held.announcedAt, now };
    const { kind, problems } = readEvent(token, [publicKey(signingKey)], about);
    ensure(kind === 'accept' || kind === 'reject', 'invalid', 'delivery.tokenRefused');
    const state = stateAfter[kind];
    if (held.state === state) return [];
    ensure(held.state === 'submitted', 'conflict', 'delivery.decidedAlready');
    await setDecided(tx, tenant, { id, state, problems, submission: null, verdict: token, verdictOld: null, at: now });
    const details = { by: by.sender.id, problems: problems.map(({ type }) => type) };
    await audit(tx, within(ctx, by), [{ action: 'delivery.hearReceiver', thing: `arrival:${id}`, details }]);
    return dropPieces(tx, tenant, id);
  });
  for (const blob of gone) await ctx.platform.blobs.remove(tenant, blob);
}

const stateAfter = { accept: 'accepted', reject: 'rejected' } as const;
