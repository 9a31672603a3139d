import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { favouritesAmong, listVersions, openContent, readTags, resolvePath, setFavourite } from '#modules/files';
import { importFrom, importUsers, type ObjectRow, openWebdav, reconcile, type Source } from '#modules/migration';
import { davClient } from '../../../test/dav.ts';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import { readMultistatus } from './multistatus.ts';

/** From a WebDAV server: another instance of ours, asked as a Nextcloud and as a plain server; and one that answers badly. */

const stand = await openStand();
const people = await settle(stand);
const elsewhere = await openStand();
const there = await settle(elsewhere);
const port = await elsewhere.house.listen();
const credentials = await there.appPassword('anna');
const anna = davClient(port, credentials);
const origin = `http://127.0.0.1:${port}`;
const waits = [1, 1];

async function bring(url: string, folder: string, wishes: object = {}) {
  const rows = new Map<string, ObjectRow>();
  const source = openWebdav({ url, credentials, client: { waits, idle: 2_000 } });
  const target = { person: people.address.anna, space: null, makesSpace: false, folder };
  const options = { dryRun: false, only: [], overwrite: false, removes: false, ...wishes };
  const told = (row: ObjectRow) => void rows.set(row.path, row);
  try {
    return { rows, ...(await importFrom(people.house, { source, target, options, told })) };
  } finally {
    source.close();
  }
}

async function prove(url: string, folder: string) {
  const source = openWebdav({ url, credentials, client: { waits } });
  const target = { person: people.address.anna, space: null, folder };
  try {
    return await reconcile(people.house, { source, target, readsBack: true, signedBy: null });
  } finally {
    source.close();
  }
}

async function contentOf(...path: string[]): Promise<string> {
  const content = await openContent(people.anna, await resolvePath(people.anna, path));
  const pieces = await Array.fromAsync(content.read(0, content.size));
  await content.close();
  return Buffer.concat(pieces).toString();
}

const headers = (day: string) => ({ 'x-oc-mtime': String(Date.parse(`${day}T10:00:00Z`) / 1000) });
await anna.status('MKCOL', 'Amt');
await anna.status('MKCOL', 'Amt/leer');
for (const [index, day] of ['2019-01-01', '2020-01-01', '2021-01-01'].entries())
  await anna.put('Amt/Plan 100% #1.txt', `Fassung ${index + 1}`, headers(day));
await anna.put('Amt/groß.bin', Buffer.alloc(2_000_000, 'Plan '));
await anna.put('Amt/leer.txt', '');
const marked = await resolvePath(there.anna, ['Amt', 'groß.bin']);
await setFavourite(there.anna, marked, true);

test('as a Nextcloud: content, times, versions in order, favourites, empty folders, and the proof', async () => {
  const url = `${origin}${anna.home}Amt`;
  const first = await bring(url, 'Wolke');
  assert.deepEqual([first.counts.files, first.counts.folders, first.counts.verdicts.taken.objects], [3, 1, 4]);
  const plan = await resolvePath(people.anna, ['Wolke', 'Plan 100% #1.txt']);
  assert.equal(await contentOf('Wolke', 'Plan 100% #1.txt'), 'Fassung 3');
  assert.equal(plan.node.modified, Date.parse('2021-01-01T10:00:00Z'));
  const versions = await listVersions(people.anna, plan);
  assert.deepEqual(
    versions.map(({ modified }) => new Date(modified).getUTCFullYear()),
    [2020, 2019],
  );
  const large = await resolvePath(people.anna, ['Wolke', 'groß.bin']);
  assert.ok((await favouritesAmong(people.anna, [large.node.id])).has(large.node.id));
  assert.equal(first.rows.get('groß.bin')?.sourceHash?.split(':')[1], large.node.sha1);
  assert.equal(first.rows.get('groß.bin')?.sourceId, String(marked.node.id));
  const proof = await prove(url, 'Wolke');
  assert.deepEqual([proof.isComplete, proof.source.files, proof.extra], [true, 3, 0]);
  assert.deepEqual(proof.source, proof.target);

  await anna.put('Amt/leer.txt', 'nicht mehr');
  const delta = await bring(url, 'Wolke');
  assert.deepEqual([delta.counts.verdicts.updated.objects, delta.counts.verdicts.unchanged.objects], [1, 3]);
});

test('a Nextcloud says how much is in a folder with all below it', async () => {
  const source = openWebdav({ url: `${origin}${anna.home}Amt`, credentials, client: { waits } });
  const [listed] = await anna.propfind('Amt', ['oc:size']);
  assert.equal(await source.measure(new AbortController().signal), Number(listed?.found['oc:size']));
  source.close();
});

test('as a plain WebDAV server, by another address', async () => {
  const { counts, rows } = await bring(`${origin}/remote.php/webdav/Amt/`, 'Andere');
  assert.equal(counts.verdicts.taken.objects, 4);
  assert.equal(rows.get('leer.txt')?.size, 10);
  assert.equal((await prove(`${origin}/remote.php/webdav/Amt/`, 'Andere')).isComplete, true);
});

