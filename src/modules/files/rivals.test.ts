import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import * as files from '#modules/files';
import { Failure } from '#platform/errors';
import { assertRefused, deskOf } from '../../../test/desk.ts';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';

const stand = await openStand();
const people = await settle(stand);
const anna = deskOf(people.anna);

test('whoever saw an older state overwrites nothing', async () => {
  const { node } = await anna.write('Etat.txt', 'eins');
  await anna.write('Etat.txt', 'zwei');
  const old = { precondition: { ifMatch: [files.etagOf(node)] } };
  await assertRefused(anna.write('Etat.txt', 'drei', old), 'precondition');
  await assertRefused(anna.write('Etat.txt', 'drei', { precondition: { ifNoneMatch: '*' } }), 'precondition');
  await assertRefused(anna.write('Nichts.txt', 'x', { precondition: { ifMatch: '*' } }), 'precondition');
  assert.equal(await anna.read('Etat.txt'), 'zwei');
});

test('whoever saw a folder does not overwrite the file that took its place', async () => {
  await anna.folder('Kasten');
  await anna.write('Kasten/Brief.txt', 'eins');
  const seen = { precondition: { ifMatch: [files.etagOf((await anna.at('Kasten')).node)] } };
  const target = { folder: await anna.at(''), name: 'Kasten' };
  await files.move(anna.ctx, await anna.at('Kasten/Brief.txt'), target, { overwrites: true });
  await assertRefused(anna.write('Kasten', 'zwei', seen), 'precondition');
  assert.equal(await anna.read('Kasten'), 'eins');
});

test('a folder that somebody puts into the trash meanwhile takes nothing any more', async () => {
  await anna.folder('Weg');
  const folder = await anna.at('Weg');
  await files.trash(anna.ctx, folder);
  const write = files.writeFile(anna.ctx, { folder, name: 'Neu.txt' }, Readable.from([Buffer.from('neu')]));
  await assertRefused(write, 'notFound', 'files.folderGone');
  await assertRefused(files.createFolder(anna.ctx, { folder, name: 'Neu' }), 'notFound', 'files.folderGone');
});

test('of many who saw the same state exactly one writes', async () => {
  const { node } = await anna.write('Rennen.txt', 'Start');
  const precondition = { ifMatch: [files.etagOf(node)] };
  const outcomes = await Promise.allSettled(
    Array.from({ length: 20 }, (_, index) => anna.write('Rennen.txt', `Läufer ${index}`, { precondition })),
  );
  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
});

test('what did not arrive whole, or not as announced, is not stored', async () => {
  await assertRefused(anna.write('halb.txt', 'kurz', { length: 100 }), 'invalid', 'files.cutOff');
  await assertRefused(
    anna.write('falsch.txt', 'x', { checksum: { algorithm: 'sha1', hex: '0'.repeat(40) } }),
    'invalid',
    'files.checksumDiffers',
  );
  const broken = files.writeFile(
    anna.ctx,
    { folder: await anna.at(''), name: 'abgerissen.txt' },
    (async function* () {
      yield Buffer.from('Anfang');
      throw new Failure('invalid', 'platform.cutOff');
    })(),
  );
  await assertRefused(broken, 'invalid', 'platform.cutOff');
  assert.deepEqual(
    (await anna.list()).filter((name) => ['halb.txt', 'falsch.txt', 'abgerissen.txt'].includes(name)),
    [],
  );
});

test('when the answer to a commit is lost, however it is lost, the bytes of the file stay', async () => {
  const { platform } = people.anna;
  for (const code of ['ETIMEDOUT', 'CONNECTION_CLOSED', 'ERR_SSL_WRONG_VERSION_NUMBER', '57P01']) {
    const together: typeof platform.db.together = async (...work) => {
      await platform.db.together(...work);
      throw Object.assign(new Error('no answer'), { code, syscall: 'read' });
    };
    const ctx = { ...people.anna, platform: { ...platform, db: { ...platform.db, together } } };
    const target = { folder: await anna.at(''), name: `${code}.txt` };
    await assert.rejects(files.writeFile(ctx, target, Readable.from([Buffer.from(code)])), { code });
    assert.equal(await anna.read(`${code}.txt`), code);
  }
});

test('what was removed for good since somebody found it is not there, whatever they want to note about it', async () => {
  await anna.write('flüchtig.txt', 'x');
  const found = await anna.at('flüchtig.txt');
  await anna.trash('flüchtig.txt');
  await files.purge(anna.ctx, found.node.id);
  await assertRefused(files.comment(anna.ctx, found, 'Warum?'), 'notFound');
  await assertRefused(files.addTag(anna.ctx, found, 'Eile'), 'notFound');
  await assertRefused(files.setFavourite(anna.ctx, found, true), 'notFound');
  await assertRefused(files.changeProperties(anna.ctx, found, [{ namespace: 'u:', name: 'x', value: '1' }]), 'notFound');
});

