import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import * as files from '#modules/files';
import { davClient, sendRaw } from '../../../test/dav.ts';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';

const stand = await openStand();
const people = await settle(stand);
const port = await stand.house.listen();
const credentials = { anna: await people.appPassword('anna'), bernd: await people.appPassword('bernd') };
const anna = davClient(port, credentials.anna);
const bernd = davClient(port, credentials.bernd);

const sha1 = (text: string) => createHash('sha1').update(text).digest('hex');

test('without an app password there is nothing but the question for one', async () => {
  const answer = await fetch(`http://127.0.0.1:${port}${anna.home}`, { method: 'PROPFIND' });
  assert.equal(answer.status, 401);
  assert.match(answer.headers.get('www-authenticate') ?? '', /^Basic realm="Rennsteig"/);
  const cookie = await people.cookie('anna');
  const withCookie = await fetch(`http://127.0.0.1:${port}${anna.home}`, { method: 'PROPFIND', headers: { cookie } });
  assert.equal(withCookie.status, 401, 'the browser’s cookie opens nothing here');
});

test('another person’s root folder does not exist', async () => {
  assert.equal(await anna.status('PROPFIND', bernd.home, { depth: '0' }), 404);
  assert.equal(await anna.status('PUT', `${bernd.home}x.txt`), 404);
  assert.equal(await anna.status('COPY', '', { destination: `${bernd.home}x` }), 404);
});

test('what is copied or moved goes to the files, not to uploads or trash', async () => {
  await anna.put('Quelle.txt', 'x');
  for (const tree of ['uploads', 'trashbin', 'versions'])
    for (const method of ['COPY', 'MOVE'])
      assert.equal(await anna.status(method, 'Quelle.txt', { destination: `${anna.home.replace('files', tree)}Ziel.txt` }), 400);
  assert.equal(await anna.status('GET', 'Quelle.txt'), 200);
});

test('a file keeps time and checksum, and answers with what sync clients need', async () => {
  const text = 'Grüße aus Ellrich';
  const answer = await anna.put('Brief.txt', text, { 'x-oc-mtime': '1700000000', 'oc-checksum': `SHA1:${sha1(text)}` });
  assert.equal(answer.status, 201);
  assert.equal(answer.headers.get('x-oc-mtime'), 'accepted');
  assert.equal(answer.headers.get('etag'), answer.headers.get('oc-etag'));
  const [entry] = await anna.propfind('Brief.txt', [
    'oc:id',
    'oc:permissions',
    'oc:checksums',
    'd:getlastmodified',
    'd:getetag',
    'oc:dDC',
    'd:getcontenttype',
  ]);
  assert.equal(entry?.found['oc:id'], answer.headers.get('oc-fileid'));
  assert.equal(entry?.found['oc:permissions'], 'GDNVW');
  assert.equal(entry?.found['oc:checksums'], `<oc:checksum>SHA1:${sha1(text)}</oc:checksum>`);
  assert.equal(entry?.found['d:getlastmodified'], 'Tue, 14 Nov 2023 22:13:20 GMT');
  assert.equal(entry?.found['d:getcontenttype'], 'text/plain');
  assert.deepEqual(entry?.missing, ['oc:dDC']);
  const got = await anna.get('Brief.txt');
  assert.equal(await got.text(), text);
  assert.match(got.headers.get('content-disposition') ?? '', /^attachment/);
  assert.match(got.headers.get('content-security-policy') ?? '', /sandbox/);
});

test('a checksum that does not fit is refused and nothing is stored', async () => {
  assert.equal((await anna.put('falsch.txt', 'x', { 'oc-checksum': `SHA1:${sha1('y')}` })).status, 400);
  assert.equal(await anna.status('GET', 'falsch.txt'), 404);
});

