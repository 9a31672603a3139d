import cluster, { type Worker } from 'node:cluster';
import { setTimeout as pause } from 'node:timers/promises';
import type { Connection } from './db.ts';
import type { Log } from './log.ts';
import { type Metrics, sumMetrics } from './metrics.ts';

/**
 * The processes of one machine: a first one that holds the data directory and the database server, and workers that serve
 * requests and do jobs. Workers share nothing but the listening socket; one that dies is replaced.
 */

/** What a worker needs to open its house. */
export type WorkerStart = { readonly app: Connection; readonly owner: Connection };

type ToWorker =
  | { readonly type: 'start'; readonly start: WorkerStart }
  | { readonly type: 'close' }
  | { readonly type: 'snapshot'; readonly id: number }
  | { readonly type: 'metrics'; readonly id: number; readonly text: string };

type ToFirst =
  | { readonly type: 'listening'; readonly port: number }
  | { readonly type: 'failed'; readonly reason: string }
  | { readonly type: 'snapshot'; readonly id: number; readonly values: object[] }
  | { readonly type: 'metrics'; readonly id: number };

/** A worker closes in this time or is killed. */
const closeSeconds = 20;
const restartMilliseconds = 200;
const snapshotMilliseconds = 1_000;

/** The first process's view of its workers. */
export class Workers {
  readonly #start: WorkerStart;
  readonly #log: Log;
  /** Only after all have served once is a dead one replaced: one that cannot open its house would die for ever. */
  #isOpen = false;
  #nextSnapshot = 1;
  readonly #collecting = new Map<number, (values: object[]) => void>();

  constructor(start: WorkerStart, log: Log) {
    this.#start = start;
    this.#log = log;
    cluster.on('exit', (worker, code, signal) => {
      if (!this.#isOpen) return;
      this.#log.error({ worker: worker.process.pid, code, signal }, 'a worker died; starting another');
      setTimeout(() => void this.#fork().catch(() => {}), restartMilliseconds).unref();
    });
  }

  /** Starts so many workers; resolves with the port when all of them serve. Throws when one cannot open its house. */
  async open(count: number): Promise<number> {
    const ports = await Promise.all(Array.from({ length: count }, () => this.#fork()));
    this.#isOpen = true;
    return ports[0] as number;
  }

  #fork(): Promise<number> {
    const worker = cluster.fork();
    return new Promise((resolve, reject) => {
      worker.on('message', (message: ToFirst) => {
        if (message.type === 'listening') resolve(message.port);
        else if (message.type === 'failed') reject(new Error(message.reason));
        else if (message.type === 'snapshot') this.#collecting.get(message.id)?.(message.values);
        else void this.#answerMetrics(worker, message.id);
      });
      worker.once('online', () => send(worker, { type: 'start', start: this.#start }));
      worker.once('exit', (code, signal) => reject(new Error(`the worker ended with ${signal ?? code} before it served`)));
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
  listening(port: number): void;
  failed(reason: string): void;
  /** Resolves when the first process says so, or is gone. */
  readonly closing: Promise<void>;
  /** The figures of all workers. */
  metricsText(): Promise<string>;
  answerSnapshots(metrics: Metrics): void;
};

/** True in a worker, false in the first process. */
export const isWorker = cluster.isWorker;

/** Waits for the first process's word. */
export async function joinWorkers(): Promise<WorkerProcess> {
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
  return {
    start: await started,
    listening: (port) => tell({ type: 'listening', port }),
    failed: (reason) => tell({ type: 'failed', reason }),
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