const exclusive = { isShared: false, isInfinite: false, owner: '', seconds: 60 };

test('a lock keeps everybody else out, its holder too without the token', async () => {
  await anna.write('Gesperrt.txt', 'x');
  const { token } = await files.lock(anna.ctx, await anna.at('Gesperrt.txt'), exclusive);
  await assertRefused(anna.write('Gesperrt.txt', 'y'), 'locked');
  await assertRefused(anna.trash('Gesperrt.txt'), 'locked');
  await assertRefused(anna.move('Gesperrt.txt', 'Frei.txt'), 'locked');
  await assertRefused(files.lock(anna.ctx, await anna.at('Gesperrt.txt'), exclusive), 'locked');
  await anna.write('Gesperrt.txt', 'y', { tokens: [token] });
  await files.unlock(anna.ctx, await anna.at('Gesperrt.txt'), token);
  await anna.write('Gesperrt.txt', 'z');
});

test('a lock’s token is of use to its maker alone, though everybody who may read the file can read it', async () => {
  const members = [people.id.anna, people.id.bernd].map((principal) => ({ principal, role: 'editor' as const }));
  await files.createSpace(people.dora, { name: 'Sperren' }, members);
  const bernd = deskOf(people.bernd);
  await anna.write('Sperren/Plan.txt', 'Anna');
  await files.lock(anna.ctx, await anna.at('Sperren/Plan.txt'), exclusive);
  const plan = await bernd.at('Sperren/Plan.txt');
  const tokens = (await files.listLocks(bernd.ctx, plan)).map(({ token }) => token);
  await assertRefused(bernd.write('Sperren/Plan.txt', 'Bernd', { tokens }), 'locked');
  await assertRefused(bernd.trash('Sperren/Plan.txt', { tokens }), 'locked');
  await assertRefused(bernd.move('Sperren/Plan.txt', 'Sperren/Fort.txt', { tokens }), 'locked');
  await assertRefused(
    files.changeProperties(bernd.ctx, plan, [{ namespace: 'u:', name: 'x', value: '1' }], { tokens }),
    'locked',
  );
  await assertRefused(files.refreshLock(bernd.ctx, plan, tokens[0] as string, 60), 'locked');
  await anna.write('Sperren/Plan.txt', 'Anna, neu', { tokens });
  // What comes at the same moment goes into the tree together, and still each with the tokens of its own person.
  const crowd = Array.from({ length: 12 }, (_, index) => (index % 3 === 1 ? anna : bernd));
  const outcomes = await Promise.allSettled(crowd.map((desk) => desk.write('Sperren/Plan.txt', 'zugleich', { tokens })));
  assert.deepEqual(
    outcomes.map(({ status }) => status === 'fulfilled'),
    crowd.map((desk) => desk === anna),
  );
  assert.equal(await bernd.read('Sperren/Plan.txt'), 'zugleich');
});

test('what was moved or renamed meanwhile is neither moved nor deleted by whoever meant the old place', async () => {
  await anna.folder('Eingang');
  await anna.folder('Ablage');
  await anna.write('Eingang/Brief.txt', 'x');
  const seen = await anna.at('Eingang/Brief.txt');
  await anna.move('Eingang/Brief.txt', 'Ablage/Brief.txt');
  await assertRefused(files.trash(anna.ctx, seen), 'conflict', 'files.movedMeanwhile');
  const elsewhere = { folder: await anna.at('Eingang'), name: 'Zweiter.txt' };
  await assertRefused(files.move(anna.ctx, seen, elsewhere), 'conflict', 'files.movedMeanwhile');
  const filed = await anna.at('Ablage/Brief.txt');
  await anna.move('Ablage/Brief.txt', 'Ablage/Schreiben.txt');
  await assertRefused(files.trash(anna.ctx, filed), 'conflict', 'files.movedMeanwhile');
  assert.equal(await anna.read('Ablage/Schreiben.txt'), 'x');
});

test('of two who copy something over its own folder the second no longer finds it', async () => {
  await anna.folder('Mappe');
  await anna.write('Mappe/Inhalt.txt', 'x');
  const seen = await anna.at('Mappe/Inhalt.txt');
  const target = { folder: await anna.at(''), name: 'Mappe' };
  const outcomes = await Promise.allSettled([1, 2].map(() => files.copy(anna.ctx, seen, target, { overwrites: true })));
  assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  await assertRefused(files.copy(anna.ctx, seen, target, { overwrites: true }), 'notFound');
  assert.equal(await anna.read('Mappe'), 'x');
});

