import type { Connection } from '../../src/platform/db.ts';
import type { Job } from '../../src/platform/jobs.ts';

/** What a worker process of a test is told. */
export type WorkerSettings = {
  readonly app: Connection;
  readonly owner: Connection;
  readonly environment: Readonly<Record<string, string>>;
};

/** A job that says when it is taken and then goes on for ever. */
export function endless(taken: () => void): Job {
  return {
    name: 'test.endless',
    run: async () => {
      taken();
      await new Promise(() => setInterval(() => {}, 1_000_000));
    },
  };
}
