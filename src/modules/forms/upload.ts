import { partName } from '#platform/blobs';
import type { Context } from '#platform/context';
import type { Tx } from '#platform/db';
import { asFailure, ensure, Failure } from '#platform/errors';
import { Pieces } from '#platform/pieces';
import { checkCeiling } from './anonymous.ts';
import {
  addTo,
  checkCount,
  checkKind,
  evidenceField,
  headFirst,
  mostBytesOf,
  placeFor,
  requestOf,
  takeTurn,
  tooLarge,
  type Where,
} from './attachment.ts';
import { holdDraft, type OpenDraft, openDraft } from './draft.ts';
import { tenantFor } from './gate.ts';
import { plainFileName, sniffBytes } from './rules-file.ts';
import { limits } from './rules-status.ts';
import type { Upload } from './store/upload.ts';
import * as store from './store/upload.ts';

/**
 * Files of applicants over bad lines: they arrive in pieces, each durable before it is acknowledged, and become an attachment once the last
 * one is there. Whoever can open the draft can go on with it, also at another device.
 */

/** A file that is still arriving, for those who look at its question. */
export type Arriving = Pick<Upload, 'id' | 'name' | 'length' | 'received' | 'modified'>;

export type UploadInput = {
  /** Of the blob store, see `Blobs.reserve`. */
  readonly id: string;
  readonly where: Where;
  readonly name: string;
  /** Exactly so many bytes will come. */
  readonly length: number;
  /** When the file was last changed where it comes from, milliseconds since 1970. */
  readonly modified: number | null;
};

const expiry = ({ platform }: Context) => new Date(platform.clock.now().getTime() + limits.uploadHours * 3_600_000);

const whereOf = ({ page, field }: Upload): Where => {
  const request = requestOf(field);
  return request === null ? { page, field } : { request };
};

/**
 * Announces a file. Throws as {@link addTo} for what would not be taken at the end; `conflict` when too many are on their way; `invalid`
 * for an empty one.
 */
export async function beginUpload(ctx: Context, token: string, { id, where, ...given }: UploadInput): Promise<Upload> {
  await takeTurn(ctx);
  const tenant = tenantFor(token);
  return ctx.platform.db.write(tenant, async (tx) => {
    const open = await holdDraft(ctx, tx, token);
    const { field, check } = placeFor(open, where);
    await check(open, tx);
    const { length, modified } = given;
    ensure(Number.isSafeInteger(length) && length > 0, 'invalid', 'forms.fileEmpty', { field: field.key });
    if (length > mostBytesOf(field)) throw tooLarge(field, given.name);
    const coming = await store.readUnfinished(tx, tenant, open.draft.id, ctx.platform.clock.now());
    ensure(coming.length < limits.unfinished, 'conflict', 'forms.uploadsMany', { limit: limits.unfinished });
    checkCount(field, open.files, coming.filter((one) => one.field === field.key).length);
    await checkCeiling(ctx, open.draft);
    const place = 'request' in where ? { page: '', field: evidenceField(where.request) } : where;
    const row = { ...place, id, draft: open.draft.id, name: plainFileName(given.name), length, modified };
    const upload: Upload = { ...row, received: 0, isDone: false, expiresAt: expiry(ctx) };
    await store.insertUpload(tx, tenant, upload);
    return upload;
  });
}

type Found = { readonly open: OpenDraft; readonly upload: Upload };

async function find(ctx: Context, token: string, id: string): Promise<Found> {
  const open = await openDraft(ctx, token);
  const { tenant, id: draft } = open.draft;
  const upload = await store.readUpload(ctx.platform.db.read(tenant), tenant, draft, id);
  ensure(upload && upload.expiresAt > ctx.platform.clock.now(), 'notFound', 'forms.uploadGone');
  return { open, upload };
}

/** A file of this draft that is arriving, or has arrived not long ago. Throws `notFound`. */
export const findUpload = async (ctx: Context, token: string, id: string): Promise<Upload> => (await find(ctx, token, id)).upload;

type Addition = { readonly id: string; readonly offset: number; readonly source: AsyncIterable<Uint8Array> };

/**
 * Adds bytes at the end of what has arrived; what came before a line broke is kept. Returns how much is there now. Throws `conflict` when
 * `offset` is not the end, also when somebody else added meanwhile; `tooLarge` when more comes than was announced; `invalid` as soon as
 * the first bytes say that this kind of file is not taken, and forgets it then.
 */
export async function appendToUpload(ctx: Context, token: string, { id, offset, source }: Addition): Promise<number> {
  const { open, upload } = await find(ctx, token, id);
  const { field, check } = placeFor(open, whereOf(upload));
  const sql = ctx.platform.db.read(open.draft.tenant);
  ensure(offset === upload.received, 'conflict', 'forms.uploadOffset', { received: upload.received });
  await check(open, sql);
  await checkCeiling(ctx, open.draft);
  const pieces = new Pieces(offset === 0 ? judged(source, (head) => checkKind(head, field, upload.name)) : source);
  let received = offset;
  while (!pieces.isDone) {
    const size = await addPart(ctx, open.draft.tenant, { ...upload, received }, pieces.take(limits.uploadPartBytes));
    received += size;
    if (size === 0) break;
  }
  const { failure } = pieces;
  if (failure instanceof Failure && failure.code === 'forms.fileKind') await dropUpload(ctx, token, id);
  if (failure) throw failure;
  return received;
}

