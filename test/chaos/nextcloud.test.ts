import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import * as files from '#modules/files';
import { systemContext } from '#platform/context';
import { expireUploads } from '../../src/modules/files/care.ts';
import { connect } from '../../src/platform/db.ts';
import { davClient } from '../dav.ts';
import { settle } from '../people.ts';
import { openStand } from '../stand.ts';

/** Where Nextcloud 32 was seen to fail, and how we answer the same; then clients that lie about pieces. */

const stand = await openStand();
const people = await settle(stand);
const port = await stand.house.listen();
const anna = davClient(port, await people.appPassword('anna'));
const uploads = anna.home.replace('/files/', '/uploads/');
const trash = anna.home.replace('/files/', '/trashbin/');
const sha1 = (content: string | Uint8Array) => createHash('sha1').update(content).digest('hex');
const text = async (path: string) => (await anna.get(path)).text();
const finish = (id: string, name: string, headers: Record<string, string> = {}) =>
  anna.request('MOVE', `${uploads}${id}/.file`, { headers: { destination: `${anna.home}${name}`, ...headers } });
const chunk = (id: string, position: number, size: number) =>
  anna.put(`${uploads}${id}/${position}`, new Uint8Array(size).fill(position));

test('it stores false checksums: we refuse them, in one piece and in many, and what we show is what is stored', async () => {
  assert.equal((await anna.put('Summe.txt', 'x', { 'oc-checksum': `SHA1:${sha1('y')}` })).status, 400);
  await anna.status('MKCOL', `${uploads}summe`);
  await chunk('summe', 1, 10);
  assert.equal((await finish('summe', 'Summe.txt', { 'oc-checksum': `SHA1:${sha1('y')}` })).status, 400);
  assert.equal(await anna.status('GET', 'Summe.txt'), 404);
  // An algorithm we do not keep can be claimed, but is not repeated.
  await anna.put('Summe.txt', 'x', { 'oc-checksum': 'MD5:00000000000000000000000000000000' });
  const [entry] = await anna.propfind('Summe.txt', ['oc:checksums']);
  assert.equal(entry?.found['oc:checksums'], `<oc:checksum>SHA1:${sha1('x')}</oc:checksum>`);
});

test('it overwrites a newer version although the client names an old one: we keep the newer one, whichever way it comes', async () => {
  const old = (await anna.put('Neuer.txt', 'alt')).headers.get('etag') as string;
  await anna.put('Neuer.txt', 'neu');
  assert.equal((await anna.put('Neuer.txt', 'spät', { 'if-match': old })).status, 412);
  assert.equal((await anna.put('Neuer.txt', 'spät', { if: `([${old}])` })).status, 412);
  await anna.status('MKCOL', `${uploads}neuer`);
  await chunk('neuer', 1, 10);
  assert.equal((await finish('neuer', 'Neuer.txt', { 'if-match': old })).status, 412);
  // The bulk upload, where it was seen, is not offered and takes nothing.
  const bulk = await anna.request('POST', '/remote.php/dav/bulk', { body: 'x', headers: { 'if-match': old } });
  assert.ok(bulk.status >= 400 && bulk.status < 500, String(bulk.status));
  assert.equal(await text('Neuer.txt'), 'neu');
});

test('it can keep the old ETag after an overwrite: ours changes every time, up to the root, also within a second and at equal size', async () => {
  await anna.status('MKCOL', 'Stand');
  const seen = new Set<string>();
  for (let number = 0; number < 10; number += 1) {
    const etag = (await anna.put('Stand/Zahl.txt', String(number), { 'x-oc-mtime': '1700000000' })).headers.get('etag');
    const now = async (path: string) => (await anna.etag(path)).replaceAll('&quot;', '"');
    const all = [etag, await now('Stand/Zahl.txt'), await now('Stand'), await now('')];
    assert.equal(all[0], all[1]);
    for (const each of all.slice(1)) assert.ok(each && !seen.has(each));
    for (const each of all) seen.add(each as string);
  }
});

test('it answers bytes=0-0 with the whole file: we send one byte', async () => {
  await anna.put('Byte.txt', 'Hallo');
  const answer = await anna.get('Byte.txt', { range: 'bytes=0-0' });
  assert.deepEqual([answer.status, answer.headers.get('content-range'), await answer.text()], [206, 'bytes 0-0/5', 'H']);
});

test('it loses the first of two equally named files trashed within a second: we keep both and bring both back', async () => {
  await anna.status('MKCOL', 'Papier');
  for (const content of ['erste', 'zweite']) {
    await anna.put('Papier/Brief.txt', content);
    await anna.status('DELETE', 'Papier/Brief.txt');
  }
  const items = (await anna.propfind(`${trash}trash`, ['nc:trashbin-filename'], '1')).filter(
    ({ found }) => found['nc:trashbin-filename'] === 'Brief.txt',
  );
  assert.equal(items.length, 2);
  for (const { href } of items) assert.equal(await anna.status('MOVE', href, { destination: `${trash}restore/x` }), 201);
  const back = (await anna.propfind('Papier', ['d:getcontentlength'], '1')).slice(1);
  assert.deepEqual(back.map(({ found }) => found['d:getcontentlength']).sort(), ['5', '6']);
});

