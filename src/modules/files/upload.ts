import { mostParts, partName, type StoredBlob } from '#platform/blobs';
import type { Context } from '#platform/context';
import type { Tx } from '#platform/db';
import { ensure, Failure, isUndone } from '#platform/errors';
import { Pieces } from '#platform/pieces';
import { authorize, locate, personOf } from './access.ts';
import type { Entry } from './node.ts';
import { readRoom } from './space.ts';
import type { Upload, UploadPart } from './store/uploads.ts';
import * as store from './store/uploads.ts';
import { forgetHash, hashAlong, hashOfParts } from './upload-hash.ts';
import { checkTarget, fileUpload, roomFor, type WriteOptions, type Written } from './write.ts';

export type { Upload, UploadPart } from './store/uploads.ts';

/** Limits of uploads that arrive in pieces. */
export const uploadLimits = {
  /** What arrives in one request is stored in parts of this size: so much at most is lost when we die in the middle. */
  partBytes: 64 * 2 ** 20,
  /** An upload nobody adds to is removed after this. */
  idleHours: 24,
  /** Unfinished uploads of one person. */
  unfinished: 1_000,
};

export type UploadRequest = {
  /** How the client calls it; unique among the person's unfinished uploads. */
  readonly name: string;
  readonly folder: Entry;
  /** Name of the file to be; null when the client says it at the end. */
  readonly fileName: string | null;
  readonly length: number | null;
  readonly options?: Readonly<Record<string, unknown>>;
};

const expiry = (ctx: Context) => new Date(ctx.platform.clock.now().getTime() + uploadLimits.idleHours * 3_600_000);

/** Opens an upload. Throws `quotaExceeded` when what is announced does not fit beside the person's other unfinished uploads. */
export async function beginUpload(ctx: Context, request: UploadRequest): Promise<Upload> {
  const { account, tenant } = personOf(ctx);
  if (request.fileName === null) authorize(ctx.actor, 'create', request.folder);
  else await checkTarget(ctx, { folder: request.folder, name: request.fileName });
  const unfinished = await store.readUnfinished(ctx.platform.db.read(tenant), tenant, account);
  ensure(unfinished.count < uploadLimits.unfinished, 'conflict', 'files.tooManyUploads', { limit: uploadLimits.unfinished });
  await roomFor(ctx, withUnfinished(request.folder, unfinished.bytes), request.length);
  const upload: Upload = {
    id: ctx.platform.blobs.reserve(),
    account,
    name: request.name,
    folder: request.folder.node.id,
    fileName: request.fileName,
    length: request.length,
    received: 0,
    options: request.options ?? {},
    expiresAt: expiry(ctx),
  };
  const isNew = await ctx.platform.db.write(tenant, (tx) => store.insertUpload(tx, tenant, upload));
  ensure(isNew, 'conflict', 'files.uploadExists');
  return upload;
}

function withUnfinished(folder: Entry, bytes: number): { used: number; quota: number | null } {
  return { used: folder.space.used + bytes, quota: folder.space.quota };
}

/** The person's upload of this name. Throws `notFound` when it was finished, given up or has expired. */
export async function findUpload(ctx: Context, name: string): Promise<Upload> {
  const { account, tenant } = personOf(ctx);
  const upload = await store.readUpload(ctx.platform.db.read(tenant), tenant, account, name);
  ensure(upload && upload.expiresAt > ctx.platform.clock.now(), 'notFound', 'files.uploadGone');
  return upload;
}

/**
 * Adds bytes at the end of what has arrived, part by part; what came before a connection broke is kept. Returns how much is
 * there now. Throws `conflict` when `offset` is not the end, also when somebody else added meanwhile.
 */
export async function append(ctx: Context, upload: Upload, offset: number, source: AsyncIterable<Uint8Array>): Promise<number> {
  ensure(upload.received === offset, 'conflict', 'files.uploadOffset', { received: upload.received });
  const pieces = new Pieces(source);
  let received = offset;
  while (!pieces.isDone) {
    const size = await addPart(ctx, { ...upload, received }, received, pieces.take(uploadLimits.partBytes), 'end');
    received += size;
    if (size === 0) break;
  }
  if (pieces.failure) throw pieces.failure;
  return received;
}

/**
 * Stores one part at a position. What the client calls a chunk has its number as position; a second one replaces the first.
 * @param place `end`: the position is a number of bytes and must be the end of what is there; throws `conflict` when it is not
 */
export async function addPart(
  ctx: Context,
  upload: Upload,
  position: number,
  source: AsyncIterable<Uint8Array>,
  place: 'end' | 'anywhere' = 'anywhere',
): Promise<number> {
  const { tenant } = ctx.actor;
  const { blobs, db } = ctx.platform;
  const part = await store.reservePart(db.read(tenant), tenant, upload.id);
  ensure(part !== null, 'notFound', 'files.uploadGone');
  ensure(part < mostParts, 'tooLarge', 'files.tooManyParts', { limit: mostParts });
  const along = hashAlong(upload.id, position, upload.received === 0);
  const stored = await blobs.writePart(tenant, upload.id, part, along.through(source), await roomForPart(ctx, upload));
  const name = partName(upload.id, part);
  if (stored.size === 0) {
    await blobs.removeNamed(tenant, name);
    return 0;
  }
  try {
    const { size, sha256, sha1 } = stored;
    const replaced = await putPart(ctx, upload, { part, position, size, sha256, sha1 }, place);
    if (replaced) await blobs.removeNamed(tenant, partName(upload.id, replaced.part));
    along.keep({ part, size });
    return size;
  } catch (error) {
    if (isUndone(error)) await blobs.removeNamed(tenant, name);
    throw error;
  }
}

