import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import * as files from '#modules/files';
import { davClient, readListing } from '../../../test/dav.ts';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import { mostParts } from '../../platform/blobs.ts';
import { connect } from '../../platform/db.ts';

const stand = await openStand();
const people = await settle(stand);
const port = await stand.house.listen();
const credentials = await people.appPassword('anna');
const anna = davClient(port, credentials);
const bernd = davClient(port, await people.appPassword('bernd'));
const uploads = anna.home.replace('/files/', '/uploads/');

const piece = (number: number, size = 70_000) => Buffer.alloc(size, number + 1);
const send = (id: string, chunk: string, body: Buffer, headers: Record<string, string> = {}) =>
  anna.request('PUT', `${uploads}${id}/${chunk}`, { body: new Uint8Array(body), headers });
const finish = (id: string, to: string, headers: Record<string, string> = {}) =>
  anna.request('MOVE', `${uploads}${id}/.file`, {
    headers: { destination: `${anna.home}${encodeURIComponent(to)}`, ...headers },
  });
const read = async (path: string) => {
  const answer = await anna.get(path);
  const body = Buffer.from(await answer.arrayBuffer());
  assert.equal(answer.status, 200, body.toString().slice(0, 500));
  return body;
};

test('nextcloudcmd’s way: chunks named by index, finished with checksum, time and length', async () => {
  const parts = [piece(0), piece(1), piece(2, 5)];
  const whole = Buffer.concat(parts);
  assert.equal(await anna.status('MKCOL', `${uploads}4711`, { 'oc-total-length': String(whole.length) }), 201);
  for (const [index, part] of parts.entries())
    assert.equal((await send('4711', String(index).padStart(16, '0'), part)).status, 201);
  const headers = {
    'oc-checksum': `SHA1:${createHash('sha1').update(whole).digest('hex')}`,
    'oc-total-length': String(whole.length),
    'x-oc-mtime': '1700000000',
  };
  const answer = await finish('4711', 'groß.bin', headers);
  assert.equal(answer.status, 201);
  assert.equal(answer.headers.get('x-oc-mtime'), 'accepted');
  assert.ok(answer.headers.get('oc-fileid') && answer.headers.get('etag'));
  assert.ok((await read('groß.bin')).equals(whole));
  assert.equal(await anna.status('PROPFIND', `${uploads}4711`, { depth: '1' }), 404);
});

test('owncloudcmd’s way: chunks named by byte offset, in any order; an interrupted upload sees what is there', async () => {
  const parts = [piece(3), piece(4), piece(5)];
  await anna.status('MKCOL', `${uploads}99`);
  for (const index of [2, 0]) await send('99', String(index * 70_000).padStart(16, '0'), parts[index] as Buffer);
  const listing = readListing(await (await anna.request('PROPFIND', `${uploads}99`, { headers: { depth: '1' } })).text());
  assert.deepEqual(
    listing.slice(1).map(({ href, found }) => [href.split('/').at(-1), found['d:getcontentlength']]),
    [
      ['0', '70000'],
      ['140000', '70000'],
    ],
  );
  await send('99', String(70_000).padStart(16, '0'), parts[1] as Buffer);
  assert.equal((await finish('99', 'versetzt.bin', { 'oc-total-length': '210000' })).status, 201);
  assert.ok((await read('versetzt.bin')).equals(Buffer.concat(parts)));
});

test('an overwrite keeps the id, and is refused when somebody was faster', async () => {
  const first = await anna.put('Plan.bin', 'eins');
  const again = async (id: string, etag: string) => {
    await anna.status('MKCOL', `${uploads}${id}`);
    await send(id, '1', piece(7));
    return finish(id, 'Plan.bin', { if: `<${anna.home}Plan.bin> ([${etag}])` });
  };
  const done = await again('a1', first.headers.get('etag') as string);
  assert.equal(done.status, 204);
  assert.equal(done.headers.get('oc-fileid'), first.headers.get('oc-fileid'));
  assert.equal((await again('a2', first.headers.get('etag') as string)).status, 412);
  assert.ok((await read('Plan.bin')).equals(piece(7)));
});