test('whoever holds an old ETag is told so', async () => {
  const first = await anna.put('Stand.txt', 'eins');
  const second = await anna.put('Stand.txt', 'zwei', { 'if-match': first.headers.get('etag') as string });
  assert.equal(second.status, 204);
  assert.notEqual(second.headers.get('etag'), first.headers.get('etag'));
  assert.equal((await anna.put('Stand.txt', 'drei', { 'if-match': first.headers.get('etag') as string })).status, 412);
  assert.equal((await anna.put('Stand.txt', 'drei', { 'if-none-match': '*' })).status, 412);
  assert.equal(await anna.status('DELETE', 'Stand.txt', { 'if-match': first.headers.get('etag') as string }), 412);
  assert.equal(await anna.status('GET', 'Stand.txt', { 'if-none-match': second.headers.get('etag') as string }), 304);
  assert.equal(await anna.status('GET', 'Stand.txt', { 'if-match': '"etwas anderes"' }), 412);
});

test('ranges are exact, down to a single byte', async () => {
  await anna.put('Zahlen.txt', '0123456789');
  const range = async (header: string, more: Record<string, string> = {}) => {
    const answer = await anna.get('Zahlen.txt', { range: header, ...more });
    return `${answer.status} ${answer.headers.get('content-range')} ${await answer.text()}`;
  };
  assert.equal(await range('bytes=0-0'), '206 bytes 0-0/10 0');
  assert.equal(await range('bytes=3-'), '206 bytes 3-9/10 3456789');
  assert.equal(await range('bytes=-2'), '206 bytes 8-9/10 89');
  assert.equal(await range('bytes=5-99'), '206 bytes 5-9/10 56789');
  assert.equal(await range('bytes=10-'), '416 bytes */10 ');
  assert.equal(await range('bytes=-0'), '416 bytes */10 ');
  assert.equal(await range('bytes=5-2'), '200 null 0123456789');
  assert.equal(await range('lines=1-2'), '200 null 0123456789');
  assert.equal(await range('bytes=0-0', { 'if-range': '"veraltet"' }), '200 null 0123456789');
});

test('a body of unknown length is stored as it comes; a length that lies stores nothing', async () => {
  const head = (path: string, more: string) =>
    `PUT ${anna.home}${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: ${credentials.anna.authorization}\r\n${more}\r\n\r\n`;
  const chunked = await sendRaw(
    port,
    `${head('gestückelt.txt'.replace('ü', '%C3%BC'), 'Transfer-Encoding: chunked')}5\r\nHallo\r\n6\r\n Welt!\r\n0\r\n\r\n`,
  );
  assert.match(chunked, /^HTTP\/1\.1 201/);
  assert.equal(await (await anna.get('gestückelt.txt')).text(), 'Hallo Welt!');
  const { connect } = await import('node:net');
  await new Promise<void>((resolve) => {
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(`${head('halb.txt', 'Content-Length: 1000')}nur der Anfang`, () => socket.end()),
    );
    socket.on('close', () => resolve()).resume();
  });
  assert.equal(await anna.status('GET', 'halb.txt'), 404);
  assert.match(await sendRaw(port, head('minus.txt', 'Content-Length: -5')), /^HTTP\/1\.1 400/);
  assert.match(await sendRaw(port, head('zwei.txt', 'Content-Length: 5\r\nContent-Length: 6')), /^HTTP\/1\.1 400/);
  assert.match(await sendRaw(port, head('beides.txt', 'Content-Length: 5\r\nTransfer-Encoding: chunked')), /^HTTP\/1\.1 400/);
});

test('bad paths get a clear answer and change nothing', async () => {
  const get = async (path: string) =>
    Number(
      (await sendRaw(port, `GET ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: ${credentials.anna.authorization}\r\n\r\n`)).slice(
        9,
        12,
      ),
    );
  for (const rest of ['..', '../bernd', '%2e%2e/x', 'a%2Fb', 'a%00', '%zz', 'x'.repeat(12_000)]) {
    const status = await get(anna.home + rest);
    assert.ok([400, 404, 414, 431].includes(status), `${rest.slice(0, 20)}: ${status}`);
  }
  for (const name of ['NUL', 'a:b', 'Ende.', 'x'.repeat(256), 'zeile\nzwei']) {
    const answer = await anna.put(name, 'x');
    assert.equal(answer.status, 400, name);
    assert.match(await answer.text(), /<s:message>/);
  }
});

