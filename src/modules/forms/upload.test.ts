import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { request as ask } from 'node:http';
import { Readable } from 'node:stream';
import { before, test } from 'node:test';
import * as accounts from '#modules/accounts';
import { type Context, systemContext } from '#platform/context';
import { sessionCookie } from '#platform/http';
import { csrfToken } from '#platform/http-guard';
import { settleOffice } from '../../../test/office.ts';
import { password, settle } from '../../../test/people.ts';
import { workOff } from '../../../test/queue.ts';
import { openStand } from '../../../test/stand.ts';
import { keptAmong, removeDraftOf, removeIdleUploads } from './care.ts';
import * as forms from './index.ts';
import { limits } from './rules-status.ts';
import { appendToUpload, finishUpload } from './upload.ts';

/** Attachments over bad lines: tus as browsers speak it, lines that break, and clients that lie. */

const stand = await openStand();
const people = await settle(stand);
const office = await settleOffice(stand, people);
const { nobody, house, ellrich } = people;
let port = 0;
before(async () => {
  port = await stand.house.listen();
});

const town = systemContext(stand.house.platform, ellrich, 'test');
const pdf = (size: number) => Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(size - 9)]);
const base64 = (text: string) => Buffer.from(text).toString('base64');
const sha = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

type Headers = Readonly<Record<string, string>>;
const here = () => ({ 'tus-resumable': '1.0.0', origin: `http://127.0.0.1:${port}` });

async function send(method: string, path: string, headers: Headers = {}, body?: Buffer) {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: { ...here(), ...headers },
    ...(body && { body: new Uint8Array(body) }),
  });
  const text = await answer.text();
  const code = text.startsWith('{') ? (JSON.parse(text) as { title: string }).title : text.trim();
  return { status: answer.status, code, offset: Number(answer.headers.get('upload-offset')), at: answer.headers.get('location') };
}

const proof = { page: 'proof', field: 'exemptProof' };
const metadataOf = (values: Headers) =>
  Object.entries(values)
    .map(([key, value]) => `${key} ${base64(value)}`)
    .join(',');

type Wish = { readonly name?: string; readonly length: number; readonly where?: Headers; readonly headers?: Headers };

const create = (token: string, { name = 'Ausweis.pdf', length, where = proof, headers = {} }: Wish) =>
  send('POST', `/antrag/anhang/${token}`, {
    'upload-length': String(length),
    'upload-metadata': metadataOf({ ...where, filename: name, modified: '1700000000000' }),
    ...headers,
  });

async function announce(token: string, wish: Wish): Promise<string> {
  const { status, at, code } = await create(token, wish);
  assert.equal(status, 201, code);
  assert.match(at ?? '', new RegExp(`^/antrag/anhang/${token.replace('.', '\\.')}/[0-9a-f]+$`));
  return at as string;
}

const patch = (at: string, offset: number, body: Buffer, headers: Headers = {}) =>
  send('PATCH', at, { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream', ...headers }, body);

/** Sends some bytes of an announced body and hangs up once the house has them. */
async function breakOff(at: string, offset: number, body: Buffer, most: number): Promise<void> {
  const headers = {
    ...here(),
    'upload-offset': String(offset),
    'content-type': 'application/offset+octet-stream',
    'content-length': String(body.length),
  };
  const going = ask({ host: '127.0.0.1', port, path: at, method: 'PATCH', headers });
  going.on('error', () => {});
  await new Promise<void>((resolve, reject) =>
    going.write(body.subarray(0, most), (error) => (error ? reject(error) : resolve())),
  );
  const gone = new Promise((resolve) => going.once('close', resolve));
  going.destroy();
  await gone;
}

const begin = async (ctx: Context = nobody) =>
  (await forms.beginDraft(ctx, { form: 'hundesteuer', place: '16062005', trap: '' })).token;

async function filesOf(token: string, ctx: Context = nobody) {
  const { openDraft } = await import('./draft.ts');
  return (await openDraft(ctx, token)).files;
}

async function storedNames(): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of stand.house.platform.blobs.list(ellrich)) names.push(name);
  return names;
}

test('a file arrives in pieces, is told how far it is, and becomes one attachment that is looked at', async () => {
  const token = await begin();
  const bytes = pdf(300_000);
  const at = await announce(token, { length: bytes.length });
  assert.deepEqual((await send('HEAD', at)).offset, 0);
  assert.deepEqual(await patch(at, 0, bytes.subarray(0, 100_000)), { status: 204, code: '', offset: 100_000, at: null });
  assert.equal((await send('HEAD', at)).offset, 100_000);
  assert.equal((await patch(at, 100_000, bytes.subarray(100_000))).offset, 300_000);
  const [file, ...rest] = await filesOf(token);
  assert.deepEqual(
    [file?.name, file?.size, file?.sha256, file?.state, rest.length],
    ['Ausweis.pdf', 300_000, sha(bytes), 'waiting', 0],
  );
  // Whoever missed the last answer hears that it is there; asking changes nothing.
  assert.equal((await send('HEAD', at)).offset, 300_000);
  assert.equal((await filesOf(token)).length, 1);
  assert.deepEqual(
    (await storedNames()).filter((name) => name.startsWith(at.split('/').at(-1) as string)),
    [],
  );
});

