import { type ChildProcess, fork } from 'node:child_process';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Failure } from './errors.ts';
import { residentBytes } from './process-memory.ts';

/**
 * Draws small pictures of what users stored: pictures, and first pages of PDF. Decoders are where hostile files attack, so that they run
 * in a process of their own: without our environment, keys, database, network or the right to write a file, ended when it takes
 * too long, forgotten when it dies.
 */

/** What can be drawn; `square`: the middle of a picture, filling the box. */
export type DrawKind = 'picture' | 'pdf' | 'square';

const drawLimits = {
  /** One drawing may take so long. */
  seconds: 10,
  /** Callers that wait in one process. */
  waiting: 100,
  /** JavaScript memory of the process apart, in MiB. */
  heapMegabytes: 384,
  /** All its memory, in bytes: a page of a few kilobytes can unpack to more than the machine has. It is looked at so often. */
  memoryBytes: 2 ** 30,
  lookMilliseconds: 100,
  /** Without work it ends after this. */
  idleSeconds: 30,
};

export type DrawRequest = { readonly id: number; readonly kind: DrawKind; readonly bytes: Uint8Array; readonly box: number };
export type DrawAnswer = { readonly id: number; readonly picture: Uint8Array | null };

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '../..');
const program = resolve(here, 'pictures-apart.ts');

const readable = [program, resolve(root, 'package.json'), resolve(root, 'node_modules/*')];

function start(): ChildProcess {
  const rights = ['--permission', '--allow-addons', ...readable.map((path) => `--allow-fs-read=${path}`)];
  const child = fork(program, [], {
    execArgv: [...rights, '--disable-warning=SecurityWarning', `--max-old-space-size=${drawLimits.heapMegabytes}`],
    env: {},
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  child.unref();
  child.channel?.unref();
  return child;
}

/** The process apart, and who waits for it. One drawing at a time: each may need a lot of memory. */
class Painter {
  #child: ChildProcess | null = null;
  #idle: NodeJS.Timeout | undefined;
  #waiting = 0;
  #last: Promise<unknown> = Promise.resolve();
  #count = 0;

  /** Throws `unavailable` when too many wait already. */
  draw(kind: DrawKind, bytes: Uint8Array, box: number): Promise<Uint8Array | null> {
    if (this.#waiting >= drawLimits.waiting) throw new Failure('unavailable', 'platform.unavailable');
    this.#waiting += 1;
    const mine = this.#last.then(() => this.#one({ id: ++this.#count, kind, bytes, box }));
    this.#last = mine.catch(() => {});
    return mine.finally(() => {
      this.#waiting -= 1;
    });
  }

  #one(request: DrawRequest): Promise<Uint8Array | null> {
    clearTimeout(this.#idle);
    const child = this.#child ?? start();
    this.#child = child;
    return new Promise((resolvePicture) => {
      const end = (picture: Uint8Array | null) => {
        clearTimeout(late);
        clearInterval(looking);
        child.off('message', hear).off('exit', die).off('error', die);
        this.#rest();
        resolvePicture(picture);
      };
      const hear = (answer: unknown) => {
        const { id, picture } = answer as DrawAnswer;
        if (id === request.id) end(picture);
      };
      const die = () => {
        if (this.#child === child) this.#child = null;
        end(null);
      };
      const looking = setInterval(() => void endWhenLarge(child), drawLimits.lookMilliseconds);
      const late = setTimeout(() => child.kill('SIGKILL'), drawLimits.seconds * 1000);
      child.on('message', hear).on('exit', die).on('error', die);
      child.send(request, (error) => error && child.kill('SIGKILL'));
    });
  }

  /** Its memory is given back when nobody needs it. */
  #rest(): void {
    const child = this.#child;
    this.#idle = setTimeout(() => {
      if (this.#child === child) this.#child = null;
      child?.kill('SIGKILL');
    }, drawLimits.idleSeconds * 1000).unref();
  }
}

async function endWhenLarge(child: ChildProcess): Promise<void> {
  const bytes = child.pid === undefined ? null : await residentBytes(child.pid);
  if (bytes !== null && bytes > drawLimits.memoryBytes) child.kill('SIGKILL');
}

const painter = new Painter();

/**
 * A WebP of what these bytes show, at most `box` pixels wide and high, or a square as a JPEG, since every client shows that; null when
 * they cannot be drawn: damaged, hostile, too slow.
 * The caller has looked at how large the picture says it is. Throws `unavailable` when too many wait already.
 */
export async function drawSmall(kind: DrawKind, bytes: Uint8Array, box: number): Promise<Uint8Array | null> {
  return painter.draw(kind, bytes, box);
}
