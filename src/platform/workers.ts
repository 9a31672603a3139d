import cluster, { type Worker } from 'node:cluster';
import { setTimeout as pause } from 'node:timers/promises';
import type { Config } from '../config.ts';
import type { Connection } from './db.ts';
import { OperatorError } from './errors.ts';
import type { Log } from './log.ts';
import { type Metrics, sumMetrics } from './metrics.ts';

/**
 * The processes of one machine: a first one that holds the data directory and the database server, and workers that serve
 * requests and do jobs. Workers share nothing but the listening socket; one that dies is replaced.
 */

/** What a worker needs to open its house. */
export type WorkerStart = {
  readonly app: Connection;
  readonly owner: Connection;
  /** The state identity of a demonstration, which the first process runs beside it; null: as it is configured. */
  readonly identity: Config['identity'];
  /** Whether it has to bring the instance up to date before: the first of several does, the others start after it. */
  readonly prepares: boolean;
};

/** Where an instance serves, and the path at which its first operator sets it up when nobody operates it yet. */
export type Serving = { readonly port: number; readonly setUp: string | null };

type ToWorker =
  | { readonly type: 'start'; readonly start: WorkerStart }
  | { readonly type: 'close' }
  | { readonly type: 'snapshot'; readonly id: number }
  | { readonly type: 'metrics'; readonly id: number; readonly text: string };

type ToFirst =
  | { readonly type: 'serving'; readonly serving: Serving }
  | { readonly type: 'failed'; readonly reason: string; readonly isForOperator: boolean }
  | { readonly type: 'snapshot'; readonly id: number; readonly values: object[] }
  | { readonly type: 'metrics'; readonly id: number };

/** A worker closes in this time or is killed. */
const closeSeconds = 20;
const restartMilliseconds = 200;
const snapshotMilliseconds = 1_000;

type Given = Omit<WorkerStart, 'prepares'>;

/** The first process's view of its workers. */
export class Workers {
  readonly #log: Log;
  readonly #count: number;
  readonly #first: Worker;
  /** Only after one has served is a dead one replaced: one that cannot open its house would die for ever. */
  #isOpen = false;
  #nextSnapshot = 1;
  readonly #collecting = new Map<number, (values: object[]) => void>();

  /**
   * Starts the first of so many processes at once: it loads the house and waits until it is told to serve. The others come
   * when it serves: starting together on as many cores they cost half a second until the first page.
   */
  constructor(count: number, log: Log) {
    this.#log = log;
    this.#count = count;
    this.#first = cluster.fork();
  }

  /**
   * Lets the first one prepare the instance and serve, and starts the others; comes back when the first serves. Throws when it
   * cannot; `OperatorError` with its sentence.
   */
  async serve(given: Given): Promise<Serving> {
    const serving = await this.#start(this.#first, { ...given, prepares: true });
    const startAnother = () => void this.#start(cluster.fork(), { ...given, prepares: false }).catch(() => {});
    this.#replaceDead(startAnother);
    for (let count = 1; count < this.#count; count++) startAnother();
    return serving;
  }

  #replaceDead(startAnother: () => void): void {
    this.#isOpen = true;
    cluster.on('exit', (worker, code, signal) => {
      if (!this.#isOpen) return;
      this.#log.error({ worker: worker.process.pid, code, signal }, 'a worker died; starting another');
      setTimeout(() => this.#isOpen && startAnother(), restartMilliseconds).unref();
    });
  }

  #start(worker: Worker, start: WorkerStart): Promise<Serving> {
    return new Promise((resolve, reject) => {
      worker.on('message', (message: ToFirst) => {
        if (message.type === 'serving') resolve(message.serving);
        else if (message.type === 'failed')
          reject(message.isForOperator ? new OperatorError(message.reason) : new Error(message.reason));
        else if (message.type === 'snapshot') this.#collecting.get(message.id)?.(message.values);
        else void this.#answerMetrics(worker, message.id);
      });
      worker.once('exit', (code, signal) => reject(new Error(`the worker ended with ${signal ?? code} before it served`)));
      if (worker.isDead()) reject(new Error('the worker ended before it was started'));
      send(worker, { type: 'start', start });
    });
  }

  async #answerMetrics(asking: Worker, id: number): Promise<void> {
    const snapshots: object[][] = [];
    const snapshot = this.#nextSnapshot++;
    const workers = Object.values(cluster.workers ?? {}).filter((worker) => worker?.isConnected()) as Worker[];
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, snapshotMilliseconds);
      this.#collecting.set(snapshot, (values) => {
        if (snapshots.push(values) < workers.length) return;
        clearTimeout(timer);
        resolve();
      });
      for (const worker of workers) send(worker, { type: 'snapshot', id: snapshot });
    });
    this.#collecting.delete(snapshot);
    send(asking, { type: 'metrics', id, text: await sumMetrics(snapshots) });
  }

  /** Lets every worker finish what it is doing, then end. */
  async close(): Promise<void> {
    this.#isOpen = false;
    const workers = Object.values(cluster.workers ?? {}) as Worker[];
    await Promise.all(workers.map((worker) => closeWorker(worker)));
  }
}

function send(worker: Worker, message: ToWorker): void {
  if (worker.isConnected()) worker.send(message);
}

async function closeWorker(worker: Worker): Promise<void> {
  const gone = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  send(worker, { type: 'close' });
  const late = pause(closeSeconds * 1000, 'late' as const, { ref: false });
  if ((await Promise.race([gone, late])) === 'late') worker.process.kill('SIGKILL');
}

/** A worker's view: who it serves for. */
export type WorkerProcess = {
  /** What the first process told it to open. */
  readonly start: WorkerStart;
  serving(serving: Serving): void;
  failed(error: unknown): void;
  /** Resolves when the first process says so, or is gone. */
  readonly closing: Promise<void>;
  /** The figures of all workers. */
  metricsText(): Promise<string>;
  answerSnapshots(metrics: Metrics): void;
};

/** True in a worker, false in the first process. */
export const isWorker = cluster.isWorker;

/** Waits for the first process's word; null when it is to end without having served. */
export async function joinWorkers(): Promise<WorkerProcess | null> {
  const waiting = new Map<number, (text: string) => void>();
  let metrics: Metrics | null = null;
  let nextId = 1;
  const tell = (message: ToFirst) => void (process.connected && process.send?.(message));
  let isStarted: (start: WorkerStart) => void = () => {};
  const started = new Promise<WorkerStart>((resolve) => {
    isStarted = resolve;
  });
  const closing = new Promise<void>((resolve) => {
    process.once('disconnect', resolve);
    process.on('message', (message: ToWorker) => {
      if (message.type === 'start') isStarted(message.start);
      else if (message.type === 'close') resolve();
      else if (message.type === 'metrics') waiting.get(message.id)?.(message.text);
      else void metrics?.registry.getMetricsAsJSON().then((values) => tell({ type: 'snapshot', id: message.id, values }));
    });
  });
  const start = await Promise.race([started, closing.then(() => null)]);
  if (start === null) return null;
  return {
    start,
    serving: (serving) => tell({ type: 'serving', serving }),
    failed: (error) => {
      const isForOperator = error instanceof OperatorError;
      const reason = isForOperator ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
      tell({ type: 'failed', reason, isForOperator });
    },
    closing,
    answerSnapshots: (own) => {
      metrics = own;
    },
    metricsText: () => {
      const id = nextId++;
      tell({ type: 'metrics', id });
      return new Promise((resolve) => {
        waiting.set(id, (text) => {
          waiting.delete(id);
          resolve(text);
        });
      });
    },
  };
}