test('a chunk sent again replaces itself; a missing one, a lying length or checksum refuses the whole', async () => {
  await anna.status('MKCOL', `${uploads}b`);
  await send('b', '1', piece(1));
  await send('b', '1', piece(2));
  assert.equal((await finish('b', 'b.bin', { 'oc-total-length': '140000' })).status, 409);
  assert.equal((await finish('b', 'b.bin', { 'oc-checksum': `SHA1:${'0'.repeat(40)}` })).status, 400);
  assert.equal((await finish('b', 'b.bin')).status, 201, 'and can be finished once it is right');
  assert.ok((await read('b.bin')).equals(piece(2)));
});

test('finished twice, finished by two at once: one file', async () => {
  await anna.status('MKCOL', `${uploads}c`);
  await send('c', '1', piece(1));
  await send('c', '2', piece(2));
  const answers = await Promise.all([1, 2, 3].map(() => finish('c', 'c.bin')));
  const statuses = answers.map(({ status }) => status).sort();
  assert.deepEqual(statuses, [201, 404, 404]);
  assert.equal((await finish('c', 'c.bin')).status, 404);
  assert.ok((await read('c.bin')).equals(Buffer.concat([piece(1), piece(2)])));
});

test('names that are no numbers, other people’s uploads and too much are refused', async () => {
  await anna.status('MKCOL', `${uploads}d`);
  for (const name of ['eins', '-1', '1.5', '12345678901234567', '.file'])
    assert.equal((await send('d', name, piece(1, 1))).status, 400, name);
  assert.equal(await bernd.status('PUT', `${uploads}d/1`), 404);
  assert.equal(await anna.status('MKCOL', `${uploads}d`), 405);
  await files.createSpace(people.dora, { name: 'Enge', quota: 1_000 }, [{ principal: people.id.anna, role: 'editor' }]);
  assert.equal(
    await anna.status('MKCOL', `${uploads}e`, { destination: `${anna.home}Enge/x.bin`, 'oc-total-length': '5000' }),
    507,
  );
  await anna.status('MKCOL', `${uploads}f`);
  await send('f', '1', piece(1));
  const tooMuch = await anna.request('MOVE', `${uploads}f/.file`, { headers: { destination: `${anna.home}Enge/x.bin` } });
  assert.equal(tooMuch.status, 507);
  assert.equal(await anna.status('DELETE', `${uploads}f`), 204);
});

test('chunks that come all at once do not lay down more than the space has room for', async () => {
  await files.createSpace(people.dora, { name: 'Knapp', quota: 10_000 }, [{ principal: people.id.bernd, role: 'editor' }]);
  const place = bernd.home.replace('/files/', '/uploads/');
  const there = { destination: `${bernd.home}Knapp/x.bin` };
  for (const id of ['h', 'i']) assert.equal(await bernd.status('MKCOL', `${place}${id}`, there), 201);
  const put = (index: number) =>
    bernd.request('PUT', `${place}${index % 2 === 0 ? 'h' : 'i'}/${index}`, { body: new Uint8Array(piece(index, 4_000)) });
  const statuses = (await Promise.all(Array.from({ length: 16 }, (_, index) => put(index)))).map(({ status }) => status);
  assert.equal(statuses.filter((status) => status === 201).length, 2, 'two of them fit, whichever were first');
  assert.equal(statuses.filter((status) => status === 507).length, 14);
});

test('of a hundred thousand tiny chunks ten thousand are taken; what is there can still be put together', async () => {
  await anna.status('MKCOL', `${uploads}g`);
  assert.equal((await send('g', '1', piece(1, 3))).status, 201);
  const owner = connect(stand.owner, { max: 1 });
  await owner`update files.upload set next_part = ${mostParts - 1} where name = 'chunks/g'`; // as after nearly ten thousand
  await owner.end();
  assert.equal((await send('g', '9999', piece(2, 3))).status, 201);
  for (const chunk of ['10000', '10001', '99999', '1']) assert.equal((await send('g', chunk, piece(3, 3))).status, 413, chunk);
  assert.equal((await finish('g', 'g.bin')).status, 201);
  assert.ok((await read('g.bin')).equals(Buffer.concat([piece(1, 3), piece(2, 3)])));
});

