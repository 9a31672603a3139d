import { access, constants, type FileHandle, mkdir, open, readdir, rename, rm, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { headBytes } from './blob-format.ts';
import { type ByteObject, type ByteSink, type ByteStore, type StoredEntry, type StoredKey, shardOf } from './blobs.ts';
import { Failure } from './errors.ts';

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
      const handle = await open(pathOf(root, key), 'r').catch(missingAsNull);
      return handle && new LocalObject(handle);
    },
    replaceHead: async (key, head) => {
      const handle = await open(pathOf(root, key), 'r+');
      try {
        await handle.write(head, 0, headBytes, 0);
        await handle.sync();
      } finally {
        await handle.close();
      }
    },
    remove: async (key) => {
      await unlink(pathOf(root, key)).catch(missingAsNull);
    },
    removeTenant: async (tenant) => {
      await rm(join(root, String(tenant)), { recursive: true, force: true });
      known.clear();
    },
    list: (tenant) => listTenant(root, tenant),
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

function pathOf(root: string, { tenant, name }: StoredKey): string {
  return join(root, String(tenant), shardOf(name), name);
}

function missingAsNull(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}

async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

class LocalSink implements ByteSink {
  readonly #path: string;
  readonly #handle: FileHandle;
  #isOpen = true;
  /** Goes out with the first write: one system call less for small files. */
  #head: readonly Buffer[];

  private constructor(path: string, handle: FileHandle, head: Buffer) {
    this.#path = path;
    this.#handle = handle;
    this.#head = [head];
  }

  static async open(path: string, head: Buffer): Promise<LocalSink> {
    return new LocalSink(path, await open(`${path}${partSuffix}`, 'wx', 0o600), head);
  }

  async write(buffers: readonly Buffer[]): Promise<void> {
    let rest = [...this.#head, ...buffers];
    this.#head = [];
    // The kernel may take less than it was given (a full disk, a signal): what is left is written again.
    for (let left = total(rest); left > 0; ) {
      const { bytesWritten } = await this.#handle.writev(rest);
      left -= bytesWritten;
      if (left > 0) rest = dropBytes(rest, bytesWritten);
    }
  }

  async commit(): Promise<void> {
    if (this.#head.length > 0) await this.write([]);
    await this.#handle.sync();
    await this.#close();
    await rename(`${this.#path}${partSuffix}`, this.#path);
    await syncDirectory(dirname(this.#path));
  }

  async abort(): Promise<void> {
    await this.#close();
    await unlink(`${this.#path}${partSuffix}`).catch(missingAsNull);
  }

  async #close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    await this.#handle.close();
  }
}

const total = (buffers: readonly Buffer[]) => buffers.reduce((sum, buffer) => sum + buffer.length, 0);

function dropBytes(buffers: readonly Buffer[], count: number): Buffer[] {
  let left = count;
  return buffers.flatMap((buffer) => {
    const skip = Math.min(left, buffer.length);
    left -= skip;
    return skip === buffer.length ? [] : [buffer.subarray(skip)];
  });
}

class LocalObject implements ByteObject {
  readonly #handle: FileHandle;

  constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  async size(): Promise<number> {
    return (await this.#handle.stat()).size;
  }

  async read(start: number, length: number): Promise<Buffer> {
    const buffer = Buffer.allocUnsafeSlow(length);
    let filled = 0;
    while (filled < length) {
      const { bytesRead } = await this.#handle.read(buffer, filled, length - filled, start + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return filled === length ? buffer : buffer.subarray(0, filled);
  }

  /** Blocks in order; the next one is being read while the caller works on this one. */
  async *blocks(start: number, end: number, blockBytes: number): AsyncGenerator<Buffer> {
    let ahead = this.read(start, Math.min(blockBytes, end - start));
    for (let position = start + blockBytes; ; position += blockBytes) {
      const block = await ahead;
      if (position >= end) {
        yield block;
        return;
      }
      ahead = this.read(position, Math.min(blockBytes, end - position));
      ahead.catch(() => {}); // reported when it is awaited; the caller may stop before
      yield block;
    }
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}

/** Shard by shard, each sorted: a long walk over the store can be broken off and taken up again. */
async function* listTenant(root: string, tenant: number): AsyncGenerator<StoredEntry> {
  const directory = join(root, String(tenant));
  for (const shard of await namesIn(directory)) {
    for (const name of await namesIn(join(directory, shard))) {
      const found = await stat(join(directory, shard, name)).catch(missingAsNull);
      if (found?.isFile()) yield { name, size: found.size, modified: found.mtime, isPartial: name.endsWith(partSuffix) };
    }
  }
}

async function namesIn(directory: string): Promise<string[]> {
  return ((await readdir(directory).catch(missingAsNull)) ?? []).sort();
}
