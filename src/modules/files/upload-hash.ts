import { createHash, type Hash } from 'node:crypto';
import type { Context } from '#platform/context';
import type { UploadPart } from './store/uploads.ts';

/**
 * The hashes of an upload that arrives in parts, taken along while it arrives: what comes in order to one process is not read again
 * at the end. Whatever this process has not seen is read then; what it has seen counts only as far as it is what is stored.
 * Why not more: docs/decisions/0018-hashes-of-parts.md.
 */

/** Uploads whose hashes a process remembers. */
const mostRemembered = 500;

/** What has been hashed: these parts in this order. It is never changed, only replaced by what comes behind it. */
type Running = {
  readonly parts: readonly number[];
  readonly bytes: number;
  /** Of the last part. */
  readonly position: number;
  readonly sha256: Hash;
  readonly sha1: Hash;
};

const running = new Map<string, Running>();

const start = (): Running => ({ parts: [], bytes: 0, position: -1, sha256: createHash('sha256'), sha1: createHash('sha1') });

/** Clients count their parts, from 0 or 1, or name them by the byte at which they begin. */
const isNext = ({ parts, bytes, position }: Running, next: number) =>
  parts.length === 0 ? next <= 1 : next === position + 1 || next === bytes;

export type Along = {
  /** The same bytes, hashed on their way. */
  through(source: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
  /** The part is stored and in the books. Until then nothing is remembered of it. */
  keep(part: Pick<UploadPart, 'part' | 'size'>): void;
};

const notAlong: Along = { through: (source) => source, keep: () => {} };

/**
 * Begins to take the hash of a part along, if it is the next one after all this process has seen.
 * @param isFirst nothing of the upload is there yet, in any process
 */
export function hashAlong(id: string, position: number, isFirst: boolean): Along {
  const known = running.get(id);
  const base = known ?? (isFirst ? start() : null);
  if (!base || !isNext(base, position)) return notAlong;
  const [sha256, sha1] = [base.sha256.copy(), base.sha1.copy()];
  return {
    through: (source) => feeding(source, [sha256, sha1]),
    keep: ({ part, size }) => {
      // Of two that began behind the same one, only the first is the next.
      if (running.get(id) !== known) return;
      remember(id, { parts: [...base.parts, part], bytes: base.bytes + size, position, sha256, sha1 });
    },
  };
}

async function* feeding(source: AsyncIterable<Uint8Array>, hashes: readonly Hash[]): AsyncGenerator<Uint8Array> {
  for await (const piece of source) {
    for (const hash of hashes) hash.update(piece);
    yield piece;
  }
}

/** The latest last, so that the one that waited longest goes. */
function remember(id: string, state: Running): void {
  running.delete(id);
  running.set(id, state);
  if (running.size > mostRemembered) running.delete(running.keys().next().value as string);
}

export function forgetHash(id: string): void {
  running.delete(id);
}

/** The hashes of the composed upload, hexadecimal. Reads what this process has not seen arriving. */
export async function hashOfParts(
  ctx: Context,
  id: string,
  parts: readonly UploadPart[],
): Promise<{ readonly sha256: string; readonly sha1: string }> {
  const known = running.get(id);
  // A part may have been sent again, or another process may have taken one in between: only what is stored now counts.
  const seen = known?.parts.every((part, index) => parts[index]?.part === part) ? known : start();
  const [sha256, sha1] = [seen.sha256.copy(), seen.sha1.copy()];
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  if (seen.bytes < size) {
    ctx.platform.metrics.count('bytes_hashed_again_total', {}, size - seen.bytes);
    await readInto(ctx, id, { start: seen.bytes, end: size, hashes: [sha256, sha1] });
    // Whoever is refused now (a wrong checksum, a change meanwhile) and asks again does not wait for it again.
    const position = parts.at(-1)?.position ?? 0;
    remember(id, { parts: parts.map(({ part }) => part), bytes: size, position, sha256: sha256.copy(), sha1: sha1.copy() });
  }
  return { sha256: sha256.digest('hex'), sha1: sha1.digest('hex') };
}

type Stretch = { readonly start: number; readonly end: number; readonly hashes: readonly Hash[] };

async function readInto(ctx: Context, id: string, { start: from, end, hashes }: Stretch): Promise<void> {
  const reader = await ctx.platform.blobs.open(ctx.actor.tenant, id);
  try {
    for await (const piece of reader.read(from, end)) for (const hash of hashes) hash.update(piece);
  } finally {
    await reader.close();
  }
}