test('folders: made once, in folders that are there, without a body', async () => {
  assert.equal(await anna.status('MKCOL', 'Ordner'), 201);
  assert.equal(await anna.status('MKCOL', 'Ordner'), 405);
  assert.equal(await anna.status('MKCOL', 'nicht/da'), 409);
  assert.equal((await anna.request('MKCOL', 'mit', { body: '<x/>' })).status, 415);
  assert.equal(await anna.status('MKCOL', anna.home), 405);
  assert.equal((await anna.put('Ordner', 'x')).status, 405);
  assert.equal((await anna.put('nicht/da.txt', 'x')).status, 409);
  assert.equal(await anna.status('GET', 'Ordner/'), 405);
  assert.equal(await anna.status('DELETE', anna.home), 403);
});

test('copy and move say what they did, and stay on this server', async () => {
  await anna.put('a.txt', 'a');
  await anna.put('b.txt', 'b');
  const to = (name: string) => ({ destination: `http://127.0.0.1:${port}${anna.home}${name}` });
  assert.equal(await anna.status('COPY', 'a.txt', to('c.txt')), 201);
  assert.equal(await anna.status('COPY', 'a.txt', { ...to('c.txt'), overwrite: 'F' }), 412);
  assert.equal(await anna.status('MOVE', 'a.txt', to('b.txt')), 204);
  assert.equal(await anna.status('MOVE', 'b.txt', to('b.txt')), 403);
  assert.equal(await anna.status('MOVE', 'b.txt', to('fehlt/b.txt')), 409);
  assert.equal(await anna.status('MOVE', 'b.txt', { destination: 'http://evil.example/remote.php/webdav/b.txt' }), 502);
  assert.equal(await anna.status('MOVE', 'b.txt'), 400);
  assert.equal(await anna.status('MOVE', 'fehlt.txt', to('d.txt')), 404);
  assert.equal(await anna.status('MOVE', 'b.txt', { destination: `${anna.home}ohne-host.txt` }), 201);
});

test('a shallow copy takes the folder and its properties, nothing in it', async () => {
  await anna.status('MKCOL', 'Tief');
  await anna.put('Tief/drin.txt', 'x');
  const set =
    '<d:propertyupdate xmlns:d="DAV:" xmlns:t="urn:test"><d:set><d:prop><t:art>Muster</t:art></d:prop></d:set></d:propertyupdate>';
  assert.equal((await anna.request('PROPPATCH', 'Tief', { body: set })).status, 207);
  assert.equal(await anna.status('COPY', 'Tief', { destination: `${anna.home}Flach`, depth: '0' }), 201);
  const listing = await anna.propfind('Flach', ['t:art'], '1');
  assert.equal(listing.length, 1);
});

test('properties of clients are kept as given; ours cannot be set', async () => {
  await anna.put('Eigen.txt', 'x');
  const patch = async (inner: string) => {
    const body = `<d:propertyupdate xmlns:d="DAV:" xmlns:t="urn:test">${inner}</d:propertyupdate>`;
    return (await anna.request('PROPPATCH', 'Eigen.txt', { body })).text();
  };
  await patch('<d:set><d:prop><t:wert><inner xmlns="urn:x" a="1">&lt;ä&gt;</inner></t:wert></d:prop></d:set>');
  const answer = await anna.request('PROPFIND', 'Eigen.txt', {
    body: '<propfind xmlns="DAV:"><prop><wert xmlns="urn:test"/></prop></propfind>',
    headers: { depth: '0' },
  });
  assert.match(await answer.text(), /<x:wert xmlns:x="urn:test"><x:inner xmlns:x="urn:x" a="1">&lt;ä&gt;<\/x:inner><\/x:wert>/);
  const both = await patch('<d:set><d:prop><t:neu>1</t:neu><d:getetag>x</d:getetag></d:prop></d:set>');
  assert.match(both, /getetag.*403 Forbidden.*neu.*424 Failed Dependency/s);
  const [entry] = await anna.propfind('Eigen.txt', ['t:neu']);
  assert.deepEqual(entry?.missing.length, 1);
});

