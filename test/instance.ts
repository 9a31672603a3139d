import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfig } from '../src/config.ts';
import { openHouse } from '../src/house.ts';
import { openInstance } from '../src/instance.ts';
import { environmentWith } from './environment.ts';
import { type BasicCredentials, type PersonName, settle } from './people.ts';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** An instance as operators run it: processes of its own, a data directory, a port. */
export type RunningInstance = {
  readonly port: number;
  readonly pid: number;
  /** Milliseconds from the start of the process to its first ready answer. */
  readonly readyAfter: number;
  /** Resolves when all its workers serve: it is ready with the first one. */
  allServe(): Promise<void>;
  /** Stops it as a service manager does; resolves with the exit code. */
  stop(): Promise<number | null>;
  /** Ends the first process without warning; its workers and its database are on their own then. */
  kill(): Promise<void>;
};

export type StartOptions = {
  readonly workers?: number;
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Lines of the log at or above this level appear in the output. */
  readonly log?: string;
};

/**
 * Fills an empty data directory with the cast; resolves with app passwords of the people named.
 * @param settings more settings, as an operator's environment has them
 */
export async function prepareInstance<Name extends PersonName>(
  data: string,
  names: readonly Name[],
  settings: Readonly<Record<string, string>> = {},
): Promise<Record<Name, BasicCredentials>> {
  const config = readConfig(['--data', data, '--log', 'error', '--port', '0'], settings);
  const instance = await openInstance(config);
  try {
    const house = await openHouse({ config, app: instance.app, owner: instance.owner, worksOnJobs: false });
    const people = await settle({ house });
    const pairs = await Promise.all(names.map(async (name) => [name, await people.appPassword(name)] as const));
    await house.close();
    return Object.fromEntries(pairs) as Record<Name, BasicCredentials>;
  } finally {
    await instance.close();
  }
}

/** Starts an instance and waits until it is ready. Rejects with what it printed when it ends before. */
export async function startInstance(data: string, options: StartOptions = {}): Promise<RunningInstance> {
  const settings = [
    '--data',
    data,
    '--port',
    String(options.port ?? 0),
    '--log',
    options.log ?? 'error',
    '--workers',
    String(options.workers ?? 2),
  ];
  const started = performance.now();
  const child = spawn(process.execPath, [join(root, 'start.mjs'), ...settings], {
    stdio: ['ignore', 'inherit', 'pipe'],
    env: environmentWith(options.env),
  });
  const ended = endOf(child);
  const port = await Promise.race([portOf(child), ended]);
  await Promise.race([untilReady(port), ended]);
  ended.catch(() => {}); // from here on it may end
  return {
    port,
    pid: child.pid as number,
    readyAfter: performance.now() - started,
    allServe: () => untilAllServe(port, options.workers ?? 2),
    stop: () => end(child, 'SIGTERM'),
    kill: async () => void (await end(child, 'SIGKILL')),
  };
}

function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolvePort) => {
    let text = '';
    child.stderr?.on('data', (piece) => {
      text += String(piece);
      const [, port] = /http:\/\/127\.0\.0\.1:(\d+)/.exec(text) ?? [];
      if (port) resolvePort(Number(port));
    });
  });
}

/** Rejects when the process ends, with what it printed: also between its address and its first ready answer. */
async function endOf(child: ChildProcess): Promise<never> {
  let text = '';
  child.stderr?.on('data', (piece) => {
    text += String(piece);
  });
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  throw new Error(`the instance ended with ${code ?? signal}: ${text}`);
}

/** Between the line with the address and readiness lies nothing that could be heard from outside: it is asked again. */
export async function untilReady(port: number): Promise<void> {
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
    await answer?.arrayBuffer();
    if (answer?.status === 200) return;
    await new Promise((again) => setTimeout(again, 10));
  }
}

/** The figures are the only place from where the workers can be counted from outside. */
async function untilAllServe(port: number, workers: number): Promise<void> {
  for (;;) {
    const figures = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    if (figures.includes(`\nrennsteig_workers ${workers}\n`)) return;
    await new Promise((again) => setTimeout(again, 50));
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }
  return child.exitCode;
}

export type ProcessFacts = { readonly pid: number; readonly parent: number; readonly command: string };

function describeProcess(pid: number): ProcessFacts[] {
  try {
    const [, parent] = /^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return [{ pid, parent: Number(parent), command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ') }];
  } catch {
    return []; // it ended between two looks
  }
}

/** All processes of an instance: the first one, its workers, the database server and its children. Linux only. */
export function processesOf({ pid, data }: { pid: number; data: string }): ProcessFacts[] {
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? describeProcess(Number(name)) : []));
  const known = new Set([pid, ...all.filter((each) => each.command.includes(data)).map((each) => each.pid)]);
  for (let grew = true; grew; ) {
    const children = all.filter((each) => known.has(each.parent) && !known.has(each.pid));
    grew = children.length > 0;
    for (const child of children) known.add(child.pid);
  }
  return all.filter((each) => known.has(each.pid));
}

/** Process id of the embedded database server of a data directory; null when it does not run. */
export function databasePid(data: string): number | null {
  try {
    return Number(readFileSync(join(data, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0]);
  } catch {
    return null;
  }
}
