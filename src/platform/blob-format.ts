import { type CipherGCM, createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { unwrapKey, wrapKey } from './crypto.ts';
import { Failure } from './errors.ts';

/**
 * How a blob lies in the store: a head of 256 bytes, chunks of 1 MiB, each AES-256-GCM with its own tag, and a trailer with
 * the SHA-256 of the content. Blob id and chunk index are authenticated with every chunk, the size with the trailer, so that
 * nothing can be changed, swapped, moved to another blob, cut off or added. The nonce is the chunk's index: the key is used
 * for this one blob only. (The trailer, and not a mark on the last chunk, says where the end is: a stream learns only after
 * its last byte that it was the last, and gathering a chunk before sealing it would cost a copy.)
 *
 *   head: "RSTB" | version 1 | algorithm 1 | kind | 0 | tenant u32 | blob id 16 bytes | two key slots | zeros
 *   slot: tenant key id u32 (0: empty) | the blob's key, wrapped by that key, 60 bytes
 *
 * Two slots, because a rotation writes the one that is not in use: a crash in the middle leaves the other one whole.
 */
export const headBytes = 256;
export const chunkBytes = 2 ** 20;
export const tagBytes = 16;
export const trailerBytes = 32 + tagBytes;

const slotBytes = 64;
const slotOffsets = [28, 28 + slotBytes] as const;
const magic = 'RSTB';
const version = 1;
const aes256gcm = 1;

/** `content`: the chunks are the bytes. `manifest`: the chunks are a list of parts, see `blobs.ts`. */
export type BlobKind = 'content' | 'manifest';
const kinds: readonly BlobKind[] = ['content', 'manifest'];

export type Head = { readonly kind: BlobKind; readonly tenant: number; readonly id: string; readonly key: Buffer };

/** What the blob's key is wrapped for: a list of parts passed off as content, or the other way round, does not open. */
const label = (kind: BlobKind, tenant: number, id: string) => `${kind === 'content' ? 'blob' : kind} ${tenant} ${id}`;

/** Bytes in the store for so many bytes of content. */
export function storedBytes(size: number): number {
  return headBytes + size + tagBytes * Math.ceil(size / chunkBytes) + trailerBytes;
}

/** Bytes of content for so many bytes in the store. */
export function contentBytes(stored: number): number {
  const body = stored - headBytes - trailerBytes;
  return body - tagBytes * Math.ceil(body / (chunkBytes + tagBytes));
}

/** A new head with a new random key, wrapped by the tenant's key. */
export function makeHead(
  kind: BlobKind,
  tenant: number,
  id: string,
  wrapping: { id: number; key: Uint8Array },
): { head: Head; bytes: Buffer } {
  const key = randomBytes(32);
  const bytes = Buffer.alloc(headBytes);
  bytes.write(magic, 0, 'latin1');
  bytes.set([version, aes256gcm, kinds.indexOf(kind), 0], 4);
  bytes.writeUInt32BE(tenant, 8);
  bytes.write(id, 12, 'hex');
  writeSlot(bytes, slotOffsets[0], wrapping, key, label(kind, tenant, id));
  return { head: { kind, tenant, id, key }, bytes };
}

function writeSlot(bytes: Buffer, offset: number, wrapping: { id: number; key: Uint8Array }, key: Buffer, text: string): void {
  bytes.writeUInt32BE(wrapping.id, offset);
  wrapKey(wrapping.key, key, text).copy(bytes, offset + 4);
}

function damaged(detail: string): Failure {
  return new Failure('damaged', 'platform.damaged', {}, new Error(detail));
}

function checkHead(bytes: Buffer, tenant: number, id: string): BlobKind {
  if (bytes.length !== headBytes || bytes.toString('latin1', 0, 4) !== magic) throw damaged(`blob ${id} has no head`);
  if (bytes[4] !== version || bytes[5] !== aes256gcm || bytes[7] !== 0)
    throw damaged(`blob ${id} has format ${bytes[4]}.${bytes[5]}.${bytes[7]}`);
  if (bytes.readUInt32BE(8) !== tenant || bytes.toString('hex', 12, 28) !== id) throw damaged(`blob ${id} is another blob`);
  const kind = kinds[bytes[6] as number];
  if (!kind) throw damaged(`blob ${id} is of kind ${bytes[6]}`);
  return kind;
}

/** Opens a head with the newest tenant key that fits one of its slots. Throws `damaged`. */
export async function readHead(
  bytes: Buffer,
  tenant: number,
  id: string,
  keyById: (keyId: number) => Promise<Uint8Array>,
): Promise<Head & { keyId: number }> {
  const kind = checkHead(bytes, tenant, id);
  let cause: unknown = new Error(`blob ${id} has no key slot`);
  const slots = slotOffsets.map((offset) => ({ offset, keyId: bytes.readUInt32BE(offset) })).filter(({ keyId }) => keyId > 0);
  for (const { offset, keyId } of slots.sort((a, b) => b.keyId - a.keyId)) {
    try {
      const key = unwrapKey(await keyById(keyId), bytes.subarray(offset + 4, offset + slotBytes), label(kind, tenant, id));
      return { kind, tenant, id, key, keyId };
    } catch (error) {
      cause = error;
    }
  }
  throw damaged(`blob ${id}: ${String(cause)}`);
}

/** The same head with the blob's key wrapped by another tenant key, in the slot that is not in use. */
export function rewrapHead(bytes: Buffer, head: Head & { keyId: number }, wrapping: { id: number; key: Uint8Array }): Buffer {
  const next = Buffer.from(bytes);
  const used = slotOffsets.find((offset) => bytes.readUInt32BE(offset) === head.keyId) ?? slotOffsets[0];
  const free = used === slotOffsets[0] ? slotOffsets[1] : slotOffsets[0];
  writeSlot(next, free, wrapping, head.key, label(head.kind, head.tenant, head.id));
  return next;
}

const trailerIndex = 2 ** 48 - 1;

function nonceOf(index: number): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(index, 6, 6);
  return nonce;
}

