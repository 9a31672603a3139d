import { EventEmitter } from 'node:events';
import { Logger, parseCronItems, type Runner, run, type TaskList, type Worker, type WorkerEvents } from 'graphile-worker';
import { type Context, type Platform, systemContext } from './context.ts';
import type { Connection, Tx } from './db.ts';
import { asFailure } from './errors.ts';
import { type JobConnections, openJobConnections } from './jobs-connections.ts';
import { openLeases } from './jobs-lease.ts';

/** Work that is done later and until it succeeds; repeated after a crash, so doing it twice must do no harm. */
export type Job<Payload extends object = object> = {
  /** `room.verb`. */
  readonly name: string;
  /** Cron line in UTC (`minute hour day month weekday`); such a job runs for the instance (tenant 0), without payload. */
  readonly every?: string;
  /** Gives up after so many failures; default 25, which is about three days. */
  readonly mostAttempts?: number;
  run(ctx: Context, payload: Payload): Promise<void>;
};

/** The queue of one process. */
export type JobQueue = { close(): Promise<void> };

export type EnqueueOptions = {
  readonly runAt?: Date;
  /** A waiting job with this key is replaced, so that many reasons make one run. */
  readonly key?: string;
};

/** Jobs that run at once in one process. */
const concurrency = 2;
const pollMilliseconds = 2_000;
/** What is repeated so often goes on for about three days. */
const mostAttempts = 25;
/** While people wait to be served a job waits for them, but no longer than this. */
const politeMilliseconds = 3_000;

/**
 * Writing down that a job is done or has failed: as a batch, because of a single one the queue does not hear when the database
 * refuses it, and the job would stay taken for hours. With a batch it stops, and starts again.
 */
const hearing = { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } };

/** Puts a job into the queue in the transaction of the change that needs it. */
export async function enqueue<Payload extends object>(
  tx: Tx,
  job: Job<Payload>,
  payload: Payload,
  options: EnqueueOptions = {},
): Promise<void> {
  await enqueueAll(tx, [{ job: job as Job<never>, payload, ...options }]);
}

/** A job with what it is to do. */
export type Wanted = { readonly job: Job<never>; readonly payload: object } & EnqueueOptions;

/** Like {@link enqueue}, for many in one statement; in their order. Of several with one key the last one counts. */
export async function enqueueAll(tx: Tx, wanted: readonly Wanted[]): Promise<void> {
  if (wanted.length === 0) return;
  const rows = wanted.map(({ job, payload, runAt, key }) => ({
    task: job.name,
    payload,
    run_at: runAt ?? null,
    job_key: key ?? null,
    max_attempts: job.mostAttempts ?? mostAttempts,
  }));
  await tx`select platform.enqueue_all(${JSON.stringify(rows)}::text::jsonb)`;
}

function taskList(platform: Platform, jobs: readonly Job<never>[]): TaskList {
  return Object.fromEntries(
    jobs.map((job) => [
      job.name,
      async (payload: unknown) => {
        const { tenant = 0, payload: inner = {} } = payload as { tenant?: number; payload?: object };
        const ctx = systemContext(platform, tenant, job.name);
        await platform.rush.lull(AbortSignal.timeout(politeMilliseconds));
        const started = performance.now();
        try {
          await job.run(ctx, inner as never);
          platform.metrics.observe('job_seconds', { job: job.name, outcome: 'done' }, (performance.now() - started) / 1000);
        } catch (error) {
          const failure = asFailure(error);
          platform.metrics.observe('job_seconds', { job: job.name, outcome: 'failed' }, (performance.now() - started) / 1000);
          platform.log.error(
            { job: job.name, tenant, kind: failure.kind, code: failure.code, cause: String(failure.cause) },
            'job failed',
          );
          throw error;
        }
      },
    ]),
  );
}

/** The queue's own chatter is dropped; its warnings and errors become ours. */
function quietLogger(platform: Platform): Logger {
  return new Logger(() => (level, message) => {
    if (level === 'error' || level === 'warning') platform.log.warn({ part: 'jobs' }, message);
  });
}

/**
 * A worker whose database goes away while it ends would be given up by the queue with its stack on standard error, where it is
 * no line of ours. Such a worker is let go as if it had found nothing to do, and the log says why.
 */
function letGoQuietly(events: WorkerEvents, platform: Platform): void {
  const ending = new WeakSet<Worker>();
  events.on('worker:release', ({ worker }) => void ending.add(worker));
  events.on('worker:getJob:error', ({ worker, error }) => {
    if (!ending.has(worker)) return; // it asks again
    platform.log.warn({ part: 'jobs', cause: String(error) }, 'the queue ended without its database');
    void worker.release(true);
  });
}

/**
 * Works on the queue until closed. All processes of an instance share it; a job runs in one of them. When the database goes
 * away, the queue starts again by itself; when a process is killed, another one takes its jobs over within seconds.
 * @param owner connection that owns the queue's tables
 */
export async function openJobs(platform: Platform, owner: Connection, jobs: readonly Job<never>[]): Promise<JobQueue> {
  const cron = jobs.flatMap((job) => (job.every ? [{ task: job.name, match: job.every, identifier: job.name }] : []));
  let isClosing = false;
  let runner: Runner | null = null;
  let connections: JobConnections | null = null;
  let restart: NodeJS.Timeout | undefined;
  const leases = openLeases(owner, platform.log);

  async function start(): Promise<void> {
    const events: WorkerEvents = new EventEmitter();
    const workers: string[] = [];
    letGoQuietly(events, platform);
    events.on('pool:create', ({ workerPool }) => {
      workers.push(workerPool.id);
      leases.hold(workerPool.id);
    });
    const mine = openJobConnections(owner, concurrency + 1, ({ code }) => {
      platform.log.warn({ part: 'jobs', code }, 'the queue lost a connection');
    });
    connections = mine;
    const ended = () => {
      for (const worker of workers) leases.drop(worker);
      void mine.close();
      startLater();
    };
    runner = await run({
      events,
      pgPool: mine.pool,
      concurrency,
      pollInterval: pollMilliseconds,
      noHandleSignals: true,
      taskList: taskList(platform, jobs),
      parsedCronItems: parseCronItems(cron),
      logger: quietLogger(platform),
      preset: hearing,
    }).catch(async (error: unknown) => {
      await mine.close();
      throw error;
    });
    runner.promise.then(ended, ended);
  }

  function startLater(): void {
    runner = null;
    if (isClosing) return;
    restart = setTimeout(() => {
      starting = start().catch(startLater);
    }, 1_000);
  }

  let starting = start();
  await starting.catch(async (error) => {
    await leases.close();
    throw error;
  });
  return {
    close: async () => {
      isClosing = true;
      clearTimeout(restart);
      await starting;
      await runner?.stop().catch(() => {});
      await connections?.close();
      await leases.close();
    },
  };
}