test('it lets parallel uploads store 40 MB in a 10 MB quota: with us ten fit and thirty get 507, in one piece or in many', async () => {
  const quota = 10 * 2 ** 20;
  await files.createSpace(people.dora, { name: 'Zehn', quota }, [{ principal: people.id.anna, role: 'editor' }]);
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, number) => anna.put(`Zehn/${number}.bin`, new Uint8Array(2 ** 20).fill(number))),
  );
  const statuses = answers.map(({ status }) => status).sort();
  assert.deepEqual(statuses, [...new Array(10).fill(201), ...new Array(30).fill(507)]);
  const used = (await anna.propfind('Zehn', ['d:quota-used-bytes']))[0]?.found['d:quota-used-bytes'];
  assert.equal(used, String(quota));
  await anna.status('MKCOL', `${uploads}zuviel`);
  await chunk('zuviel', 1, 100);
  assert.equal((await finish('zuviel', 'Zehn/mehr.bin')).status, 507);
});

test('it copies everything for Depth: 0: we copy the folder alone', async () => {
  await anna.status('MKCOL', 'Mappe');
  await anna.put('Mappe/drin.txt', 'x');
  assert.equal(await anna.status('COPY', 'Mappe', { destination: `${anna.home}Leer`, depth: '0' }), 201);
  assert.equal((await anna.propfind('Leer', ['d:getetag'], '1')).length, 1);
});

test('it accepts a Destination on another host: we answer 502 and move nothing', async () => {
  await anna.put('Hier.txt', 'x');
  for (const host of ['evil.example', `127.0.0.1:${port + 1}`, `127.0.0.1:${port}@evil.example`, 'localhost']) {
    const status = await anna.status('MOVE', 'Hier.txt', { destination: `http://${host}${anna.home}Dort.txt` });
    assert.equal(status, 502, host);
  }
  assert.equal(await anna.status('GET', 'Dort.txt'), 404);
});

test('it answers malformed requests with 5xx and database text: see bad-input.test.ts, which tries some two hundred', async () => {
  const answer = await anna.request('PROPFIND', '', { body: '<a', headers: { depth: '0' } });
  assert.equal(answer.status, 400);
  assert.match(await answer.text(), /<s:message>[^<]+<\/s:message>/);
});

test('chunk folders nobody finishes are cleaned up a day later, with their bytes', async () => {
  await anna.status('MKCOL', `${uploads}vergessen`);
  await chunk('vergessen', 1, 1_000);
  const objects = async () => {
    let count = 0;
    for await (const _ of stand.house.platform.blobs.list(people.ellrich)) count += 1;
    return count;
  };
  const before = await objects();
  stand.clock.advance(25 * 3_600);
  assert.equal(await anna.status('PUT', `${uploads}vergessen/2`), 404, 'too late');
  await expireUploads(systemContext(stand.house.platform, people.ellrich, 'test'));
  assert.ok((await objects()) < before);
});

test('a hundred thousand tiny chunks end at ten thousand, with a sentence; so do more uploads than anybody has at once', async () => {
  const owner = connect(stand.owner, { max: 1 });
  await anna.status('MKCOL', `${uploads}krümel`.replace('ü', '%C3%BC'));
  const crumbs = `${uploads}kr%C3%BCmel`;
  assert.equal((await anna.put(`${crumbs}/1`, 'x')).status, 201);
  await owner`update files.upload set next_part = 9999 where name = 'chunks/krümel'`;
  assert.equal((await anna.put(`${crumbs}/2`, 'x')).status, 201);
  const refused = await anna.put(`${crumbs}/3`, 'x');
  assert.equal(refused.status, 413);
  assert.match(await refused.text(), /10000|10\.000/);
  assert.equal(await anna.status('DELETE', crumbs), 204);
  await owner.end();
});

test('chunks that do not fit are refused before the end: what waits counts as used', async () => {
  const bernd = davClient(port, await people.appPassword('bernd'));
  await files.setQuota(people.dora, (await files.readHome(people.bernd)).own.space.id, 1_000);
  const own = bernd.home.replace('/files/', '/uploads/');
  const answers: number[] = [];
  for (const id of ['a', 'b', 'c']) {
    await bernd.status('MKCOL', `${own}${id}`);
    answers.push((await bernd.put(`${own}${id}/1`, new Uint8Array(600))).status);
  }
  assert.deepEqual(answers, [201, 507, 507]);
});
