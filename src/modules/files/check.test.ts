import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { after, test } from 'node:test';
import fc from 'fast-check';
import * as files from '#modules/files';
import { connect } from '#platform/db';
import { Failure } from '#platform/errors';
import { deskOf } from '../../../test/desk.ts';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import { putDamage } from './store/care.ts';

const stand = await openStand();
const people = await settle(stand);
const [anna, bernd] = [deskOf(people.anna), deskOf(people.bernd)];
const { platform } = stand.house;
const { ellrich } = people;
const house = { ...people.house, actor: { kind: 'system', tenant: ellrich, job: 'test' } } as const;
const owner = connect(stand.owner, { max: 1 });
after(() => owner.end());

const look = (isDeep = false) => files.check(house, { isDeep });

async function assertClean(isDeep = false) {
  const report = await look(isDeep);
  assert.deepEqual(report.problems, []);
  assert.equal(report.more, 0);
  return report;
}

const members = [people.anna, people.bernd].map(({ actor }) => ({
  principal: actor.kind === 'account' ? actor.account : 0,
  role: 'manager' as const,
}));
await files.createSpace(people.dora, { name: 'Bauamt' }, members);

/** Something of everything. */
async function fill(): Promise<void> {
  await anna.folder('Haushalt');
  await anna.folder('Haushalt/2027');
  await anna.write('Haushalt/2027/Entwurf.txt', 'erster Entwurf');
  await anna.write('Haushalt/2027/Entwurf.txt', 'zweiter Entwurf');
  await anna.write('Haushalt/Groß.bin', randomBytes(2_500_000));
  await anna.copy('Haushalt', 'Haushalt (Kopie)');
  await anna.move('Haushalt (Kopie)/2027', 'Bauamt/Plan');
  await bernd.write('Bauamt/Plan/Skizze.txt', 'Skizze');
  await anna.write('Alt.txt', 'alt');
  await anna.trash('Alt.txt');
  await files.lock(anna.ctx, await anna.at('Haushalt/Groß.bin'), { isShared: false, isInfinite: false, owner: '', seconds: 600 });
  const folder = await anna.at('Haushalt');
  for (const name of ['fertig', 'offen']) {
    const begun = await files.beginUpload(anna.ctx, { name, folder, fileName: `${name}.bin`, length: null });
    await files.append(anna.ctx, begun, 0, Readable.from([randomBytes(1_200_000)]));
    await files.append(anna.ctx, await files.findUpload(anna.ctx, name), 1_200_000, Readable.from([randomBytes(300_000)]));
  }
  await files.completeUpload(anna.ctx, await files.findUpload(anna.ctx, 'fertig'));
}

test('nothing is wrong with a house in use, also when every byte is read', async () => {
  await fill();
  const { counts } = await assertClean(true);
  const { spaces, nodes, versions, uploads } = counts;
  assert.deepEqual({ spaces, nodes, versions, uploads }, { spaces: 2, nodes: 15, versions: 1, uploads: 1 });
  assert.ok(counts.blobs > 5 && counts.bytes > 4_000_000);
});

test('people may not run it', async () => {
  await assert.rejects(files.check(people.dora, { isDeep: false }), (error: Failure) => error.kind === 'forbidden');
});

const names = ['A', 'B', 'C', 'Bauamt/A', 'Bauamt/B', 'A/x', 'B/x', 'Bauamt/A/x'];
const step = fc.record({
  verb: fc.constantFrom('write', 'folder', 'move', 'copy', 'trash', 'restore', 'purge', 'version' as const),
  from: fc.constantFrom(...names),
  to: fc.constantFrom(...names),
});

async function doStep({ verb, from, to }: { verb: string; from: string; to: string }): Promise<void> {
  const options = { overwrites: true };
  const inTrash = async () =>
    (await files.listTrash(anna.ctx, await anna.at(from.startsWith('Bauamt') ? 'Bauamt' : ''))).items[0];
  if (verb === 'write') await anna.write(from, `${from}${to}`.repeat(100));
  else if (verb === 'folder') await anna.folder(from);
  else if (verb === 'move') await anna.move(from, to, options);
  else if (verb === 'copy') await anna.copy(from, to, options);
  else if (verb === 'trash') await anna.trash(from);
  else if (verb === 'version') {
    const entry = await anna.at(from);
    const [newest] = await files.listVersions(anna.ctx, entry);
    if (newest) await files.restoreVersion(anna.ctx, entry, newest.id);
  } else {
    const item = await inTrash();
    if (item && verb === 'restore') await files.restore(anna.ctx, item.node.id);
    else if (item) await files.purge(anna.ctx, item.node.id);
  }
}

test('whatever people do in whatever order, the books agree', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      for (const each of steps)
        await doStep(each).catch((error) => {
          if (!(error instanceof Failure) || error.kind === 'internal') throw error;
        });
      await assertClean();
    }),
    { numRuns: 25 },
  );
});

