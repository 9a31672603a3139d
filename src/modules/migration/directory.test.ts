import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { findIn, listVersions, openContent, readHome, resolvePath, streamChildren, trash, writeFile } from '#modules/files';
import {
  type ImportResult,
  importFrom,
  listObjects,
  listTransfers,
  type ObjectRow,
  openDirectory,
  reconcile,
  type Source,
} from '#modules/migration';
import { assertRefused } from '../../../test/desk.ts';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';

const stand = await openStand();
const people = await settle(stand);
const root = mkdtempSync(join(tmpdir(), 'rennsteig-test-migration-'));
after(() => rmSync(root, { recursive: true, force: true }));

const options = { dryRun: false, only: [] as string[], overwrite: false, removes: false };
const files = (...names: string[]) => names;
const day = (text: string) => new Date(`${text}T10:00:00Z`);

function directory(name: string, contents: Readonly<Record<string, string | Buffer>>): string {
  for (const [path, content] of Object.entries(contents)) {
    const file = join(root, name, path);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, content);
  }
  return join(root, name);
}

type Bringing = { readonly rows: Map<string, ObjectRow>; readonly result: ImportResult };

async function bring(path: string, wishes: Partial<typeof options> = {}, target: object = {}): Promise<Bringing> {
  const source = await openDirectory(path);
  const rows = new Map<string, ObjectRow>();
  const result = await importFrom(people.house, {
    source,
    target: { person: people.address.anna, space: null, makesSpace: false, folder: path.split('/').at(-1) as string, ...target },
    options: { ...options, ...wishes },
    told: (row) => rows.set(row.path, row),
  });
  return { rows, result };
}

async function check(path: string, wishes: { readsBack?: boolean; signedBy?: string } = {}) {
  const target = { person: people.address.anna, space: null, folder: path.split('/').at(-1) as string };
  const source = await openDirectory(path);
  return reconcile(people.house, { source, target, readsBack: false, signedBy: null, ...wishes });
}

async function contentOf(...path: string[]): Promise<string> {
  const content = await openContent(people.anna, await resolvePath(people.anna, path));
  const pieces = await Array.fromAsync(content.read(0, content.size));
  await content.close();
  return Buffer.concat(pieces).toString();
}

async function* text(content: string): AsyncGenerator<Buffer> {
  yield Buffer.from(content);
}

const verdictsOf = ({ rows }: Bringing) =>
  Object.fromEntries([...rows].map(([path, { verdict, note }]) => [path, note ? `${verdict} ${note}` : verdict]));

test('a directory comes over as it is: times, empty folders, empty and large files, odd names under clean ones', async () => {
  const large = Buffer.alloc(3_000_000, 'Haushaltsplan ');
  const path = directory('bauamt', {
    'Satzung.txt': 'Hauptsatzung',
    'leer.txt': '',
    'Pläne/groß.bin': large,
    'Pläne/Was ist das?.txt': 'Frage',
    'Pläne/con.txt': 'Gerät',
    'Pläne/AKTE.txt': 'eins',
    'Pläne/akte.txt': 'zwei',
    'Punkt.': 'Punkt',
  });
  writeFileSync(Buffer.concat([Buffer.from(`${path}/Gr`), Buffer.from([0xfc]), Buffer.from('n.txt')]), 'latin');
  mkdirSync(join(path, 'Ablage/leer'), { recursive: true });
  symlinkSync('/etc/passwd', join(path, 'verweis'));
  utimesSync(join(path, 'Satzung.txt'), day('2019-11-05'), day('2019-11-05'));
  utimesSync(join(path, 'Ablage/leer'), day('2018-01-02'), day('2018-01-02'));

  const tried = await bring(path, { dryRun: true });
  assert.equal(tried.result.counts.verdicts.taken.objects, 12);
  assert.equal(tried.rows.get('Punkt.')?.targetName, 'Punkt');
  const home = await readHome(people.anna);
  assert.equal(await findIn(people.anna, home.own, 'bauamt'), null);

  const done = await bring(path);
  assert.deepEqual(done.result.counts.verdicts.taken, { objects: 12, bytes: 3_000_041 });
  assert.equal(done.rows.get('verweis')?.verdict, 'skipped');
  assert.equal(done.result.counts.renamed, 5);
  assert.equal(done.rows.get('Gr\\xFCn.txt')?.targetName, 'Gr_xFCn.txt');
  const names = files('AKTE.txt', 'Was ist das_.txt', '_con.txt', 'akte (2).txt', 'groß.bin');
  const plans = await Array.fromAsync(streamChildren(people.anna, await resolvePath(people.anna, ['bauamt', 'Pläne'])));
  assert.deepEqual(
    plans
      .flat()
      .map(({ name }) => name)
      .sort(),
    names.sort(),
  );
  assert.equal(await contentOf('bauamt', 'Pläne', 'akte (2).txt'), 'zwei');
  assert.equal(await contentOf('bauamt', 'leer.txt'), '');
  const { node } = await resolvePath(people.anna, ['bauamt', 'Satzung.txt']);
  assert.equal(node.modified, day('2019-11-05').getTime());
  assert.equal((await resolvePath(people.anna, ['bauamt', 'Ablage', 'leer'])).node.modified, day('2018-01-02').getTime());

  const second = await bring(path);
  assert.equal(second.result.counts.verdicts.unchanged.objects, 12);
  assert.equal(second.result.transfer, done.result.transfer);
});

