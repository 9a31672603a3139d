import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as readText } from 'node:stream/consumers';
import { adminProgramme } from '../admin.ts';
import { databasePid, prepareInstance, processesOf, type RunningInstance, startInstance } from '../instance.ts';
import { type BadLine, openBadLine } from './bad-line.ts';
import { Clerk } from './clerk.ts';
import { type Random, randomFrom } from './random.ts';

/** Clerks work, half of them over a bad line, while everything is killed without warning at random moments. */

type Scene = { data: string; port: number; instance: RunningInstance; readonly restarts: number[] };

/** Until the next accident. Chance chooses the moment, and no event: what is going on then must not matter. */
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export function killQuietly(pid: number | null): void {
  try {
    if (pid) process.kill(pid, 'SIGKILL');
  } catch {
    // it ended a moment earlier by itself
  }
}

async function restart(scene: Scene): Promise<void> {
  scene.instance = await startInstance(scene.data, { port: scene.port });
  scene.restarts.push(Math.round(scene.instance.readyAfter));
}

const workersOf = ({ instance, data }: Scene) =>
  processesOf({ pid: instance.pid, data }).filter(
    ({ parent, command }) => parent === instance.pid && !command.includes('postgres'),
  );

/** The ways to die. */
const accidents: readonly ((scene: Scene, random: Random) => Promise<void>)[] = [
  async (scene, random) => killQuietly(random.pick(workersOf(scene))?.pid ?? null),
  async ({ data }) => killQuietly(databasePid(data)),
  async (scene) => {
    await scene.instance.kill();
    await restart(scene);
  },
  async (scene) => {
    const all = processesOf({ pid: scene.instance.pid, data: scene.data });
    for (const { pid } of all) killQuietly(pid);
    await scene.instance.kill();
    await restart(scene);
  },
];

/** Runs a checking command on the instance; what it found. */
export async function askAdmin(data: string, ...words: string[]): Promise<unknown[]> {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', adminProgramme, ...words, '--json', '--data', data],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const { ok, problems } = JSON.parse(await readText(child.stdout)) as { ok: boolean; problems: unknown[] };
  return ok ? [] : [words.join(' '), ...problems];
}

export type CrashFacts = {
  readonly accidents: number;
  readonly cuts: number;
  readonly done: number;
  readonly doubted: number;
  readonly compared: number;
  /** Milliseconds from each start to the first ready answer. */
  readonly restarts: readonly number[];
  /** What `fsck --deep` and `audit verify` found afterwards. */
  readonly problems: readonly unknown[];
};

/** What has happened so far, and how much has to: a busy machine needs longer for it. */
type Progress = {
  readonly done: () => number;
  readonly isEnough: (accidents: number) => boolean;
  /** A clerk has found something wrong: nothing more is to happen. */
  readonly hasFailed: () => boolean;
};

/** After every second accident something is done before the next one: with nothing but accidents nothing would be proved. */
const doneBetween = 10;

async function disturb(scene: Scene, random: Random, { done, isEnough, hasFailed }: Progress): Promise<number> {
  let count = 0;
  for (; !isEnough(count) && !hasFailed(); count += 1) {
    const before = done();
    do await pause(500 + random.below(1_500));
    while (count % 2 === 0 && done() - before < doneBetween && !hasFailed());
    if (!hasFailed()) await random.pick(accidents)(scene, random);
  }
  return count;
}

async function workAndDie(scene: Scene, clerks: readonly Clerk[], random: Random, progress: Omit<Progress, 'hasFailed'>) {
  await Promise.all(clerks.map((clerk) => clerk.begin()));
  let isOver = false;
  const end = () => {
    isOver = true;
  };
  const disturbed = disturb(scene, random, { ...progress, hasFailed: () => isOver }).finally(end);
  const works = clerks.map((clerk) => clerk.work(() => isOver).finally(end));
  // All of them come to rest before anything is said or cleared away.
  await Promise.allSettled([disturbed, ...works]);
  await Promise.all(works);
  const count = await disturbed;
  let compared = 0;
  for (const clerk of clerks) compared += await clerk.checkAll();
  return { accidents: count, compared };
}

export type CrashOptions = {
  readonly seconds: number;
  readonly seed: number;
  /** It goes on beyond its seconds until so much has happened. */
  readonly least?: Readonly<Record<'accidents' | 'cuts' | 'done', number>>;
};

/** Throws when anything that was acknowledged is not there, or anything is there in part. */
export async function crash({ seconds, seed, least }: CrashOptions): Promise<CrashFacts> {
  const data = mkdtempSync(join(tmpdir(), 'rennsteig-test-crash-'));
  const random = randomFrom(seed);
  const { anna } = await prepareInstance(data, ['anna']);
  const instance = await startInstance(data);
  const scene: Scene = { data, port: instance.port, instance, restarts: [] };
  const line: BadLine = await openBadLine(instance.port, randomFrom(seed + 100));
  const home = `/remote.php/dav/files/${encodeURIComponent(anna.user)}/`;
  const clerks = [0, 1, 2, 3].map((number) => {
    const origin = `http://127.0.0.1:${number % 2 === 0 ? instance.port : line.port}`;
    const root = `${home}clerk${number}/`;
    return new Clerk({ origin, authorization: anna.authorization, root, random: randomFrom(seed + number + 1) });
  });
  const sum = (name: 'done' | 'doubted') => clerks.reduce((total, clerk) => total + clerk.facts[name], 0);
  const end = Date.now() + seconds * 1_000;
  const isEnough = (count: number) =>
    Date.now() > end && (!least || (count >= least.accidents && line.cuts() >= least.cuts && sum('done') >= least.done));
  try {
    const facts = await workAndDie(scene, clerks, random, { done: () => sum('done'), isEnough });
    const problems = [...(await askAdmin(data, 'fsck', '--deep')), ...(await askAdmin(data, 'audit', 'verify'))];
    return { ...facts, cuts: line.cuts(), done: sum('done'), doubted: sum('doubted'), restarts: scene.restarts, problems };
  } catch (error) {
    throw new Error(`crash, seed ${seed}: ${(error as Error).message}`, { cause: error });
  } finally {
    await line.close();
    await scene.instance.stop();
    rmSync(data, { recursive: true, force: true });
  }
}
