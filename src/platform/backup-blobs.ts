import { createHash } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type BlobLine,
  blobPath,
  comparePlaces,
  type Dump,
  hashFile,
  listDumps,
  type Manifest,
  places,
  readBlobLines,
} from './backup-format.ts';
import { headBytes } from './blob-format.ts';
import type { ByteStore, StoredEntry, StoredKey } from './blobs.ts';
import { openLocalStore } from './blobs-local.ts';

/** Objects that are copied at once, and how much of each is in memory. */
const copiers = 4;
const blockBytes = 4 * 2 ** 20;

export type CopyWay = { readonly from: ByteStore; readonly to: ByteStore; readonly signal?: AbortSignal };

/** Copies one object as it is, head and all; null when it is gone. Durable when it resolves. Throws when the signal says so. */
export async function copyObject(
  { from, to, signal }: CopyWay,
  key: StoredKey,
): Promise<{ size: number; sha256: string } | null> {
  const source = await from.open(key);
  if (!source) return null;
  try {
    const size = await source.size();
    const head = await source.read(0, headBytes);
    const hash = createHash('sha256').update(head);
    const sink = await to.create(key, head);
    try {
      for await (const block of size > headBytes ? source.blocks(headBytes, size, blockBytes) : []) {
        signal?.throwIfAborted();
        hash.update(block);
        await sink.write([Buffer.from(block)]); // a store may keep what it is given for a while, and the block's buffer is used again
      }
      await sink.commit();
    } catch (error) {
      await sink.abort();
      throw error;
    }
    return { size, sha256: hash.digest('hex') };
  } finally {
    await source.close();
  }
}

/** Does work for many things at once, and gives the results in their order. */
export async function* inOrder<T, R>(items: AsyncIterable<T>, most: number, work: (item: T) => Promise<R>): AsyncGenerator<R> {
  const waiting: Promise<R>[] = [];
  for await (const item of items) {
    const doing = work(item);
    doing.catch(() => {}); // thrown when its turn comes
    waiting.push(doing);
    if (waiting.length >= most) yield (await waiting.shift()) as R;
  }
  while (waiting.length > 0) yield (await waiting.shift()) as R;
}

/** What the store has, tenant by tenant, each with what the previous dump knew of it: both come in one order. */
async function* withKnown(store: ByteStore, tenants: readonly number[], known: AsyncGenerator<BlobLine>) {
  let before = await known.next();
  for (const tenant of tenants.toSorted((a, b) => a - b)) {
    for await (const entry of store.list(tenant)) {
      if (entry.isPartial) continue;
      const place = { tenant, name: entry.name };
      while (!before.done && comparePlaces(before.value, place) < 0) before = await known.next();
      const same = !before.done && comparePlaces(before.value, place) === 0 ? before.value : null;
      yield { tenant, entry, same };
    }
  }
}

type Found = { readonly tenant: number; readonly entry: StoredEntry; readonly same: BlobLine | null };

async function* nothing(): AsyncGenerator<BlobLine> {}

/**
 * Copies what the directory does not have yet, and lists everything in order. A blob never changes but for its head, and every
 * generation of keys is in the database: a copy of any time does.
 */
export async function* copyBlobs(
  store: ByteStore,
  directory: string,
  tenants: readonly number[],
  copied: { count: number },
): AsyncGenerator<BlobLine> {
  const target = openLocalStore(places.blobs(directory));
  const last = (await listDumps(directory)).find((dump): dump is Dump & { manifest: Manifest } => dump.manifest !== null);
  const known = last ? readBlobLines(last.folder, last.manifest) : nothing();
  const take = async ({ tenant, entry, same }: Found): Promise<BlobLine | null> => {
    const key = { tenant, name: entry.name };
    const there = await stat(blobPath(directory, key)).catch(() => null);
    if (there?.size === entry.size)
      return { ...key, size: entry.size, sha256: same?.sha256 ?? (await hashFile(blobPath(directory, key))) };
    await rm(`${blobPath(directory, key)}.part`, { force: true }); // of a backup that was broken off
    const done = await copyObject({ from: store, to: target }, key);
    if (done) copied.count += 1;
    return done && { ...key, ...done };
  };
  for await (const line of inOrder(withKnown(store, tenants, known), copiers, take)) if (line) yield line;
}

/** Brings the blobs of a dump into a store. What is there already under a name is written anew: it may be half of an earlier try. */
export async function restoreBlobs(
  directory: string,
  dump: Dump & { readonly manifest: Manifest },
  store: ByteStore,
): Promise<number> {
  const source = openLocalStore(places.blobs(directory));
  let count = 0;
  const put = async (line: BlobLine) => {
    await store.remove({ tenant: line.tenant, name: `${line.name}.part` });
    const done = await copyObject({ from: source, to: store }, line);
    if (done?.sha256 !== line.sha256) throw new Error(`${line.name} changed while it was restored`);
  };
  for await (const _done of inOrder(readBlobLines(dump.folder, dump.manifest), copiers, put)) count += 1;
  return count;
}

/** Removes dumps beyond the newest so many finished ones, unfinished older ones, and blobs that none of the remaining lists. */
export async function prune(directory: string, keep: number): Promise<{ dumps: number; blobs: number }> {
  const dumps = await listDumps(directory);
  const finished = dumps.filter((dump): dump is Dump & { manifest: Manifest } => dump.manifest !== null);
  const kept = finished.slice(0, keep);
  const gone = dumps.filter((dump) => !kept.some(({ name }) => name === dump.name));
  for (const { folder } of gone) await rm(folder, { recursive: true, force: true });
  return { dumps: gone.length, blobs: gone.length === 0 ? 0 : await removeUnlisted(directory, kept) };
}

async function removeUnlisted(directory: string, kept: readonly (Dump & { manifest: Manifest })[]): Promise<number> {
  const lists = kept.map(({ folder, manifest }) => new Follower(readBlobLines(folder, manifest)));
  const store = openLocalStore(places.blobs(directory));
  const tenants = (await readdir(places.blobs(directory)).catch(() => [])).map(Number).sort((a, b) => a - b);
  let count = 0;
  for (const tenant of tenants) {
    for await (const { name } of store.list(tenant)) {
      const isListed = (await Promise.all(lists.map((list) => list.has({ tenant, name })))).includes(true);
      if (isListed) continue;
      await rm(join(blobPath(directory, { tenant, name })), { force: true });
      count += 1;
    }
  }
  return count;
}

/** Walks along a list as far as it is asked. */
class Follower {
  readonly #lines: AsyncGenerator<BlobLine>;
  #current: BlobLine | null = null;
  #isEnded = false;

  constructor(lines: AsyncGenerator<BlobLine>) {
    this.#lines = lines;
  }

  async has(place: Pick<BlobLine, 'tenant' | 'name'>): Promise<boolean> {
    while (!this.#isEnded && (this.#current === null || comparePlaces(this.#current, place) < 0)) {
      const { value, done } = await this.#lines.next();
      this.#isEnded = done === true;
      this.#current = done ? null : value;
    }
    return this.#current !== null && comparePlaces(this.#current, place) === 0;
  }
}
