import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openStand } from '../../test/stand.ts';
import { connect } from './db.ts';
import { type EnqueueOptions, enqueue, type Job, openJobs } from './jobs.ts';
import { openJobConnections } from './jobs-connections.ts';

const stand = await openStand();
const { db } = stand.house.platform;
const behind = connect(stand.owner);
after(() => behind.end());

const job: Job<{ name: string }> = { name: 'test.nothing', run: async () => {} };

const put = (name: string, options?: EnqueueOptions) => db.write(0, (tx) => enqueue(tx, job, { name }, options));

/** What waits, as the queue will take it. */
async function waiting(): Promise<string[]> {
  const rows = await behind<{ name: string }[]>`
    select payload->'payload'->>'name' as name from graphile_worker._private_jobs order by priority, run_at`;
  return rows.map(({ name }) => name);
}

test('first come, first served: what is asked for again keeps its place, and what was to wait comes forward', async () => {
  const tomorrow = new Date(Date.now() + 86_400_000);
  await put('later', { runAt: tomorrow, key: 'later' });
  await put('first', { key: 'first' });
  await db.write(0, async (tx) => {
    for (const name of ['second', 'third', 'fourth']) await enqueue(tx, job, { name });
  });
  await put('first, again', { key: 'first' });
  assert.deepEqual(await waiting(), ['first, again', 'second', 'third', 'fourth', 'later']);
  await put('now', { key: 'later' });
  assert.deepEqual(await waiting(), ['first, again', 'second', 'third', 'fourth', 'now']);
  await put('put off', { key: 'first', runAt: tomorrow });
  assert.deepEqual(await waiting(), ['second', 'third', 'fourth', 'now', 'put off']);
  const [late] = await behind`select count(*)::int as count from graphile_worker._private_jobs where run_at > now()`;
  assert.equal(late?.count, 1);
});

/** Connections of the queue's driver: the others have names. */
async function ofTheQueue(): Promise<number[]> {
  const rows = await behind<{ pid: number }[]>`
    select pid from pg_stat_activity where datname = current_database() and application_name = '' and backend_type = 'client backend'`;
  return rows.map(({ pid }) => pid);
}

test('a queue that is closed has no connection left: the database may stop at once', async () => {
  for (let times = 0; times < 5; times += 1) {
    const queue = await openJobs(stand.house.platform, stand.owner, [job]);
    assert.notEqual((await ofTheQueue()).length, 0);
    await queue.close();
    assert.deepEqual(await ofTheQueue(), []);
  }
});

test('a connection that the database ends is told of, and takes nobody with it', async () => {
  const { promise: lost, resolve } = Promise.withResolvers<string | undefined>();
  const connections = openJobConnections(stand.owner, 1, ({ code }) => resolve(code));
  const client = await connections.pool.connect();
  client.release();
  const [pid = 0] = await ofTheQueue();
  await behind`select pg_terminate_backend(${pid})`;
  assert.equal(await lost, '57P01');
  await Promise.all([connections.close(), connections.close()]);
});

test('a database that ends the connections of a queue while it is closed takes nobody with it', async () => {
  for (let times = 0; times < 5; times += 1) {
    const queue = await openJobs(stand.house.platform, stand.owner, [job]);
    let isClosed = false;
    const closed = queue.close().finally(() => {
      isClosed = true;
    });
    while (!isClosed) for (const pid of await ofTheQueue()) await behind`select pg_terminate_backend(${pid})`;
    await closed;
  }
});

/** The process ids of the queue's connections that wait for a table somebody holds; the database tells nobody who waits. */
async function waitersFor(table: string, signal: AbortSignal): Promise<number[]> {
  while (!signal.aborted) {
    const rows = await behind<{ pid: number }[]>`
      select pid from pg_locks where not granted and relation = ${table}::regclass and pid = any(${await ofTheQueue()})`;
    if (rows.length > 0) return rows.map(({ pid }) => pid);
  }
  throw new Error(`nobody waits for ${table}`);
}

test('a queue whose database goes while it is closed says so in our log, and nothing anywhere else', { timeout: 60_000 }, async ({
  mock,
  signal,
}) => {
  const spoken = (['trace', 'error', 'warn', 'log'] as const).map((name) => mock.method(console, name, () => {}).mock);
  const lines: string[] = [];
  const warn = (details: object, message: string) => void lines.push(`${JSON.stringify(details)} ${message}`);
  const platform = { ...stand.house.platform, log: { ...stand.house.platform.log, warn } };
  const table = 'graphile_worker._private_jobs';
  const holder = await behind.reserve();
  await holder.unsafe(`begin; lock table ${table} in access exclusive mode`);
  const queue = await openJobs(platform, stand.owner, [job]);
  const asking = await waitersFor(table, signal);
  const closed = queue.close();
  await behind`select pg_terminate_backend(pid) from unnest(${asking}::int[]) pid`;
  await holder.unsafe('rollback');
  holder.release();
  await closed;
  assert.deepEqual(
    spoken.flatMap(({ calls }) => calls.map(({ arguments: words }) => String(words[0]))),
    [],
  );
  assert.equal(lines.filter((line) => line.includes('without its database')).length, asking.length, lines.join('\n'));
});
