import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepareInstance, processesOf, startInstance } from '../test/instance.ts';
import type { BasicCredentials } from '../test/people.ts';
import type { LoadJob, LoadResult } from './load.ts';

const here = dirname(fileURLToPath(import.meta.url));

/** A real instance in processes of its own, with the cast in it, and a load generator in another one. */
export type BenchInstance = {
  readonly port: number;
  readonly anna: BasicCredentials;
  /** Path of Anna's root folder, with a slash at the end. */
  readonly home: string;
  readonly data: string;
  readonly pid: number;
  load(job: Omit<LoadJob, 'port' | 'authorization'>): Promise<LoadResult>;
  close(): Promise<void>;
};

/** The load generator: one process, told what to do job by job. */
export function openLoader(): { run(job: LoadJob): Promise<LoadResult>; close(): void } {
  const child = fork(join(here, 'load.ts'), { execArgv: ['--disable-warning=ExperimentalWarning'] });
  return {
    run: async (job) => {
      child.send(job);
      const [{ result, error }] = (await once(child, 'message')) as [{ result?: LoadResult; error?: string }];
      if (!result) throw new Error(error);
      return result;
    },
    close: () => child.kill(),
  };
}

/** Starts an empty instance with the cast in a temporary directory. */
export async function openBenchInstance(workers = 2): Promise<BenchInstance> {
  const data = mkdtempSync(join(tmpdir(), 'rennsteig-bench-'));
  const { anna } = await prepareInstance(data, ['anna']);
  const instance = await startInstance(data, { workers });
  await instance.allServe();
  const loader = openLoader();
  return {
    port: instance.port,
    pid: instance.pid,
    anna,
    home: `/remote.php/dav/files/${encodeURIComponent(anna.user)}/`,
    data,
    load: (job) => loader.run({ ...job, port: instance.port, authorization: anna.authorization }),
    close: async () => {
      loader.close();
      await instance.stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** Memory of all processes of an instance in MiB: the proportional set size, which counts shared pages once. */
export function memoryOf(instance: Pick<BenchInstance, 'pid' | 'data'>): number {
  let kilobytes = 0;
  for (const { pid } of processesOf(instance)) {
    try {
      const [, pss] = /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')) ?? [];
      kilobytes += Number(pss ?? 0);
    } catch {
      // it ended between two looks
    }
  }
  return Math.round(kilobytes / 1024);
}

/** Processor time used so far in seconds, by what uses it: on a busy machine the honest measure of what a request costs. */
export function cpuOf(instance: Pick<BenchInstance, 'pid' | 'data'>): { node: number; postgres: number } {
  const sum = { node: 0, postgres: 0 };
  for (const { pid } of processesOf(instance)) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const [own = 0, kernel = 0] = fields.slice(11, 13).map(Number);
      sum[stat.includes('(postgres') ? 'postgres' : 'node'] += (own + kernel) / 100;
    } catch {
      // it ended between two looks
    }
  }
  return sum;
}
