import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { type BlobKind, type Head, headBytes, makeHead, readHead, rewrapHead, storedBytes } from './blob-format.ts';
import { readTrailer, Sealer, sealedSize, unsealRange, unsealSmall } from './blob-seal.ts';
import { giveBack, lend } from './bytes.ts';
import { isSameSecret } from './crypto.ts';
import { Failure } from './errors.ts';
import type { Keys } from './keys.ts';

/** Name of an object in a store. It is made by us; no user string ever becomes part of it. */
export type StoredKey = { readonly tenant: number; readonly name: string };

/** Takes bytes in order. After `commit` resolves they survive a power cut; before it nobody can see them. */
export type ByteSink = {
  /** Nobody else may use the buffers from now on: their memory is freed when it is no longer needed. */
  write(buffers: readonly Buffer[]): Promise<void>;
  commit(): Promise<void>;
  /** Leaves nothing behind. Allowed at any time, also after a failed `commit`. */
  abort(): Promise<void>;
};

/** An object that is open for reading. */
export type ByteObject = {
  size(): Promise<number>;
  /** Up to `length` bytes from `start`; fewer only at the end. */
  read(start: number, length: number): Promise<Buffer>;
  /**
   * All bytes from `start` to `end` (exclusive) in blocks of exactly `blockBytes`, the last one shorter. A block is good until
   * the next one is asked for; its memory may be used again then.
   */
  blocks(start: number, end: number, blockBytes: number): AsyncGenerator<Buffer>;
  close(): Promise<void>;
};

/** `size` is of the whole object, head included; of an unfinished one it may be 0. */
export type StoredEntry = { readonly name: string; readonly size: number; readonly modified: Date; readonly isPartial: boolean };

/**
 * Where bytes lie: a local disk or S3. Both pass `blobs.contract.ts`. Knows nothing of encryption; `head` are the first
 * {@link headBytes} bytes of every object, kept where they can be replaced without rewriting the rest.
 */
export type ByteStore = {
  create(key: StoredKey, head: Buffer): Promise<ByteSink>;
  /** Null when there is no such object. */
  open(key: StoredKey): Promise<ByteObject | null>;
  replaceHead(key: StoredKey, head: Buffer): Promise<void>;
  /** Removing what is not there is no error. */
  remove(key: StoredKey): Promise<void>;
  removeTenant(tenant: number): Promise<void>;
  /** Shard by shard, each sorted by name: a long walk can be broken off and taken up again. */
  list(tenant: number, shard?: string): AsyncIterable<StoredEntry>;
  /**
   * The shards of a tenant, each with the time (milliseconds) at which an object last came or went: whoever remembers it need not
   * list the shard again. Absent where the store does not know.
   */
  shards?(tenant: number): Promise<ReadonlyMap<string, number>>;
  /** Resolves when the store can be used; throws `unavailable` when it cannot. */
  check(): Promise<void>;
};

/** What was stored: hashes are hexadecimal and of the content, before encryption. */
export type StoredBlob = { readonly id: string; readonly size: number; readonly sha256: string; readonly sha1: string };

export type WriteLimits = {
  /** Most bytes that are taken. More is refused with {@link tooLarge}. */
  readonly maxBytes: number;
  readonly tooLarge: () => Failure;
  /** How many are said to come, if it was said; not relied on. Of what is large the hashes are computed in a thread of their own. */
  readonly announced?: number | null;
};

/** A piece of content that arrived on its own; see {@link Blobs.compose}. */
export type Part = { readonly index: number; readonly size: number };

/** An open blob. Close it, whatever happens. */
export type BlobReader = {
  readonly size: number;
  /** The bytes from `start` to `end` (exclusive). Every chunk's tag is checked before a byte of it is yielded. */
  read(start: number, end: number): AsyncGenerator<Buffer>;
  close(): Promise<void>;
};

export type Blobs = {
  /** Stores a stream; when it resolves, the bytes are durable. Leaves nothing behind when it throws. */
  write(tenant: number, source: AsyncIterable<Uint8Array>, limits: WriteLimits): Promise<StoredBlob>;
  /** An id under which parts can be stored and then composed. */
  reserve(): string;
  /** Stores one part of a blob that is still arriving. A part of the same index must not exist. */
  writePart(
    tenant: number,
    id: string,
    index: number,
    source: AsyncIterable<Uint8Array>,
    limits: WriteLimits,
  ): Promise<StoredBlob>;
  /** Makes the parts one blob, in the order given, in constant time: the bytes stay where they are. */
  compose(tenant: number, id: string, parts: readonly Part[]): Promise<void>;
  open(tenant: number, id: string): Promise<BlobReader>;
  /** A whole blob of at most {@link chunkBytes}, whose size is known; the fast way for small files. Its hash is compared. */
  readSmall(tenant: number, id: string, size: number): Promise<Buffer>;
  /** Removes a blob and its parts. */
  remove(tenant: number, id: string): Promise<void>;
  /** Removes one object by its stored name (see {@link list}): an orphan, an unfinished one, a part. */
  removeNamed(tenant: number, name: string): Promise<void>;
  removeTenant(tenant: number): Promise<void>;
  /** Reads everything and compares with the hash kept inside. Throws `damaged`. */
  verify(tenant: number, name: string): Promise<{ size: number; sha256: string }>;
  /** The parts of a blob that was composed; null for one that was written whole. Throws `damaged`. */
  parts(tenant: number, name: string): Promise<readonly Part[] | null>;
  /** Wraps the blob's key with the tenant's newest key; false when it was already. */
  rewrap(tenant: number, name: string): Promise<boolean>;
  /** Everything in the store, unfinished and part objects included, in the order of {@link shardOf} and then of names. */
  list(tenant: number): AsyncIterable<StoredEntry>;
  /** Resolves when the store can be used; throws `unavailable` when it cannot. */
  check(): Promise<void>;
};