type Reply = (request: IncomingMessage, response: ServerResponse) => void;
let reply: Reply = () => {};
const bad = createServer((request, response) => reply(request, response)).listen(0, '127.0.0.1');
after(() => bad.close());
await new Promise((resolve) => bad.once('listening', resolve));
const badOrigin = `http://127.0.0.1:${(bad.address() as AddressInfo).port}`;

const sha1 = (text: string) => createHash('sha1').update(text).digest('hex');
const resource = (href: string, inside: string) =>
  `<d:response><d:href>${href}</d:href><d:propstat><d:prop>${inside}</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>`;
const folder = (href: string) => resource(href, '<d:resourcetype><d:collection/></d:resourcetype>');
const file = (href: string, size: number) => resource(href, `<d:resourcetype/><d:getcontentlength>${size}</d:getcontentlength>`);
const listing = (...resources: string[]) =>
  `<?xml version="1.0"?><d:multistatus xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns" xmlns:nc="http://nextcloud.org/ns">${resources.join('')}</d:multistatus>`;

/** Answers PROPFIND with this and GET with that; the first requests with a failure. */
function answering(text: string, get: Reply = (_, response) => response.end('abc'), failures = 0): void {
  let left = failures;
  reply = (request, response) => {
    left -= 1;
    if (left >= 0) response.writeHead(503, { 'retry-after': '0' }).end();
    else if (request.method === 'PROPFIND') response.writeHead(207).end(text);
    else get(request, response);
  };
}

/**
 * Contract note: what a Nextcloud answers, as its public documentation shows it ("Client APIs", "WebDAV", "Basic APIs" and
 * "Versions"): `oc:checksums` holds one text with several hashes, system tags are elements inside `nc:system-tags`, a version
 * is named by its time, and the present content stands among the versions.
 */
test('what only a Nextcloud says: tags, checksums, the present content among the versions', async () => {
  const home = '/remote.php/dav/files/erika/';
  const time = (seconds: number) => `<d:getlastmodified>${new Date(seconds * 1_000).toUTCString()}</d:getlastmodified>`;
  const kept = (seconds: number, text: string) =>
    resource(`/remote.php/dav/versions/erika/versions/77/${seconds}`, `<d:resourcetype/>${time(seconds)}${length(text)}`);
  const length = (text: string) => `<d:getcontentlength>${text.length}</d:getcontentlength>`;
  const note = `<d:resourcetype/><d:getetag>&quot;e1&quot;</d:getetag><oc:fileid>77</oc:fileid><oc:favorite>1</oc:favorite>${time(3_000)}
    ${length('drei')}<oc:checksums><oc:checksum>SHA1:${sha1('drei')} MD5:0 ADLER32:0</oc:checksum></oc:checksums>
    <nc:system-tags><nc:system-tag oc:id="1">Eilt &amp; wichtig</nc:system-tag><nc:system-tag oc:id="2">Bau</nc:system-tag></nc:system-tags>`;
  let brokenOnce = true;
  const contents: Record<string, string> = { 'Notiz.txt': 'drei', 1000: 'eins', 2000: 'zwei', 3000: 'drei' };
  reply = (request, response) => {
    const isVersions = request.url?.startsWith('/remote.php/dav/versions/');
    const versions = [3_000, 2_000, 1_000].map((seconds) => kept(seconds, contents[seconds] as string));
    const answer = isVersions
      ? listing(folder('/remote.php/dav/versions/erika/versions/77/'), ...versions)
      : listing(folder(home), resource(`${home}Notiz.txt`, note));
    const isBroken = brokenOnce && request.url?.endsWith('/2000');
    if (isBroken) brokenOnce = false;
    if (request.method === 'PROPFIND') response.writeHead(207).end(answer);
    else if (isBroken) response.writeHead(500).end();
    else response.end(contents[request.url?.split('/').at(-1) as string]);
  };
  const broken = await bring(`${badOrigin}${home}`, 'Erika');
  assert.match(broken.rows.get('Notiz.txt')?.note ?? '', /^begun migration.badAnswer/);
  assert.equal(await contentOf('Erika', 'Notiz.txt'), 'eins');
  assert.equal((await bring(`${badOrigin}${home}`, 'Erika')).rows.get('Notiz.txt')?.verdict, 'taken');
  const { node, ...entry } = await resolvePath(people.anna, ['Erika', 'Notiz.txt']);
  assert.equal(await contentOf('Erika', 'Notiz.txt'), 'drei');
  assert.deepEqual(
    (await readTags(people.anna, [node.id]))
      .get(node.id)
      ?.map(({ name }) => name)
      .sort(),
    ['Bau', 'Eilt & wichtig'],
  );
  assert.ok((await favouritesAmong(people.anna, [node.id])).has(node.id));
  const versions = await listVersions(people.anna, { node, ...entry });
  assert.deepEqual(
    versions.map(({ modified }) => modified),
    [2_000_000, 1_000_000],
  );
  assert.equal((await bring(`${badOrigin}${home}`, 'Erika')).counts.verdicts.unchanged.objects, 1);
});