test('a line that breaks loses nothing that arrived, and the rest goes on from there', async () => {
  const token = await begin();
  const bytes = pdf(600_000);
  const at = await announce(token, { length: bytes.length });
  let offset = 0;
  for (let attempt = 0; attempt < 4; attempt += 1) {
    await breakOff(at, offset, bytes.subarray(offset), 90_000);
    const told = await send('HEAD', at);
    assert.equal(told.status, 200);
    assert.ok(told.offset >= offset && told.offset <= bytes.length);
    offset = told.offset;
  }
  // What hung up may still be stored while the next one asks: it goes on from wherever the house says.
  for (let done = false; !done; ) {
    const told = await patch(at, offset, bytes.subarray(offset));
    if (told.status === 409) offset = (await send('HEAD', at)).offset;
    else {
      assert.equal(told.status, 204, told.code);
      done = true;
    }
  }
  assert.equal((await filesOf(token))[0]?.sha256, sha(bytes));
});

test('clients that lie about offset, length, kind, size or name get nowhere', async () => {
  const token = await begin();
  const bytes = pdf(1_000);
  const at = await announce(token, { length: 1_000 });
  assert.equal((await patch(at, 500, bytes.subarray(500))).status, 409);
  assert.equal((await patch(at, -1, bytes)).status, 400);
  assert.ok((await patch(at, 0, Buffer.concat([bytes, bytes]))).status >= 400);
  assert.deepEqual(await filesOf(token), []);
  assert.equal((await create(token, { length: 0 })).code, 'forms.fileEmpty');
  assert.equal((await create(token, { length: 20_000_001 })).code, 'forms.fileTooLarge');
  assert.equal((await create(token, { length: 10, where: { page: 'proof', field: 'nichts' } })).code, 'forms.pageGone');
  assert.equal((await create(token, { length: 10, where: { request: '7' } })).status, 404);
  assert.equal((await send('POST', `/antrag/anhang/${token}`, { 'upload-defer-length': '1' })).status, 501);
  const html = await announce(token, { length: 200 });
  assert.equal((await patch(html, 0, Buffer.alloc(200, '<p>'))).code, 'forms.fileKind');
  assert.equal((await send('HEAD', html)).status, 404);
  // Byte by byte nobody gets around the look at the first ones.
  const slow = await announce(token, { length: 90 });
  assert.equal((await patch(slow, 0, Buffer.alloc(20, 'x'))).status, 204);
  assert.equal((await patch(slow, 20, Buffer.alloc(70, 'x'))).code, 'forms.fileKind');
  assert.equal((await send('HEAD', slow)).status, 404);
  const named = await announce(token, { length: 1_000, name: '..\\..\\<b>\u202egnp.pdf' });
  assert.equal((await patch(named, 0, bytes)).status, 204);
  assert.deepEqual(
    (await filesOf(token)).map(({ name }) => name),
    ['<b>gnp.pdf'],
  );
});

