import { type Connection, connect } from './db.ts';
import type { Log } from './log.ts';

/**
 * Which workers of the queue are alive. The queue marks a job with the name of the worker that took it, and gives it to
 * nobody else for four hours; a killed process never takes its mark back. So every worker holds an advisory lock on its
 * name, which the database frees when the process is gone, however it went; and every process frees the jobs of those whose
 * lock is free.
 */
export type Leases = {
  /** Says that this worker is alive, from now until {@link drop}. */
  hold(worker: string): void;
  drop(worker: string): void;
  /** Looks once more, when the look that may be under way is done: takes missing locks, and frees the dead. */
  look(): Promise<void>;
  close(): Promise<void>;
};

/** First number of the advisory locks, apart from those of migrations. */
const lockClass = 774_021;
const lookMilliseconds = 2_000;
/**
 * A worker is dead when its lock was free so many looks in a row: after a restart of the database every living worker has
 * to take its lock again, and may take {@link retakeMilliseconds} and a connection for it.
 */
export const looksUntilDead = 3;
const retakeMilliseconds = 250;

type Lines = ReturnType<typeof connect>;

/** Workers that hold a job and no lock. */
async function readSuspects(sql: Lines): Promise<string[]> {
  const rows = await sql<{ worker: string }[]>`
    select distinct job.locked_by as worker from graphile_worker.jobs job
    where job.locked_by is not null and not exists (
      select from pg_locks held
      where held.locktype = 'advisory' and held.granted and held.objsubid = 2
        and held.database = (select oid from pg_database where datname = current_database())
        and held.classid::bigint = ${lockClass} and held.objid::bigint = hashtext(job.locked_by)::bigint & 4294967295)`;
  return rows.map(({ worker }) => worker);
}

/** Brings the locks in step: those who live are to have one, and those who have left none. */
async function takeLocks(sql: Lines, living: ReadonlySet<string>, locked: Set<string>): Promise<void> {
  for (const worker of living) {
    if (locked.has(worker)) continue;
    await sql`select pg_try_advisory_lock(${lockClass}, hashtext(${worker}))`;
    locked.add(worker);
  }
  for (const worker of locked) {
    if (living.has(worker)) continue;
    await sql`select pg_advisory_unlock(${lockClass}, hashtext(${worker}))`;
    locked.delete(worker);
  }
}

/**
 * Opens the leases of one process, on a connection of their own. It looks after the dead until closed; while the database is
 * away nobody is declared dead.
 * @param owner connection that owns the queue's tables
 */
export function openLeases(owner: Connection, log: Log): Leases {
  const mine = new Set<string>();
  const locked = new Set<string>();
  let looks = new Map<string, number>();
  let isClosing = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const sql = connect(owner, {
    max: 1,
    max_lifetime: 0, // the locks live as long as the connection
    onclose: () => {
      locked.clear();
      looks.clear();
      later(retakeMilliseconds);
    },
  });

  async function freeTheDead(): Promise<void> {
    const suspects = await readSuspects(sql);
    looks = new Map(suspects.map((worker) => [worker, (looks.get(worker) ?? 0) + 1]));
    const dead = suspects.filter((worker) => (looks.get(worker) ?? 0) >= looksUntilDead);
    if (dead.length === 0) return;
    await sql`select graphile_worker.force_unlock_workers(${dead})`;
    log.warn({ part: 'jobs', workers: dead.length }, 'jobs of killed workers are free again');
  }

  async function look(): Promise<void> {
    try {
      await takeLocks(sql, mine, locked);
      await freeTheDead();
      later(lookMilliseconds);
    } catch {
      looks.clear();
      later(retakeMilliseconds);
    }
  }

  function later(milliseconds: number): void {
    clearTimeout(timer);
    if (isClosing) return;
    timer = setTimeout(() => void next(), milliseconds).unref();
  }

  /** One after the other: two looks at once would count for two. */
  function next(): Promise<void> {
    clearTimeout(timer);
    running = running.then(() => (isClosing ? undefined : look()));
    return running;
  }

  void next();
  return {
    hold: (worker) => {
      mine.add(worker);
      void next();
    },
    drop: (worker) => {
      mine.delete(worker);
      void next();
    },
    look: next,
    close: async () => {
      isClosing = true;
      clearTimeout(timer);
      await running;
      await sql.end({ timeout: 5 });
    },
  };
}