/** What may still come: up to the announced length, and what the space has room for beside all that this person has not finished. */
async function roomForPart(ctx: Context, upload: Upload) {
  const { tenant } = ctx.actor;
  const [folder, unfinished] = await Promise.all([
    locate(ctx, upload.folder),
    store.readUnfinished(ctx.platform.db.read(tenant), tenant, upload.account),
  ]);
  const room = await roomFor(ctx, withUnfinished(folder, unfinished.bytes), null);
  if (upload.length === null || upload.length - upload.received > room.maxBytes) return room;
  return { maxBytes: upload.length - upload.received, tooLarge: () => new Failure('tooLarge', 'files.uploadTooLong') };
}

async function putPart(ctx: Context, upload: Upload, part: UploadPart, place: 'end' | 'anywhere'): Promise<UploadPart | null> {
  const { tenant } = ctx.actor;
  // Asked before and not within: what is read there would wait behind those who wait for this transaction.
  const free = await readRoom(ctx, (await locate(ctx, upload.folder)).space);
  return ctx.platform.db.write(tenant, async (tx) => {
    const held = await store.holdUpload(tx, tenant, upload.id);
    ensure(held, 'notFound', 'files.uploadGone');
    // A connection that seemed dead may still deliver beside the one that took its place: only one of them adds the next part.
    const isInOrder = place === 'anywhere' || held.received === part.position;
    ensure(isInOrder, 'conflict', 'files.uploadOffset', { received: held.received });
    const replaced = await store.putPart(tx, tenant, upload.id, { part, expiresAt: expiry(ctx) });
    if (free !== null) await checkRoom(tx, tenant, { account: upload.account, free });
    return replaced;
  });
}

/** Many parts that come at once each found all the room there was: what is in the books now has to fit. Throws `quotaExceeded`. */
async function checkRoom(tx: Tx, tenant: number, { account, free }: { account: number; free: number }): Promise<void> {
  const { bytes } = await store.holdUnfinished(tx, tenant, account);
  ensure(bytes <= free, 'quotaExceeded', 'files.spaceFull', { free });
}

/** The parts that have arrived, in the order of their positions. */
export async function listParts(ctx: Context, upload: Upload): Promise<UploadPart[]> {
  personOf(ctx);
  return store.readParts(ctx.platform.db.read(ctx.actor.tenant), ctx.actor.tenant, upload.id);
}

export type Completion = WriteOptions & { readonly folder?: Entry; readonly fileName?: string };

/**
 * Makes a file of what has arrived. The bytes stay where they are; a list of the parts is all that is written. When it is
 * refused the upload stays and can be finished again. Throws like `writeFile`, and `conflict` when bytes are missing.
 */
export async function completeUpload(ctx: Context, upload: Upload, completion: Completion = {}): Promise<Written> {
  const { tenant } = ctx.actor;
  const folder = completion.folder ?? (await locate(ctx, upload.folder));
  const name = completion.fileName ?? upload.fileName;
  ensure(name !== null, 'invalid', 'files.nameEmpty');
  await checkTarget(ctx, { folder, name });
  const parts = await store.readParts(ctx.platform.db.read(tenant), tenant, upload.id);
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  const expected = completion.length ?? upload.length ?? size;
  ensure(size === expected, 'conflict', 'files.uploadIncomplete', { announced: expected, received: size });
  const stored = await compose(ctx, upload, parts);
  const written = await fileUpload(ctx, { folder, name }, { stored, upload: upload.id }, completion);
  forgetHash(upload.id);
  return written;
}

async function compose(ctx: Context, upload: Upload, parts: readonly UploadPart[]): Promise<StoredBlob> {
  const { tenant } = ctx.actor;
  const { blobs } = ctx.platform;
  const [only] = parts;
  if (parts.length === 1 && only)
    return { id: partName(upload.id, only.part), size: only.size, sha256: only.sha256, sha1: only.sha1 };
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  await blobs.compose(
    tenant,
    upload.id,
    parts.map(({ part, size: bytes }) => ({ index: part, size: bytes })),
  );
  return { id: upload.id, size, ...(await hashOfParts(ctx, upload.id, parts)) };
}

/** Gives an upload up; its bytes go. */
export async function abandonUpload(ctx: Context, upload: Upload): Promise<void> {
  await dropUpload(ctx, upload.id);
}

/** Removes an unfinished upload and its bytes, unless it was finished meanwhile; `before` runs in the same transaction. */
export async function dropUpload(ctx: Context, id: string, before?: (tx: Tx) => Promise<void>): Promise<void> {
  const { tenant } = ctx.actor;
  const parts = await ctx.platform.db.write(tenant, async (tx) => {
    await store.holdUpload(tx, tenant, id);
    const found = await store.readParts(tx, tenant, id);
    await before?.(tx);
    const [gone] = await store.deleteUploads(tx, tenant, [id]);
    return gone ? found : [];
  });
  for (const { part } of parts) await ctx.platform.blobs.removeNamed(tenant, partName(id, part));
  forgetHash(id);
}