test('a later run brings what is new or changed, keeps what was done here, and reports what is gone', async () => {
  const path = directory('ordnungsamt', { 'a.txt': 'a', 'b.txt': 'b', 'c.txt': 'c', 'd/e.txt': 'e', 'd/f.txt': 'f' });
  await bring(path);
  writeFileSync(join(path, 'a.txt'), 'a neu');
  writeFileSync(join(path, 'b.txt'), 'b dort');
  writeFileSync(join(path, 'neu.txt'), 'neu');
  const folder = await resolvePath(people.anna, ['ordnungsamt']);
  await writeFile(people.anna, { folder, name: 'b.txt' }, text('b hier'));
  await writeFile(people.anna, { folder, name: 'c.txt' }, text('c hier'));
  await trash(people.anna, await resolvePath(people.anna, ['ordnungsamt', 'd', 'f.txt']));
  unlinkSync(join(path, 'd/e.txt'));

  const delta = await bring(path);
  assert.deepEqual(verdictsOf(delta), {
    'a.txt': 'updated',
    'b.txt': 'conflict newerHere',
    'c.txt': 'unchanged',
    d: 'unchanged',
    'd/e.txt': 'gone',
    'd/f.txt': 'unchanged goneHere',
    'neu.txt': 'taken',
  });
  assert.equal(await contentOf('ordnungsamt', 'b.txt'), 'b hier');
  assert.equal(await contentOf('ordnungsamt', 'a.txt'), 'a neu');
  assert.equal((await listVersions(people.anna, await resolvePath(people.anna, ['ordnungsamt', 'a.txt']))).length, 1);
  assert.equal(await contentOf('ordnungsamt', 'd', 'e.txt'), 'e');

  const forced = await bring(path, { only: ['b.txt', 'd/f.txt'], overwrite: true });
  assert.deepEqual(verdictsOf(forced), { 'b.txt': 'updated', d: 'unchanged', 'd/f.txt': 'taken' });
  assert.equal(await contentOf('ordnungsamt', 'b.txt'), 'b dort');
  const [kept] = await listVersions(people.anna, await resolvePath(people.anna, ['ordnungsamt', 'b.txt']));
  assert.equal(kept?.size, 'b hier'.length);

  const removing = await bring(path, { removes: true });
  assert.equal(removing.rows.get('d/e.txt')?.verdict, 'removed');
  await assert.rejects(resolvePath(people.anna, ['ordnungsamt', 'd', 'e.txt']), { kind: 'notFound' });
});

test('what somebody put there before stays unless asked; the same content is taken as ours', async () => {
  const path = directory('kasse', { 'gleich.txt': 'gleich', 'anders.txt': 'von dort', 'ordner/x.txt': 'x' });
  const { own } = await readHome(people.anna);
  const first = await bring(directory('kasse-leer', { 'x.txt': 'x' }), {}, { folder: 'kasse' });
  assert.equal(first.result.counts.files, 1);
  const folder = (await findIn(people.anna, own, 'kasse')) as NonNullable<Awaited<ReturnType<typeof findIn>>>;
  await writeFile(people.anna, { folder, name: 'gleich.txt' }, text('gleich'));
  await writeFile(people.anna, { folder, name: 'anders.txt' }, text('von hier'), { modified: 1_000 });
  await writeFile(people.anna, { folder, name: 'ordner' }, text('eine Datei'));
  const brought = await bring(path);
  assert.deepEqual(verdictsOf(brought), {
    'anders.txt': 'conflict otherHere',
    'gleich.txt': 'taken wasThere',
    ordner: 'conflict fileHere',
  });
  assert.equal(await contentOf('kasse', 'anders.txt'), 'von hier');
});

