import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { connect } from '../../src/platform/db.ts';
import { enqueue, type Job, openJobs } from '../../src/platform/jobs.ts';
import { looksUntilDead, openLeases } from '../../src/platform/jobs-lease.ts';
import { openStand } from '../stand.ts';
import { endless } from './endless.ts';

const stand = await openStand();
const { platform } = stand.house;

/** The endless job, but one that says when it is taken and ends when it is told to. */
function again(): { job: Job; taken: Promise<void>; finish: () => void; runs: () => number } {
  const [taken, finished] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let runs = 0;
  const run = () => {
    runs += 1;
    taken.resolve();
    return finished.promise;
  };
  return { taken: taken.promise, finish: finished.resolve, runs: () => runs, job: { ...endless(() => {}), run } };
}

/** Starts a worker and waits until it has taken the job. */
async function startWorker(): Promise<ChildProcess> {
  const settings = {
    app: stand.app,
    owner: stand.owner,
    environment: {
      RENNSTEIG_DATA: stand.config.data,
      RENNSTEIG_LOG: 'silent',
      RENNSTEIG_KEY: Buffer.from(stand.config.key ?? []).toString('base64'),
    },
  };
  const program = fileURLToPath(new URL('./worker.ts', import.meta.url));
  const worker = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, JSON.stringify(settings)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(worker, 'exit').then(([code]) => {
    throw new Error(`the worker ended with ${code}`);
  });
  await Promise.race([once(worker.stdout, 'data'), ended]);
  ended.catch(() => {});
  return worker;
}

async function killed(worker: ChildProcess): Promise<void> {
  const gone = once(worker, 'exit');
  worker.kill('SIGKILL');
  await gone;
}

test('the job of a killed process is taken over by another one', async () => {
  const { job, taken, finish } = again();
  await platform.db.write(0, (tx) => enqueue(tx, job, {}));
  await killed(await startWorker());
  const queue = await openJobs(platform, stand.owner, [job]);
  await taken;
  finish();
  await queue.close();
});

type Sql = ReturnType<typeof connect>;

/** The connections that say which workers live. */
async function readHolders(owner: Sql): Promise<number[]> {
  const rows = await owner<{ pid: number }[]>`
    select pid from pg_locks
    where locktype = 'advisory' and granted and database = (select oid from pg_database where datname = current_database())`;
  return rows.map(({ pid }) => pid);
}

/** Once somebody holds a lock: a job may be taken before the lock is, and the database tells nobody who takes one. */
async function heldBy(owner: Sql, signal: AbortSignal): Promise<number[]> {
  while (!signal.aborted) {
    const holders = await readHolders(owner);
    if (holders.length > 0) return holders;
  }
  throw new Error('nobody took a lock');
}

test('a process that lost its connections but lives keeps its job', { timeout: 60_000 }, async ({ signal }) => {
  const owner = connect(stand.owner, { max: 1 });
  const { job, taken, finish, runs } = again();
  const holder = await openJobs(platform, stand.owner, [job]);
  const observer = openLeases(stand.owner, platform.log);
  try {
    await platform.db.write(0, (tx) => enqueue(tx, job, {}));
    await taken;
    const lost = await heldBy(owner, signal);
    await owner`select pg_terminate_backend(pid) from unnest(${lost}::int[]) pid`;
    await observer.look();
    // The database tells nobody who takes a lock: it is asked until another connection holds one.
    while (!signal.aborted && (await readHolders(owner)).every((pid) => lost.includes(pid)));
    // Once more than it takes to declare a worker dead.
    for (let look = 0; look <= looksUntilDead; look += 1) {
      await observer.look();
      assert.equal((await owner`select from graphile_worker.jobs where locked_by is not null`).length, 1);
    }
    assert.equal(runs(), 1);
  } finally {
    finish();
    await Promise.all([holder.close(), observer.close()]);
    await owner.end();
  }
});
