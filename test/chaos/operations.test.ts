import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import * as files from '#modules/files';
import { systemContext } from '#platform/context';
import { limits } from '../../src/modules/files/rules.ts';
import { deskOf } from '../desk.ts';
import { readSeed } from '../environment.ts';
import { settle } from '../people.ts';
import { openStand } from '../stand.ts';
import { randomFrom } from './random.ts';

/** Large copies, moves and removals whose process is really killed, again and again, wherever it happens to be. */

const stand = await openStand();
const people = await settle(stand);
const { anna, dora, ellrich } = people;
const desk = deskOf(anna);
const { platform } = stand.house;
const house = systemContext(platform, ellrich, 'test');
limits.nodesAtOnce = 20; // what is larger goes into the background
const seed = readSeed();
const random = randomFrom(seed);
const programme = fileURLToPath(new URL('./operation-worker.ts', import.meta.url));

/** 4 × 3 folders with three files in each. */
async function plant(path: string): Promise<void> {
  await desk.folder(path);
  for (const outer of ['a', 'b', 'c', 'd']) {
    await desk.folder(`${path}/${outer}`);
    for (const inner of ['x', 'y', 'z']) {
      await desk.folder(`${path}/${outer}/${inner}`);
      for (const name of ['1', '2', '3']) await desk.write(`${path}/${outer}/${inner}/${name}.txt`, `${outer}${inner}${name}`);
    }
  }
}

/** Everything below a path, with contents. */
async function leaves(path: string): Promise<string[]> {
  const found: string[] = [];
  for (const name of await desk.list(path)) {
    if (name.endsWith('/')) found.push(...(await leaves(`${path}/${name.slice(0, -1)}`)).map((below) => name + below));
    else found.push(`${name} ${await desk.read(`${path}/${name}`)}`);
  }
  return found;
}

const environment = {
  RENNSTEIG_DATA: stand.config.data,
  RENNSTEIG_LOG: 'silent',
  RENNSTEIG_KEY: Buffer.from(stand.config.key ?? []).toString('base64'),
};

/** Lets a process work until it has said so many words, and kills it then. True when it was through before. */
async function workAndDie(operation: number, words: number): Promise<boolean> {
  const settings = JSON.stringify({ app: stand.app, owner: stand.owner, environment, tenant: ellrich, operation });
  const worker = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', programme, settings], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(worker, 'exit');
  let heard = 0;
  createInterface({ input: worker.stdout }).on('line', () => {
    heard += 1;
    if (heard === words) worker.kill('SIGKILL');
  });
  const [code, signal] = await gone;
  assert.ok(code === 0 || signal === 'SIGKILL', `seed ${seed}: the worker ended with ${code ?? signal}`);
  return code === 0;
}

/** Works on the latest operation with as many deaths as it takes; after each, everything is sound and nobody sees a part. */
async function survive(look: () => Promise<void>): Promise<void> {
  const [operation] = await files.listOperations(anna);
  let deaths = 0;
  // Ever longer lives: the first ends early in any operation, and after some of them it is over.
  for (let most = 3; !(await workAndDie(operation?.id as number, 1 + random.below(most))); most += 16) {
    deaths += 1;
    const state = (await files.listOperations(anna))[0]?.state;
    assert.deepEqual((await files.check(house, { isDeep: false })).problems, [], `seed ${seed}, after ${deaths} deaths`);
    if (state === 'running') await look();
  }
  // By the worker's clock it ended a day before that of this stand: what is over is no longer listed.
  assert.deepEqual(await files.listOperations(anna), [], `seed ${seed}`);
  assert.ok(deaths > 0, `seed ${seed}: it was over before anything happened to it`);
  const { problems, counts } = await files.check(house, { isDeep: true });
  assert.deepEqual([problems, counts.orphans], [[], 0], `seed ${seed}`);
}

const carry = async (path: string, to: string, isCopy: boolean) =>
  files.carryAll(anna, [(await desk.at(path)).node.id], { to: (await desk.at(to)).node.id, isCopy, taken: 'number' });

await plant('Vorgänge');
await desk.folder('Ablage');
await files.createSpace(dora, { name: 'Bauamt' }, [{ principal: people.id.anna, role: 'manager' }]);
const whole = await leaves('Vorgänge');
assert.equal(whole.length, 36);

test('a copy is whole or not there, and made once', async () => {
  const before = (await desk.at('Ablage')).space.used;
  await carry('Vorgänge', 'Ablage', true);
  await survive(async () => {
    assert.deepEqual(await desk.list('Ablage'), []);
    assert.deepEqual(await leaves('Vorgänge'), whole);
  });
  assert.deepEqual(await desk.list('Ablage'), ['Vorgänge/']);
  assert.deepEqual(await leaves('Ablage/Vorgänge'), whole);
  assert.equal((await desk.at('Ablage')).space.used, before + 36 * 3, 'counted once');
});

test('what moves to another space arrives whole, and is nowhere twice', async () => {
  await carry('Ablage/Vorgänge', 'Bauamt', false);
  await survive(async () => assert.deepEqual(await desk.list('Bauamt'), []));
  assert.deepEqual(await desk.list('Ablage'), []);
  assert.deepEqual(await leaves('Bauamt/Vorgänge'), whole);
  assert.equal((await desk.at('Bauamt')).space.used, 36 * 3);
});

test('what is removed for good goes wholly, and nothing else with it', async () => {
  await desk.trash('Bauamt/Vorgänge');
  await files.emptyTrash(anna, await desk.at('Bauamt'));
  await survive(async () => assert.deepEqual((await files.listTrash(anna, await desk.at('Bauamt'))).items, []));
  assert.equal((await desk.at('Bauamt')).space.used, 0);
  assert.deepEqual(await leaves('Vorgänge'), whole, 'the originals share the bytes');
});
