import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openStand } from '../../test/stand.ts';
import { connect } from './db.ts';
import { type EnqueueOptions, enqueue, type Job } from './jobs.ts';

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
