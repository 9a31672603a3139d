import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { davClient } from '../../../test/dav.ts';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';

/** Clients that say what is not so: about times, checksums, states and locks. Clear answers, and nothing changes. */

const stand = await openStand();
const people = await settle(stand);
const anna = davClient(await stand.house.listen(), await people.appPassword('anna'));
const uploads = anna.home.replace('/files/', '/uploads/');
const content = 'von heute';
let count = 0;

/** A name nothing has. */
function freshName(): string {
  count += 1;
  return `neu-${count}`;
}

type Way = (name: string, headers: Record<string, string>) => Promise<Response>;

/** The ways by which something is stored under a name. */
const ways = {
  PUT: (name, headers) => anna.put(name, content, headers),
  MOVE: async (name, headers) => {
    const folder = `${uploads}${freshName()}`;
    assert.equal(await anna.status('MKCOL', folder), 201);
    assert.equal((await anna.put(`${folder}/1`, content)).status, 201);
    return anna.request('MOVE', `${folder}/.file`, { headers: { destination: anna.home + name, ...headers } });
  },
} satisfies Record<string, Way>;
const makeFolder: Way = (name, headers) => anna.request('MKCOL', name, { headers });
const folderWays = { ...ways, MKCOL: makeFolder };

const modifiedOf = async (name: string) => (await anna.propfind(name, ['d:getlastmodified']))[0]?.found['d:getlastmodified'];

/** What is in a folder with everything that a change would change. */
const all = async (path = '') =>
  (await anna.propfind(path, ['oc:fileid', 'd:getetag', 'oc:checksums', 'd:lockdiscovery', 't:mark'], '1')).map((entry) =>
    JSON.stringify(entry),
  );

test('a time that cannot be is refused and nothing is stored, whichever way it comes', async () => {
  const lies = [
    'gestern',
    'NaN',
    'Infinity',
    '-Infinity',
    '1e400',
    '1e3',
    '0x10',
    '--1',
    '1,5',
    '12 13',
    '99999999999999',
    '-99999999999999',
  ];
  const before = await all();
  for (const [way, store] of Object.entries(folderWays))
    for (const lie of lies) {
      const answer = await store(freshName(), { 'x-oc-mtime': lie });
      assert.equal(answer.status, 400, `${way} ${lie}: ${await answer.text()}`);
      assert.equal(answer.headers.get('x-oc-mtime'), null);
    }
  assert.deepEqual(await all(), before);
});

test('a time that is only odd is kept as it was said: before 1970, in the next century, with a fraction', async () => {
  const odd = [
    ['0', 'Thu, 01 Jan 1970 00:00:00 GMT'],
    ['-86400', 'Wed, 31 Dec 1969 00:00:00 GMT'],
    ['4102444800', 'Fri, 01 Jan 2100 00:00:00 GMT'],
    ['253402300799', 'Fri, 31 Dec 9999 23:59:59 GMT'],
    ['1700000000.999', 'Tue, 14 Nov 2023 22:13:20 GMT'],
  ] as const;
  for (const [way, store] of Object.entries(folderWays))
    for (const [said, kept] of odd) {
      const name = freshName();
      assert.equal((await store(name, { 'x-oc-mtime': said })).status, 201, `${way} ${said}`);
      assert.equal(await modifiedOf(name), kept, `${way} ${said}`);
    }
});

test('what somebody says about a time decides nothing: the newer content is the one that came later', async () => {
  const name = freshName();
  const first = await anna.put(name, 'eins', { 'x-oc-mtime': '4102444800' });
  const second = await anna.put(name, 'zwei', { 'x-oc-mtime': '-86400' });
  assert.deepEqual([first.status, second.status], [201, 204]);
  assert.notEqual(first.headers.get('etag'), second.headers.get('etag'));
  assert.equal(await (await anna.get(name)).text(), 'zwei');
});

test('times are not set as properties: ours are refused, and the file stays as it is', async () => {
  const name = freshName();
  await anna.put(name, content, { 'x-oc-mtime': '1700000000' });
  for (const property of ['getlastmodified', 'creationdate', 'getetag', 'getcontentlength']) {
    const body = `<d:propertyupdate xmlns:d="DAV:"><d:set><d:prop><d:${property}>Thu, 01 Jan 2099 00:00:00 GMT</d:${property}></d:prop></d:set></d:propertyupdate>`;
    const answer = await anna.request('PROPPATCH', name, { body });
    assert.equal(answer.status, 207);
    assert.match(await answer.text(), /HTTP\/1\.1 403 Forbidden.*cannot-modify-protected-property/s, property);
  }
  assert.equal(await modifiedOf(name), 'Tue, 14 Nov 2023 22:13:20 GMT');
});