test('what was deleted or moved meanwhile is not locked, and a lock is removed once', async () => {
  await anna.write('Verschwunden.txt', 'x');
  const seen = await anna.at('Verschwunden.txt');
  await anna.move('Verschwunden.txt', 'Umbenannt.txt');
  await assertRefused(files.lock(anna.ctx, seen, exclusive), 'conflict', 'files.movedMeanwhile');
  const renamed = await anna.at('Umbenannt.txt');
  await anna.trash('Umbenannt.txt');
  await assertRefused(files.lock(anna.ctx, renamed, exclusive), 'notFound');
  await files.restore(anna.ctx, renamed.node.id);
  await anna.write('Umbenannt.txt', 'frei');
  const { token } = await files.lock(anna.ctx, await anna.at('Umbenannt.txt'), exclusive);
  const unlocked = await Promise.allSettled(
    [1, 2, 3].map(async () => files.unlock(anna.ctx, await anna.at('Umbenannt.txt'), token)),
  );
  assert.equal(unlocked.filter(({ status }) => status === 'fulfilled').length, 1);
});

test('an infinite lock covers what is below, one on a folder alone its members’ coming and going', async () => {
  await anna.folder('Akte');
  await anna.write('Akte/Blatt.txt', 'x');
  const deep = await files.lock(anna.ctx, await anna.at('Akte'), { ...exclusive, isInfinite: true });
  await assertRefused(anna.write('Akte/Blatt.txt', 'y'), 'locked');
  await files.unlock(anna.ctx, await anna.at('Akte/Blatt.txt'), deep.token);
  const flat = await files.lock(anna.ctx, await anna.at('Akte'), exclusive);
  await anna.write('Akte/Blatt.txt', 'y');
  await assertRefused(anna.write('Akte/Neu.txt', 'x'), 'locked');
  await assertRefused(anna.trash('Akte/Blatt.txt'), 'locked');
  await anna.trash('Akte/Blatt.txt', { tokens: [flat.token] });
});

test('shared locks stand together, and against an exclusive one; locks lapse', async () => {
  await anna.write('Geteilt.txt', 'x');
  const shared = { ...exclusive, isShared: true };
  const one = await files.lock(anna.ctx, await anna.at('Geteilt.txt'), shared);
  await files.lock(anna.ctx, await anna.at('Geteilt.txt'), shared);
  await assertRefused(files.lock(anna.ctx, await anna.at('Geteilt.txt'), exclusive), 'locked');
  await anna.write('Geteilt.txt', 'y', { tokens: [one.token] });
  stand.clock.advance(61);
  await anna.write('Geteilt.txt', 'z');
  await files.lock(anna.ctx, await anna.at('Geteilt.txt'), exclusive);
});

test('the change feed tells every change once, in order, and can be read from anywhere', async () => {
  const desk = deskOf(people.bernd);
  const feed = async (since: number, limit?: number) => files.readChanges(desk.ctx, await desk.at(''), since, limit);
  const start = (await feed(0)).position;
  await desk.folder('F');
  await desk.write('F/a.txt', '1');
  await desk.write('F/b.txt', '2');
  await desk.move('F/a.txt', 'F/c.txt');
  await desk.trash('F/b.txt');
  const describe = (items: files.Changes['items']) => items.map((item) => (item.isGone ? 'gone' : item.node.name));
  const whole = await feed(start);
  assert.deepEqual(describe(whole.items), ['F', 'c.txt', 'gone']);
  const names: string[] = [];
  for (let position = start, hasMore = true; hasMore; ) {
    const page = await feed(position, 1);
    names.push(...describe(page.items));
    ({ position, hasMore } = page);
  }
  assert.deepEqual(names, ['F', 'c.txt', 'gone']);
  assert.deepEqual((await feed(whole.position)).items, []);
  await assertRefused(feed(whole.position + 1), 'conflict', 'files.feedTooOld');
});

test('an upload survives interruptions and ends as one file with the right hash', async () => {
  const content = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251));
  const begin = async (name: string) =>
    files.beginUpload(anna.ctx, { name, folder: await anna.at(''), fileName: `${name}.bin`, length: content.length });
  const upload = await begin('Etappen');
  const breaking = (async function* () {
    yield content.subarray(0, 100_000);
    throw new Error('the line broke');
  })();
  await assert.rejects(files.append(anna.ctx, upload, 0, breaking), /line broke/);
  const resumed = await files.findUpload(anna.ctx, 'Etappen');
  assert.equal(resumed.received, 100_000);
  await assertRefused(files.completeUpload(anna.ctx, resumed), 'conflict', 'files.uploadIncomplete');
  await assertRefused(files.append(anna.ctx, resumed, 5, Readable.from([content])), 'conflict', 'files.uploadOffset');
  assert.equal(await files.append(anna.ctx, resumed, 100_000, Readable.from([content.subarray(100_000)])), content.length);
  const { node } = await files.completeUpload(anna.ctx, await files.findUpload(anna.ctx, 'Etappen'));
  const direct = await anna.write('Vergleich.bin', content);
  assert.deepEqual([node.sha256, node.sha1, node.size], [direct.node.sha256, direct.node.sha1, content.length]);
  await assertRefused(files.findUpload(anna.ctx, 'Etappen'), 'notFound', 'files.uploadGone');
});