test('the reconciliation proves that all is here, and finds what is missing or was changed', async () => {
  const path = directory('archiv', { 'eins.txt': 'eins', 'zwei.txt': 'zwei', 'tief/drei.txt': 'drei', 'vier.txt': 'vier' });
  await bring(path);
  const good = await check(path, { readsBack: true, signedBy: 'Bürgermeisterin Muster' });
  assert.equal(good.isComplete, true);
  assert.equal(good.signedBy, 'Bürgermeisterin Muster');
  assert.deepEqual(good.source, good.target);
  assert.deepEqual([good.source.files, good.source.folders, good.source.bytes], [4, 1, 16]);

  const folder = await resolvePath(people.anna, ['archiv']);
  await trash(people.anna, await resolvePath(people.anna, ['archiv', 'tief', 'drei.txt']));
  await writeFile(people.anna, { folder, name: 'zwei.txt' }, text('2222'));
  writeFileSync(join(path, 'vier.txt'), '4444');
  await writeFile(people.anna, { folder, name: 'eigenes.txt' }, text('von hier'));
  const bad = await check(path, { signedBy: 'Bürgermeisterin Muster' });
  assert.deepEqual([bad.isComplete, bad.signedBy, bad.extra], [false, null, 1]);
  assert.deepEqual(
    bad.examples.map(({ path: at, what, note }) => `${at}: ${what} ${note}`.trim()),
    ['vier.txt: differs changedThere', 'zwei.txt: differs changedHere', 'tief/drei.txt: missing'],
  );
  assert.notEqual(bad.source.digest, bad.target.digest);
  const [transfer] = (await listTransfers(people.house, people.ellrich)).filter(({ source }) => source === path);
  assert.deepEqual(
    transfer?.runs.map(({ kind, finishedAt }) => [kind, finishedAt !== null]),
    [
      ['import', true],
      ['check', true],
      ['check', true],
    ],
  );
});

test('a folder that cannot be listed, or that a user deleted here, is not taken for deleted at the source', async () => {
  const path = directory('standesamt', { 'a/b/c.txt': 'c', 'd/e.txt': 'e' });
  await bring(path);
  await trash(people.anna, await resolvePath(people.anna, ['standesamt', 'a']));
  renameSync(join(path, 'd'), join(path, 'dd'));
  const delta = await bring(path);
  assert.deepEqual(verdictsOf(delta), {
    a: 'unchanged goneHere',
    d: 'gone',
    'd/e.txt': 'gone',
    dd: 'taken',
    'dd/e.txt': 'taken',
  });
});

test('a space is made when asked, and only then', async () => {
  const path = directory('bauhof', { 'Plan.txt': 'Plan' });
  const space = { space: 'Bauhof', folder: null };
  await assert.rejects(bring(path, {}, space), { code: 'migration.noSpace' });
  const { result } = await bring(path, {}, { ...space, makesSpace: true });
  assert.equal(result.counts.verdicts.taken.objects, 1);
  assert.equal((await resolvePath(await people.now('anna'), ['Bauhof', 'Plan.txt'])).role, 'manager');
});

test('nobody but the house may; the report has every object', async () => {
  const path = directory('klein', { 'a.txt': 'a' });
  const { result } = await bring(path);
  const ref = { tenant: people.ellrich, transfer: result.transfer as number };
  const [row] = (await Array.fromAsync(listObjects(people.house, ref))).flat();
  assert.deepEqual([row?.path, row?.verdict, row?.size, row?.run], ['a.txt', 'taken', 1, result.run]);
  assert.equal(row?.sha256, 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb');
  for (const person of [people.anna, people.dora, people.paula])
    await assert.rejects(Array.fromAsync(listObjects(person, ref)), { kind: 'notFound' });
  await assert.rejects(Array.fromAsync(listObjects(people.nobody, ref)), { kind: 'unauthenticated' });
  await assert.rejects(openDirectory(join(root, 'nirgends')), { code: 'migration.noDirectory' });
});

test('of two imports at once into one folder the second is turned away before it begins; beside it, and afterwards, all is well', async () => {
  const path = directory('zugleich', { 'eins.txt': 'eins', 'zwei.txt': 'zwei' });
  const source = await openDirectory(path);
  const [begun, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const slow: Source = {
    ...source,
    open: async (item) => {
      begun.resolve();
      await goOn.promise;
      return source.open(item);
    },
  };
  const target = { person: people.address.anna, space: null, makesSpace: false, folder: 'zugleich' };
  const first = importFrom(people.house, { source: slow, target, options });
  await begun.promise;
  const runs = async () =>
    (await listTransfers(people.house, people.ellrich)).find(({ source: from }) => from === path)?.runs.length;
  await assertRefused(bring(path), 'conflict', 'migration.running');
  await assertRefused(bring(directory('anderswoher', { 'drei.txt': '3' }), {}, target), 'conflict', 'migration.running');
  assert.equal(await runs(), 1, 'a refused one is no run');
  assert.equal((await bring(path, { dryRun: true })).result.counts.files, 2);
  assert.equal((await bring(path, {}, { folder: 'daneben' })).result.counts.verdicts.taken.objects, 2);
  goOn.resolve();
  assert.equal((await first).counts.verdicts.taken.objects, 2);
  assert.equal((await bring(path)).result.counts.verdicts.unchanged.objects, 2);
});

test('a source says how much it holds, and stops counting when nobody waits for it', async () => {
  const source = await openDirectory(directory('gewogen', { 'a.txt': '12345', 'tief/b.txt': '678', 'tief/tiefer/c.txt': '' }));
  symlinkSync(join(root, 'gewogen/a.txt'), join(root, 'gewogen/verweis'));
  assert.equal(await source.measure(new AbortController().signal), 8);
  assert.equal(await source.measure(AbortSignal.abort()), null);
});
