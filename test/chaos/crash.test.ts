import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { databasePid, prepareInstance, processesOf, type RunningInstance, startInstance } from '../instance.ts';
import { Clerk } from './clerk.ts';
import { type Random, randomFrom } from './random.ts';

/** Clerks work while everything is killed without warning, at random moments. */

const seconds = Number(process.env.CHAOS_SECONDS ?? 20);
const seed = Number(process.env.CHAOS_SEED ?? Math.floor(Math.random() * 2 ** 31));

type Scene = { data: string; port: number; instance: RunningInstance; readonly restarts: number[] };

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function killQuietly(pid: number | null): void {
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

test('what was acknowledged survives kill -9 of any process, and nothing is ever half there', async () => {
  const data = mkdtempSync(join(tmpdir(), 'rennsteig-test-crash-'));
  const random = randomFrom(seed);
  const { anna } = await prepareInstance(data, ['anna']);
  const instance = await startInstance(data);
  const scene: Scene = { data, port: instance.port, instance, restarts: [] };
  const home = `/remote.php/dav/files/${encodeURIComponent(anna.user)}/`;
  const clerks = Array.from({ length: 4 }, (_, number) => {
    const origin = `http://127.0.0.1:${instance.port}`;
    return new Clerk({
      origin,
      authorization: anna.authorization,
      root: `${home}clerk${number}/`,
      random: randomFrom(seed + number + 1),
    });
  });
  try {
    await Promise.all(clerks.map((clerk) => clerk.begin()));
    const end = Date.now() + seconds * 1_000;
    const work = Promise.all(clerks.map((clerk) => clerk.work(() => Date.now() > end)));
    let count = 0;
    const disturb = (async () => {
      for (; Date.now() < end; count += 1) {
        await pause(500 + random.below(1_500));
        await random.pick(accidents)(scene, random);
      }
    })();
    await Promise.all([work, disturb]);
    let checked = 0;
    for (const clerk of clerks) checked += await clerk.checkAll();
    const done = clerks.reduce((sum, { facts }) => sum + facts.done, 0);
    const doubted = clerks.reduce((sum, { facts }) => sum + facts.doubted, 0);
    process.stderr.write(
      `crash test, seed ${seed}: ${count} accidents, ${done} changes acknowledged, ${doubted} in doubt, ${checked} addresses compared, ready after ${scene.restarts.join(', ')} ms\n`,
    );
    assert.ok(count > 0 && done > 50, `seed ${seed}: too little happened to prove anything`);
  } catch (error) {
    throw new Error(`seed ${seed}`, { cause: error });
  } finally {
    await scene.instance.stop();
    rmSync(data, { recursive: true, force: true });
  }
});