/** The first bytes are judged, if the line holds for so long; at the end they are in any case. */
async function* judged(source: AsyncIterable<Uint8Array>, judge: (head: Uint8Array) => unknown): AsyncGenerator<Uint8Array> {
  let isFirst = true;
  for await (const piece of headFirst(source)) {
    if (isFirst && piece.length >= sniffBytes) judge(piece);
    isFirst = false;
    yield piece;
  }
}

async function addPart(ctx: Context, tenant: number, upload: Upload, bytes: AsyncIterable<Uint8Array>): Promise<number> {
  const { blobs, db } = ctx.platform;
  const { id, received: position, length } = upload;
  const part = await store.reservePart(db.read(tenant), tenant, id);
  ensure(part !== null, 'notFound', 'forms.uploadGone');
  ensure(part < limits.uploadParts, 'tooLarge', 'forms.uploadPieces');
  const limit = { maxBytes: length - position, tooLarge: () => new Failure('tooLarge', 'forms.uploadTooLong') };
  const { size } = await blobs.writePart(tenant, id, part, bytes, limit);
  const remove = () => blobs.removeNamed(tenant, partName(id, part));
  if (size === 0) {
    await remove();
    return 0;
  }
  // A connection that seemed dead may still deliver beside the one that took its place: only one of them adds the next piece.
  const isNext = await db.write(tenant, (tx) => store.putPart(tx, tenant, id, { part, position, size, expiresAt: expiry(ctx) }));
  if (!isNext) await remove();
  ensure(isNext, 'conflict', 'forms.uploadOffset', { received: position });
  return size;
}

/**
 * Makes an attachment of what has arrived, in the transaction that closes it; asked again, or twice at once, it changes nothing. What is
 * refused for good is forgotten. Throws as {@link addTo},
 * and `conflict` as long as bytes are missing.
 */
export async function finishUpload(ctx: Context, token: string, id: string): Promise<void> {
  const { open, upload } = await find(ctx, token, id);
  if (upload.isDone) return;
  ensure(upload.received === upload.length, 'conflict', 'forms.uploadOffset', { received: upload.received });
  const { tenant } = open.draft;
  const { name } = upload;
  let parts: number[] = [];
  const settle = async (tx: Tx) => {
    parts = await store.closeUpload(tx, tenant, id);
  };
  try {
    await addTo(ctx, token, whereOf(upload), { name, bytes: bytesOf(ctx, tenant, id), settle });
  } catch (error) {
    const { kind } = asFailure(error);
    // Somebody else has finished it while we were at it, and has taken the pieces away.
    if (kind !== 'unavailable' && (await isFinished(ctx, token, id))) return;
    if (kind === 'invalid' || kind === 'conflict' || kind === 'tooLarge') await dropUpload(ctx, token, id);
    throw error;
  }
  for (const part of parts) await ctx.platform.blobs.removeNamed(tenant, partName(id, part));
}

const isFinished = (ctx: Context, token: string, id: string): Promise<boolean> =>
  findUpload(ctx, token, id).then(
    ({ isDone }) => isDone,
    () => false,
  );

async function* bytesOf({ platform }: Context, tenant: number, id: string): AsyncGenerator<Uint8Array> {
  for (const { part, size } of await store.readParts(platform.db.read(tenant), tenant, id)) {
    const reader = await platform.blobs.open(tenant, partName(id, part));
    try {
      yield* reader.read(0, size);
    } finally {
      await reader.close();
    }
  }
}

/** Gives a file up that is still arriving; its pieces go. One that is gone already is no error. */
export async function dropUpload(ctx: Context, token: string, id: string): Promise<void> {
  const tenant = tenantFor(token);
  const pieces = await ctx.platform.db.write(tenant, async (tx) => {
    const { draft } = await holdDraft(ctx, tx, token);
    const upload = await store.readUpload(tx, tenant, draft.id, id);
    return upload ? store.deleteUploads(tx, tenant, [id]) : [];
  });
  await removePieces(ctx, tenant, pieces);
}

/** Removes the bytes of pieces that are forgotten. Should we die before, they are orphans, and the weekly sweep removes them. */
export async function removePieces({ platform }: Context, tenant: number, pieces: readonly store.GonePiece[]): Promise<void> {
  for (const { upload, part } of pieces) await platform.blobs.removeNamed(tenant, partName(upload, part));
}

/** What is still arriving for a draft, by the name of its question; answers to the office by {@link evidenceField}. */
export async function lookAtArriving(ctx: Context, token: string): Promise<Readonly<Record<string, readonly Arriving[]>>> {
  const { tenant, id: draft } = (await openDraft(ctx, token)).draft;
  const rows = await store.readUnfinished(ctx.platform.db.read(tenant), tenant, draft, ctx.platform.clock.now());
  const shown = rows.map(({ id, field, name, length, received, modified }) => ({ id, field, name, length, received, modified }));
  return Object.fromEntries(Map.groupBy(shown, ({ field }) => field));
}