/** Most parts of one blob: bounds the manifest, and what a hostile client can make us keep track of. */
export const mostParts = 10_000;

/** The stored name of a part. A blob of a single part is known by it, and needs no list of parts. */
export const partName = (id: string, index: number) => `${id}.${index}`;

/** A stored name is a blob's id, with `.INDEX` behind it for a part (and `.part` while it is being written). */
export function blobIdOf(name: string): string {
  return name.split('.')[0] as string;
}

/** How long one shard is written to before the next: so that one sync of a directory serves all who write at once. */
const shardMilliseconds = 1_000;

/** Where a store puts an object, and in which order it lists: by the last two characters of the blob's id. */
export function shardOf(name: string): string {
  return blobIdOf(name).slice(-2);
}

/** The id inside a part's head is its own, derived from blob and index: parts cannot be swapped within the store. */
function headId(name: string): string {
  const [id = '', index] = name.split('.');
  return index === undefined ? id : createHash('sha256').update(`${id} part ${index}`).digest('hex').slice(0, 32);
}

type OpenBlob = { readonly head: Head & { keyId: number }; readonly object: ByteObject };

/** The encrypted store over a plain one. */
class EncryptedBlobs implements Blobs {
  readonly #store: ByteStore;
  readonly #keys: Keys;

  constructor(store: ByteStore, keys: Keys) {
    this.#store = store;
    this.#keys = keys;
  }

  /** Random but for the last byte, the second of the day in 256 steps: what is written at about the same time lies in one shard. */
  reserve(): string {
    const id = randomBytes(16);
    id[15] = Math.floor(Date.now() / shardMilliseconds);
    return id.toString('hex');
  }

  write(tenant: number, source: AsyncIterable<Uint8Array>, limits: WriteLimits): Promise<StoredBlob> {
    return this.#seal('content', { tenant, name: this.reserve() }, source, limits);
  }

  writePart(
    tenant: number,
    id: string,
    index: number,
    source: AsyncIterable<Uint8Array>,
    limits: WriteLimits,
  ): Promise<StoredBlob> {
    return this.#seal('content', { tenant, name: partName(id, index) }, source, limits);
  }

  async compose(tenant: number, id: string, parts: readonly Part[]): Promise<void> {
    const list = Buffer.from(JSON.stringify(parts.map((part) => [part.index, part.size])));
    const limits = { maxBytes: list.length, tooLarge: () => new Failure('internal', 'platform.internal') };
    await this.#seal('manifest', { tenant, name: id }, Readable.from([list]), limits);
  }

  async #seal(kind: BlobKind, key: StoredKey, source: AsyncIterable<Uint8Array>, limits: WriteLimits): Promise<StoredBlob> {
    const { head, bytes } = makeHead(kind, key.tenant, headId(key.name), await this.#keys.current(key.tenant));
    const sink = await this.#store.create(key, bytes);
    const sealer = new Sealer(head, sink, limits);
    try {
      for await (const piece of source) await sealer.push(piece);
      const stored = await sealer.end();
      await sink.commit();
      return { id: blobIdOf(key.name), ...stored };
    } catch (error) {
      sealer.abandon();
      await sink.abort();
      throw error;
    }
  }

