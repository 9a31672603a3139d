import { Worker } from 'node:worker_threads';
import { Failure } from '#platform/errors';
import type { DocumentContent } from './rules-content.ts';

/**
 * Documents are laid out in a thread of their own: a receipt of twenty pages takes a quarter of a second, in which nobody else would be
 * answered. One after another; the thread keeps its fonts, and ends when nobody needs it.
 */

const drawingLimits = {
  /** One document may take so long. */
  seconds: 60,
  /** Documents that wait in one process. */
  waiting: 200,
  /** JavaScript memory of the thread, in MiB. */
  heapMegabytes: 512,
  /** Without work it ends after this. */
  idleSeconds: 60,
};

export type DrawingRequest = {
  /** Of the file. */
  readonly title: string;
  /** One after the other, each from an odd page on: printed on both sides, it begins on a sheet of its own. */
  readonly contents: readonly [DocumentContent, ...DocumentContent[]];
  /** Who seals and when, and how many bytes that takes at most; null leaves no room for a seal. */
  readonly seal: { readonly name: string; readonly at: Date; readonly bytes: number } | null;
};

/** Where a seal goes: offsets in bytes. */
export type SealRoom = {
  /** Of `<` and behind `>` of the signature. */
  readonly contentsAt: number;
  readonly contentsEnd: number;
  /** Of the second number in `/ByteRange`; the last three stand there, each so wide, with a space between. */
  readonly rangeAt: number;
  readonly numberWidth: number;
};

export type Drawn = {
  readonly bytes: Uint8Array;
  readonly pages: number;
  readonly replaced: readonly string[];
  readonly room: SealRoom | null;
};

export type DrawingAnswer = { readonly id: number } & (
  | { readonly drawn: Drawn }
  | { readonly refused: 'tooLong' | 'failed'; readonly reason: string }
);

let thread: Worker | null = null;
let idle: NodeJS.Timeout | undefined;
let waiting = 0;
let count = 0;
let last: Promise<unknown> = Promise.resolve();

function openThread(): Worker {
  const made = new Worker(new URL('./drawing-apart.ts', import.meta.url), {
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: drawingLimits.heapMegabytes },
  });
  made.unref();
  made.on('error', () => {}); // told to whoever waits by `exit`
  return made;
}

function forget(gone: Worker): void {
  if (thread === gone) thread = null;
}

function rest(): void {
  const resting = thread;
  idle = setTimeout(() => {
    if (!resting) return;
    forget(resting);
    void resting.terminate();
  }, drawingLimits.idleSeconds * 1000).unref();
}

/** Throws what went wrong in the thread, named for whoever asked. */
function read(answer: DrawingAnswer): Drawn {
  if ('drawn' in answer) return answer.drawn;
  if (answer.refused === 'tooLong') throw new Failure('tooLarge', 'signing.tooLarge', { part: answer.reason });
  throw new Failure('internal', 'platform.internal', {}, new Error(answer.reason));
}

function drawOne(request: DrawingRequest): Promise<Drawn> {
  clearTimeout(idle);
  const asked = thread ?? openThread();
  thread = asked;
  const id = ++count;
  return new Promise<Drawn>((resolve, reject) => {
    const end = (settle: () => void) => {
      clearTimeout(late);
      asked.off('message', hear).off('exit', die);
      asked.unref();
      rest();
      settle();
    };
    const hear = (answer: DrawingAnswer) => {
      if (answer.id !== id) return;
      end(() => {
        try {
          resolve(read(answer));
        } catch (error) {
          reject(error);
        }
      });
    };
    const die = () => {
      forget(asked);
      end(() => reject(new Failure('internal', 'platform.internal', {}, new Error('the drawing thread ended'))));
    };
    const late = setTimeout(() => void asked.terminate(), drawingLimits.seconds * 1000);
    asked.on('message', hear).on('exit', die);
    asked.ref();
    asked.postMessage({ id, ...request });
  });
}

/** Lays documents out in one file. Throws `unavailable` when too many wait, `tooLarge` for too many pages, `internal` when it cannot be made. */
export async function draw(request: DrawingRequest): Promise<Drawn> {
  if (waiting >= drawingLimits.waiting) throw new Failure('unavailable', 'platform.unavailable');
  waiting += 1;
  const mine = last.then(() => drawOne(request));
  last = mine.catch(() => {});
  return mine.finally(() => {
    waiting -= 1;
  });
}