test('while people work there are no false problems', async () => {
  let isDone = false;
  const work = (async () => {
    for (let round = 0; !isDone; round += 1) {
      const name = `Lauf ${round % 5}.txt`;
      await anna.write(name, `Runde ${round}`);
      if (round % 3 === 0) await anna.trash(name);
      const begun = await files.beginUpload(anna.ctx, {
        name: 'Lauf',
        folder: await anna.at(''),
        fileName: 'Lauf.bin',
        length: null,
      });
      await files.append(anna.ctx, begun, 0, Readable.from([randomBytes(1_000)]));
      await files.abandonUpload(anna.ctx, begun);
    }
  })();
  for (let round = 0; round < 8; round += 1) await assertClean(round % 2 === 0);
  isDone = true;
  await work;
});

test('a purge that breaks off between its steps leaves the books right, and what is left can come back', async () => {
  await anna.folder('Archiv');
  await anna.folder('Archiv/1998');
  await anna.write('Archiv/1998/Liste.txt', 'Liste');
  const { id, space } = (await anna.at('Archiv/1998')).node;
  await owner.unsafe(`
    insert into files.node (tenant, space, parent, name, name_key, is_folder, etag, changed, modified, created)
    select ${ellrich}, ${space}, ${id}, 'Mappe ' || g, 'mappe ' || g, true, 1, 1, 0, 0 from generate_series(1, 6000) g`);
  await anna.trash('Archiv');
  const [archive] = (await files.listTrash(anna.ctx, await anna.at(''))).items;
  const archiveId = archive?.node.id as number;
  await owner.unsafe(`
    create function files.stumble() returns trigger language plpgsql as $$ begin raise exception 'power cut'; end $$;
    create trigger stumble before delete on files.node for each row when (old.id = ${archiveId}) execute function files.stumble()`);
  await assert.rejects(files.purge(anna.ctx, archiveId));
  await owner.unsafe('drop trigger stumble on files.node; drop function files.stumble()');
  const [left] = await owner`select count(*)::integer as count from files.node where parent = ${id}`;
  assert.ok(left?.count > 0 && left?.count < 6_001, `${left?.count} left after the first step`);
  await assertClean();
  await files.restore(anna.ctx, archiveId);
  await assertClean();
  await anna.trash('Archiv');
  await files.purge(anna.ctx, archiveId);
  await assertClean();
});

/** Changes something behind the rooms, finds it, and puts it back. */
async function assertFound(damage: string, pattern: RegExp, repair: string): Promise<void> {
  await owner.unsafe(damage);
  const { problems } = await look();
  await owner.unsafe(repair);
  assert.ok(
    problems.some(({ thing, problem, tenant }) => tenant === ellrich && pattern.test(`${thing} ${problem}`)),
    `${damage}: ${JSON.stringify(problems)}`,
  );
}

test('each contradiction in the books is found and named', async () => {
  await assertClean();
  const node = (await anna.at('Haushalt')).node;
  const inner = (await anna.at('Haushalt/2027')).node;
  const file = (await anna.at('Haushalt/Groß.bin')).node;
  const plan = (await anna.at('Bauamt/Plan')).node;
  const [trashed] = (await files.listTrash(anna.ctx, await anna.at(''))).items;
  const row = (id: number) => `where tenant = ${ellrich} and id = ${id}`;
  const swap = (table: string, column: string, change: string, where: string, back: string) =>
    [
      `update files.${table} set ${column} = ${change} ${where}`,
      `update files.${table} set ${column} = ${back} ${where}`,
    ] as const;
  const cases: [readonly [string, string], RegExp][] = [
    [swap('node', 'size', 'size + 7', row(node.id), 'size - 7'), new RegExp(`node:${node.id} its size is`)],
    [swap('node', 'size', 'size + 7', row(file.id), 'size - 7'), new RegExp(`node:${node.id} its size`)],
    [
      swap('node', 'parent', String(inner.id), row(node.id), String(node.parent)),
      new RegExp(`node:${inner.id} no way leads to it`),
    ],
    [swap('node', 'parent', String(file.id), row(inner.id), String(node.id)), new RegExp(`node:${inner.id} no way leads`)],
    [swap('node', 'space', String(plan.space), row(inner.id), String(inner.space)), new RegExp(`node:${inner.id} its space is`)],
    [swap('node', 'name_key', "'anders'", row(node.id), "'haushalt'"), /its name key is “anders” and should be “haushalt”/],
    [swap('node', 'name', "'con'", row(node.id), "'Haushalt'"), /name key|cannot hold/],
    [swap('node', 'etag', '99999999', row(node.id), String(node.etag)), /its number 99999999 is beyond its space/],
    [swap('node', 'etag', '0', row(node.id), String(node.etag)), new RegExp(`node:${node.id} its number 0 is below`)],
    [swap('space', 'used', 'used - 1', row(node.space), 'used + 1'), new RegExp(`space:${node.space} its number of bytes`)],
    [swap('space', 'locks', 'locks + 1', row(node.space), 'locks - 1'), /number of locks is 2 and should be 1/],
    [
      swap('space', 'trash', String(plan.id), row(node.space), `(${trashed?.node.parent})`),
      /root or trash folder is missing or misplaced/,
    ],
    [swap('space', 'feed_floor', '99999999', row(node.space), '0'), /change feed is at 99999999/],
    [swap('usage', 'used', 'used + 1', `where tenant = ${ellrich}`, 'used - 1'), /tenant:\d+ its number of bytes/],
    [
      swap('upload', 'received', 'received + 1', `where tenant = ${ellrich}`, 'received - 1'),
      /upload:\w+ its number of bytes is/,
    ],
    [
      swap('blob_share', 'extra', 'extra + 1', `where tenant = ${ellrich}`, 'extra - 1'),
      /number of references is \d+ and should be/,
    ],
    [
      swap('trash', 'space', String(plan.space), `where tenant = ${ellrich} and node = ${trashed?.node.id}`, String(node.space)),
      /list of deleted things/,
    ],
    [
      [
        `insert into files.blob_release (tenant, blob, released_at) values (${ellrich}, '${file.blob}', now())`,
        `delete from files.blob_release where tenant = ${ellrich} and blob = '${file.blob}'`,
      ],
      /is about to be removed/,
    ],
  ];
  for (const [[damage, repair], pattern] of cases) await assertFound(damage, pattern, repair);
  await assertClean();
});

