import { Worker } from 'node:worker_threads';
import type { Digests, Hashing } from './hashing.ts';

/** What the thread is told: bytes of one stream; without a block, that the stream was given up. */
export type HashTask = {
  readonly id: number;
  readonly block: ArrayBuffer | null;
  /** How much of the block is filled. */
  readonly length: number;
  readonly isEnd: boolean;
};

type Reply = { readonly id: number } & ({ readonly block: ArrayBuffer } | { readonly digests: Digests });

/** Memory on its way to the thread and back. */
const blockBytes = 2 ** 20;
const mostAhead = 3;
/** A thread that nobody needs any more ends: it holds some megabytes. */
const idleMilliseconds = 10_000;

type Listener = { readonly hear: (reply: Reply) => void; readonly fail: (error: Error) => void };

type Thread = { readonly worker: Worker; readonly listeners: Map<number, Listener>; idle: NodeJS.Timeout | null };

let thread: Thread | null = null;
let lastId = 0;

function startThread(): Thread {
  const worker = new Worker(new URL('./hashing-thread.ts', import.meta.url));
  const started: Thread = { worker, listeners: new Map(), idle: null };
  worker.on('message', (reply: Reply) => started.listeners.get(reply.id)?.hear(reply));
  const end = (error: Error) => {
    if (thread === started) thread = null;
    for (const { fail } of started.listeners.values()) fail(error);
    started.listeners.clear();
  };
  worker.on('error', end);
  worker.on('exit', (code) => end(new Error(`the hashing thread ended with ${code}`)));
  return started;
}

/** Nobody waits for the process's end because of a thread that waits for work. */
function join(id: number, listener: Listener): Thread {
  thread ??= startThread();
  if (thread.idle) clearTimeout(thread.idle);
  thread.idle = null;
  thread.worker.ref();
  thread.listeners.set(id, listener);
  return thread;
}

function leave(joined: Thread, id: number): void {
  if (!joined.listeners.delete(id) || joined.listeners.size > 0) return;
  joined.worker.unref();
  joined.idle = setTimeout(() => void joined.worker.terminate(), idleMilliseconds).unref();
}

/**
 * In a thread of its own: of a large upload the hashes are nearly half of the work, and another processor can do them while this
 * one receives, encrypts and writes. Holds up to {@link mostAhead} blocks of a MiB.
 */
export function hashApart(): Hashing {
  lastId += 1;
  const id = lastId;
  const free: ArrayBuffer[] = [];
  let ahead = 0;
  let block = Buffer.alloc(0);
  let filled = 0;
  let failure: Error | null = null;
  let wake = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<Digests>();
  ended.promise.catch(() => {}); // whoever asks for the digests hears of it
  const joined = join(id, {
    hear: (reply) => {
      if ('digests' in reply) {
        leave(joined, id);
        ended.resolve(reply.digests);
        return;
      }
      free.push(reply.block);
      ahead -= 1;
      wake.resolve();
    },
    fail: (error) => {
      failure = error;
      ended.reject(error);
      wake.resolve();
    },
  });

  function send(isEnd: boolean): void {
    const { buffer } = block;
    joined.worker.postMessage({ id, block: buffer, length: filled, isEnd } satisfies HashTask, [buffer]);
    block = Buffer.alloc(0);
    filled = 0;
    ahead += 1;
  }

  async function room(): Promise<void> {
    while (ahead >= mostAhead && !failure) {
      await wake.promise;
      wake = Promise.withResolvers();
    }
    if (failure) throw failure;
  }

  return {
    update: (bytes) => {
      for (let rest = bytes; rest.length > 0; ) {
        if (block.length === 0) block = Buffer.from(free.pop() ?? new ArrayBuffer(blockBytes));
        const piece = rest.subarray(0, blockBytes - filled);
        block.set(piece, filled);
        filled += piece.length;
        rest = rest.subarray(piece.length);
        if (filled === blockBytes) send(false);
      }
      return ahead >= mostAhead || failure ? room() : undefined;
    },
    digest: () => {
      if (block.length === 0) block = Buffer.from(new ArrayBuffer(0));
      if (!failure) send(true);
      return ended.promise;
    },
    abandon: () => {
      if (!joined.listeners.has(id)) return;
      joined.worker.postMessage({ id, block: null, length: 0, isEnd: true } satisfies HashTask);
      leave(joined, id);
    },
  };
}
