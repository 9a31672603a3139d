import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, test } from 'node:test';
import fc from 'fast-check';
import * as files from '#modules/files';
import { csrfToken } from '#platform/http-guard';
import { type PersonName, settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import { readWish } from './tus-wish.ts';
import { append, beginUpload, completeUpload, findUpload } from './upload.ts';

const stand = await openStand();
const people = await settle(stand);
const { app, platform } = stand.house;
const { anna, bernd, dora, id } = people;
const port = await stand.house.listen();
const origin = `http://127.0.0.1:${port}`;

const space = await files.createSpace(dora, { name: 'Bauamt' }, [
  { principal: id.anna, role: 'editor' },
  { principal: id.bernd, role: 'viewer' },
]);
const root = await files.locate(anna, space.root);

const cookies = new Map<PersonName, string>();
async function headersOf(person: PersonName): Promise<Record<string, string>> {
  const cookie = cookies.get(person) ?? (await people.cookie(person));
  cookies.set(person, cookie);
  const token = csrfToken(platform.keys, cookie.split('=')[1] as string);
  return { cookie, origin, 'sec-fetch-site': 'same-origin', 'x-csrf-token': token };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function* broken(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
  throw new Error('the connection broke');
}

const write = (name: string, bytes: Uint8Array, folder = root) => files.writeFile(anna, { folder, name }, once(bytes));
const get = async (person: PersonName, url: string, headers: Record<string, string> = {}) =>
  app.inject({ url, headers: { ...(await headersOf(person)), ...headers } });
const host = new URL(origin).host;

test('a file is downloaded whole, in part, and only when it changed', async () => {
  const bytes = randomBytes(700_000); // more than is read in one piece
  const { node } = await write('Plan Straße.pdf', bytes);
  const whole = await get('bernd', `/dateien/inhalt/${node.id}`);
  assert.equal(whole.statusCode, 200);
  assert.deepEqual(whole.rawPayload, bytes);
  assert.equal(whole.headers['content-type'], 'application/pdf');
  assert.match(String(whole.headers['content-disposition']), /^attachment; .*filename\*=UTF-8''Plan%20Stra%C3%9Fe\.pdf$/);
  assert.match(String(whole.headers['content-security-policy']), /sandbox/);
  const part = await get('bernd', `/dateien/inhalt/${node.id}`, { range: 'bytes=600000-600009' });
  assert.equal(part.statusCode, 206);
  assert.deepEqual(part.rawPayload, bytes.subarray(600_000, 600_010));
  const again = await get('bernd', `/dateien/inhalt/${node.id}`, { 'if-none-match': String(whole.headers.etag) });
  assert.equal(again.statusCode, 304);
});

test('an earlier version is downloaded under the name of the file', async () => {
  const { node } = await write('Satzung.txt', Buffer.from('alt'));
  await write('Satzung.txt', Buffer.from('neu'));
  const [version] = await files.listVersions(anna, await files.locate(anna, node.id));
  const answer = await get('bernd', `/dateien/inhalt/${node.id}/version/${version?.id}`);
  assert.equal(answer.body, 'alt');
  assert.match(String(answer.headers['content-disposition']), /Satzung\.txt/);
  assert.equal((await get('bernd', `/dateien/inhalt/${node.id}/version/999999`)).statusCode, 404);
});

test('who may not see it is not told that it exists; who is not signed in is led to the sign-in and back', async () => {
  const { node } = await write('geheim.txt', Buffer.from('x'));
  assert.equal((await get('emil', `/dateien/inhalt/${node.id}`)).statusCode, 404);
  const page = await app.inject({ url: `/dateien/inhalt/${node.id}`, headers: { accept: 'text/html' } });
  assert.equal(page.statusCode, 302);
  assert.equal(page.headers.location, `/anmelden?weiter=%2Fdateien%2Finhalt%2F${node.id}`);
  assert.equal((await app.inject({ url: `/dateien/inhalt/${node.id}` })).statusCode, 401);
  const sentence = await get('emil', '/dateien/inhalt/abc', { accept: 'text/html' });
  assert.match(sentence.body, /nicht für Sie freigegeben/);
});

test('a selection comes as one ZIP, by address and by form', async () => {
  const folder = await files.createFolder(anna, { folder: root, name: 'Übersicht' });
  const one = await write('a.txt', Buffer.from('eins'), await files.locate(anna, folder.id));
  const two = await write('b.txt', Buffer.from('zwei'));
  const url = `/dateien/zip?ids=${folder.id},${two.node.id}`;
  const answer = await get('bernd', url);
  assert.equal(answer.statusCode, 200);
  assert.equal(answer.headers['content-type'], 'application/zip');
  for (const name of ['Übersicht/a.txt', 'b.txt']) assert.ok(answer.rawPayload.includes(Buffer.from(name)), name);
  const { 'x-csrf-token': token = '', ...signed } = await headersOf('bernd');
  const headers = { ...signed, host, 'content-type': 'application/x-www-form-urlencoded' };
  const form = (fields: Record<string, string>) =>
    app.inject({ method: 'POST', url: '/dateien/zip', headers, payload: new URLSearchParams(fields).toString() });
  const posted = await form({ _csrf: token, ids: String(one.node.id) });
  assert.match(String(posted.headers['content-disposition']), /a\.txt\.zip/);
  assert.equal((await form({ ids: String(one.node.id) })).statusCode, 403);
  assert.equal((await form({ _csrf: token, ids: '' })).statusCode, 400);
  assert.equal((await get('emil', url)).statusCode, 404);
});

test('a list has folders first, and figures in names by their value', async () => {
  const folder = await files.createFolder(anna, { folder: root, name: 'Anlagen' });
  const here = await files.locate(anna, folder.id);
  for (const name of ['Anlage 10.txt', 'Anlage 2.txt', 'ärztlich.txt', 'Zeichnung.txt'])
    await write(name, Buffer.from('x'), here);
  await files.createFolder(anna, { folder: here, name: 'Zuletzt' });
  const names = async (query: string) =>
    (await get('anna', `/dateien/zeilen/${folder.id}?${query}`)).json().rows.map((row: files.Row) => row.name);
  const ascending = ['Zuletzt', 'Anlage 2.txt', 'Anlage 10.txt', 'ärztlich.txt', 'Zeichnung.txt'];
  assert.deepEqual(await names(''), ascending);
  assert.deepEqual(await names('richtung=ab'), ['Zuletzt', ...ascending.slice(1).reverse()]);
});

test('further rows of a list come sorted, with who changed them, and the list says whether it is still the same', async () => {
  const folder = await files.createFolder(anna, { folder: root, name: 'Liste' });
  const here = await files.locate(anna, folder.id);
  for (const [name, size] of [
    ['a', 3],
    ['b', 1],
    ['c', 2],
  ] as const)
    await write(`${name}.txt`, Buffer.alloc(size), here);
  const rows = async (query: string) => (await get('bernd', `/dateien/zeilen/${folder.id}?${query}`)).json();
  const bySize = await rows('sortierung=groesse&richtung=ab&zahl=2');
  assert.equal(bySize.total, 3);
  assert.deepEqual(
    bySize.rows.map((row: files.Row) => [row.name, row.by]),
    [
      ['a.txt', 'Anna Apel'],
      ['c.txt', 'Anna Apel'],
    ],
  );
  assert.deepEqual(
    (await rows('ab=2')).rows.map((row: files.Row) => row.name),
    ['c.txt'],
  );
  const { etag } = (await get('bernd', `/dateien/stand/${folder.id}`)).json();
  assert.equal(etag, bySize.etag);
  await write('d.txt', Buffer.alloc(1), here);
  assert.notEqual((await get('bernd', `/dateien/stand/${folder.id}`)).json().etag, etag);
});

test('the folders to move something to begin with the own files and the spaces', async () => {
  const top = (await get('bernd', '/dateien/ordner')).json();
  assert.deepEqual(
    top.folders.map((folder: { name: string }) => folder.name),
    ['', 'Bauamt'],
  );
  const inside = (await get('bernd', `/dateien/ordner/${space.root}`)).json();
  assert.equal(inside.mayCreate, false);
  assert.deepEqual(
    inside.above.map((folder: { name: string }) => folder.name),
    ['Bauamt'],
  );
});

const send = async (person: PersonName, url: string, body: object, headers: Record<string, string> = {}) =>
  app.inject({ method: 'POST', url, payload: body, headers: { ...(await headersOf(person)), host, ...headers } });

test('a folder tree is made on the way, also by two at once', async () => {
  const path = ['Ablage', '2026', 'Mai'];
  const answers = await Promise.all([1, 2, 3].map(() => send('anna', '/dateien/ordner', { in: space.root, path })));
  assert.deepEqual(new Set(answers.map((answer) => answer.statusCode)), new Set([200]));
  assert.equal(new Set(answers.map((answer) => answer.json().id)).size, 1);
  assert.equal((await send('bernd', '/dateien/ordner', { in: space.root, path: ['Neu'] })).statusCode, 403);
  assert.equal((await send('anna', '/dateien/ordner', { in: space.root, path: ['a/b'] })).statusCode, 400);
  assert.equal((await send('anna', '/dateien/ordner', { in: space.root, path: [] })).statusCode, 400);
});

test('a path nobody could open makes no ZIP; the folders further down do', async () => {
  const path = Array.from({ length: 10 }, (_, level) => String(level).repeat(250));
  const { id } = (await send('anna', '/dateien/ordner', { in: space.root, path })).json();
  const { lineage } = await files.locate(anna, id);
  const zip = (above: number) => get('anna', `/dateien/zip?ids=${lineage.at(-1 - above)?.id}`);
  assert.equal((await zip(5)).statusCode, 200);
  const refused = await zip(9);
  assert.deepEqual([refused.statusCode, refused.json().title], [413, 'files.zipTooDeep']);
});

test('what is done to many things says for each what was refused', async () => {
  const folder = await files.createFolder(anna, { folder: root, name: 'Viele' });
  const here = await files.locate(anna, folder.id);
  const ids: number[] = [];
  for (const name of ['1.txt', '2.txt', '3.txt']) ids.push((await write(name, Buffer.from(name), here)).node.id);
  const request = { isShared: false, isInfinite: false, owner: '', seconds: 60 };
  await files.lock(anna, await files.locate(anna, ids[1] as number), request);
  const trashed = (await send('anna', '/dateien/tun', { do: 'trash', ids })).json();
  assert.deepEqual(trashed.done, [ids[0], ids[2]]);
  assert.match(trashed.refused[0].sentence, /gesperrt/);
  assert.equal((await send('anna', '/dateien/tun', { do: 'restore', ids: trashed.done })).json().done.length, 2);
  assert.equal((await send('bernd', '/dateien/tun', { do: 'trash', ids })).statusCode, 403);
  assert.equal((await send('emil', '/dateien/tun', { do: 'trash', ids })).statusCode, 404);
  assert.equal((await send('anna', '/dateien/tun', { do: 'trash', ids: [] })).statusCode, 400);
  assert.equal((await send('anna', '/dateien/tun', { do: 'trash', ids }, { 'x-csrf-token': 'x' })).statusCode, 403);
  assert.equal((await send('anna', '/dateien/tun', { do: 'trash', ids }, { 'sec-fetch-site': 'cross-site' })).statusCode, 403);
});

test('moving to where the name is taken: a number, the other one to the trash, or left where it is', async () => {
  const [from, to] = [
    await files.createFolder(anna, { folder: root, name: 'von' }),
    await files.createFolder(anna, { folder: root, name: 'nach' }),
  ];
  const put = async (text: string) => (await write('x.txt', Buffer.from(text), await files.locate(anna, from.id))).node.id;
  const namesThere = async () => {
    const { nodes } = await files.listFolder(anna, await files.locate(anna, to.id));
    return nodes.map(({ name }) => name);
  };
  await files.carryAll(anna, [await put('eins')], { to: to.id, isCopy: false, taken: 'number' });
  await files.carryAll(anna, [await put('zwei')], { to: to.id, isCopy: false, taken: 'number' });
  assert.deepEqual(await namesThere(), ['x (2).txt', 'x.txt']);
  const third = await put('drei');
  const skipped = await files.carryAll(anna, [third], { to: to.id, isCopy: false, taken: 'skip' });
  assert.deepEqual([skipped.done, skipped.refused], [[], []]);
  await files.carryAll(anna, [third], { to: to.id, isCopy: false, taken: 'replace' });
  assert.deepEqual(await namesThere(), ['x (2).txt', 'x.txt']);
  const copied = await files.carryAll(anna, [third], { to: to.id, isCopy: true, taken: 'number' });
  assert.equal(copied.done.length, 1);
  assert.deepEqual(await namesThere(), ['x (2).txt', 'x (3).txt', 'x.txt']);
});

/* Resumable uploads. */

const encode = (metadata: Record<string, string>) =>
  Object.entries(metadata)
    .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
    .join(',');

const tus = { 'tus-resumable': '1.0.0' };
const octets = { 'content-type': 'application/offset+octet-stream' };

async function call(person: PersonName, method: string, url: string, rest: { headers?: object; body?: Uint8Array } = {}) {
  const headers = { ...(await headersOf(person)), ...tus, ...rest.headers };
  const body = rest.body && Buffer.from(rest.body);
  return fetch(`${origin}${url}`, { method, headers, ...(body && { body }) });
}

async function begin(person: PersonName, length: number, metadata: Record<string, string>) {
  const headers = { 'upload-length': String(length), 'upload-metadata': encode(metadata) };
  return call(person, 'POST', '/dateien/hochladen', { headers });
}

const textOf = async (node: number) => {
  const content = await files.openContent(anna, await files.locate(anna, node));
  const pieces: Buffer[] = [];
  for await (const piece of content.read(0, content.size)) pieces.push(piece);
  await content.close();
  return Buffer.concat(pieces);
};

test('an upload that broke off goes on where it was, into folders that are made on the way', async () => {
  const bytes = randomBytes(300_000);
  const metadata = { filename: 'Lageplan.dwg', folder: String(space.root), path: 'Vorhaben/Pläne', modified: '1700000000000' };
  const begun = await begin('anna', bytes.length, metadata);
  assert.equal(begun.status, 201);
  assert.equal(begun.headers.get('access-control-allow-origin'), null);
  assert.ok(begun.headers.get('upload-expires'));
  const url = begun.headers.get('location') as string;
  assert.match(url, /^\/dateien\/hochladen\/[0-9a-f]{32}$/);
  const first = await call('anna', 'PATCH', url, {
    headers: { ...octets, 'upload-offset': '0' },
    body: bytes.subarray(0, 100_000),
  });
  assert.equal(first.headers.get('upload-offset'), '100000');
  const head = await call('anna', 'HEAD', url);
  assert.equal(head.headers.get('upload-offset'), '100000');
  const wrong = await call('anna', 'PATCH', url, { headers: { ...octets, 'upload-offset': '7' }, body: bytes.subarray(7, 9) });
  assert.equal(wrong.status, 409);
  const rest = { headers: { ...octets, 'upload-offset': '100000' }, body: bytes.subarray(100_000) };
  const last = await call('anna', 'PATCH', url, rest);
  assert.equal(last.status, 204);
  const node = await files.locate(bernd, Number(last.headers.get('x-file-id')));
  assert.deepEqual(node.lineage.map(({ name }) => name).slice(1), ['Vorhaben', 'Pläne', 'Lageplan.dwg']);
  assert.equal(node.node.modified, 1_700_000_000_000);
  assert.deepEqual(await textOf(node.node.id), bytes);
  assert.equal((await call('anna', 'HEAD', url)).status, 404);
});

test('a small file comes with its creation', async () => {
  const metadata = encode({ filename: 'klein.txt', folder: String(space.root) });
  const headers = { ...octets, 'upload-length': '5', 'upload-metadata': metadata };
  const answer = await call('anna', 'POST', '/dateien/hochladen', { headers, body: Buffer.from('Hallo') });
  assert.equal(answer.status, 201, await answer.text());
  assert.equal(String(await textOf(Number(answer.headers.get('x-file-id')))), 'Hallo');
});

test('an empty file comes with its creation too', async () => {
  const answer = await begin('anna', 0, { filename: 'leer.txt', folder: String(space.root) });
  assert.equal(answer.status, 201, await answer.text());
  assert.equal((await files.locate(anna, Number(answer.headers.get('x-file-id')))).node.size, 0);
});

test('when the name is taken: refused before a byte comes, a new version, or a number', async () => {
  const existing = await write('Bericht.txt', Buffer.from('alt'));
  const folder = String(space.root);
  const refused = await begin('anna', 3, { filename: 'bericht.TXT', folder });
  assert.equal(refused.status, 409);
  assert.equal(((await refused.json()) as { title: string }).title, 'files.exists');
  const finish = async (taken: string) => {
    const begun = await begin('anna', 3, { filename: 'bericht.TXT', folder, taken });
    const headers = { ...octets, 'upload-offset': '0' };
    return call('anna', 'PATCH', begun.headers.get('location') as string, { headers, body: Buffer.from('neu') });
  };
  const version = await finish('version');
  assert.equal(Number(version.headers.get('x-file-id')), existing.node.id);
  assert.equal((await files.listVersions(anna, await files.locate(anna, existing.node.id))).length, 1);
  const number = await finish('number');
  assert.equal(decodeURIComponent(number.headers.get('x-file-name') as string), 'bericht (2).TXT');
});

test('a client that resumes an upload whose file could not be made is not told that all is well', async () => {
  const begun = await begin('anna', 3, { filename: 'spät.txt', folder: String(space.root) });
  const url = begun.headers.get('location') as string;
  await write('spät.txt', Buffer.from('schneller'));
  const last = await call('anna', 'PATCH', url, { headers: { ...octets, 'upload-offset': '0' }, body: Buffer.from('abc') });
  assert.equal(last.status, 409);
  assert.equal((await call('anna', 'HEAD', url)).status, 409);
  await files.trash(anna, (await files.findIn(anna, root, 'spät.txt')) as files.Entry);
  assert.equal((await call('anna', 'HEAD', url)).headers.get('upload-offset'), '3');
  assert.equal(String(await textOf((await files.findIn(anna, root, 'spät.txt'))?.node.id ?? 0)), 'abc');
});

test('an upload belongs to the person who began it and ends when they give it up', async () => {
  const begun = await begin('anna', 10, { filename: 'meins.txt', folder: String(space.root) });
  const url = begun.headers.get('location') as string;
  assert.equal((await call('dora', 'HEAD', url)).status, 404);
  assert.equal((await call('dora', 'DELETE', url)).status, 404);
  assert.equal((await call('anna', 'DELETE', url)).status, 204);
  assert.equal((await call('anna', 'HEAD', url)).status, 404);
});

test('uploads are refused to who may not, without the token, from elsewhere, and with nonsense', async () => {
  const good = { filename: 'a.txt', folder: String(space.root) };
  const status = async (person: PersonName, metadata: Record<string, string>, headers: object = {}) =>
    (
      await call(person, 'POST', '/dateien/hochladen', {
        headers: { 'upload-length': '1', 'upload-metadata': encode(metadata), ...headers },
      })
    ).status;
  assert.equal(await status('bernd', good), 403);
  assert.equal(await status('emil', good), 404);
  assert.equal(await status('anna', good, { 'x-csrf-token': 'falsch' }), 403);
  assert.equal(await status('anna', good, { 'sec-fetch-site': 'cross-site' }), 403);
  assert.equal(await status('anna', good, { cookie: 'rennsteig=unbekannt' }), 401);
  assert.equal(await status('anna', { ...good, filename: '../a.txt' }), 400);
  assert.equal(await status('anna', { ...good, folder: '-1' }), 400);
  assert.equal(await status('anna', { ...good, path: 'a/../b' }), 400);
  assert.equal(await status('anna', { ...good, taken: 'egal' }), 400);
  assert.equal(await status('anna', { ...good, path: Array(101).fill('x').join('/') }), 409);
  assert.equal(await status('anna', good, { 'upload-length': '-1' }), 400);
  assert.equal(await status('anna', good, { 'upload-length': '999999999999999' }), 413);
});

test('the wish of an upload: whatever it is, it is read or refused, and never leaves its folder', () => {
  const word = fc.string({ maxLength: 20 });
  fc.assert(
    fc.property(fc.record({ filename: word, folder: word, path: word, modified: word, taken: word }), (metadata) => {
      try {
        const wish = readWish({ ...metadata, folder: '7', taken: 'version' });
        for (const name of [wish.name, ...wish.path]) assert.ok(name !== '' && name !== '..' && !name.includes('/'));
      } catch (error) {
        assert.match(String(error), /invalid|conflict/);
      }
    }),
  );
});

test('bytes that were refused do not spoil the checksum of the upload that goes on', async () => {
  const bytes = randomBytes(5_000);
  const request = { name: 'summe', folder: root, fileName: 'summe.bin', length: bytes.length };
  await beginUpload(anna, request);
  const again = () => findUpload(anna, 'summe');
  // More than announced is refused as a whole; nothing of it was stored, and nothing of it may be in the hash.
  await assert.rejects(append(anna, await again(), 0, once(randomBytes(6_000))));
  await assert.rejects(append(anna, await again(), 0, broken(bytes.subarray(0, 2_000))));
  assert.equal((await again()).received, 2_000);
  await append(anna, await again(), 2_000, once(bytes.subarray(2_000)));
  const { node } = await completeUpload(anna, await again());
  assert.deepEqual(await textOf(node.id), bytes);
});

test('of two connections that deliver the same piece only one counts', async () => {
  const bytes = randomBytes(4_000);
  await beginUpload(anna, { name: 'doppelt', folder: root, fileName: 'doppelt.bin', length: bytes.length });
  const upload = await findUpload(anna, 'doppelt');
  const outcomes = await Promise.allSettled([1, 2].map(() => append(anna, upload, 0, once(bytes))));
  assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  const { node } = await completeUpload(anna, await findUpload(anna, 'doppelt'));
  assert.deepEqual(await textOf(node.id), bytes);
});

after(() => app.server.closeAllConnections());
