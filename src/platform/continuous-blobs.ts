import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { copyObject, inOrder } from './backup-blobs.ts';
import { type ByteStore, type StoredEntry, type StoredKey, shardOf } from './blobs.ts';
import { openLocalStore } from './blobs-local.ts';
import { archive, namesIn } from './continuous-format.ts';

/** The stored files in a continuous backup: what the instance has, and for a while what it had. */

/** Objects that are copied at once. */
const copiers = 4;

/**
 * A directory that changed this lately may change again within the same tick of its clock: what we saw of it is not remembered.
 */
const freshMilliseconds = 2_000;

/** Keeps the backup's blobs like those of a store. */
export class BlobMirror {
  readonly #store: ByteStore;
  readonly #directory: string;
  readonly #target: ByteStore;
  readonly #signal: AbortSignal;
  /** Shards that are as they were when they were last compared. */
  readonly #known = new Map<string, number>();

  /** @param signal breaks off what is being copied */
  constructor(store: ByteStore, directory: string, signal: AbortSignal) {
    this.#signal = signal;
    this.#store = store;
    this.#directory = directory;
    this.#target = openLocalStore(archive.blobs(directory));
  }

  /** Forgets what was compared: the next round looks at everything. */
  forget(): void {
    this.#known.clear();
  }

  /**
   * Copies what the store has and the backup has not, and lays aside what the store has no more. Whatever was in the store when
   * this was called, and still is, is in the backup when it resolves.
   */
  async bringUp(tenants: readonly number[]): Promise<{ copied: number; removed: number }> {
    const done = { copied: 0, removed: 0 };
    const there = (await namesIn(archive.blobs(this.#directory))).map(Number);
    for (const tenant of new Set([...tenants, ...there]))
      for await (const { copied, removed } of this.#tenant(tenant)) {
        done.copied += copied;
        done.removed += removed;
      }
    return done;
  }

  /** Copies the objects that are named, but those it has. What the store has no more is passed over. */
  async bring(keys: readonly StoredKey[]): Promise<void> {
    const way = { from: this.#store, to: this.#target, signal: this.#signal };
    const copy = async (key: StoredKey) => (await sizeIn(this.#target, key)) === null && copyObject(way, key);
    for await (const _done of inOrder(each(keys), copiers, copy)) this.#signal.throwIfAborted();
  }

  async *#tenant(tenant: number) {
    const ours = new Set(await namesIn(join(archive.blobs(this.#directory), String(tenant))));
    for await (const { shard, entries } of this.#store.shards ? this.#changed(tenant, ours) : this.#all(tenant)) {
      ours.delete(shard);
      yield this.#shard(tenant, shard, await entries());
    }
    for (const shard of ours) yield this.#shard(tenant, shard, []); // not one object is left of it
  }

  /** The shards of a store that knows when they changed; of those that did not, nothing is asked. */
  async *#changed(tenant: number, ours: Set<string>) {
    const now = Date.now();
    for (const [shard, changed] of (await this.#store.shards?.(tenant)) ?? []) {
      const key = `${tenant}/${shard}`;
      if (this.#known.get(key) === changed) ours.delete(shard);
      else {
        this.#known.delete(key);
        yield { shard, entries: () => Array.fromAsync(this.#store.list(tenant, shard)) };
        if (now - changed > freshMilliseconds) this.#known.set(key, changed); // reached only when it was copied
      }
    }
  }

  /** The shards of a store that lists everything in one go. */
  async *#all(tenant: number) {
    let group: StoredEntry[] = [];
    for await (const entry of this.#store.list(tenant)) {
      const [first] = group;
      if (first && shardOf(first.name) !== shardOf(entry.name)) {
        const entries = group;
        yield { shard: shardOf(first.name), entries: async () => entries };
        group = [];
      }
      group.push(entry);
    }
    const entries = group;
    if (entries[0]) yield { shard: shardOf(entries[0].name), entries: async () => entries };
  }

  async #shard(tenant: number, shard: string, entries: readonly StoredEntry[]): Promise<{ copied: number; removed: number }> {
    this.#signal.throwIfAborted();
    const folder = join(archive.blobs(this.#directory), String(tenant), shard);
    const ours = new Set(await namesIn(folder));
    const missing = entries.filter(({ name, isPartial }) => !isPartial && !ours.delete(name));
    let copied = 0;
    const way = { from: this.#store, to: this.#target, signal: this.#signal };
    const copy = ({ name }: StoredEntry) => copyObject(way, { tenant, name });
    for await (const done of inOrder(each(missing), copiers, copy)) copied += Number(done !== null);
    for (const name of ours) await this.#layAside(join(folder, name), join(String(tenant), shard, name));
    return { copied, removed: ours.size };
  }

  async #layAside(from: string, place: string): Promise<void> {
    if (from.endsWith('.part')) return rm(from, { force: true }); // of a copy that broke off
    const to = join(archive.removed(this.#directory), new Date().toISOString().slice(0, 10), place);
    await mkdir(dirname(to), { recursive: true, mode: 0o700 });
    await rename(from, to);
  }
}

async function* each<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}

/** Brings every blob of a backup into a store, but those it has already whole. Returns how many were brought. */
export async function restoreMirror(directory: string, store: ByteStore): Promise<number> {
  const days = (await namesIn(archive.removed(directory))).map((day) => join(archive.removed(directory), day));
  let count = 0;
  for (const root of [archive.blobs(directory), ...days]) {
    const source = openLocalStore(root);
    for (const tenant of (await namesIn(root)).map(Number)) {
      const bring = async ({ name, size, isPartial }: StoredEntry) => {
        const key = { tenant, name };
        if (isPartial || (await sizeIn(store, key)) === size) return false;
        await store.remove({ tenant, name: `${name}.part` });
        return (await copyObject({ from: source, to: store }, key)) !== null;
      };
      for await (const isBrought of inOrder(source.list(tenant), copiers, bring)) count += Number(isBrought);
    }
  }
  return count;
}

async function sizeIn(store: ByteStore, key: { tenant: number; name: string }): Promise<number | null> {
  const object = await store.open(key);
  if (object === null) return null;
  try {
    return await object.size();
  } finally {
    await object.close();
  }
}
