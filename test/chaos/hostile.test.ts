import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import * as files from '#modules/files';
import { ensurePages } from '../../src/web/build.ts';
import { password, settle } from '../people.ts';
import { openStand } from '../stand.ts';

/** What people can type stays text: in pages, in headers, in archives; and nobody is led elsewhere or signed in as another. */

await ensurePages();
const stand = await openStand();
const { app } = stand.house;
const people = await settle(stand);
const cookie = await people.cookie('anna');
const { own } = await files.readHome(people.anna);
const sameSite = { host: 'localhost', origin: 'http://localhost', 'sec-fetch-site': 'same-origin' };

/** Names every system can hold, and somebody careless would run, resolve or break off at. */
const names = [
  "' onmouseover='alert(1)",
  '&lt;script&gt;alert(1)&lt;&#47;script&gt;.html',
  '#{7*7}{{7*7}}.txt',
  'javascript&colon;alert(1)',
  '..b',
  '...',
  '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  '%0d%0aSet-Cookie%3a x=1',
  'a; filename=b.exe',
  "a'b.txt",
  'Zeile\u2028Ende',
  'umgekehrt \u202Efdp.exe',
  'Grüße 🏔️.txt',
  '=cmd()|calc',
  '-rf',
  '~',
].filter((name) => {
  try {
    return files.checkName(name) === name;
  } catch {
    return false;
  }
});

const folder = await files.createFolder(people.anna, { folder: own, name: 'Feindlich' });
const target = { node: folder, space: own.space, role: own.role, isRoot: false };
const written = await Promise.all(
  names.map((name) => files.writeFile(people.anna, { folder: target, name }, Readable.from([Buffer.from('x')]))),
);

test('a name stays a name in the header that says under which name to save', async () => {
  assert.ok(names.length > 10);
  for (const { node } of written) {
    const { headers, statusCode } = await app.inject({
      url: `/dateien/inhalt/${node.id}`,
      headers: { cookie, host: 'localhost' },
    });
    assert.equal(statusCode, 200);
    const [, plain = '', encoded = ''] =
      /^attachment; filename="([^"\\]*)"; filename\*=UTF-8''([\w.~!#$&+^`|%-]*)$/.exec(String(headers['content-disposition'])) ??
      [];
    assert.match(plain, /^[\x20-\x7e]+$/);
    assert.equal(decodeURIComponent(encoded), node.name);
    assert.match(String(headers['content-security-policy']), /sandbox/);
    assert.equal(headers['x-content-type-options'], 'nosniff');
  }
});

test('names, tags and comments are text in the pages that show them', async () => {
  const [first] = written;
  const entry = { ...target, node: first?.node ?? folder };
  const script = '</script><script>alert(1)</script><img src=x onerror=alert(1)>';
  await files.comment(people.anna, entry, script);
  await files.addTag(people.anna, entry, '<img src=x onerror=alert(2)>');
  for (const url of [`/dateien/${folder.id}`, `/dateien/${folder.id}/eintrag/${entry.node.id}`, '/', '/favoriten']) {
    const { body, statusCode } = await app.inject({ url, headers: { cookie, host: 'localhost' } });
    assert.equal(statusCode, 200, url);
    assert.doesNotMatch(body, /<script>alert|<img src=x/, url);
    // In the data of the page it stands inside a quoted text.
    assert.doesNotMatch(body.replace(/<script.*?<\/script>/gs, ''), /' onmouseover='/, url);
    assert.doesNotMatch(body, /<script(?![^>]*nonce=)/, url);
  }
});

/** Names in the directory of a ZIP. */
function namesIn(archive: Buffer): string[] {
  const found: string[] = [];
  for (let at = archive.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0; at = archive.indexOf('PK\x01\x02', at + 46, 'latin1')) {
    const length = archive.readUInt16LE(at + 28);
    found.push(archive.subarray(at + 46, at + 46 + length).toString());
  }
  return found;
}

test('an archive leads nowhere but below the folder it is unpacked in', async () => {
  const { rawPayload } = await app.inject({ url: `/dateien/zip?ids=${folder.id}`, headers: { cookie, host: 'localhost' } });
  const found = namesIn(rawPayload);
  assert.deepEqual(found.filter((name) => !name.endsWith('/')).sort(), names.map((name) => `Feindlich/${name}`).sort());
  for (const name of found) {
    assert.doesNotMatch(name, /^\/|\\|^[a-z]:/i);
    assert.ok(!name.split('/').includes('..'), name);
  }
});

const signIn = (fields: Record<string, string>, headers: Record<string, string> = {}, query = '') =>
  app.inject({
    method: 'POST',
    url: `/anmelden${query}`,
    headers: { ...sameSite, 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: new URLSearchParams({ _form: 'signIn', address: people.address.bernd, password, ...fields }).toString(),
  });

test('a session somebody was given before signing in is not the one they get', async () => {
  const given = 'rennsteig=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
  const answer = await signIn({}, { cookie: given });
  const made = String(answer.headers['set-cookie']);
  assert.match(made, /^rennsteig=[\w.-]{20,};.*HttpOnly/i);
  assert.match(made, /SameSite=/i);
  assert.ok(!made.startsWith(given));
  const { statusCode } = await app.inject({ url: '/konto', headers: { cookie: given, host: 'localhost' } });
  assert.equal(statusCode, 302);
});

test('signing in leads back to a page of ours and nowhere else', async () => {
  for (const to of [
    '//evil.example',
    'https://evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    '/\t/evil.example',
    '///evil.example',
    'evil.example',
  ]) {
    const answer = await signIn({ weiter: to }, {}, `?${new URLSearchParams({ weiter: to })}`);
    const location = String(answer.headers.location);
    assert.equal(new URL(location, 'http://localhost').host, 'localhost', `${to} led to ${location}`);
  }
});