/** What is authenticated with a chunk (its index), or with the trailer (the size of the whole). */
function associated(id: string, kind: 'chunk' | 'trailer', value: number): Buffer {
  const data = Buffer.alloc(23);
  data.write(id, 0, 'hex');
  data.writeUIntBE(value, 16, 6);
  data[22] = kind === 'trailer' ? 1 : 0;
  return data;
}

/** Encrypts one chunk piece by piece, so that a megabyte need not be gathered first: `update` …, `final`, `getAuthTag`. */
export function sealChunk(head: Head, index: number): CipherGCM {
  return createCipheriv('aes-256-gcm', head.key, nonceOf(index)).setAAD(associated(head.id, 'chunk', index));
}

/** Decrypts and checks one chunk. Throws `damaged` if a single bit is not as it was written. */
export function openChunk(head: Head, index: number, sealed: Buffer): Buffer {
  return unseal(head, nonceOf(index), associated(head.id, 'chunk', index), sealed);
}

/** The end of a blob: the SHA-256 of its content, bound to its size. A blob without it was cut off. */
export function sealTrailer(head: Head, size: number, sha256: Buffer): Buffer {
  const cipher = createCipheriv('aes-256-gcm', head.key, nonceOf(trailerIndex)).setAAD(associated(head.id, 'trailer', size));
  return Buffer.concat([cipher.update(sha256), cipher.final(), cipher.getAuthTag()]);
}

/** The SHA-256 in the trailer. Throws `damaged` when the blob was cut off, lengthened or changed. */
export function openTrailer(head: Head, size: number, sealed: Buffer): Buffer {
  return unseal(head, nonceOf(trailerIndex), associated(head.id, 'trailer', size), sealed);
}

function unseal(head: Head, nonce: Buffer, data: Buffer, sealed: Buffer): Buffer {
  if (sealed.length < tagBytes) throw damaged(`blob ${head.id} was cut off`);
  const decipher = createDecipheriv('aes-256-gcm', head.key, nonce).setAAD(data);
  decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes));
  try {
    const content = decipher.update(sealed.subarray(0, sealed.length - tagBytes));
    decipher.final();
    return content;
  } catch (cause) {
    throw new Failure('damaged', 'platform.damaged', {}, new Error(`blob ${head.id}: ${String(cause)}`));
  }
}
