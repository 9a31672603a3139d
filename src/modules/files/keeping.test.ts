import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as files from '#modules/files';
import { assertRefused, deskOf } from '../../../test/desk.ts';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import { expireTrash, removeReleased, scrub, sweepOrphans } from './care.ts';
import { thinVersions } from './versions.ts';

const stand = await openStand();
const people = await settle(stand);
const anna = deskOf(people.anna);
const { platform } = stand.house;
const house = { ...people.house, actor: { kind: 'system', tenant: people.ellrich, job: 'test' } } as const;
const day = 86_400;

const storedNames = async () => (await Array.fromAsync(platform.blobs.list(people.ellrich))).map(({ name }) => name);
const used = async () => (await anna.at('')).space.used;

test('an earlier version can be brought back, and that can be undone', async () => {
  for (const text of ['eins', 'zwei', 'drei']) await anna.write('Vermerk.txt', text);
  const entry = await anna.at('Vermerk.txt');
  const [, oldest] = await files.listVersions(anna.ctx, entry);
  await files.restoreVersion(anna.ctx, entry, oldest?.id as number);
  assert.equal(await anna.read('Vermerk.txt'), 'eins');
  const [newest] = await files.listVersions(anna.ctx, await anna.at('Vermerk.txt'));
  await files.restoreVersion(anna.ctx, await anna.at('Vermerk.txt'), newest?.id as number);
  assert.equal(await anna.read('Vermerk.txt'), 'drei');
});

test('what was brought back keeps its own date, and who did so when is known of it, also once it is replaced', async () => {
  await anna.write('Stand.txt', 'alt');
  const before = await anna.at('Stand.txt');
  stand.clock.advance(3_600);
  await anna.write('Stand.txt', 'neu');
  const entry = await anna.at('Stand.txt');
  assert.equal((await files.listRestorations(anna.ctx, entry)).size, 0);
  const [version] = await files.listVersions(anna.ctx, entry);
  stand.clock.advance(3_600);
  await files.restoreVersion(anna.ctx, entry, version?.id as number);
  const restored = await anna.at('Stand.txt');
  assert.equal(restored.node.modified, before.node.modified);
  assert.notEqual(restored.node.etag, before.node.etag, 'clients fetch it');
  const known = async () => files.listRestorations(anna.ctx, await anna.at('Stand.txt'));
  const found = (await known()).get(restored.node.blob ?? '');
  assert.deepEqual([found?.restoredAt, found?.account], [stand.clock.now(), people.id.anna]);
  await anna.write('Stand.txt', 'noch neuer');
  const [replaced] = await files.listVersions(anna.ctx, restored);
  assert.ok((await known()).has(replaced?.blob ?? ''), 'as a version it is still one that was brought back');
  await assertRefused(files.listRestorations(people.bernd, { ...restored, role: null as never }), 'notFound');
});

test('thinning follows the age; a label keeps a version for good', async () => {
  for (let hour = 0; hour < 12; hour += 1) {
    await anna.write('Lang.txt', `Stunde ${hour}`);
    stand.clock.advance(3_600);
  }
  const entry = await anna.at('Lang.txt');
  const versions = await files.listVersions(anna.ctx, entry);
  assert.equal(versions.length, 11);
  await files.labelVersion(anna.ctx, entry, versions.at(-1)?.id as number, 'Vorlage an den Rat');
  stand.clock.advance(30 * day);
  await thinVersions(house);
  const left = await files.listVersions(anna.ctx, entry);
  assert.ok(left.length < 4, `${left.length} left`);
  assert.ok(left.some(({ label }) => label === 'Vorlage an den Rat'));
});

test('two things of one name deleted in the same moment both come back', async () => {
  for (const text of ['erste', 'zweite']) {
    await anna.write('Doppelt.txt', text);
    await anna.trash('Doppelt.txt');
  }
  const { items } = await files.listTrash(anna.ctx, await anna.at(''));
  const doubles = items.filter(({ path }) => path === 'Doppelt.txt');
  assert.equal(doubles.length, 2);
  const restored = [];
  for (const { node } of doubles) restored.push((await files.restore(anna.ctx, node.id)).name);
  assert.deepEqual(restored.sort(), ['Doppelt (2).txt', 'Doppelt.txt']);
});

