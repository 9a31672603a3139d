import { join } from 'node:path';
import { prepareInstance, processesOf, type RunningInstance, startInstance } from '../instance.ts';
import { Clerk } from './clerk.ts';
import { askAdmin, killQuietly } from './crash.ts';
import { type Disk, openDisk } from './power.ts';
import { type Random, randomFrom } from './random.ts';

/** Clerks work on an instance whose disk loses its power at random moments. */

const diskMegabytes = 600;

type Scene = { readonly disk: Disk; readonly data: string; instance: RunningInstance };

/** Power is cut in the middle of everything; what runs without its disk is put out, and all of it starts again. */
async function cutOnce(scene: Scene): Promise<void> {
  scene.disk.cutPower();
  for (const { pid } of processesOf({ pid: scene.instance.pid, data: scene.data })) killQuietly(pid);
  await scene.instance.kill();
  while (processesOf({ pid: scene.instance.pid, data: scene.data }).length > 0) await new Promise(setImmediate);
  scene.disk.powerOn();
  scene.instance = await startInstance(scene.data, { port: scene.instance.port });
}

/** Works until so many more changes are acknowledged: chance chooses how many, so that the cut comes at any point of the next one. */
async function workThrough(scene: Scene, clerks: readonly Clerk[], cuts: number, random: Random): Promise<void> {
  const done = () => clerks.reduce((sum, { facts }) => sum + facts.done, 0);
  let isOver = false;
  const working = Promise.all(clerks.map((clerk) => clerk.work(() => isOver)));
  try {
    for (let left = cuts; left > 0; left -= 1) {
      const enough = done() + 10 + random.below(40);
      while (done() < enough) await Promise.race([new Promise(setImmediate), working]);
      await cutOnce(scene);
    }
  } finally {
    isOver = true;
  }
  await working;
}

export type PowerFacts = {
  readonly done: number;
  readonly doubted: number;
  readonly compared: number;
  /** What `fsck --deep` and `audit verify` found afterwards. */
  readonly problems: readonly unknown[];
};

/** Throws when anything that was acknowledged is not there, or anything is there in part. */
export async function powerCuts({ cuts, seed }: { cuts: number; seed: number }): Promise<PowerFacts> {
  const disk = openDisk(diskMegabytes);
  const data = join(disk.path, 'data');
  let scene: Scene | null = null;
  try {
    const { anna } = await prepareInstance(data, ['anna']);
    const running: Scene = { disk, data, instance: await startInstance(data) };
    scene = running;
    const home = `/remote.php/dav/files/${encodeURIComponent(anna.user)}/`;
    const origin = `http://127.0.0.1:${running.instance.port}`;
    const clerks = [0, 1, 2].map(
      (number) =>
        new Clerk({
          origin,
          authorization: anna.authorization,
          root: `${home}clerk${number}/`,
          random: randomFrom(seed + number),
        }),
    );
    await Promise.all(clerks.map((clerk) => clerk.begin()));
    await workThrough(running, clerks, cuts, randomFrom(seed + 100));
    let compared = 0;
    for (const clerk of clerks) compared += await clerk.checkAll();
    const problems = [...(await askAdmin(data, 'fsck', '--deep')), ...(await askAdmin(data, 'audit', 'verify'))];
    const sum = (name: 'done' | 'doubted') => clerks.reduce((total, clerk) => total + clerk.facts[name], 0);
    return { done: sum('done'), doubted: sum('doubted'), compared, problems };
  } catch (error) {
    throw new Error(`power cut, seed ${seed}: ${(error as Error).message}`, { cause: error });
  } finally {
    await scene?.instance.stop();
    disk.remove();
  }
}