const pathOf = (name: string) =>
  join(stand.config.data, 'blobs', String(ellrich), (name.split('.')[0] as string).slice(-2), name);

/** Damages a stored file, sees what is found, and puts it back. */
async function withDamage(name: string, damage: (path: string) => void, isDeep = false): Promise<string[]> {
  const before = readFileSync(pathOf(name));
  damage(pathOf(name));
  const { problems } = await look(isDeep);
  writeFileSync(pathOf(name), before, { mode: 0o600 });
  return problems.map(({ thing, problem }) => `${thing} ${problem}`);
}

test('bytes that are missing, shorter, or others are found', async () => {
  const blob = (await anna.at('Haushalt/Groß.bin')).node.blob as string;
  const [missing] = await withDamage(blob, (path) => rmSync(path));
  assert.match(missing ?? '', new RegExp(`blob:${blob} node:\\d+: its bytes are missing`));
  const [shorter] = await withDamage(blob, (path) => truncateSync(path, 1_000_000));
  assert.match(shorter ?? '', /its bytes have another size \(1000000 instead of/);
  const flip = (path: string) => {
    const bytes = readFileSync(path);
    bytes[1_500_000] = (bytes[1_500_000] as number) ^ 1;
    writeFileSync(path, bytes);
  };
  assert.deepEqual(await withDamage(blob, flip), [], 'sizes say nothing about a flipped bit');
  assert.match((await withDamage(blob, flip, true))[0] ?? '', /its bytes are damaged/);
  const composed = (await anna.at('Haushalt/fertig.bin')).node.blob as string;
  assert.match((await withDamage(`${composed}.1`, (path) => rmSync(path)))[0] ?? '', /its part 1 is missing/);
  assert.match((await withDamage(composed, (path) => truncateSync(path, 300)))[0] ?? '', /damaged/);
  await assertClean(true);
});

test('what could not be read is not found to be right: the check ends', async () => {
  const { blobs } = stand.house.platform;
  const away = { list: blobs.list.bind(blobs), parts: blobs.parts.bind(blobs), verify: async () => Promise.reject(gone) };
  const gone = new Failure('unavailable', 'platform.unavailable');
  const platform = { ...stand.house.platform, blobs: away as unknown as typeof blobs };
  await assert.rejects(files.check({ ...house, platform }, { isDeep: true }), gone);
});

test('what the nightly reading found is read again, and told if it is still so', async () => {
  const blob = (await anna.at('Haushalt/Groß.bin')).node.blob as string;
  await putDamage(platform.db.read(ellrich), ellrich, { blob, now: new Date(), detail: 'flipped' });
  await assertClean();
  const flip = (path: string) => writeFileSync(path, readFileSync(path).fill(1, 1_000_000, 1_000_010));
  assert.match((await withDamage(blob, flip))[0] ?? '', /found damaged by the nightly reading on .*its bytes are damaged/);
});

test('objects nobody refers to are counted, and a problem only when the sweep has overlooked them', async () => {
  const { counts: before } = await assertClean();
  const { id } = await platform.blobs.write(ellrich, Readable.from([Buffer.from('verwaist')]), {
    maxBytes: 100,
    tooLarge: () => new Failure('tooLarge', ''),
  });
  writeFileSync(`${pathOf(platform.blobs.reserve().slice(0, 30) + id.slice(-2))}.part`, 'halb');
  const { counts } = await assertClean();
  assert.equal(counts.orphans, before.orphans + 1);
  assert.equal(counts.unfinished, before.unfinished + 1);
  const old = new Date(stand.clock.now().getTime() - 11 * 86_400_000);
  utimesSync(pathOf(id), old, old);
  const { problems } = await look();
  assert.match(problems.map(({ thing, problem }) => `${thing} ${problem}`).join(), new RegExp(`blob:${id} nobody refers to it`));
});