test('what was deleted returns to its folder, or to the top when that is gone', async () => {
  await anna.folder('Mappe');
  await anna.write('Mappe/Blatt.txt', 'x');
  const { id } = (await anna.at('Mappe/Blatt.txt')).node;
  await anna.trash('Mappe/Blatt.txt');
  await files.restore(anna.ctx, id);
  assert.deepEqual(await anna.list('Mappe'), ['Blatt.txt']);
  await anna.trash('Mappe/Blatt.txt');
  await anna.trash('Mappe');
  await files.restore(anna.ctx, id);
  assert.ok((await anna.list()).includes('Blatt.txt'));
});

test('nothing can be written into, or found in, what lies in the trash', async () => {
  const { id } = await anna.folder('Fort');
  await anna.write('Fort/drin.txt', 'x');
  const entry = await anna.at('Fort');
  await anna.trash('Fort');
  await assertRefused(files.locate(anna.ctx, id), 'notFound');
  await assertRefused(files.move(anna.ctx, await anna.at('Vermerk.txt'), { folder: entry, name: 'a' }), 'notFound');
  await assertRefused(files.copy(anna.ctx, await anna.at('Vermerk.txt'), { folder: entry, name: 'a' }), 'notFound');
  await assertRefused(files.trash(anna.ctx, entry), 'notFound');
});

test('purging gives the bytes back at once in the books, and a day later on the disk', async () => {
  const before = await used();
  const { node } = await anna.write('Groß.bin', Buffer.alloc(300_000, 7));
  await anna.write('Groß.bin', Buffer.alloc(200_000, 8));
  assert.equal(await used(), before + 500_000);
  await anna.trash('Groß.bin');
  assert.equal(await used(), before + 500_000);
  await files.purge(anna.ctx, node.id);
  assert.equal(await used(), before);
  await removeReleased(house);
  assert.ok((await storedNames()).includes(node.blob as string), 'a backup that runs meanwhile must still find it');
  stand.clock.advance(day + 1);
  await removeReleased(house);
  assert.ok(!(await storedNames()).includes(node.blob as string));
});

test('the trash ends after the days the tenant set; only managers end it before', async () => {
  await anna.write('Alt.txt', 'x');
  await anna.trash('Alt.txt');
  const home = await anna.at('');
  stand.clock.advance(29 * day);
  await expireTrash(house);
  assert.ok((await files.listTrash(anna.ctx, home)).items.some(({ path }) => path === 'Alt.txt'));
  stand.clock.advance(2 * day);
  await expireTrash(house);
  assert.deepEqual((await files.listTrash(anna.ctx, home)).items, []);
});

test('objects nothing refers to are swept when they are old; everything referred to stays', async () => {
  const orphan = await platform.blobs.write(
    people.ellrich,
    (async function* () {
      yield Buffer.from('verwaist');
    })(),
    {
      maxBytes: 100,
      tooLarge: () => {
        throw new Error('too large');
      },
    },
  );
  const upload = await files.beginUpload(anna.ctx, {
    name: 'läuft noch',
    folder: await anna.at(''),
    fileName: 'x.bin',
    length: 10,
  });
  await files.append(
    anna.ctx,
    upload,
    0,
    (async function* () {
      yield Buffer.from('halb');
    })(),
  );
  const before = await storedNames();
  stand.clock.advance(40 * 365 * day); // the objects' times are those of the disk
  await files.writeFile(
    anna.ctx,
    { folder: await anna.at(''), name: 'frisch.txt' },
    (async function* () {
      yield Buffer.from('neu');
    })(),
  );
  assert.equal(await sweepOrphans(house), 1);
  const after = await storedNames();
  assert.ok(!after.includes(orphan.id));
  assert.deepEqual(
    before.filter((name) => name !== orphan.id && !after.includes(name)),
    [],
  );
});

test('the nightly reading finds a flipped bit and raises the alarm', async () => {
  assert.ok((await scrub(house)) > 0);
  const { node } = await anna.write('Beschädigt.bin', Buffer.alloc(5_000, 1));
  const { readFileSync, writeFileSync } = await import('node:fs');
  const path = `${stand.config.data}/blobs/${people.ellrich}/${node.blob?.slice(-2)}/${node.blob}`;
  const bytes = readFileSync(path);
  bytes[1_000] = (bytes[1_000] as number) ^ 4;
  writeFileSync(path, bytes);
  await scrub(house);
  assert.match(await platform.metrics.text(), /rennsteig_damaged_blobs_total 1/);
  await assertRefused(anna.read('Beschädigt.bin'), 'damaged');
});
