import type { StoredBlob } from '#platform/blobs';
import type { Context } from '#platform/context';
import { type Tags, tagOf } from './rules-tags.ts';
import type { ArrivalPiece } from './store/arrival.ts';

/** Authentication tags of what arrived. */

/** So much of its end holds the tag of an envelope. */
const tailBytes = 100;

/** The tag of an envelope that was stored; empty: it is none. */
export async function tagOfStored({ platform }: Context, tenant: number, { id, size }: StoredBlob): Promise<string> {
  const reader = await platform.blobs.open(tenant, id);
  try {
    const parts = await Array.fromAsync(reader.read(Math.max(0, size - tailBytes), size));
    return tagOf(Buffer.concat(parts).toString('latin1'));
  } finally {
    await reader.close();
  }
}

/** The tags of a submission that is here as a whole; null: not all of them are known. */
export function tagsOf(
  { metadata, data }: { readonly metadata: string | null; readonly data: string | null },
  pieces: readonly ArrivalPiece[],
): Tags | null {
  if (pieces.some(({ tag }) => tag === null)) return null;
  const attachments = Object.fromEntries(pieces.map(({ id, tag }) => [id, tag ?? '']));
  return { metadata: tagOf(metadata ?? ''), data: tagOf(data ?? ''), attachments };
}
