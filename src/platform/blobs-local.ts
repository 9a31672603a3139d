import { randomBytes } from 'node:crypto';
import { access, constants, mkdir, readdir, rm, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { headBytes } from './blob-format.ts';
import { type ByteObject, type ByteSink, type ByteStore, type StoredEntry, type StoredKey, shardOf } from './blobs.ts';
import { giveBack } from './bytes.ts';
import { Failure } from './errors.ts';
import {
  closeFile,
  fillBuffer,
  openFile,
  readFile,
  renameFile,
  sizeOf,
  syncDirectory,
  syncFile,
  writeFile,
} from './files-local.ts';

/**
 * Blobs as files: `TENANT/xx/NAME`, xx being the last two characters of the blob's id. A file is written under a temporary
 * name beside its place, synced, renamed, and its directory synced: then it is durable, and only then does anyone hear of it.
 */
export function openLocalStore(root: string): ByteStore {
  const known = new Set<string>();

  async function ensureDirectory(directory: string): Promise<void> {
    if (known.has(directory)) return;
    const made = await mkdir(directory, { recursive: true, mode: 0o700 });
    // A new directory is an entry in its parent, and must survive a power cut as well.
    for (let path = directory; made !== undefined && path.length >= dirname(made).length; path = dirname(path))
      await syncDirectory(path);
    known.add(directory);
  }

  return {
    create: async (key, head) => {
      const path = pathOf(root, key);
      await ensureDirectory(dirname(path));
      return LocalSink.open(path, head);
    },
    open: async (key) => {
      const file = await openFile(pathOf(root, key), 'r').catch(missingAsNull);
      return file === null ? null : new LocalObject(file);
    },
    replaceHead: async (key, head) => {
      const file = await openFile(pathOf(root, key), 'r+');
      try {
        await writeFile(file, [head.subarray(0, headBytes)], 0);
        await syncFile(file);
      } finally {
        await closeFile(file);
      }
    },
    remove: async (key) => {
      await unlink(pathOf(root, key)).catch(missingAsNull);
    },
    removeTenant: async (tenant) => {
      await rm(join(root, String(tenant)), { recursive: true, force: true });
      known.clear();
    },
    list: (tenant, shard) => listTenant(root, tenant, shard),
    shards: (tenant) => changesOf(join(root, String(tenant))),
    check: () => ensureWritable(root),
  };
}

/** A disk that was mounted read-only, or not at all, must be seen before somebody uploads to it. */
async function ensureWritable(root: string): Promise<void> {
  try {
    await mkdir(root, { recursive: true, mode: 0o700 });
    await access(root, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new Failure('unavailable', 'platform.unavailable', {}, error);
  }
}

const partSuffix = '.part';

/**
 * A long file goes to the disk in steps of so many bytes, while the next ones arrive: synced only at its end, all of it would be waited
 * for then, and whoever else wants something durable would wait behind it.
 */
const syncStep = 32 * 2 ** 20;
/** With so many bytes on their way to a slow disk, whoever writes waits. */
const mostUnsynced = 8 * syncStep;

function pathOf(root: string, { tenant, name }: StoredKey): string {
  return join(root, String(tenant), shardOf(name), name);
}

function missingAsNull(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}

class LocalSink implements ByteSink {
  readonly #path: string;
  /** Its own, so that two who write the same object (a list of parts, finished by two at once) do not write into each other. */
  readonly #temporary: string;
  readonly #file: number;
  #isOpen = true;
  /** Goes out with the first write: one system call less for small files. */
  #head: readonly Buffer[];
  #writing: Promise<void> = Promise.resolve();
  /** Bytes written since the last sync began. */
  #unsynced = 0;
  /** The sync under way. That one of them failed is known to the last one: a disk says so only once. */
  #syncing: Promise<void> | null = null;
  #failure: unknown = null;

  private constructor(path: string, temporary: string, opened: { file: number; head: Buffer }) {
    this.#path = path;
    this.#temporary = temporary;
    this.#file = opened.file;
    this.#head = [opened.head];
  }

  static async open(path: string, head: Buffer): Promise<LocalSink> {
    const temporary = `${path}.${randomBytes(4).toString('hex')}${partSuffix}`;
    return new LocalSink(path, temporary, { file: await openFile(temporary, 'wx'), head });
  }

  async write(buffers: readonly Buffer[]): Promise<void> {
    if (this.#failure !== null) throw this.#failure;
    const all = [...this.#head, ...buffers];
    this.#head = [];
    this.#writing = writeFile(this.#file, all, null);
    await this.#writing;
    for (const buffer of all) this.#unsynced += buffer.length;
    for (const buffer of buffers) giveBack(buffer);
    if (this.#unsynced >= syncStep && this.#syncing === null) this.#syncing = this.#syncAhead();
    if (this.#unsynced >= mostUnsynced) await this.#syncing;
  }

  async #syncAhead(): Promise<void> {
    this.#unsynced = 0;
    try {
      await syncFile(this.#file);
    } catch (error) {
      this.#failure = error;
    }
    this.#syncing = null;
  }

  async commit(): Promise<void> {
    if (this.#head.length > 0) await this.write([]);
    await this.#syncing;
    if (this.#failure !== null) throw this.#failure;
    await syncFile(this.#file);
    await this.#close();
    await renameFile(this.#temporary, this.#path);
    await syncDirectory(dirname(this.#path));
  }

  async abort(): Promise<void> {
    // A number of a file that is closed goes to the next one that is opened: a write under way would end up there.
    await this.#writing.catch(() => {}); // whoever wrote has heard of it
    await this.#syncing;
    await this.#close();
    await unlink(this.#temporary).catch(missingAsNull);
  }

  async #close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    await closeFile(this.#file);
  }
}

class LocalObject implements ByteObject {
  readonly #file: number;

  constructor(file: number) {
    this.#file = file;
  }

  size(): Promise<number> {
    return sizeOf(this.#file);
  }

  read(start: number, length: number): Promise<Buffer> {
    return readFile(this.#file, start, length);
  }

  /**
   * Blocks in order; the next one is being read while the caller works on this one. Two buffers take turns: a block is good until
   * the next one is asked for. (New ones for every block cost a quarter of the time of a large download in collecting them.)
   */
  async *blocks(start: number, end: number, blockBytes: number): AsyncGenerator<Buffer> {
    const longest = Math.min(blockBytes, end - start);
    const buffers = [Buffer.allocUnsafeSlow(longest), Buffer.allocUnsafeSlow(end - start > blockBytes ? longest : 0)];
    const readAt = (position: number, turn: number) => {
      const into = buffers[turn % 2] as Buffer;
      return fillBuffer(this.#file, position, into.subarray(0, Math.min(blockBytes, end - position)));
    };
    let ahead = readAt(start, 0);
    for (let turn = 1; ; turn += 1) {
      const position = start + turn * blockBytes;
      const block = await ahead;
      if (position >= end) {
        yield block;
        return;
      }
      ahead = readAt(position, turn);
      ahead.catch(() => {}); // reported when it is awaited; the caller may stop before
      yield block;
    }
  }

  async close(): Promise<void> {
    await closeFile(this.#file);
  }
}

/** Shard by shard, each sorted: a long walk over the store can be broken off and taken up again. */
async function* listTenant(root: string, tenant: number, only?: string): AsyncGenerator<StoredEntry> {
  const directory = join(root, String(tenant));
  for (const shard of only === undefined ? await namesIn(directory) : [only]) {
    const names = await namesIn(join(directory, shard));
    for (let start = 0; start < names.length; start += statsAtOnce) {
      const group = names.slice(start, start + statsAtOnce).map((name) => entryOf(join(directory, shard), name));
      for (const entry of await Promise.all(group)) if (entry) yield entry;
    }
  }
}

/** When a name in each shard's directory last came or went. */
async function changesOf(directory: string): Promise<Map<string, number>> {
  const names = await namesIn(directory);
  const found = await Promise.all(names.map((name) => stat(join(directory, name)).catch(missingAsNull)));
  return new Map(names.map((name, index) => [name, found[index]?.mtimeMs ?? 0]));
}

/** Files that are asked for size and time at once: one after the other, a million took longer than everything else of a check. */
const statsAtOnce = 64;

async function entryOf(directory: string, name: string): Promise<StoredEntry | null> {
  const found = await stat(join(directory, name)).catch(missingAsNull);
  return found?.isFile() ? { name, size: found.size, modified: found.mtime, isPartial: name.endsWith(partSuffix) } : null;
}

async function namesIn(directory: string): Promise<string[]> {
  return ((await readdir(directory).catch(missingAsNull)) ?? []).sort();
}
