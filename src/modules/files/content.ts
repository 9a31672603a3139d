import { chunkBytes } from '#platform/blob-format';
import { lend } from '#platform/bytes';
import type { Context } from '#platform/context';
import { ensure } from '#platform/errors';
import { authorize } from './access.ts';
import type { Entry } from './node.ts';

/** Content that is open for reading. `close` it, whatever happens. */
export type OpenContent = {
  readonly size: number;
  /** Bytes from `start` to `end` (exclusive), each checked before it is yielded. */
  read(start: number, end: number): AsyncIterable<Buffer>;
  close(): Promise<void>;
};

/** What has bytes: a file, or one of its versions. */
type Stored = { readonly blob: string | null; readonly size: number };

/** Up to this size a file is read in one piece: fewer system calls, and its hash is compared as well. */
const smallFile = 256 * 1024;

/** The whole content of a small file (see {@link smallFile}). Throws `damaged` rather than giving wrong bytes. */
async function readSmall(ctx: Context, file: Entry, stored: Stored = file.node): Promise<Buffer> {
  authorize(ctx.actor, 'read', file);
  ensure(stored.blob !== null && stored.size <= chunkBytes, 'conflict', 'files.isAFolder', { name: file.node.name });
  return ctx.platform.blobs.readSmall(ctx.actor.tenant, stored.blob, stored.size);
}

/** Bytes `start` to `end` (exclusive): of a small file in one piece, of a large one as a stream whose pieces are lent (`lend`). */
export function bytesOf(
  ctx: Context,
  file: Entry,
  { start, end }: { start: number; end: number },
  stored: Stored = file.node,
): Promise<Buffer> | AsyncGenerator<Buffer> {
  if (stored.size <= smallFile) return readSmall(ctx, file, stored).then((whole) => whole.subarray(start, end));
  return bytesOfLarge(ctx, file, { start, end }, stored);
}

async function* bytesOfLarge(
  ctx: Context,
  file: Entry,
  { start, end }: { start: number; end: number },
  stored: Stored,
): AsyncGenerator<Buffer> {
  const content = await openContent(ctx, file, stored);
  try {
    yield* lend(content.read(start, end));
  } finally {
    await content.close();
  }
}

/** Opens the content of a file, or of one of its versions. Throws `damaged` when the store has another size than the tree. */
export async function openContent(ctx: Context, file: Entry, stored: Stored = file.node): Promise<OpenContent> {
  authorize(ctx.actor, 'read', file);
  ensure(stored.blob !== null, 'conflict', 'files.isAFolder', { name: file.node.name });
  const reader = await ctx.platform.blobs.open(ctx.actor.tenant, stored.blob);
  if (reader.size === stored.size) return reader;
  await reader.close();
  ensure(false, 'damaged', 'platform.damaged');
}
