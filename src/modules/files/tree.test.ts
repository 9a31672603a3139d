import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as files from '#modules/files';
import { assertRefused, deskOf } from '../../../test/desk.ts';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';

const stand = await openStand();
const people = await settle(stand);
const anna = deskOf(people.anna);
const bernd = deskOf(people.bernd);
const emil = deskOf(people.emil);

test('a file comes back as it was written, with its hashes and its time', async () => {
  const { node, isNew } = await anna.write('Brief.txt', 'Sehr geehrte Damen und Herren', { modified: 1_700_000_000_000 });
  assert.equal(isNew, true);
  assert.equal(node.modified, 1_700_000_000_000);
  assert.equal(await anna.read('Brief.txt'), 'Sehr geehrte Damen und Herren');
});

test('writing again keeps the id, changes the etag, and keeps the old content as a version', async () => {
  const first = await anna.write('Satzung.txt', 'Entwurf');
  const second = await anna.write('Satzung.txt', 'Reinschrift');
  assert.equal(second.isNew, false);
  assert.equal(second.node.id, first.node.id);
  assert.notEqual(files.etagOf(second.node), files.etagOf(first.node));
  const versions = await files.listVersions(anna.ctx, await anna.at('Satzung.txt'));
  assert.deepEqual(
    versions.map(({ size }) => size),
    ['Entwurf'.length],
  );
});

test('the same content again is a new time, not a new version', async () => {
  await anna.write('Gleich.txt', 'unverändert');
  const again = await anna.write('Gleich.txt', 'unverändert', { modified: 1_600_000_000_000 });
  assert.equal(again.node.modified, 1_600_000_000_000);
  assert.deepEqual(await files.listVersions(anna.ctx, await anna.at('Gleich.txt')), []);
  assert.equal(await anna.read('Gleich.txt'), 'unverändert');
});

test('every change shows in the etags up to the root, and in no folder beside', async () => {
  await anna.folder('A');
  await anna.folder('A/B');
  await anna.folder('C');
  const tags = async () => Promise.all(['', 'A', 'A/B', 'C'].map(async (path) => files.etagOf((await anna.at(path)).node)));
  const before = await tags();
  await anna.write('A/B/neu.txt', 'x');
  const after = await tags();
  assert.deepEqual(
    after.map((tag, index) => tag !== before[index]),
    [true, true, true, false],
  );
});

test('folder sizes are the sums of what is below, through moves, overwriting, deletion and return', async () => {
  const size = async (path: string) => (await anna.at(path)).node.size;
  await anna.folder('Summe');
  await anna.folder('Summe/tief');
  await anna.write('Summe/tief/a.bin', Buffer.alloc(1_000));
  await anna.write('Summe/b.bin', Buffer.alloc(50));
  assert.deepEqual([await size('Summe'), await size('Summe/tief')], [1_050, 1_000]);
  await anna.write('Summe/tief/a.bin', Buffer.alloc(10));
  await anna.move('Summe/b.bin', 'Summe/tief/b.bin');
  assert.deepEqual([await size('Summe'), await size('Summe/tief')], [60, 60]);
  const { id } = (await anna.at('Summe/tief')).node;
  await anna.trash('Summe/tief');
  assert.equal(await size('Summe'), 0);
  await files.restore(anna.ctx, id);
  assert.deepEqual([await size('Summe'), await size('Summe/tief')], [60, 60]);
});

test('moving a folder keeps every id and every etag below, whatever its size', async () => {
  await anna.folder('Umzug');
  const { node } = await anna.write('Umzug/Kiste.txt', 'schwer');
  await anna.folder('Neubau');
  const moved = await anna.move('Umzug', 'Neubau/Umzug 2');
  assert.equal(moved.replaced, false);
  const found = await anna.at('Neubau/Umzug 2/Kiste.txt');
  assert.deepEqual([found.node.id, files.etagOf(found.node)], [node.id, files.etagOf(node)]);
  await assertRefused(anna.at('Umzug/Kiste.txt'), 'notFound');
});

test('renaming may change nothing but case; two names that differ in case only cannot stand side by side', async () => {
  await anna.write('protokoll.txt', '1');
  await anna.move('protokoll.txt', 'Protokoll.txt');
  assert.ok((await anna.list()).includes('Protokoll.txt'));
  await assertRefused(anna.at('protokoll.txt'), 'notFound');
  await assertRefused(anna.write('PROTOKOLL.txt', '2'), 'conflict', 'files.nameDiffersInCase');
  assert.equal(await anna.read('Protokoll.txt'), '1');
});

