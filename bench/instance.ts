import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfig } from '../src/config.ts';
import { openHouse } from '../src/house.ts';
import { openInstance } from '../src/instance.ts';
import { type BasicCredentials, settle } from '../test/people.ts';
import type { LoadJob, LoadResult } from './load.ts';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** A real instance in processes of its own, with the cast in it. */
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

async function prepare(data: string): Promise<BasicCredentials> {
  const config = readConfig(['--data', data, '--log', 'error', '--port', '0'], {});
  const instance = await openInstance(config);
  try {
    const house = await openHouse({ config, app: instance.app, owner: instance.owner, worksOnJobs: false });
    const people = await settle({ house });
    const credentials = await people.appPassword('anna');
    await house.close();
    return credentials;
  } finally {
    await instance.close();
    if (process.env.BENCH_PG) (await import('node:fs')).appendFileSync(join(data, 'postgres/data/postgresql.conf'), "\nshared_preload_libraries='pg_stat_statements'\npg_stat_statements.track=all\npg_stat_statements.track_planning=on\n");
  }
}

function start(data: string, workers: number): Promise<{ child: ChildProcess; port: number }> {
  const args = [...(process.env.BENCH_NODE_FLAGS ?? '--disable-warning=ExperimentalWarning').split(' '), join(root, 'src/main.ts'), '--data', data, '--port', '0', '--log', 'warn'];
  const env = { ...process.env, UV_THREADPOOL_SIZE: '8' };
  const child = spawn(process.execPath, [...args, '--workers', String(workers)], { stdio: ['ignore', 'inherit', 'pipe'], env });
  return new Promise((resolvePort, reject) => {
    let text = '';
    child.stderr?.on('data', (piece) => {
      text += String(piece);
      const [, port] = /http:\/\/127\.0\.0\.1:(\d+)/.exec(text) ?? [];
      if (port) resolvePort({ child, port: Number(port) });
    });
    child.once('exit', () => reject(new Error(`the instance did not start: ${text}`)));
  });
}

/** Starts an empty instance with the cast in a temporary directory. */
export async function openBenchInstance(workers = 2): Promise<BenchInstance> {
  const data = mkdtempSync(join(tmpdir(), 'rennsteig-bench-'));
  const anna = await prepare(data);
  const { child, port } = await start(data, workers);
  const loader = fork(join(root, 'bench/load.ts'), { execArgv: ['--disable-warning=ExperimentalWarning'] });
  return {
    port,
    anna,
    home: `/remote.php/dav/files/${encodeURIComponent(anna.user)}/`,
    data,
    pid: child.pid as number,
    load: async (job) => {
      loader.send({ ...job, port, authorization: anna.authorization });
      const [{ result, error }] = (await once(loader, 'message')) as [{ result?: LoadResult; error?: string }];
      if (!result) throw new Error(error);
      return result;
    },
    close: async () => {
      loader.kill();
      child.kill('SIGTERM');
      await once(child, 'exit');
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** Memory of all processes of an instance in MiB: the proportional set size, which counts shared pages once. */
export function memoryOf(instance: Pick<BenchInstance, 'pid' | 'data'>): number {
  let kilobytes = 0;
  for (const pid of processesOf(instance)) {
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
  for (const pid of processesOf(instance)) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const [own, kernel, children, childrenKernel] = fields.slice(11, 15).map(Number) as [number, number, number, number];
      const isPostgres = stat.includes('(postgres');
      sum[isPostgres ? 'postgres' : 'node'] += (own + kernel + (isPostgres ? children + childrenKernel : 0)) / 100;
    } catch {
      // it ended between two looks
    }
  }
  return sum;
}

function processesOf({ pid, data }: Pick<BenchInstance, 'pid' | 'data'>): number[] {
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [describeProcess(Number(name))] : []));
  const known = new Set([pid, ...all.filter((each) => each.command.includes(data)).map((each) => each.pid)]);
  for (let grew = true; grew; ) {
    const children = all.filter((each) => known.has(each.parent) && !known.has(each.pid));
    grew = children.length > 0;
    for (const child of children) known.add(child.pid);
  }
  return [...known];
}

function describeProcess(pid: number): { pid: number; parent: number; command: string } {
  try {
    const [, parent] = /^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return { pid, parent: Number(parent), command: readFileSync(`/proc/${pid}/cmdline`, 'utf8') };
  } catch {
    return { pid, parent: 0, command: '' };
  }
}