  async #open(tenant: number, name: string): Promise<OpenBlob> {
    const object = await this.#store.open({ tenant, name });
    if (!object) throw new Failure('damaged', 'platform.damaged', {}, new Error(`blob ${name} is missing`));
    try {
      const head = await this.#head(tenant, name, await object.read(0, headBytes));
      return { head, object };
    } catch (error) {
      await object.close();
      throw error;
    }
  }

  #head(tenant: number, name: string, bytes: Buffer): Promise<Head & { keyId: number }> {
    return readHead(bytes, tenant, headId(name), (id) => this.#keys.byId(tenant, id));
  }

  async readSmall(tenant: number, id: string, size: number): Promise<Buffer> {
    const object = await this.#store.open({ tenant, name: id });
    if (!object) throw new Failure('damaged', 'platform.damaged', {}, new Error(`blob ${id} is missing`));
    let stored: Buffer;
    try {
      stored = await object.read(0, storedBytes(size) + 1);
    } finally {
      await object.close();
    }
    const head = await this.#head(tenant, id, stored.subarray(0, headBytes));
    if (head.kind === 'content') {
      const content = unsealSmall(head, stored, size);
      giveBack(stored);
      return content;
    }
    const reader = await this.open(tenant, id);
    try {
      return Buffer.concat(await Array.fromAsync(reader.read(0, reader.size)));
    } finally {
      await reader.close();
    }
  }

  async open(tenant: number, id: string): Promise<BlobReader> {
    const { head, object } = await this.#open(tenant, id);
    try {
      const size = await sealedSize(head, object);
      if (head.kind === 'manifest') return await this.#openComposed(tenant, id, { head, object }, size);
      return {
        size,
        read: (start, end) => unsealRange(head, object, start, Math.min(end, size), size),
        close: () => object.close(),
      };
    } catch (error) {
      await object.close();
      throw error;
    }
  }

  async #openComposed(tenant: number, id: string, { head, object }: OpenBlob, listSize: number): Promise<BlobReader> {
    const parts = await readManifest(head, object, listSize);
    await object.close();
    return {
      size: parts.reduce((sum, part) => sum + part.size, 0),
      read: (start, end) => this.#readParts(tenant, id, parts, { start, end }),
      close: async () => {},
    };
  }

  async *#readParts(
    tenant: number,
    id: string,
    parts: readonly Part[],
    range: { start: number; end: number },
  ): AsyncGenerator<Buffer> {
    let offset = 0;
    for (const part of parts) {
      const start = Math.max(0, range.start - offset);
      const end = Math.min(part.size, range.end - offset);
      offset += part.size;
      if (start >= end) continue;
      const { head, object } = await this.#open(tenant, partName(id, part.index));
      try {
        yield* unsealRange(head, object, start, end, part.size);
      } finally {
        await object.close();
      }
    }
  }

  async remove(tenant: number, id: string): Promise<void> {
    const object = await this.#store.open({ tenant, name: id });
    if (!object) return;
    let parts: readonly Part[] = [];
    try {
      const head = await this.#head(tenant, id, await object.read(0, headBytes));
      if (head.kind === 'manifest') parts = await readManifest(head, object, await sealedSize(head, object));
    } finally {
      await object.close();
    }
    for (const part of parts) await this.#store.remove({ tenant, name: partName(id, part.index) });
    await this.#store.remove({ tenant, name: id });
  }

  removeNamed(tenant: number, name: string): Promise<void> {
    return this.#store.remove({ tenant, name });
  }

  removeTenant(tenant: number): Promise<void> {
    return this.#store.removeTenant(tenant);
  }

  async verify(tenant: number, name: string): Promise<{ size: number; sha256: string }> {
    const { head, object } = await this.#open(tenant, name);
    try {
      const size = await sealedSize(head, object);
      if (head.kind === 'manifest') return await this.#verifyComposed(tenant, name, await readManifest(head, object, size));
      const kept = await readTrailer(head, object, size);
      const hash = createHash('sha256');
      for await (const piece of lend(unsealRange(head, object, 0, size, size))) hash.update(piece);
      const found = hash.digest();
      if (!isSameSecret(found, kept))
        throw new Failure('damaged', 'platform.damaged', {}, new Error(`blob ${name} has another hash`));
      return { size, sha256: found.toString('hex') };
    } finally {
      await object.close();
    }
  }

  async #verifyComposed(tenant: number, id: string, parts: readonly Part[]): Promise<{ size: number; sha256: string }> {
    const hash = createHash('sha256');
    let size = 0;
    for await (const piece of lend(this.#readParts(tenant, id, parts, { start: 0, end: Number.MAX_SAFE_INTEGER }))) {
      hash.update(piece);
      size += piece.length;
    }
    return { size, sha256: hash.digest('hex') };
  }

  async parts(tenant: number, name: string): Promise<readonly Part[] | null> {
    const { head, object } = await this.#open(tenant, name);
    try {
      return head.kind === 'manifest' ? await readManifest(head, object, await sealedSize(head, object)) : null;
    } finally {
      await object.close();
    }
  }

  async rewrap(tenant: number, name: string): Promise<boolean> {
    const object = await this.#store.open({ tenant, name });
    if (!object) return false;
    let bytes: Buffer;
    try {
      bytes = await object.read(0, headBytes);
    } finally {
      await object.close();
    }
    const head = await this.#head(tenant, name, bytes);
    const newest = await this.#keys.current(tenant);
    if (head.keyId === newest.id) return false;
    await this.#store.replaceHead({ tenant, name }, rewrapHead(bytes, head, newest));
    return true;
  }

  list(tenant: number): AsyncIterable<StoredEntry> {
    return this.#store.list(tenant);
  }

  check(): Promise<void> {
    return this.#store.check();
  }
}

async function readManifest(head: Head, object: ByteObject, size: number): Promise<Part[]> {
  const text = Buffer.concat(await Array.fromAsync(unsealRange(head, object, 0, size, size))).toString();
  return (JSON.parse(text) as [number, number][]).map(([index, partSize]) => ({ index, size: partSize }));
}

/** Opens the encrypted store over a plain one. */
export function openBlobs(store: ByteStore, keys: Keys): Blobs {
  return new EncryptedBlobs(store, keys);
}
