import { createHash } from 'node:crypto';
import {
  chunkBytes,
  contentBytes,
  type Head,
  headBytes,
  openChunk,
  openTrailer,
  sealChunk,
  sealTrailer,
  storedBytes,
  tagBytes,
  trailerBytes,
} from './blob-format.ts';
import type { ByteObject, ByteSink, WriteLimits } from './blobs.ts';
import { isSameSecret } from './crypto.ts';
import { Failure } from './errors.ts';
import { type Digests, type Hashing, hashHere } from './hashing.ts';
import { hashApart } from './hashing-apart.ts';

/** From so many announced bytes on, a thread of its own is worth its start. */
const hashedApart = 16 * 2 ** 20;

const sealedChunkBytes = chunkBytes + tagBytes;

/** Hashes, encrypts and writes a stream as it arrives: memory stays at two chunks, whatever the size. */
export class Sealer {
  readonly #head: Head;
  readonly #sink: ByteSink;
  readonly #limits: WriteLimits;
  readonly #hashing: Hashing;
  #cipher: ReturnType<typeof sealChunk> | null = null;
  #index = 0;
  #inChunk = 0;
  #pending: Buffer[] = [];
  #writing: Promise<void> = Promise.resolve();
  #size = 0;

  constructor(head: Head, sink: ByteSink, limits: WriteLimits) {
    this.#head = head;
    this.#sink = sink;
    this.#limits = limits;
    this.#hashing = (limits.announced ?? 0) >= hashedApart ? hashApart() : hashHere();
  }

  /** Takes the next bytes. Resolves when there is room for more. */
  async push(bytes: Uint8Array): Promise<void> {
    this.#size += bytes.length;
    if (this.#size > this.#limits.maxBytes) throw this.#limits.tooLarge();
    const hashed = this.#hashing.update(bytes);
    if (hashed) await hashed;
    for (let rest = bytes; rest.length > 0; ) {
      const piece = rest.subarray(0, chunkBytes - this.#inChunk);
      this.#cipher ??= sealChunk(this.#head, this.#index);
      this.#pending.push(this.#cipher.update(piece));
      this.#inChunk += piece.length;
      rest = rest.subarray(piece.length);
      if (this.#inChunk === chunkBytes) {
        this.#closeChunk();
        await this.#flush();
      }
    }
  }

  #closeChunk(): void {
    if (!this.#cipher) return;
    this.#pending.push(this.#cipher.final(), this.#cipher.getAuthTag());
    this.#cipher = null;
    this.#index += 1;
    this.#inChunk = 0;
  }

  /** Waits for the previous write and starts the next: the disk works while the next megabyte is hashed and encrypted. */
  async #flush(): Promise<void> {
    const buffers = this.#pending;
    this.#pending = [];
    await this.#writing;
    this.#writing = this.#sink.write(buffers);
    this.#writing.catch(() => {}); // reported when it is awaited
  }

  /** Writes what is left and the trailer. The sink still has to be committed. */
  async end(): Promise<Digests & { size: number }> {
    this.#closeChunk();
    const digests = await this.#hashing.digest();
    this.#pending.push(sealTrailer(this.#head, this.#size, Buffer.from(digests.sha256, 'hex')));
    await this.#flush();
    await this.#writing;
    return { size: this.#size, ...digests };
  }

  /** Nothing more will come. The sink still has to be aborted. */
  abandon(): void {
    this.#hashing.abandon();
  }
}

function damaged(head: Head, detail: string): Failure {
  return new Failure('damaged', 'platform.damaged', {}, new Error(`blob ${head.id} ${detail}`));
}

/** Size of the content, from the size of the object. */
export async function sealedSize(head: Head, object: ByteObject): Promise<number> {
  const size = contentBytes(await object.size());
  if (size < 0) throw damaged(head, 'was cut off');
  return size;
}

/** The content from `start` to `end` (exclusive), chunk by chunk, each checked before it is yielded. */
export async function* unsealRange(
  head: Head,
  object: ByteObject,
  start: number,
  end: number,
  size: number,
): AsyncGenerator<Buffer> {
  if (start >= end) return;
  let index = Math.floor(start / chunkBytes);
  const from = headBytes + index * sealedChunkBytes;
  const lastIndex = Math.floor((end - 1) / chunkBytes);
  const to = Math.min(headBytes + (lastIndex + 1) * sealedChunkBytes, storedBytes(size) - trailerBytes);
  for await (const sealed of object.blocks(from, to, sealedChunkBytes)) {
    const content = openChunk(head, index, sealed);
    const offset = index * chunkBytes;
    yield content.subarray(Math.max(0, start - offset), Math.min(content.length, end - offset));
    index += 1;
  }
  if (index <= lastIndex) throw damaged(head, 'was cut off');
}

/** The SHA-256 that was computed when the blob was written. Throws `damaged` when the blob was cut off or lengthened. */
export async function readTrailer(head: Head, object: ByteObject, size: number): Promise<Buffer> {
  return openTrailer(head, size, await object.read(storedBytes(size) - trailerBytes, trailerBytes + 1));
}

/** Opens a blob of at most one chunk that lies whole in `stored`, and compares its hash. */
export function unsealSmall(head: Head, stored: Buffer, size: number): Buffer {
  if (stored.length !== storedBytes(size)) throw damaged(head, 'has another length than it was stored with');
  const end = stored.length - trailerBytes;
  const content = size === 0 ? Buffer.alloc(0) : openChunk(head, 0, stored.subarray(headBytes, end));
  const kept = openTrailer(head, size, stored.subarray(end));
  if (!isSameSecret(createHash('sha256').update(content).digest(), kept)) throw damaged(head, 'has another hash');
  return content;
}