test('another draft, another key, no key and no session open nothing', async () => {
  const [token, other] = [await begin(), await begin()];
  const at = await announce(token, { length: 1_000 });
  const id = at.split('/').at(-1);
  for (const method of ['HEAD', 'PATCH', 'DELETE']) {
    const headers = { 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' };
    assert.equal((await send(method, `/antrag/anhang/${other}/${id}`, headers)).status, method === 'DELETE' ? 204 : 404);
    assert.equal((await send(method, `/antrag/anhang/${token.slice(0, -1)}x/${id}`, headers)).status, 404);
    assert.equal((await send(method, `/antrag/anhang/konto-${ellrich}.1/${id}`, headers)).status, 401);
  }
  assert.equal((await send('HEAD', at)).status, 200);
  const elsewhere = await fetch(`http://127.0.0.1:${port}${at}`, {
    method: 'DELETE',
    headers: { 'tus-resumable': '1.0.0', origin: 'http://evil.example' },
  });
  assert.equal(elsewhere.status, 403);
});

test('of two that send at once one adds, the other is told where it goes on', async () => {
  const token = await begin();
  const bytes = pdf(200_000);
  const at = await announce(token, { length: bytes.length });
  const both = await Promise.all([patch(at, 0, bytes), patch(at, 0, bytes)]);
  const statuses = both.map(({ status }) => status).sort();
  assert.equal(statuses[0], 204);
  assert.equal((await send('HEAD', at)).offset, bytes.length);
  const files = await filesOf(token);
  assert.deepEqual([files.length, files[0]?.sha256], [1, sha(bytes)]);
});

test('finished twice at once it is one attachment, looked at once, also when the question is full with it', async () => {
  const token = await begin();
  for (const name of ['1.pdf', '2.pdf'])
    await forms.addFile(nobody, token, { ...proof, name, bytes: Readable.from([pdf(2_000)]) });
  const bytes = pdf(100_000);
  const at = await announce(token, { length: bytes.length });
  const id = at.split('/').at(-1) as string;
  await appendToUpload(nobody, token, { id, offset: 0, source: Readable.from([bytes]) });
  await Promise.all([0, 1, 2].map(() => finishUpload(nobody, token, id)));
  await finishUpload(nobody, token, id);
  const files = await filesOf(token);
  assert.deepEqual([files.length, files.filter(({ sha256 }) => sha256 === sha(bytes)).length], [3, 1]);
});

test('cancelled and expired ones leave nothing; what goes on stays, and a draft takes its pieces with it', async () => {
  const token = await begin();
  const piece = pdf(50_000);
  const [cancelled, idle, goingOn] = [
    await announce(token, { length: 100_000 }),
    await announce(token, { length: 100_000 }),
    await announce(token, { length: 100_000 }),
  ];
  for (const at of [cancelled, idle, goingOn]) await patch(at, 0, piece);
  const idOf = (at: string) => at.split('/').at(-1) as string;
  assert.deepEqual(await keptAmong(town, [cancelled, idle].map(idOf)), new Set([cancelled, idle].map(idOf)));
  assert.equal((await send('DELETE', cancelled)).status, 204);
  assert.equal((await send('HEAD', cancelled)).status, 404);
  stand.clock.advance((limits.uploadHours - 1) * 3_600);
  await patch(goingOn, 50_000, piece.subarray(0, 10));
  stand.clock.advance(3_601);
  assert.equal((await send('HEAD', idle)).status, 404);
  assert.ok((await removeIdleUploads(town)) >= 1);
  assert.equal((await send('HEAD', goingOn)).offset, 50_010);
  const left = () =>
    storedNames().then((names) => names.filter((name) => [cancelled, idle, goingOn].some((at) => name.startsWith(idOf(at)))));
  assert.ok((await left()).every((name) => name.startsWith(idOf(goingOn))));
  const { openDraft } = await import('./draft.ts');
  await removeDraftOf(town, (await openDraft(nobody, token)).draft.id);
  assert.deepEqual(await left(), []);
});

test('what is on its way counts for the question', async () => {
  const token = await begin();
  for (let file = 0; file < 3; file += 1) await announce(token, { length: 10_000 });
  assert.equal((await create(token, { length: 10_000 })).code, 'forms.enoughFiles');
});

test('an account’s draft takes files from its citizen alone, and only with the token of their session', async () => {
  const address = 'celik@post.example';
  await accounts.addCitizen(house, { address, name: 'Celik Çetin', kind: 'person', password });
  const { token: session } = await accounts.signInCitizen(nobody, { address, password });
  const actor = await accounts.citizenBySession(house.platform, session);
  assert.ok(actor);
  const celik: Context = { ...nobody, actor };
  const token = await begin(celik);
  const cookie = { cookie: `${sessionCookie(false)}=${session}` };
  assert.equal((await create(token, { length: 1_000, headers: cookie })).status, 403);
  const signed = { ...cookie, 'x-csrf-token': csrfToken(house.platform.keys, session) };
  const { status, at } = await create(token, { length: 1_000, headers: signed });
  assert.equal(status, 201);
  assert.equal((await patch(at as string, 0, pdf(1_000), signed)).status, 204);
  assert.equal((await filesOf(token, celik)).length, 1);
});

test('an answer to the office takes files in pieces until it is sent; what was sent takes none', async () => {
  const { token, number } = await office.send();
  await workOff(stand);
  assert.equal((await create(token, { length: 1_000 })).code, 'forms.sentAlready');
  const { id } = people;
  await forms.askForEvidence(town, number, { text: 'Bitte senden Sie die Bescheinigung.' }).catch(() => {});
  assert.ok(id.anna > 0);
  const [asked] = (await forms.lookAtStatus(nobody, token)).requests;
  const where = { request: String(asked?.id) };
  const [there, late] = [await announce(token, { length: 1_000, where }), await announce(token, { length: 1_000, where })];
  assert.equal((await patch(there, 0, pdf(1_000))).status, 204);
  await forms.answerEvidence(nobody, token, { request: asked?.id as number, text: 'Anbei.' });
  assert.equal((await patch(late, 0, pdf(1_000))).code, 'forms.answeredAlready');
  const status = await forms.lookAtStatus(nobody, token);
  assert.deepEqual(
    status.files.map(({ field, name }) => [field, name]),
    [[`evidence:${asked?.id}`, 'Ausweis.pdf']],
  );
});