test('a server that is busy is asked again; lying lengths, broken bodies and missing lengths are verdicts', async () => {
  answering(listing(folder('/d/'), file('/d/a', 3)), undefined, 2);
  const good = await bring(`${badOrigin}/d`, 'Schlecht');
  assert.equal(good.rows.get('a')?.verdict, 'taken');
  answering(listing(folder('/d/'), file('/d/kurz', 5), file('/d/lang', 2), resource('/d/ohne', '<d:resourcetype/>')));
  const lying = await bring(`${badOrigin}/d`, 'Schlecht');
  const note = (path: string) => `${lying.rows.get(path)?.verdict} ${lying.rows.get(path)?.note?.split(':')[0]}`;
  assert.equal(note('kurz'), 'failed migration.otherLength');
  assert.equal(note('lang'), 'failed migration.otherLength');
  assert.equal(note('ohne'), 'skipped noLength');
  assert.equal(lying.rows.get('a')?.verdict, 'gone');
  answering(listing(folder('/d/'), file('/d/abriss', 9)), (_, response) => {
    response.writeHead(200, { 'content-length': '9' }).write('abc', () => response.destroy());
  });
  const broken = await bring(`${badOrigin}/d`, 'Schlecht');
  assert.match(broken.rows.get('abriss')?.note ?? '', /^migration.unreachable/);
  await assert.rejects(resolvePath(people.anna, ['Schlecht', 'kurz']), { kind: 'notFound' });
});

test('listings that lead elsewhere, are cut off or hold a DOCTYPE are refused', async () => {
  const wrong = [
    listing(folder('/d/'), file('/anderswo/a', 3)),
    listing(folder('/d/'), file('/d/../../etc/passwd', 3)),
    listing(folder('/d/'), file('/d/a%2F..%2Fb', 3)),
    listing(folder('/d/'), file('http://127.0.0.1:1/d/a', 3)),
    listing(file('/d/a', 3)),
    listing(folder('/d/'), file('/d/a', 3)).slice(0, -30),
    `<!DOCTYPE x [<!ENTITY a "b">]>${listing(folder('/d/'))}`,
    'keine Liste',
  ];
  for (const text of wrong) {
    answering(text);
    await assert.rejects(bring(`${badOrigin}/d`, 'Falsch'), { code: 'migration.badListing' }, text);
  }
  const deep = `<a xmlns="b">${'<c>'.repeat(50)}${'</c>'.repeat(50)}</a>`;
  await assert.rejects(
    readMultistatus(
      (async function* () {
        yield Buffer.from(deep);
      })(),
    ),
    { code: 'migration.badListing' },
  );
});

test('the password goes to one origin, encrypted; wrong passwords and silent servers are said at once', async () => {
  reply = (_, response) => response.writeHead(302, { location: 'https://anderswo.example/d/' }).end();
  await assert.rejects(bring(`${badOrigin}/d`, 'Weg'), { code: 'migration.redirectElsewhere' });
  reply = (_, response) => response.writeHead(302, { location: '/d/' }).end();
  await assert.rejects(bring(`${badOrigin}/d`, 'Weg'), { code: 'migration.redirectCircle' });
  reply = (_, response) => response.writeHead(401).end();
  await assert.rejects(bring(`${badOrigin}/d`, 'Weg'), { code: 'migration.refused' });
  reply = (request) => void request.socket.destroy();
  await assert.rejects(bring(`${badOrigin}/d`, 'Weg'), { code: 'migration.unreachable' });
  assert.throws(() => openWebdav({ url: 'http://wolke.example/d', credentials }), { code: 'migration.notEncrypted' });
  assert.throws(() => openWebdav({ url: 'https://a:b@wolke.example/d', credentials }), { code: 'migration.secretInAddress' });
  assert.throws(() => openWebdav({ url: 'https://', credentials }), { code: 'migration.badAddress' });
});

test('several users at once, each into their own files; one who cannot sign in does not stop the others', async () => {
  const mapped = [
    { credentials: { user: 'anna@ellrich.example', password: 'falsch' }, person: people.address.bernd },
    { credentials, person: people.address.bernd },
    { credentials: await there.appPassword('emil'), person: people.address.emil },
  ];
  const options = { dryRun: false, only: [], overwrite: false, removes: false };
  const seen: string[] = [];
  const observe = (person: string) => ({
    watch: (source: Source) => source,
    told: ({ path }: ObjectRow) => void seen.push(`${person} ${path}`),
    end: () => void seen.push(`${person} is done`),
  });
  const results = await importUsers(people.house, {
    url: `${origin}/`,
    people: mapped,
    folder: 'Alt',
    options,
    client: { waits },
    observe,
  });
  assert.ok(seen.some((line) => line.startsWith(`${people.address.bernd} `) && line.endsWith('leer.txt')));
  assert.equal(seen.filter((line) => line.endsWith(' is done')).length, mapped.length, 'who fails is done as well');
  assert.deepEqual(
    results.map(({ counts, failure }) => [counts?.files ?? null, failure === null]),
    [
      [null, false],
      [3, true],
      [0, true],
    ],
  );
  assert.equal((await resolvePath(people.bernd, ['Alt', 'Amt', 'leer.txt'])).node.size, 10);
});
