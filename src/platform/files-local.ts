import {
  close,
  closeSync,
  fstat,
  fstatSync,
  fsync,
  open,
  openSync,
  read,
  readSync,
  rename,
  renameSync,
  writev,
  writevSync,
} from 'node:fs';
import { promisify } from 'node:util';

/**
 * System calls on files. Those that the page cache answers at once are made directly: handing one to another thread and back
 * costs 20 to 50 µs of two processors, the call itself 5 (measured on 2 virtual cores: open, read, close of 10 KiB 78 µs
 * through threads, 16 directly). Should the disk turn out slow, they go through threads for a while, so that cold reads do not
 * hold up everybody else.
 */

/** A call that took longer than this was not answered by the cache, or this process had to wait for a processor. */
const slowMilliseconds = 3;
/** A busy machine makes one call in a hundred slow, a slow disk one in a few: only the second must go through threads. */
const slowCallsTaken = 3;
const fastCallsPerSlowOne = 30;
const throughThreadsMilliseconds = 2_000;
/** Longer reads and writes go through threads anyway: copying them is work another core can do. */
const directBytes = 262_144 + 1_024;

let slowUntil = 0;
/** Grows by one with each slow call, and is forgotten over some fast ones. */
let slowness = 0;

function judge(started: number): void {
  const ended = performance.now();
  slowness = ended - started > slowMilliseconds ? slowness + 1 : Math.max(0, slowness - 1 / fastCallsPerSlowOne);
  if (slowness < slowCallsTaken) return;
  slowness = 0;
  slowUntil = ended + throughThreadsMilliseconds;
}

function direct<Args extends readonly unknown[], Result>(
  now: (...args: Args) => Result,
  later: (...args: Args) => Promise<Result>,
): (...args: Args) => Promise<Result> {
  return async (...args) => {
    const started = performance.now();
    if (started < slowUntil) return later(...args);
    try {
      return now(...args);
    } finally {
      judge(started);
    }
  };
}

const mode = 0o600;
const openLater = promisify(open) as (path: string, flags: string, mode: number) => Promise<number>;
const openIt = direct(openSync as (path: string, flags: string, mode: number) => number, openLater);

/** Opens a file; new ones are for us only. Resolves with its descriptor. */
export function openFile(path: string, flags: 'r' | 'r+' | 'wx'): Promise<number> {
  return openIt(path, flags, mode);
}

export const closeFile = direct(closeSync, promisify(close) as (file: number) => Promise<void>);

export const renameFile = direct(renameSync, promisify(rename) as (from: string, to: string) => Promise<void>);

const statIt = direct(
  (file: number) => fstatSync(file),
  promisify(fstat) as (file: number) => Promise<ReturnType<typeof fstatSync>>,
);

export async function sizeOf(file: number): Promise<number> {
  return Number((await statIt(file))?.size);
}

const readLater = (file: number, buffer: Buffer, start: number): Promise<number> =>
  new Promise((resolve, reject) => {
    read(file, buffer, 0, buffer.length, start, (error, count) => (error ? reject(error) : resolve(count)));
  });
const readNow = direct(
  (file: number, buffer: Buffer, start: number) => readSync(file, buffer, 0, buffer.length, start),
  readLater,
);

/** Up to `length` bytes from `start`; fewer only at the end of the file. */
export function readFile(file: number, start: number, length: number): Promise<Buffer> {
  return fillBuffer(file, start, length > directBytes ? Buffer.allocUnsafeSlow(length) : Buffer.allocUnsafe(length));
}

/** Reads from `start` into `buffer`; resolves with the part of it that was filled, all of it but at the end of the file. */
export async function fillBuffer(file: number, start: number, buffer: Buffer): Promise<Buffer> {
  const once = buffer.length > directBytes ? readLater : readNow;
  let filled = 0;
  while (filled < buffer.length) {
    const count = await once(file, buffer.subarray(filled), start + filled);
    if (count === 0) return buffer.subarray(0, filled);
    filled += count;
  }
  return buffer;
}

const writeLater = (file: number, buffers: readonly Buffer[], position: number | null): Promise<number> =>
  new Promise((resolve, reject) => {
    writev(file, buffers, position as number, (error, count) => (error ? reject(error) : resolve(count)));
  });
const writeNow = direct(
  (file: number, buffers: readonly Buffer[], position: number | null) => writevSync(file, buffers, position ?? undefined),
  writeLater,
);

const total = (buffers: readonly Buffer[]) => buffers.reduce((sum, buffer) => sum + buffer.length, 0);

/** Writes everything, at a position or where the file ends. The kernel may take less at a time (a full disk, a signal). */
export async function writeFile(file: number, buffers: readonly Buffer[], position: number | null): Promise<void> {
  let rest = buffers;
  let at = position;
  for (let left = total(buffers); left > 0; ) {
    const count = await (left > directBytes ? writeLater : writeNow)(file, rest, at);
    left -= count;
    at = at === null ? null : at + count;
    if (left > 0) rest = dropBytes(rest, count);
  }
}

function dropBytes(buffers: readonly Buffer[], count: number): Buffer[] {
  let left = count;
  return buffers.flatMap((buffer) => {
    const skip = Math.min(left, buffer.length);
    left -= skip;
    return skip === buffer.length ? [] : [buffer.subarray(skip)];
  });
}

/** What was written to the file survives a power cut. Always through a thread: it waits for the disk. */
export const syncFile = promisify(fsync) as (file: number) => Promise<void>;

/** What was written to a file, or the names in a directory, survive a power cut. */
export async function syncPath(path: string): Promise<void> {
  const file = await openFile(path, 'r');
  try {
    await syncFile(file);
  } finally {
    await closeFile(file);
  }
}

const running = new Map<string, Promise<void>>();
const next = new Map<string, Promise<void>>();

/**
 * The names in a directory survive a power cut: those that were there when this was called. Who calls while a sync is under
 * way shares the following one with everybody else who does.
 */
export function syncDirectory(path: string): Promise<void> {
  const current = running.get(path);
  if (!current) return startSync(path);
  const waiting = next.get(path);
  if (waiting) return waiting;
  const following = current
    .catch(() => {}) // reported to those who waited for it
    .then(() => {
      next.delete(path);
      return startSync(path);
    });
  next.set(path, following);
  return following;
}

function startSync(path: string): Promise<void> {
  const sync = syncPath(path).finally(() => running.delete(path));
  running.set(path, sync);
  return sync;
}