test('a checksum that is not that of the bytes, or none at all, stores nothing; one we do not keep is passed over', async () => {
  const [sha1, sha256, other] = ['sha1', 'sha256', 'md5'].map((name) => createHash(name).update(content).digest('hex'));
  const lies = [
    `SHA1:${'0'.repeat(40)}`,
    `SHA256:${sha1}`,
    `SHA1:${sha256}`,
    'SHA1:',
    'SHA1:abc',
    `SHA1:${sha1}0`,
    'SHA256:zz',
    `SHA1:${'ü'.repeat(40)}`,
  ];
  const before = await all();
  for (const [way, store] of Object.entries(ways))
    for (const lie of lies)
      assert.equal((await store(freshName(), { 'oc-checksum': encodeURI(lie) })).status, 400, `${way} ${lie}`);
  assert.deepEqual(await all(), before);
  for (const [way, store] of Object.entries(ways))
    for (const said of [`SHA1:${sha1?.toUpperCase()}`, `sha256:${sha256}`, `MD5:${other}`, 'ADLER32:1', 'x'])
      assert.equal((await store(freshName(), { 'oc-checksum': said })).status, 201, `${way} ${said}`);
});

const markBody =
  '<d:propertyupdate xmlns:d="DAV:" xmlns:t="urn:test"><d:set><d:prop><t:mark>x</t:mark></d:prop></d:set></d:propertyupdate>';
const lockBody =
  '<d:lockinfo xmlns:d="DAV:"><d:lockscope><d:exclusive/></d:lockscope><d:locktype><d:write/></d:locktype></d:lockinfo>';

/** Every way to change a file, each with these headers. */
const changes = {
  ...ways,
  DELETE: (name, headers) => anna.request('DELETE', name, { headers }),
  PROPPATCH: (name, headers) => anna.request('PROPPATCH', name, { headers, body: markBody }),
  LOCK: (name, headers) => anna.request('LOCK', name, { headers, body: lockBody }),
  COPY: (name, headers) => anna.request('COPY', name, { headers: { ...headers, destination: `${anna.home}Ziel` } }),
  'MOVE elsewhere': (name, headers) => anna.request('MOVE', name, { headers: { ...headers, destination: `${anna.home}Ziel` } }),
} satisfies Record<string, Way>;

test('a state that is not the file’s changes nothing, whatever is asked for', async () => {
  const name = freshName();
  const old = (await anna.put(name, 'eins')).headers.get('etag') as string;
  const now = (await anna.put(name, 'zwei')).headers.get('etag') as string;
  const before = await all();
  const lies: Record<string, string>[] = [
    { 'if-match': old },
    { 'if-match': '"nie gewesen"' },
    { 'if-match': now.slice(1, -1) },
    { 'if-match': '""' },
    { 'if-none-match': '*' },
    { 'if-none-match': now },
    { if: `([${old}])` },
    { if: `<${anna.home}${name}> ([${old}])` },
    { if: `(Not [${now}])` },
    { if: `([${now}] <urn:uuid:00000000-0000-0000-0000-000000000000>)` },
    { if: '(<urn:uuid:00000000-0000-0000-0000-000000000000>)' },
  ];
  for (const [verb, change] of Object.entries(changes))
    for (const lie of lies) {
      const answer = await change(name, lie);
      assert.equal(answer.status, 412, `${verb} ${JSON.stringify(lie)}: ${await answer.text()}`);
    }
  for (const lie of [{ 'if-match': '*' }, { 'if-match': old }])
    for (const make of [ways.PUT, ways.MOVE, makeFolder, changes.LOCK])
      assert.equal((await make(freshName(), lie)).status, 412, `${make.name} where nothing is`);
  assert.deepEqual(await all(), before);
});

test('a token that opens nothing changes nothing: none, a made-up one, that of another file, and a right one in somebody else’s hands', async () => {
  const name = freshName();
  await anna.put(name, content);
  const token = (await changes.LOCK(name, {})).headers.get('lock-token') as string;
  const elsewhere = freshName();
  await anna.put(elsewhere, content);
  const other = (await changes.LOCK(elsewhere, {})).headers.get('lock-token') as string;
  const before = await all();
  const made = '<urn:uuid:00000000-0000-0000-0000-000000000000>';
  const always = '(Not <DAV:no-lock>)';
  for (const [verb, change] of Object.entries(changes)) {
    if (verb === 'COPY') continue; // it changes nothing of what is locked
    for (const lie of ['', `(${made}) ${always}`, `(${other}) ${always}`, `(Not ${token}) ${always}`])
      assert.equal((await change(name, lie === '' ? {} : { if: lie })).status, 423, `${verb} ${lie}`);
    assert.equal((await change(name, { if: `(Not ${token})` })).status, 412, verb);
  }
  for (const lie of [made, other]) assert.equal(await anna.status('UNLOCK', name, { 'lock-token': lie }), 409);
  assert.deepEqual(await all(), before);
  assert.equal(await anna.status('UNLOCK', name, { 'lock-token': token }), 204);
  assert.equal(await anna.status('UNLOCK', name, { 'lock-token': token }), 409, 'a second time there is nothing to unlock');
  assert.equal((await anna.put(name, 'frei')).status, 204);
});