test('the trash lists, brings back and removes', async () => {
  const trash = anna.home.replace('/files/', '/trashbin/');
  await anna.put('Weg.txt', 'x');
  const [before] = await anna.propfind('Weg.txt', ['oc:fileid']);
  await anna.status('DELETE', 'Weg.txt');
  const list = () =>
    anna.propfind(
      `${trash}trash`,
      ['nc:trashbin-filename', 'nc:trashbin-original-location', 'nc:trashbin-deletion-time', 'oc:fileid'],
      '1',
    );
  const item = (await list()).find(({ found }) => found['nc:trashbin-filename'] === 'Weg.txt');
  assert.equal(item?.found['oc:fileid'], before?.found['oc:fileid']);
  assert.equal(await anna.status('MOVE', item?.href as string, { destination: `${trash}restore/Weg.txt` }), 201);
  assert.equal(await anna.status('GET', 'Weg.txt'), 200);
  await anna.status('DELETE', 'Weg.txt');
  assert.equal(await bernd.status('DELETE', item?.href as string), 404);
  assert.equal(await anna.status('DELETE', `${trash}trash`), 204);
  assert.equal((await list()).length, 1);
});

test('versions are listed, read, named and brought back', async () => {
  for (const text of ['eins', 'zwei', 'drei']) await anna.put('Fassung.txt', text);
  const [entry] = await anna.propfind('Fassung.txt', ['oc:fileid']);
  const base = `${anna.home.replace('/files/', '/versions/')}versions/${entry?.found['oc:fileid']}`;
  const [, newest, oldest] = await anna.propfind(base, ['d:getcontentlength', 'd:getetag'], '1');
  assert.equal(await (await anna.get(oldest?.href as string)).text(), 'eins');
  const label =
    '<d:propertyupdate xmlns:d="DAV:" xmlns:nc="http://nextcloud.org/ns"><d:set><d:prop><nc:version-label>Beschluss</nc:version-label></d:prop></d:set></d:propertyupdate>';
  assert.equal((await anna.request('PROPPATCH', newest?.href as string, { body: label })).status, 207);
  assert.equal((await anna.propfind(newest?.href as string, ['nc:version-label']))[0]?.found['nc:version-label'], 'Beschluss');
  assert.equal(await anna.status('PROPPATCH', `${newest?.href}/%3Cd:href%3E`, {}), 404);
  assert.equal(
    await anna.status('MOVE', oldest?.href as string, {
      destination: `${anna.home.replace('/files/', '/versions/')}restore/target`,
    }),
    201,
  );
  assert.equal(await (await anna.get('Fassung.txt')).text(), 'eins');
  assert.equal(await bernd.status('GET', oldest?.href as string), 404);
});

/** Bytes that had to be read a second time for a hash, since the beginning. */
async function hashedAgain(): Promise<number> {
  const [, value] = /^rennsteig_bytes_hashed_again_total (\d+)/m.exec(await stand.house.platform.metrics.text()) ?? [];
  return Number(value);
}

const sha1 = (bytes: Buffer) => createHash('sha1').update(bytes).digest('hex');

type Naming = 'from 0' | 'from 1' | 'by offset' | 'with gaps';
const nameOf: Readonly<Record<Naming, (index: number, offset: number) => number>> = {
  'from 0': (index) => index,
  'from 1': (index) => index + 1,
  'by offset': (_index, offset) => offset,
  'with gaps': (index) => (index + 1) * 1_000,
};

let count = 0;

