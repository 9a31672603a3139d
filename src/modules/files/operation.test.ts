import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import * as files from '#modules/files';
import { listNotices } from '#modules/notifications';
import { systemContext } from '#platform/context';
import { assertRefused, deskOf } from '../../../test/desk.ts';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import { operate } from './operation-step.ts';
import { limits } from './rules.ts';
import { mayPass, type OperationState, operationEdges, operationLimits } from './rules-operation.ts';

const stand = await openStand();
const people = await settle(stand);
const { dora, anna, bernd, ellrich, id } = people;
const { platform } = stand.house;
const house = systemContext(platform, ellrich, 'test');
const desk = deskOf(anna);

// Small, so that a few dozen files are a large folder and every step is seen.
limits.nodesAtOnce = 20;
operationLimits.step = 7;
operationLimits.folders = 3;
operationLimits.sliceMilliseconds = 1;

/** A folder with 4 × 3 folders and three files in each: 53 nodes, 36 × 5 bytes. */
async function plant(path: string): Promise<void> {
  await desk.folder(path);
  for (const outer of ['a', 'b', 'c', 'd']) {
    await desk.folder(`${path}/${outer}`);
    for (const inner of ['x', 'y', 'z']) {
      await desk.folder(`${path}/${outer}/${inner}`);
      for (const name of ['1', '2', '3']) await desk.write(`${path}/${outer}/${inner}/${name}.txt`, 'fünf'.slice(0, 4));
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

const assertSound = async () => assert.deepEqual((await files.check(house, { isDeep: false })).problems, []);
const latest = async () => (await files.listOperations(anna))[0] as files.OperationView;
const usedOf = async (path: string) => (await desk.at(path)).space.used;
const carry = async (path: string, to: string, isCopy: boolean, taken: files.MeetingRule = 'number') =>
  files.carryAll(anna, [(await desk.at(path)).node.id], { to: (await desk.at(to)).node.id, isCopy, taken });

/** One slice of the job, as after a kill: nothing is remembered but what stands in the database. */
async function slice(): Promise<boolean> {
  await operate.run(systemContext(platform, ellrich, 'files.operate'), { operation: (await latest()).id });
  await assertSound();
  return (await latest()).state !== 'running' && (await latest()).state !== 'undoing';
}

async function runOut(): Promise<files.OperationView> {
  while (!(await slice()));
  return latest();
}

await plant('Groß');
for (const name of ['Bauamt', 'Archiv'])
  await files.createSpace(dora, { name }, [
    { principal: id.anna, role: 'manager' },
    { principal: id.bernd, role: 'viewer' },
  ]);

test('a large copy appears when it is whole, its bytes are reserved before, its books are right after every step', async () => {
  const before = await usedOf('Bauamt');
  const size = (await desk.at('Groß')).node.size;
  const outcome = await carry('Groß', 'Bauamt', true);
  assert.deepEqual([outcome.done.length, outcome.begun.map(({ name }) => name)], [0, ['Groß']]);
  assert.equal(await usedOf('Bauamt'), before + size, 'reserved at once');
  await assertSound();
  let slices = 0;
  for (let isOver = false; !isOver; slices += 1) {
    assert.deepEqual(await desk.list('Bauamt'), [], 'nothing is seen of it');
    assert.deepEqual((await files.listTrash(anna, await desk.at('Bauamt'))).items, []);
    assert.equal(await usedOf('Bauamt'), before + size);
    isOver = await slice();
  }
  assert.ok(slices > 4, `${slices} slices`);
  assert.deepEqual(await leaves('Bauamt/Groß'), await leaves('Groß'));
  const { state, done, total } = await latest();
  assert.deepEqual([state, done, total], ['done', 52, 53]);
  assert.equal((await desk.at('Bauamt/Groß')).node.size, size);
  assert.equal((await listNotices(anna))[0]?.sentence, '„Groß“ ist fertig kopiert.');
  await operate.run(house, { operation: (await latest()).id });
  assert.deepEqual(await desk.list('Bauamt'), ['Groß/'], 'running once more changes nothing');
});

test('what others change meanwhile comes along or not, and never breaks it', async () => {
  await carry('Groß', 'Archiv', true);
  await slice();
  await desk.write('Groß/d/z/neu.txt', 'neu');
  await desk.move('Groß/a/x/1.txt', 'Groß/a/x/eins.txt');
  await desk.write('Groß/a/x/1.txt', 'ein anderes');
  await desk.trash('Groß/d/y');
  await desk.move('Groß/c', 'Groß/d/c');
  assert.equal((await runOut()).state, 'done');
  assert.ok((await leaves('Archiv/Groß')).length >= 20);
});

test('a copy is stopped: nothing of it stays, and the room is there again', async () => {
  const before = await usedOf('Archiv');
  await carry('Groß', 'Archiv', true);
  await slice();
  const { id: operation, mayStop } = await latest();
  assert.ok(mayStop);
  await assertRefused(files.stopOperation(bernd, operation), 'notFound');
  await files.stopOperation(anna, operation);
  await assertRefused(files.stopOperation(anna, operation), 'conflict', 'files.operationOver');
  assert.equal((await runOut()).state, 'cancelled');
  assert.equal(await usedOf('Archiv'), before);
  assert.deepEqual(await desk.list('Archiv'), ['Groß/']);
});

test('what does not fit is refused at once; what grows beyond it is undone and told', async () => {
  const space = await files.createSpace(dora, { name: 'Eng', quota: 400 }, [{ principal: id.anna, role: 'manager' }]);
  await files.setQuota(dora, space.id, 50);
  await assertRefused(carry('Groß', 'Eng', true), 'quotaExceeded');
  assert.equal(await usedOf('Eng'), 0);
  await files.setQuota(dora, space.id, (await desk.at('Groß')).node.size);
  await carry('Groß', 'Eng', true);
  await desk.write('Groß/d/z/mehr.txt', 'viel mehr als vorgesehen war');
  const { state, failure } = await runOut();
  assert.deepEqual([state, failure], ['failed', 'files.spaceFull']);
  assert.deepEqual([await desk.list('Eng'), await usedOf('Eng')], [[], 0]);
  assert.match((await listNotices(anna))[0]?.sentence ?? '', /„Groß“ ließ sich nicht beenden/);
});

test('whoever loses the right while it runs gets nothing more', async () => {
  const space = await files.createSpace(dora, { name: 'Vertraulich' }, [
    { principal: id.dora, role: 'manager' },
    { principal: id.anna, role: 'editor' },
  ]);
  await carry('Groß', 'Vertraulich', true);
  await slice();
  await files.removeMember(dora, space.id, id.anna);
  const { state, failure } = await runOut();
  assert.deepEqual([state, failure], ['failed', 'platform.forbidden']);
});

test('a large folder moves to another space: gone at once, there when it has arrived, the same as before', async () => {
  await plant('Umzug');
  await desk.write('Umzug/a/x/1.txt', 'zwei');
  const { node } = await desk.at('Umzug/a/x/1.txt');
  const all = await leaves('Umzug');
  const [own, archive] = [await usedOf(''), await usedOf('Archiv')];
  assert.equal((await carry('Umzug', 'Archiv', false)).begun.length, 1);
  assert.ok(!(await desk.list()).includes('Umzug/'));
  await assertRefused(files.locate(anna, node.id), 'notFound');
  await assertSound();
  await slice();
  await desk.folder('Archiv/Umzug'); // somebody takes the name meanwhile
  assert.equal((await runOut()).state, 'done');
  assert.deepEqual(await leaves('Archiv/Umzug (2)'), all);
  const moved = await desk.at('Archiv/Umzug (2)/a/x/1.txt');
  assert.equal(moved.node.id, node.id);
  const [version] = await files.listVersions(anna, moved);
  const bytes = (version?.size ?? 0) + (await desk.at('Archiv/Umzug (2)')).node.size;
  assert.deepEqual([await usedOf(''), await usedOf('Archiv')], [own - bytes, archive + bytes]);
  assert.ok(!(await latest()).mayStop);
});

test('it replaces what has the name when it is there, and finds a place when its own is gone', async () => {
  await desk.folder('Archiv/Ziel');
  await plant('Archiv/Ziel/Groß');
  const target = await desk.at('Archiv/Ziel');
  await files.carryAll(anna, [(await desk.at('Groß')).node.id], { to: target.node.id, isCopy: true, taken: 'replace' });
  await slice();
  assert.equal((await leaves('Archiv/Ziel/Groß')).length, 36, 'the old one until then');
  await runOut();
  assert.deepEqual(await leaves('Archiv/Ziel/Groß'), await leaves('Groß'));
  assert.equal((await files.listTrash(anna, await desk.at('Archiv'))).items.length, 1);
  await files.carryAll(anna, [(await desk.at('Groß')).node.id], { to: target.node.id, isCopy: true, taken: 'number' });
  await desk.trash('Archiv/Ziel');
  await runOut();
  assert.ok((await desk.list('Archiv')).includes('Groß (2)/'), 'at the top of the space');
});

/** The house, dying at a commit: half of the times just before it, half of the times just after. */
function dyingHouse(chance: () => number) {
  const die = () => {
    throw new Error('killed');
  };
  const write: typeof platform.db.write = async (tenant, work) => {
    const [dies, comesFirst] = [chance() < 0.4, chance() < 0.5];
    const result = await platform.db.write(tenant, async (tx) => {
      const done = await work(tx);
      if (dies && comesFirst) die();
      return done;
    });
    if (dies) die();
    return result;
  };
  return systemContext({ ...platform, db: { ...platform.db, write } }, ellrich, 'files.operate');
}

test('killed again and again, before and after commits, it ends as if nothing had happened', async () => {
  const all = await leaves('Groß');
  let seed = 7;
  const chance = () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  for (const [isCopy, from, to] of [
    [true, 'Groß', 'Bauamt'],
    [false, 'Bauamt/Groß (2)', 'Archiv'],
  ] as const) {
    await carry(from, to, isCopy);
    const { id: operation } = await latest();
    let kills = 0;
    while ((await latest()).state === 'running') {
      await operate.run(dyingHouse(chance), { operation }).catch((error: Error) => {
        assert.match(`${error.message} ${String(error.cause)}`, /killed/);
        kills += 1;
      });
      await assertSound();
    }
    assert.ok(kills > 2, `${kills} kills`);
    assert.deepEqual(await leaves(`${to}/Groß (2)`), all);
  }
});

test('a copy into itself and a name that is taken are refused before anything begins', async () => {
  const count = (await files.listOperations(anna)).length;
  await assertRefused(carry('Groß', 'Groß/b', true), 'conflict', 'files.intoItself');
  assert.equal((await carry('Groß', 'Bauamt', true, 'skip')).begun.length, 0);
  assert.equal((await files.listOperations(anna)).length, count);
});

test('states change along the table only, and end', () => {
  const states = Object.keys(operationEdges) as OperationState[];
  fc.assert(
    fc.property(fc.constantFrom(...states), fc.constantFrom(...states), (from, to) => {
      const isEdge = (['house', 'person'] as const).some((by) => mayPass(from, to, by));
      assert.equal(
        isEdge,
        operationEdges[from].some((edge) => edge.to === to),
      );
      if (operationEdges[from].length === 0) assert.ok(!isEdge);
    }),
  );
});

test('what is removed for good is out of the trash at once, and its room comes back step by step', async () => {
  const before = await usedOf('Archiv');
  const size = (await desk.at('Archiv/Umzug (2)')).node.size;
  await desk.trash('Archiv/Umzug (2)');
  const trash = () => desk.at('Archiv').then((space) => files.listTrash(anna, space));
  const count = (await trash()).items.length;
  const item = (await trash()).items.find(({ node }) => node.name === 'Umzug (2)');
  await files.purge(anna, item?.node.id ?? 0);
  assert.equal((await trash()).items.length, count - 1);
  await assertRefused(files.restore(anna, item?.node.id ?? 0), 'notFound');
  assert.equal((await runOut()).state, 'done');
  assert.ok((await usedOf('Archiv')) <= before - size);
  assert.equal(await files.emptyTrash(anna, await desk.at('Archiv')), count - 1);
  assert.deepEqual((await trash()).items, []);
  await runOut();
  const { used } = (await desk.at('Archiv')).space;
  assert.equal(used, (await desk.at('Archiv')).node.size, 'nothing but what is seen');
});
