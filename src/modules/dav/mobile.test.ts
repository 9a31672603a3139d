import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import * as files from '#modules/files';
import { davClient } from '../../../test/dav.ts';
import { deskOf } from '../../../test/desk.ts';
import { recorded } from '../../../test/mobile.ts';
import { settle } from '../../../test/people.ts';
import { picture } from '../../../test/picture.ts';
import { openStand } from '../../../test/stand.ts';
import { isLike } from './search-query.ts';

const stand = await openStand();
const people = await settle(stand);
const port = await stand.house.listen();
const anna = davClient(port, await people.appPassword('anna'));
const bernd = davClient(port, await people.appPassword('bernd'));
const desk = deskOf(people.anna);
const handle = people.anna.actor.kind === 'account' ? people.anna.actor.handle : '';

await desk.folder('Fotos');
await desk.write('Fotos/Sommerfest.jpg', 'v1', { modified: 1_700_001_000_000 });
await desk.write('Fotos/Sommerfest.jpg', 'v2!', { modified: 1_700_001_000_000 });
await desk.write('Fotos/Altes Foto.png', picture(), { modified: 1_700_000_000_000 });
await desk.write('Notiz.txt', 'x');
await desk.write('Weg.txt', 'x');
await desk.trash('Weg.txt');
await desk.write('Fort.png', picture());
const gone = (await desk.at('Fort.png')).node.id;
await desk.trash('Fort.png');
await files.setFavourite(people.anna, await desk.at('Notiz.txt'), true);
const photo = (await desk.at('Fotos/Sommerfest.jpg')).node.id;

const filled = (text: string) =>
  text
    .replaceAll('HANDLE', handle)
    .replaceAll(/\bID\b/g, String(photo))
    .replaceAll('GONE', String(gone));

for (const { what, method, path, headers = {}, body, status, needs } of recorded) {
  test(what, async () => {
    const answer = await anna.request(method, filled(path), { headers: { ...headers }, ...(body && { body: filled(body) }) });
    const text = await answer.text();
    assert.equal(answer.status, status, text);
    for (const need of needs) assert.match(text, new RegExp(filled(need.source), need.flags));
  });
}

const basic = (where: string, href = `/files/${handle}`) =>
  `<d:searchrequest xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><d:basicsearch><d:select><d:prop><d:displayname/></d:prop></d:select>
  <d:from><d:scope><d:href>${href}</d:href></d:scope></d:from><d:where>${where}</d:where></d:basicsearch></d:searchrequest>`;
const named = (pattern: string) => `<d:like><d:prop><d:displayname/></d:prop><d:literal>${pattern}</d:literal></d:like>`;
const find = async (client: typeof anna, body: string) => {
  const answer = await client.request('SEARCH', '/remote.php/dav/', { body });
  return {
    status: answer.status,
    hrefs: [...(await answer.text()).matchAll(/<d:href>(.*?)<\/d:href>/g)].map(([, href]) => href),
  };
};

test('a search compares with texts as long as a name, and no longer ones', async () => {
  assert.equal((await find(anna, basic(named('%'.repeat(255))))).status, 207);
  assert.equal((await find(anna, basic(named('%'.repeat(256))))).status, 415);
});

test('a search shows shared spaces where they are mounted, and to nobody else', async () => {
  await files.createSpace(people.dora, { name: 'Bauamt' }, [
    { principal: people.id.anna, role: 'editor' },
    { principal: people.id.bernd, role: 'viewer' },
  ]);
  await desk.folder('Bauamt/Pläne');
  await desk.write('Bauamt/Pläne/Lageplan.pdf', 'x');
  const his = people.bernd.actor.kind === 'account' ? people.bernd.actor.handle : '';
  const path = 'Bauamt/Pl%C3%A4ne/Lageplan.pdf';
  assert.deepEqual((await find(anna, basic(named('%lageplan%')))).hrefs, [`/remote.php/dav/files/${handle}/${path}`]);
  const body = basic(named('%lageplan%'), `http://127.0.0.1:${port}/remote.php/dav/files/${his}/Bauamt/`);
  assert.deepEqual((await find(bernd, body)).hrefs, [`/remote.php/dav/files/${his}/${path}`]);
  assert.deepEqual((await find(bernd, basic(named('%sommer%'), `/files/${his}`))).hrefs, []);
  assert.equal((await find(bernd, basic(named('%sommer%')))).status, 404, 'another person’s root folder does not exist');
  assert.deepEqual((await find(anna, basic(named('%lageplan%'), `/files/${handle}/Fotos`))).hrefs, []);
});