/** Sends parts in an order, some of them several times, and finishes with the hash of the whole; the server compares it. */
async function assemble(sizes: readonly number[], order: readonly number[], naming: Naming): Promise<void> {
  count += 1;
  const id = `zusammen-${count}`;
  const parts = sizes.map((size, index) => piece(index + count, size));
  const whole = Buffer.concat(parts);
  assert.equal(await anna.status('MKCOL', `${uploads}${id}`), 201);
  const offsets = sizes.map((_size, index) => sizes.slice(0, index).reduce((sum, size) => sum + size, 0));
  for (const index of order) {
    const name = String(nameOf[naming](index, offsets[index] as number)).padStart(16, '0');
    assert.equal((await send(id, name, parts[index] as Buffer)).status, 201);
  }
  const checksum = { 'oc-checksum': `SHA1:${sha1(whole)}`, 'oc-total-length': String(whole.length) };
  assert.equal((await finish(id, `${id}.bin`, checksum)).status, 201);
  assert.ok((await read(`${id}.bin`)).equals(whole));
}

test('what arrives in order, however it is named, is not read again for its hash', async () => {
  const before = await hashedAgain();
  for (const naming of ['from 0', 'from 1', 'by offset'] as const) await assemble([70_000, 65_536, 1], [0, 1, 2], naming);
  assert.equal(await hashedAgain(), before);
});

test('what arrives out of order or again is read as far as it has to be, and nothing of it is wrong', async () => {
  const before = await hashedAgain();
  await assemble([500, 600, 700], [0, 2, 1], 'from 0');
  assert.equal(await hashedAgain(), before + 700, 'the first two came in order');
  await assemble([500, 600, 700], [0, 1, 1, 2], 'from 0');
  assert.equal(await hashedAgain(), before + 700 + 1_800, 'the second is another one now');
});

test('a part that broke off leaves nothing of itself in the hash', async () => {
  const before = await hashedAgain();
  const [first, second] = [piece(7), piece(8)];
  await anna.status('MKCOL', `${uploads}bruch`);
  await send('bruch', '0', first);
  const broken = new ReadableStream({
    start: (controller) => {
      controller.enqueue(new Uint8Array(second.subarray(0, 10_000)));
      controller.error(new Error('the line broke'));
    },
  });
  await assert.rejects(anna.request('PUT', `${uploads}bruch/1`, { body: broken, duplex: 'half' } as never));
  await send('bruch', '1', second);
  const checksum = { 'oc-checksum': `SHA1:${sha1(Buffer.concat([first, second]))}` };
  assert.equal((await finish('bruch', 'bruch.bin', checksum)).status, 201);
  assert.equal(await hashedAgain(), before);
});

test('two parts at once, and a wrong hash at the end: what is then said is true', async () => {
  const parts = [piece(11), piece(12), piece(13)];
  await anna.status('MKCOL', `${uploads}zugleich`);
  await Promise.all(parts.map((part, index) => send('zugleich', String(index), part)));
  const wrong = { 'oc-checksum': `SHA1:${sha1(Buffer.from('anders'))}` };
  assert.equal((await finish('zugleich', 'zugleich.bin', wrong)).status, 400);
  const before = await hashedAgain();
  const right = { 'oc-checksum': `SHA1:${sha1(Buffer.concat(parts))}` };
  assert.equal((await finish('zugleich', 'zugleich.bin', right)).status, 201);
  assert.equal(await hashedAgain(), before, 'what was refused was read once');
});

test('in whatever order parts arrive, how often and under which numbers, the hash is that of the whole', async () => {
  const plan = fc.array(fc.integer({ min: 1, max: 3_000 }), { minLength: 1, maxLength: 5 }).chain((sizes) => {
    const all = sizes.map((_size, index) => index);
    const again = fc.array(fc.constantFrom(...all), { maxLength: 3 });
    const shuffled = again.chain((more) => fc.shuffledSubarray([...all, ...more], { minLength: all.length + more.length }));
    return fc.tuple(fc.constant(sizes), shuffled, fc.constantFrom(...(Object.keys(nameOf) as Naming[])));
  });
  await fc.assert(
    fc.asyncProperty(plan, ([sizes, order, naming]) => assemble(sizes, order, naming)),
    { numRuns: 25 },
  );
});
