import { Logger, runOnce } from 'graphile-worker';
import { floors } from '../src/house.ts';
import { systemContext } from '../src/platform/context.ts';
import { connect } from '../src/platform/db.ts';
import type { Job } from '../src/platform/jobs.ts';
import { openJobConnections } from '../src/platform/jobs-connections.ts';
import type { Stand } from './stand.ts';

const jobs: readonly Job<never>[] = floors
  .flat()
  .flatMap(({ jobs: own = [], handlers = [] }) => [...own, ...handlers.map(({ job }) => job)]);

type Lines = ReturnType<typeof connect>;
type Clocks = Pick<Stand, 'clock' | 'openedAt'>;

/**
 * The queue goes by the clock on the wall, what a room puts off by the stand's. What was put off beyond the stand's now is
 * moved out of the queue's sight, and what is due by it into the past. What came into the queue since the stand was opened,
 * by the clock on the wall, was to be done at once and stays.
 */
async function followStand(sql: Lines, { clock, openedAt }: Clocks): Promise<void> {
  const now = clock.now();
  await sql`
    update graphile_worker._private_jobs
    set run_at = case when run_at > ${now} then run_at + interval '1000 years' else ${new Date(0)} + (run_at - ${now}) end
    where run_at not between ${openedAt} and clock_timestamp()
      and (run_at > ${now} and run_at < ${now} + interval '500 years' or run_at <= ${now} and run_at > clock_timestamp())`;
}

async function bringBack(sql: Lines): Promise<void> {
  await sql`update graphile_worker._private_jobs set run_at = run_at - interval '1000 years' where run_at > interval '500 years' + now()`;
}

/**
 * Does everything that is due in the queue of a stand, and what comes of it; resolves when only what was put off beyond the
 * stand's now is left, whatever day it really is. What fails is thrown.
 */
export async function workOff(stand: Pick<Stand, 'house' | 'owner' | 'clock' | 'openedAt'>): Promise<void> {
  const { platform } = stand.house;
  const failures: unknown[] = [];
  const sql = connect(stand.owner, { max: 1 });
  const connections = openJobConnections(stand.owner, 2);
  const run = (job: Job<never>) => async (given: unknown) => {
    const { tenant = 0, payload = {} } = given as { tenant?: number; payload?: object };
    await job.run(systemContext(platform, tenant, job.name), payload as never).catch((error: unknown) => failures.push(error));
    await followStand(sql, stand);
  };
  try {
    await followStand(sql, stand);
    await runOnce({
      pgPool: connections.pool,
      taskList: Object.fromEntries(jobs.map((job) => [job.name, run(job)])),
      logger: new Logger(() => () => {}),
      noHandleSignals: true,
      concurrency: 1,
      preset: {},
    });
    await bringBack(sql);
  } finally {
    await Promise.all([sql.end(), connections.close()]);
  }
  if (failures.length > 0) throw failures[0];
}