test('properties have bounds: names that make every answer large, values that would be a store beside the quota', async () => {
  await anna.put('Grenzen.txt', 'x');
  const patch = async (name: string, value: string, namespace = 'urn:test') => {
    const body = `<d:propertyupdate xmlns:d="DAV:" xmlns:t="${namespace}"><d:set><d:prop><t:${name}>${value}</t:${name}></d:prop></d:set></d:propertyupdate>`;
    return (await anna.request('PROPPATCH', 'Grenzen.txt', { body })).status;
  };
  assert.equal(await patch('eins', 'x'.repeat(40_000)), 207);
  assert.equal(await patch('zwei', 'x'.repeat(30_000)), 413);
  assert.equal(await patch('zwei', 'x'.repeat(20_000)), 207);
  assert.equal(await patch('eins', 'x'), 207);
  assert.equal(await patch('n'.repeat(400), 'x', `urn:${'ö'.repeat(400)}`), 413);
  const names = Array.from({ length: 150 }, (_, index) => `<t:n${index}/>`).join('');
  const ask = (namespace: string) =>
    anna.request('PROPFIND', '', {
      body: `<d:propfind xmlns:d="DAV:" xmlns:t="${namespace}"><d:prop>${names}</d:prop></d:propfind>`,
      headers: { depth: '1' },
    });
  const many = (count: number) => {
    const each = Array.from({ length: count }, (_, index) => `<oc:favorite>${index % 2}</oc:favorite>`).join('');
    const body = `<d:propertyupdate xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><d:set><d:prop>${each}</d:prop></d:set></d:propertyupdate>`;
    return anna.request('PROPPATCH', 'Grenzen.txt', { body });
  };
  assert.deepEqual([(await many(200)).status, (await many(201)).status], [207, 413]);
  assert.equal((await anna.propfind('Grenzen.txt', ['oc:favorite']))[0]?.found['oc:favorite'], '1', 'the last one counts');
  assert.equal((await ask('urn:test')).status, 207);
  assert.equal((await ask(`urn:${'x'.repeat(5_000)}`)).status, 400);
});

test('favourites are set and read like every client does it', async () => {
  await anna.put('Stern.txt', 'x');
  const set =
    '<d:propertyupdate xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><d:set><d:prop><oc:favorite>1</oc:favorite></d:prop></d:set></d:propertyupdate>';
  await anna.request('PROPPATCH', 'Stern.txt', { body: set });
  assert.equal((await anna.propfind('Stern.txt', ['oc:favorite']))[0]?.found['oc:favorite'], '1');
});

test('infinite listings, broken and hostile XML are refused', async () => {
  assert.equal(await anna.status('PROPFIND', '', { depth: 'infinity' }), 403);
  assert.equal(await anna.status('PROPFIND', ''), 403);
  assert.equal(await anna.status('PROPFIND', '', { depth: '2' }), 400);
  for (const body of ['<a', '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>', '<d:wrong xmlns:d="DAV:"/>']) {
    assert.equal((await anna.request('PROPFIND', '', { body, headers: { depth: '0' } })).status, 400, body);
  }
  assert.equal(
    (await anna.request('PROPFIND', '', { body: `<a>${' '.repeat(1_100_000)}</a>`, headers: { depth: '0' } })).status,
    413,
  );
});

test('a lock is kept against others and against its own holder without the token', async () => {
  await anna.put('Sperre.txt', 'x');
  const body =
    '<d:lockinfo xmlns:d="DAV:"><d:lockscope><d:exclusive/></d:lockscope><d:locktype><d:write/></d:locktype><d:owner>Anna &amp; Co</d:owner></d:lockinfo>';
  const answer = await anna.request('LOCK', 'Sperre.txt', { body, headers: { timeout: 'Second-120' } });
  const token = answer.headers.get('lock-token') as string;
  assert.match(await answer.text(), /Second-120.*Anna &amp; Co|Anna &amp; Co.*Second-120/s);
  assert.equal((await anna.put('Sperre.txt', 'y')).status, 423);
  assert.equal(await anna.status('DELETE', 'Sperre.txt'), 423);
  assert.equal((await anna.put('Sperre.txt', 'y', { if: `(${token})` })).status, 204);
  assert.equal((await anna.put('Sperre.txt', 'z', { if: `(${token} ["falsch"])` })).status, 412);
  assert.equal(await anna.status('LOCK', 'Sperre.txt', { if: `(${token})`, timeout: 'Infinite' }), 200);
  assert.equal(await anna.status('UNLOCK', 'Sperre.txt', { 'lock-token': '<urn:uuid:0>' }), 409);
  assert.equal(await anna.status('UNLOCK', 'Sperre.txt', { 'lock-token': token }), 204);
});

