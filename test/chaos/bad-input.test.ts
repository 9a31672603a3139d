import assert from 'node:assert/strict';
import { test } from 'node:test';
import { davClient, sendRaw } from '../dav.ts';
import { settle } from '../people.ts';
import { openStand } from '../stand.ts';

/**
 * What bad input gets: a clear answer of the 400s, nothing changed, nothing of the inside told. Each row is one request as it
 * goes over the wire. Rows of the same kind that need no server stand in the rules' own tests.
 */

const stand = await openStand();
const people = await settle(stand);
const port = await stand.house.listen();
const credentials = await people.appPassword('anna');
const anna = davClient(port, credentials);
const { home } = anna;
const uploads = `${home.replace('/files/', '/uploads/')}offen/`;

await anna.put('gut.txt', 'Hallo');
await anna.status('MKCOL', 'Ordner');
await anna.put('Ordner/drin.txt', 'drin');
await anna.status('MKCOL', uploads);

type Row = {
  readonly what: string;
  readonly method?: string;
  /** Address as it stands in the request line. */
  readonly path?: string;
  readonly headers?: readonly string[];
  readonly body?: string | Buffer;
  readonly status: number | readonly number[];
  /** Sent without the usual headers. */
  readonly bare?: boolean;
  /** The connection may stay open for another request. */
  readonly isKept?: boolean;
};

function bytesOf({ method = 'GET', path = `${home}gut.txt`, headers = [], body, bare, isKept }: Row): Buffer {
  const usual = bare ? [] : [`Host: 127.0.0.1:${port}`, `Authorization: ${credentials.authorization}`];
  const isFramed = headers.some((line) => /^(content-length|transfer-encoding)/i.test(line));
  const framing = body === undefined || isFramed ? [] : [`Content-Length: ${Buffer.byteLength(body)}`];
  const head = [`${method} ${path} HTTP/1.1`, ...(isKept ? [] : ['Connection: close']), ...usual, ...headers, ...framing]
    .map((line) => `${line}\r\n`)
    .join('');
  return Buffer.concat([Buffer.from(`${head}\r\n`, 'latin1'), Buffer.from(body ?? '')]);
}