test('what we do not know is refused, and not left out', async () => {
  const unknown = [
    named('%x%').replaceAll('displayname', 'getcontentlanguage'),
    '<d:contains>x</d:contains>',
    '<d:eq><d:prop><oc:fileid/></d:prop><d:literal>vier</d:literal></d:eq>',
    '<d:gt><d:prop><d:getlastmodified/></d:prop><d:literal>gestern</d:literal></d:gt>',
    '<d:and></d:and>',
    `${'<d:not>'.repeat(20)}${named('x')}${'</d:not>'.repeat(20)}`,
  ];
  for (const where of unknown) assert.equal((await find(anna, basic(where))).status, 415, where);
  for (const body of [
    '',
    '<a/>',
    '<d:searchrequest xmlns:d="DAV:"/>',
    '<!DOCTYPE a><a/>',
    basic(named('x'), '/etc'),
    basic('').slice(0, 80),
  ])
    assert.ok([400, 404, 415].includes((await find(anna, body)).status), body);
  for (const rule of ['', '<oc:circle>1</oc:circle>', '<oc:favorite>0</oc:favorite>']) {
    const body = `<oc:filter-files xmlns:oc="http://owncloud.org/ns"><oc:filter-rules>${rule}</oc:filter-rules></oc:filter-files>`;
    assert.equal((await anna.request('REPORT', '', { body })).status, 415, rule);
  }
  assert.equal((await anna.request('REPORT', '', { body: '<x xmlns="DAV:"/>' })).status, 415);
});

test('a report finds tags below the folder it is asked of', async () => {
  const tag = await files.addTag(people.anna, await desk.at('Fotos/Sommerfest.jpg'), 'Fest');
  const body = `<oc:filter-files xmlns:oc="http://owncloud.org/ns" xmlns:d="DAV:"><d:prop><d:displayname/></d:prop><oc:filter-rules><oc:systemtag>${tag.id}</oc:systemtag></oc:filter-rules></oc:filter-files>`;
  const report = async (client: typeof anna, path: string) => (await client.request('REPORT', path, { body })).text();
  assert.match(await report(anna, 'Fotos'), /Sommerfest/);
  assert.doesNotMatch(await report(anna, 'Bauamt'), /Sommerfest/);
  assert.doesNotMatch(await report(bernd, ''), /Sommerfest/);
});

test('a player reads by the address it was given, also in pieces, and nobody reads by another', async () => {
  const answer = await anna.request('POST', `/ocs/v2.php/apps/dav/api/v1/direct?format=json&fileId=${photo}`);
  const { url } = ((await answer.json()) as { ocs: { data: { url: string } } }).ocs.data;
  const here = `http://127.0.0.1:${port}${new URL(url).pathname}`;
  const whole = await fetch(here);
  assert.deepEqual([whole.status, await whole.text(), whole.headers.get('content-type')], [200, 'v2!', 'image/jpeg']);
  assert.match(whole.headers.get('content-security-policy') ?? '', /sandbox/);
  assert.match(whole.headers.get('content-disposition') ?? '', /^attachment/);
  const part = await fetch(here, { headers: { range: 'bytes=1-1' } });
  assert.deepEqual([part.status, await part.text()], [206, '2']);
  for (const wrong of [`${here}x`, here.slice(0, -2), here.replace(/[^/]*$/, '1.x')])
    assert.equal((await fetch(wrong)).status, 404);
  assert.equal(await bernd.status('POST', `/ocs/v2.php/apps/dav/api/v1/direct?fileId=${photo}`), 404);
  stand.clock.advance(5 * 3_600);
  assert.equal((await fetch(here)).status, 404);
});

test('every address of the apps wants an app password, and takes no cookie', async () => {
  const cookie = await people.cookie('anna');
  for (const { what, method, path, body } of recorded) {
    if (/status\.php|capabilities/.test(path)) continue;
    for (const headers of [{}, { cookie, 'sec-fetch-site': 'same-origin' }] as Record<string, string>[]) {
      const answer = await fetch(`http://127.0.0.1:${port}${filled(path)}`, {
        method,
        headers,
        ...(body && { body: filled(body) }),
      });
      assert.equal(answer.status, 401, what);
    }
  }
});

test('paging through a unified search gives everything once', async () => {
  for (let number = 0; number < 7; number += 1) await desk.write(`Seite ${number}.txt`, 'x');
  const seen: string[] = [];
  for (let cursor: number | null = 0; cursor !== null; ) {
    const answer = await anna.request(
      'GET',
      `/ocs/v2.php/search/providers/files/search?format=json&term=seite&limit=3&cursor=${cursor}`,
    );
    const { data } = ((await answer.json()) as { ocs: { data: { entries: { title: string }[]; cursor: number | null } } }).ocs;
    seen.push(...data.entries.map(({ title }) => title));
    cursor = data.cursor;
  }
  assert.deepEqual(
    seen.sort(),
    Array.from({ length: 7 }, (_, number) => `Seite ${number}.txt`),
  );
});

test('patterns of a search mean what they mean in SQL', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'ä'), maxLength: 12 });
  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '%'), maxLength: 8 });
  fc.assert(
    fc.property(text, pattern, (given, wanted) =>
      assert.equal(isLike(given, wanted), new RegExp(`^${wanted.replaceAll(/%+/g, '.*')}$`, 'u').test(given)),
    ),
  );
});