test('a change deep in a shared space shows at the root of everybody in it', async () => {
  await files.createSpace(people.dora, { name: 'Rathaus' }, [
    { principal: people.id.anna, role: 'editor' },
    { principal: people.id.bernd, role: 'viewer' },
  ]);
  const before = await bernd.etag('');
  await anna.status('MKCOL', 'Rathaus/Pläne');
  await anna.put('Rathaus/Pläne/1.txt', 'x');
  assert.notEqual(await bernd.etag(''), before);
  const [, ...entries] = await bernd.propfind('', ['oc:permissions', 'd:resourcetype', 'nc:mount-type'], '1');
  assert.deepEqual(
    entries.map(({ href, found }) => [href, found['oc:permissions'], found['nc:mount-type']]),
    [[`${bernd.home}Rathaus/`, 'G', 'group']],
  );
  assert.equal((await bernd.put('Rathaus/Pläne/2.txt', 'x')).status, 403);
  assert.equal(await anna.status('DELETE', 'Rathaus'), 403);
  assert.equal((await anna.put('Rathaus', 'x')).status, 405);
  assert.equal(await anna.status('MKCOL', 'Rathaus'), 405);
});

test('a full space says so with 507, and says beforehand how much is left', async () => {
  await files.createSpace(people.dora, { name: 'Klein', quota: 1_000 }, [{ principal: people.id.anna, role: 'editor' }]);
  assert.equal((await anna.put('Klein/a.bin', new Uint8Array(600))).status, 201);
  const [entry] = await anna.propfind('Klein', ['d:quota-available-bytes', 'd:quota-used-bytes']);
  assert.deepEqual(entry?.found, { 'd:quota-available-bytes': '400', 'd:quota-used-bytes': '600' });
  const full = await anna.put('Klein/b.bin', new Uint8Array(600));
  assert.equal(full.status, 507);
  assert.match(await full.text(), /quota-not-exceeded/);
});

test('a large folder comes whole and once, while others rename in it', async () => {
  await anna.status('MKCOL', 'Viele');
  const home = await files.resolvePath(people.anna, ['Viele']);
  const { Readable } = await import('node:stream');
  const names = Array.from({ length: 3_000 }, (_, index) => `Datei ${String(index).padStart(5, '0')}.txt`);
  const written = await Promise.all(names.map((name) => files.writeFile(people.anna, { folder: home, name }, Readable.from([]))));
  const renaming = (async () => {
    for (const index of [2_900, 2_901, 10, 11])
      await anna.status('MOVE', `Viele/${names[index]}`, {
        destination: `${anna.home}Viele/${index > 100 ? 'A' : 'Z'}%20${index}`,
      });
  })();
  const listing = await anna.propfind('Viele', ['oc:fileid'], '1');
  await renaming;
  const ids = listing.slice(1).map(({ found }) => Number(found['oc:fileid']));
  assert.equal(new Set(ids).size, ids.length, 'nothing twice');
  assert.deepEqual(
    ids.sort((a, b) => a - b),
    written.map(({ node }) => node.id).sort((a, b) => a - b),
  );
});

test('access that is taken ends a transfer that is under way', async () => {
  const accounts = await import('#modules/accounts');
  const own = await people.appPassword('gero');
  const gero = davClient(port, own);
  await gero.put('lang.bin', new Uint8Array(80 * 2 ** 20));
  const answer = await gero.get('lang.bin');
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
  await reader.read();
  await accounts.disable(people.dora, { account: people.id.gero });
  stand.clock.advance(1);
  await assert.rejects(async () => {
    for (let size = 0; size < 80 * 2 ** 20; ) {
      const { value, done } = await reader.read();
      if (done) return;
      size += value.length;
      await new Promise((resolve) => setImmediate(resolve));
    }
  });
  assert.equal(await gero.status('PROPFIND', '', { depth: '0' }), 401);
});