test('an upload can be refused at its end, put right, and finished; or given up without a trace', async () => {
  await anna.folder('Belegt');
  const upload = await files.beginUpload(anna.ctx, { name: 'u', folder: await anna.at(''), fileName: 'Belegt', length: 3 });
  await files.append(anna.ctx, upload, 0, Readable.from([Buffer.from('abc')]));
  const again = () => files.findUpload(anna.ctx, 'u');
  await assertRefused(files.completeUpload(anna.ctx, await again()), 'conflict', 'files.isAFolder');
  await files.completeUpload(anna.ctx, await again(), { fileName: 'Frei.bin' });
  assert.equal(await anna.read('Frei.bin'), 'abc');
  const dropped = await files.beginUpload(anna.ctx, { name: 'v', folder: await anna.at(''), fileName: 'v.bin', length: 3 });
  await files.append(anna.ctx, dropped, 0, Readable.from([Buffer.from('abc')]));
  await files.abandonUpload(anna.ctx, dropped);
  const names = (await Array.fromAsync(stand.house.platform.blobs.list(people.ellrich))).map(({ name }) => name);
  assert.ok(!names.some((name) => name.startsWith(dropped.id)));
  await assertRefused(files.findUpload(people.bernd, 'v'), 'notFound');
});

test('an upload finished by several at once becomes one file, whole', async () => {
  const content = Buffer.alloc(50_000, 'doppelt');
  const upload = await files.beginUpload(anna.ctx, {
    name: 'zweimal',
    folder: await anna.at(''),
    fileName: 'Zweimal.bin',
    length: content.length,
  });
  await files.append(anna.ctx, upload, 0, Readable.from([content.subarray(0, 20_000)]));
  await files.append(anna.ctx, await files.findUpload(anna.ctx, 'zweimal'), 20_000, Readable.from([content.subarray(20_000)]));
  const whole = await files.findUpload(anna.ctx, 'zweimal');
  const outcomes = await Promise.allSettled([1, 2, 3, 4].map(() => files.completeUpload(anna.ctx, whole)));
  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
  assert.equal(await anna.read('Zweimal.bin'), content.toString());
});

test('more than was announced is refused, and nobody may add to another one’s upload', async () => {
  const upload = await files.beginUpload(anna.ctx, { name: 'w', folder: await anna.at(''), fileName: 'w.bin', length: 3 });
  await assertRefused(files.append(anna.ctx, upload, 0, Readable.from([Buffer.from('abcd')])), 'tooLarge', 'files.uploadTooLong');
  await assertRefused(files.findUpload(people.bernd, 'w'), 'notFound');
});

test('tags, comments and favourites belong to whom they should', async () => {
  const { node } = await anna.write('Notiert.txt', 'x');
  const entry = await anna.at('Notiert.txt');
  const tag = await files.addTag(anna.ctx, entry, '  Haushalt   2027 ');
  assert.deepEqual(tag.name, 'Haushalt 2027');
  assert.equal((await files.addTag(anna.ctx, entry, 'haushalt 2027')).id, tag.id);
  assert.deepEqual(
    (await files.suggestTags(anna.ctx, 'HAUS')).map(({ name }) => name),
    ['Haushalt 2027'],
  );
  await files.removeTag(anna.ctx, entry, tag.id);
  const written = await files.comment(anna.ctx, entry, 'Bitte prüfen');
  await files.editComment(anna.ctx, entry, written.id, 'Bitte bis Freitag prüfen');
  assert.deepEqual(
    (await files.listComments(anna.ctx, entry)).map(({ text }) => text),
    ['Bitte bis Freitag prüfen'],
  );
  await assertRefused(files.comment(anna.ctx, entry, '   '), 'invalid');
  await files.setFavourite(anna.ctx, entry, true);
  assert.deepEqual(
    (await files.listFavourites(anna.ctx)).map(({ node: { id } }) => id),
    [node.id],
  );
  assert.deepEqual(await files.listFavourites(people.bernd), []);
  await files.setFavourite(anna.ctx, entry, false);
  assert.deepEqual(await files.listFavourites(anna.ctx), []);
});
