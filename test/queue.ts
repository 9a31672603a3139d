import { Logger, runOnce } from 'graphile-worker';
import { floors } from '../src/house.ts';
import { systemContext } from '../src/platform/context.ts';
import type { Job } from '../src/platform/jobs.ts';
import { poolSettings } from '../src/platform/jobs.ts';
import type { Stand } from './stand.ts';

const jobs: readonly Job<never>[] = floors
  .flat()
  .flatMap(({ jobs: own = [], handlers = [] }) => [...own, ...handlers.map(({ job }) => job)]);

/** Does everything that waits in the queue of a stand, and what comes of it; resolves when nothing is left. What fails is thrown. */
export async function workOff({ house, owner }: Pick<Stand, 'house' | 'owner'>): Promise<void> {
  const failures: unknown[] = [];
  const run = (job: Job<never>) => async (given: unknown) => {
    const { tenant = 0, payload = {} } = given as { tenant?: number; payload?: object };
    await job
      .run(systemContext(house.platform, tenant, job.name), payload as never)
      .catch((error: unknown) => failures.push(error));
  };
  await runOnce({
    connectionString: poolSettings(owner),
    taskList: Object.fromEntries(jobs.map((job) => [job.name, run(job)])),
    logger: new Logger(() => () => {}),
    noHandleSignals: true,
    concurrency: 1,
    preset: {},
  });
  if (failures.length > 0) throw failures[0];
}