/** Words that only the inside of the house uses. */
const inside = /postgres|select |insert |syntax error|invalid byte|\.ts:|node_modules|\bat \S+ \(/i;

/** In place of a status: the connection was cut. */
const cut = '000';
/** The server closes the connection after each answer. */
const never = /$^/;

/** The whole of what Anna has; whatever changes there changes it. */
const state = async () => JSON.stringify([await anna.etag(''), await anna.propfind(uploads, ['d:getcontentlength'], '1')]);

async function tryRow(row: Row): Promise<void> {
  const before = await state();
  // Whoever goes on sending after being refused may lose the answer with the connection.
  const answer = await sendRaw(port, bytesOf(row), { until: never }).catch(() => `HTTP/1.1 ${cut}`);
  const status = Number(answer.slice(9, 12));
  assert.ok([row.status].flat().includes(status), `${row.what}: ${answer.slice(0, 600) || 'no answer'}`);
  assert.doesNotMatch(answer, inside, row.what);
  assert.equal(await state(), before, `${row.what} changed something`);
}

function table(name: string, rows: readonly Row[]): void {
  test(name, async () => {
    for (const row of rows) await tryRow(row);
  });
}

const badPaths: readonly (readonly [what: string, rest: string])[] = [
  ['up', '..'],
  ['up to somebody', '../bernd@ellrich.example/x'],
  ['up, encoded', '%2e%2e/x'],
  ['up, encoded with the slash', '%2e%2e%2fx'],
  ['here', './x'],
  ['encoded slash', 'a%2Fb'],
  ['encoded backslash', 'a%5Cb'],
  ['NUL', 'a%00b'],
  ['half an escape', 'a%'],
  ['no escape', 'a%zz'],
  ['broken UTF-8', 'a%C3%28'],
  ['UTF-8 of half a character', 'a%ED%A0%80'],
  ['overlong UTF-8 of a slash', 'a%C0%AFb'],
  ['name over 255 bytes', 'x'.repeat(256)],
  ['name over 255 bytes in umlauts', '%C3%A4'.repeat(128)],
  ['path over 8192 characters', `${'abcdefg/'.repeat(1_100)}x`],
  ['nested deeper than any client', `${'d/'.repeat(130)}x`],
  ['a name Windows keeps', 'CON'],
  ['a name Windows keeps, with an ending', 'nul.txt'],
  ['colon', 'a%3Ab'],
  ['question mark', 'a%3Fb'],
  ['star', 'a*b'],
  ['angle', 'a%3Cb'],
  ['pipe', 'a%7Cb'],
  ['quote', 'a%22b'],
  ['line feed', 'a%0Ab'],
  ['delete', 'a%7Fb'],
  ['control of the second row', 'a%C2%85b'],
  ['dot at the end', 'a.'],
  ['space at the end', 'a%20'],
];
const refusedPath = [400, 403, 404, 409, 414, 431];

table(
  'bad paths are refused as an address to read, to write, to make a folder at, and as a destination',
  badPaths.flatMap(([what, rest]) => [
    { what: `GET ${what}`, path: home + rest, status: refusedPath },
    { what: `PUT ${what}`, method: 'PUT', path: home + rest, body: 'x', status: refusedPath },
    { what: `MKCOL ${what}`, method: 'MKCOL', path: home + rest, status: refusedPath },
    { what: `MOVE to ${what}`, method: 'MOVE', headers: [`Destination: ${home}${rest}`], status: refusedPath },
    { what: `COPY to ${what}`, method: 'COPY', headers: [`Destination: ${home}${rest}`], status: refusedPath },
  ]),
);

table('addresses that are none of ours', [
  { what: 'another host in the request line', path: `http://evil.example${home}gut.txt`, status: [400, 404] },
  { what: 'a fragment', method: 'DELETE', path: `${home}gut.txt#x`, status: 400 },
  { what: 'no slash', path: 'gut.txt', status: [400, 404] },
  { what: 'a star', path: '*', status: [400, 404] },
  { what: 'two slashes before everything', path: `/${home}gut.txt`, status: [400, 404] },
  { what: 'an encoded space of addresses', path: '/remote.php/%64av/files/x/y', status: [400, 404] },
  { what: 'nobody', path: '/remote.php/dav/files//gut.txt', status: [400, 404] },
  { what: 'somebody with NUL', path: '/remote.php/dav/files/a%00b/gut.txt', status: [400, 404] },
  { what: 'an unknown tree', path: '/remote.php/dav/calendars/anna', status: [400, 404] },
  { what: 'a line in the address', path: `${home}gut.txt\tx`, status: 400 },
]);

const lengths = (rest: string, status: Row['status'], headers: readonly string[], body = 'Hallo'): Row => ({
  what: `${rest}: ${headers.join(' + ')}`,
  method: 'PUT',
  path: home + rest,
  headers,
  body,
  status,
});

table('lengths that are negative, none, two, or contradict the framing', [
  lengths('a', 400, ['Content-Length: -5']),
  lengths('a', 400, ['Content-Length: +5']),
  lengths('a', 400, ['Content-Length: 0x5']),
  lengths('a', 400, ['Content-Length: 5.0']),
  lengths('a', 400, ['Content-Length: fünf']),
  lengths('a', 400, ['Content-Length: 99999999999999999999']),
  lengths('a', 400, ['Content-Length: 5', 'Content-Length: 6']),
  lengths('a', 400, ['Content-Length: 5, 5']),
  lengths('a', 400, ['Content-Length : 5']),
  lengths('a', 400, ['Content-Length: 5', 'Transfer-Encoding: chunked'], '0\r\n\r\n'),
  lengths('a', 400, ['Transfer-Encoding: chunked', 'Content-Length: 5'], '0\r\n\r\n'),
  lengths('a', 400, ['Transfer-Encoding: gzip']),
  lengths('a', [400, 501], ['Transfer-Encoding: xchunked'], '5\r\nHallo\r\n0\r\n\r\n'),
  lengths('a', 400, ['Transfer-Encoding: chunked, identity'], '5\r\nHallo\r\n0\r\n\r\n'),
  lengths('a', 400, ['Transfer-Encoding: chunked'], 'fünf\r\nHallo\r\n0\r\n\r\n'),
  lengths('a', 400, ['Transfer-Encoding: chunked'], '-5\r\nHallo\r\n0\r\n\r\n'),
  lengths('a', 400, ['Transfer-Encoding: chunked'], 'ffffffffffffffffff\r\nHallo\r\n0\r\n\r\n'),
  lengths('a', 400, ['Transfer-Encoding: chunked'], '5\r\nHallo!0\r\n\r\n'),
]);

table('headers that are broken', [
  { what: 'no host', headers: [`Authorization: ${credentials.authorization}`], bare: true, status: 400 },
  { what: 'a line without a colon', headers: ['Unsinn'], status: 400 },
  { what: 'NUL in a value', headers: ['X-A: a\0b'], status: 400 },
  { what: 'a folded line', headers: ['X-A: a\r\n b'], status: 400 },
  { what: 'a bare line feed', headers: ['X-A: a\nX-B: b'], status: 400 },
  { what: 'a header of 100 KB', headers: [`X-A: ${'a'.repeat(100_000)}`], status: [431, 0] },
  { what: 'ten thousand headers', headers: Array.from({ length: 10_000 }, (_, index) => `X-${index}: a`), status: [400, 431, 0] },
  { what: 'an unknown method', method: 'FROBNICATE', status: [400, 404, 405] },
  { what: 'a depth that is none', method: 'PROPFIND', headers: ['Depth: two'], status: 400 },
  { what: 'a negative depth', method: 'PROPFIND', headers: ['Depth: -1'], status: 400 },
  { what: 'a whole folder without end', method: 'PROPFIND', path: home, headers: ['Depth: infinity'], status: 403 },
  { what: 'an overwrite that is none', method: 'COPY', headers: [`Destination: ${home}b`, 'Overwrite: maybe'], status: 400 },
  { what: 'no destination', method: 'MOVE', status: 400 },
  { what: 'an empty destination', method: 'MOVE', headers: ['Destination: '], status: 400 },
  { what: 'a destination of another scheme', method: 'MOVE', headers: ['Destination: file:///etc/passwd'], status: [400, 502] },
  { what: 'a destination of another tree', method: 'MOVE', headers: [`Destination: ${uploads}1`], status: [400, 403, 404, 409] },
  {
    what: 'a folder into itself',
    method: 'MOVE',
    path: `${home}Ordner`,
    headers: [`Destination: ${home}Ordner/x`],
    status: [403, 409],
  },
  { what: 'an If that is none', method: 'PUT', headers: ['If: <<('], body: 'x', status: 400 },
  { what: 'an If of 8 KB of brackets', method: 'PUT', headers: [`If: ${'('.repeat(8_000)}`], body: 'x', status: 400 },
  { what: 'an If-Match of nothing', method: 'PUT', headers: ['If-Match: '], body: 'x', status: [400, 412] },
  { what: 'an If-Match without quotes', method: 'PUT', headers: ['If-Match: abc'], body: 'x', status: [400, 412] },
  { what: 'a lock token that is none', method: 'UNLOCK', headers: ['Lock-Token: x'], status: 400 },
  { what: 'no lock token', method: 'UNLOCK', status: 400 },
  { what: 'a token nobody gave out', method: 'UNLOCK', headers: ['Lock-Token: <opaquelocktoken:1>'], status: 409 },
  { what: 'a time that is none', method: 'PUT', headers: ['X-OC-Mtime: gestern'], body: 'x', status: 400 },
  { what: 'a time beyond all', method: 'PUT', headers: ['X-OC-Mtime: 1e400'], body: 'x', status: 400 },
  { what: 'a time that is not a number', method: 'PUT', headers: ['X-OC-Mtime: NaN'], body: 'x', status: 400 },
  { what: 'a wrong checksum', method: 'PUT', headers: [`OC-Checksum: SHA1:${'0'.repeat(40)}`], body: 'x', status: 400 },
  { what: 'a checksum too short', method: 'PUT', headers: ['OC-Checksum: SHA1:0'], body: 'x', status: 400 },
]);

const withBasic = (text: string) => [`Host: 127.0.0.1:${port}`, `Authorization: ${text}`];
const basic = (text: string) => withBasic(`Basic ${Buffer.from(text).toString('base64')}`);

table('credentials that are none', [
  { what: 'none', bare: true, headers: [`Host: 127.0.0.1:${port}`], status: 401 },
  { what: 'an empty one', bare: true, headers: withBasic('Basic'), status: 401 },
  { what: 'no base64', bare: true, headers: withBasic('Basic !!!'), status: 401 },
  { what: 'no colon', bare: true, headers: basic('anna'), status: 401 },
  { what: 'another scheme', bare: true, headers: withBasic('Bearer abc'), status: 401 },
  { what: 'NUL in the name', bare: true, headers: basic('anna\0@ellrich.example:x'), status: [401, 429] },
  { what: 'NUL in the password', bare: true, headers: basic('anna@ellrich.example:x\0y'), status: [401, 429] },
  {
    what: 'broken UTF-8',
    bare: true,
    headers: withBasic(`Basic ${Buffer.from([0xff, 0xfe, 0x3a, 0xc3]).toString('base64')}`),
    status: [401, 429],
  },
  {
    what: 'a password of 10 KB',
    bare: true,
    headers: basic(`anna@ellrich.example:${'x'.repeat(10_000)}`),
    status: [401, 429, 431],
  },
]);

const nested = (depth: number) => `${'<a xmlns="x">'.repeat(depth)}${'</a>'.repeat(depth)}`;
const bomb = `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 9 }, (_, n) => `<!ENTITY a${n} "${`&a${n === 0 ? '' : n - 1};`.repeat(10)}">`).join('')}]><l>&a8;</l>`;
const propfind = (what: string, body: string | Buffer, status: Row['status'] = 400): Row => ({
  what: `PROPFIND ${what}`,
  method: 'PROPFIND',
  headers: ['Depth: 0'],
  body,
  status,
});
const update = (inner: string) => `<d:propertyupdate xmlns:d="DAV:" xmlns:t="urn:t">${inner}</d:propertyupdate>`;

table('XML that is broken, too much, or a trap', [
  propfind('unclosed', '<d:propfind xmlns:d="DAV:"><d:prop>'),
  propfind('another root', '<wrong/>'),
  propfind('two roots', '<d:propfind xmlns:d="DAV:"><d:allprop/></d:propfind><x/>'),
  propfind('no namespace for a prefix', '<d:propfind><d:allprop/></d:propfind>'),
  propfind('no XML', 'Hallo'),
  propfind('a bomb of entities', bomb),
  propfind('an outside entity', '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>'),
  propfind('an outside document type', '<!DOCTYPE a SYSTEM "http://127.0.0.1:1/a.dtd"><a/>'),
  propfind('an unknown entity', '<a>&nichts;</a>'),
  propfind('nested a thousand times', nested(1_000)),
  propfind('six thousand elements', `<d:propfind xmlns:d="DAV:"><d:prop>${'<d:x/>'.repeat(6_000)}</d:prop></d:propfind>`),
  propfind('two megabytes', `<a>${' '.repeat(2_000_000)}</a>`, 413),
  propfind('UTF-16', Buffer.from('\ufeff<d:propfind xmlns:d="DAV:"><d:allprop/></d:propfind>', 'utf16le')),
  propfind('NUL', '<d:propfind xmlns:d="DAV:">\0<d:allprop/></d:propfind>', [207, 400]),
  { what: 'PROPPATCH nothing', method: 'PROPPATCH', body: '', status: 400 },
  { what: 'PROPPATCH without an instruction', method: 'PROPPATCH', body: update(''), status: 207 },
  {
    what: 'PROPPATCH NUL as a reference',
    method: 'PROPPATCH',
    body: update('<d:set><d:prop><t:a>x&#0;y</t:a></d:prop></d:set>'),
    status: 400,
  },
  {
    what: 'PROPPATCH half a character',
    method: 'PROPPATCH',
    body: update('<d:set><d:prop><t:a>x&#xD800;y</t:a></d:prop></d:set>'),
    status: 400,
  },
  {
    what: 'PROPPATCH no character',
    method: 'PROPPATCH',
    body: update('<d:set><d:prop><t:a>x&#x110000;y</t:a></d:prop></d:set>'),
    status: 400,
  },
  { what: 'LOCK without scope', method: 'LOCK', body: '<d:lockinfo xmlns:d="DAV:"/>', status: 400 },
  { what: 'LOCK refreshed without a token', method: 'LOCK', status: 400 },
  {
    what: 'LOCK with an endless owner',
    method: 'LOCK',
    body: `<d:lockinfo xmlns:d="DAV:"><d:lockscope><d:exclusive/></d:lockscope><d:locktype><d:write/></d:locktype><d:owner>${'x'.repeat(9_000)}</d:owner></d:lockinfo>`,
    status: 400,
  },
  { what: 'MKCOL with a body', method: 'MKCOL', path: `${home}neu`, body: '<x/>', status: 415 },
]);

const move = (headers: readonly string[]) => ({
  method: 'MOVE',
  path: `${uploads}.file`,
  headers: [`Destination: ${home}fertig.bin`, ...headers],
});

table('uploads in pieces that lie', [
  {
    what: 'a negative total',
    method: 'MKCOL',
    path: `${uploads.slice(0, -6)}minus`,
    headers: ['OC-Total-Length: -5'],
    status: 400,
  },
  { what: 'half a byte', method: 'MKCOL', path: `${uploads.slice(0, -6)}halb`, headers: ['OC-Total-Length: 1.5'], status: 400 },
  {
    what: 'more bytes than there are',
    method: 'MKCOL',
    path: `${uploads.slice(0, -6)}viel`,
    headers: ['OC-Total-Length: 99999999999999999999'],
    status: 400,
  },
  { what: 'a chunk with a name', method: 'PUT', path: `${uploads}eins`, body: 'x', status: 400 },
  { what: 'a chunk with a negative name', method: 'PUT', path: `${uploads}-1`, body: 'x', status: 400 },
  { what: 'a chunk in a chunk', method: 'PUT', path: `${uploads}1/2`, body: 'x', status: 400 },
  { what: 'a chunk of no upload', method: 'PUT', path: `${uploads.slice(0, -6)}nie/1`, body: 'x', status: 404 },
  { what: 'finished with too little', ...move(['OC-Total-Length: 5']), status: 409 },
  { what: 'finished with a wrong total', ...move(['OC-Total-Length: -1']), status: 400 },
  { what: 'finished with a time that is none', ...move(['X-OC-Mtime: x']), status: 400 },
  {
    what: 'finished elsewhere',
    method: 'MOVE',
    path: `${uploads}.file`,
    headers: ['Destination: http://evil.example/x'],
    status: 502,
  },
  {
    what: 'finished in another upload',
    method: 'MOVE',
    path: `${uploads}.file`,
    headers: [`Destination: ${uploads}2`],
    status: 400,
  },
  { what: 'read', path: `${uploads}1`, status: 405 },
]);

test('a body that stops in the middle leaves nothing, however it is framed', async () => {
  const { connect } = await import('node:net');
  const cutOff = (row: Row) =>
    new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(bytesOf(row), () => socket.end()));
      socket.on('close', () => resolve()).resume();
    });
  const before = await state();
  const put = { method: 'PUT', status: 400, what: 'cut' };
  await cutOff({ ...put, path: `${home}neu.bin`, headers: ['Content-Length: 1000'], body: 'nur der Anfang' });
  await cutOff({ ...put, path: `${home}gut.txt`, headers: ['Transfer-Encoding: chunked'], body: '5\r\nHallo\r\n' });
  await cutOff({ ...put, path: `${home}gut.txt`, headers: ['Content-Length: 3000000'], body: Buffer.alloc(2_000_000) });
  await cutOff({ ...put, path: `${uploads}7`, headers: ['Content-Length: 1000'], body: 'nur der Anfang' });
  assert.equal(await state(), before);
  assert.equal(await (await anna.get('gut.txt')).text(), 'Hallo');
});

test('what follows a refused body is not taken for a request', async () => {
  const smuggled = `DELETE ${home}gut.txt HTTP/1.1\r\nHost: x\r\nAuthorization: ${credentials.authorization}\r\n\r\n`;
  const before = await state();
  const refused = {
    method: 'PUT',
    path: `${home}CON`,
    headers: [`Content-Length: ${smuggled.length}`],
    status: 400,
    what: 'refused',
  };
  // The next request of the connection is the one behind the body, or none.
  const next = bytesOf({ path: `${home}gut.txt`, status: 200, what: 'next' });
  const bytes = Buffer.concat([bytesOf({ ...refused, body: smuggled, isKept: true }), next]);
  const answer = await sendRaw(port, bytes, { until: never });
  assert.match(answer, /^HTTP\/1\.1 400/);
  assert.doesNotMatch(answer, /HTTP\/1\.1 204/);
  assert.equal(await state(), before);
});