test('what cannot be moved or copied says why and changes nothing', async () => {
  await anna.folder('Schrank');
  await anna.folder('Schrank/Fach');
  await anna.write('Schrank/voll.txt', 'x');
  await anna.write('lose.txt', 'y');
  await assertRefused(anna.move('Schrank', 'Schrank/Fach/Schrank'), 'conflict', 'files.intoItself');
  await assertRefused(anna.copy('Schrank', 'Schrank/Fach/Kopie'), 'conflict', 'files.intoItself');
  await assertRefused(anna.move('lose.txt', 'Schrank/voll.txt'), 'conflict', 'files.exists');
  await assertRefused(anna.folder('Schrank'), 'conflict', 'files.exists');
  await assertRefused(anna.write('Schrank', 'kein Ordner'), 'conflict', 'files.isAFolder');
  await assertRefused(anna.write('lose.txt/darunter.txt', 'x'), 'conflict', 'files.notAFolder');
  assert.deepEqual(await anna.list('Schrank'), ['Fach/', 'voll.txt']);
});

test('what is moved over goes to the trash, not away', async () => {
  await anna.write('alt.txt', 'alt');
  await anna.write('neu.txt', 'neu');
  assert.equal((await anna.move('neu.txt', 'alt.txt', { overwrites: true })).replaced, true);
  assert.equal(await anna.read('alt.txt'), 'neu');
  const { items } = await files.listTrash(anna.ctx, await anna.at(''));
  assert.ok(items.some(({ path }) => path === 'alt.txt'));
});

test('a copy is independent of its original, and neither costs the other its bytes', async () => {
  await anna.folder('Original');
  await anna.write('Original/Text.txt', 'gemeinsam');
  await anna.copy('Original', 'Abschrift');
  await anna.write('Original/Text.txt', 'geändert');
  assert.equal(await anna.read('Abschrift/Text.txt'), 'gemeinsam');
  const { id } = (await anna.at('Original')).node;
  await anna.trash('Original');
  await files.purge(anna.ctx, id);
  assert.equal(await anna.read('Abschrift/Text.txt'), 'gemeinsam');
});

test('folders can be nested so deep and no deeper, also by moving', async () => {
  const names = Array.from({ length: 60 }, (_, index) => `e${index}`);
  for (const depth of names.keys()) await anna.folder(names.slice(0, depth + 1).join('/'));
  await anna.folder('Stapel');
  for (const depth of names.slice(0, 45).keys()) await anna.folder(['Stapel', ...names.slice(0, depth + 1)].join('/'));
  await assertRefused(anna.move('Stapel', [...names, 'Stapel'].join('/')), 'conflict', 'files.tooDeep');
});

test('nobody sees another person’s files, not even that they exist', async () => {
  const { node } = await anna.write('privat.txt', 'geheim');
  for (const other of [bernd, emil]) {
    await assertRefused(files.locate(other.ctx, node.id), 'notFound');
    await assertRefused(other.at('privat.txt'), 'notFound');
  }
  await assertRefused(files.locate(people.dora, node.id), 'notFound');
  await assertRefused(files.readHome(people.nobody), 'unauthenticated');
});

test('many writes at once into one folder all arrive, each with a number of its own', async () => {
  await anna.folder('Ansturm');
  const written = await Promise.all(
    Array.from({ length: 200 }, (_, index) => anna.write(`Ansturm/${index}.txt`, `Inhalt ${index}`)),
  );
  assert.equal(new Set(written.map(({ node }) => node.changed)).size, 200);
  assert.equal((await anna.list('Ansturm')).length, 200);
  assert.equal(await anna.read('Ansturm/137.txt'), 'Inhalt 137');
});

test('writes of one name at once end as one file with a version for each that was overtaken', async () => {
  const contents = Array.from({ length: 20 }, (_, index) => `Fassung ${index}`);
  const written = await Promise.all(contents.map((content) => anna.write('Wettlauf.txt', content)));
  assert.equal(new Set(written.map(({ node }) => node.id)).size, 1);
  assert.equal(written.filter(({ isNew }) => isNew).length, 1);
  const versions = await files.listVersions(anna.ctx, await anna.at('Wettlauf.txt'));
  assert.equal(versions.length, 19);
});
