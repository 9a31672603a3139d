import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { connect } from '../../src/platform/db.ts';
import { enqueue, type Job, openJobs } from '../../src/platform/jobs.ts';
import { openStand } from '../stand.ts';
import { endless } from './endless.ts';

const stand = await openStand();
const { platform } = stand.house;
const again = (): { job: Job; taken: Promise<void> } => {
  let tell = () => {};
  const taken = new Promise<void>((resolve) => {
    tell = resolve;
  });
  return { taken, job: { ...endless(() => {}), run: async () => tell() } };
};

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
  await platform.db.write(0, (tx) =>
    enqueue(
      tx,
      endless(() => {}),
      {},
    ),
  );
  await killed(await startWorker());
  const { job, taken } = again();
  const queue = await openJobs(platform, stand.owner, [job]);
  await taken;
  await queue.close();
});

test('a process that lost its connections but lives keeps its job', async () => {
  const owner = connect(stand.owner, { max: 1 });
  const first = again();
  let finish = () => {};
  let runs = 0;
  const slow: Job = {
    ...first.job,
    run: async () => {
      runs += 1;
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
    },
  };
  const other: Job = { name: 'test.other', run: async () => {} };
  const holder = await openJobs(platform, stand.owner, [slow]);
  const observer = await openJobs(platform, stand.owner, [other]);
  await platform.db.write(0, (tx) => enqueue(tx, slow, {}));
  while (runs === 0) await new Promise(setImmediate);
  await owner`
    select pg_terminate_backend(pid) from pg_locks
    where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`;
  const isLocked = async () => (await owner`select from graphile_worker.jobs where locked_by is not null`).length === 1;
  try {
    // Longer than it takes to declare a worker dead.
    for (const end = Date.now() + 9_000; Date.now() < end; await new Promise((next) => setTimeout(next, 250))) {
      assert.ok(await isLocked());
    }
    assert.equal(runs, 1);
  } finally {
    finish();
    await Promise.all([holder.close(), observer.close()]);
    await owner.end();
  }
});
