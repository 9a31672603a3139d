import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openStand } from '../../test/stand.ts';
import { ensurePages } from './build.ts';

await ensurePages();
const stand = await openStand();
const { app } = stand.house;

const missing = '/gibt-es-nicht';

test('an address nobody has taken is a page that says so, in both languages', async () => {
  const german = await app.inject({ url: missing });
  const english = await app.inject({ url: missing, headers: { cookie: 'lang=en' } });
  assert.equal(german.statusCode, 404);
  assert.match(german.body, /<html lang="de".*<h1[^>]*>Nicht gefunden</s);
  assert.match(english.body, /<html lang="en".*<h1[^>]*>Not found</s);
});

test('a page for people from outside ships no script and may run none', async () => {
  const { headers, body } = await app.inject({ url: missing });
  assert.match(String(headers['content-security-policy']), /script-src 'none'/);
  assert.doesNotMatch(body, /<script/);
});

test('pages are for one person and not kept', async () => {
  const { headers } = await app.inject({ url: missing });
  assert.equal(headers['cache-control'], 'private, no-store');
});

test('HEAD answers like GET, without the page', async () => {
  const answer = await app.inject({ method: 'HEAD', url: missing });
  assert.equal(answer.statusCode, 404);
  assert.equal(answer.body, '');
});

test('styles and fonts come compressed and are kept for ever', async () => {
  const { body } = await app.inject({ url: missing });
  const [, sheet = ''] = /href="(\/assets\/root-[^"]+\.css)"/.exec(body) ?? [];
  const answer = await app.inject({ url: sheet, headers: { 'accept-encoding': 'br' } });
  assert.equal(answer.statusCode, 200);
  assert.equal(answer.headers['content-encoding'], 'br');
  assert.match(String(answer.headers['cache-control']), /immutable/);
  assert.ok(answer.rawPayload.length < 40 * 1_024, `the style sheet has ${answer.rawPayload.length} bytes`);
});

test('an asset that is not there is not found, and nothing outside can be reached', async () => {
  for (const url of ['/assets/nein.js', '/assets/../server/pages.js', '/assets/%2e%2e/%2e%2e/server/pages.js']) {
    assert.equal((await app.inject({ url })).statusCode, 404, url);
  }
});

test("an authority's colour is a style sheet of its own", async () => {
  const answer = await app.inject({ url: '/farbe/204aa8-8fb0ff.css' });
  assert.match(answer.body, /--brand:#204aa8/);
  assert.equal((await app.inject({ url: '/farbe/204aa8-url(x).css' })).statusCode, 404);
});

test('language and theme are switched without script, and the way back stays here', async () => {
  const send = (weiter: string) =>
    app.inject({
      method: 'POST',
      url: '/ansicht',
      headers: {
        origin: 'http://localhost',
        host: 'localhost',
        'sec-fetch-site': 'same-origin',
        'content-type': 'application/x-www-form-urlencoded',
      },
      payload: new URLSearchParams({ theme: 'dark', lang: 'en', weiter }).toString(),
    });
  const answer = await send('/konto?a=1');
  assert.equal(answer.statusCode, 302);
  assert.equal(answer.headers.location, '/konto?a=1');
  assert.match(String(answer.headers['set-cookie']), /lang=en.*theme=dark/);
  for (const elsewhere of ['https://fremd.example/', '//fremd.example/', '/\\fremd.example', '/\t/fremd.example', 'javascript:1'])
    assert.equal((await send(elsewhere)).headers.location, '/', elsewhere);
});

test('what another site makes a browser send is refused with a page', async () => {
  const answer = await app.inject({
    method: 'POST',
    url: '/ansicht',
    headers: {
      origin: 'https://fremd.example',
      'sec-fetch-site': 'cross-site',
      'content-type': 'application/x-www-form-urlencoded',
    },
    payload: 'theme=dark',
  });
  assert.equal(answer.statusCode, 403);
  assert.match(answer.body, /Das hat nicht geklappt/);
});

test('a body that is no form is refused, and one that is too large', async () => {
  const headers = { origin: 'http://localhost', host: 'localhost', 'sec-fetch-site': 'same-origin' };
  const json = { ...headers, 'content-type': 'application/json' };
  assert.equal((await app.inject({ method: 'POST', url: '/ansicht', headers: json, payload: '{}' })).statusCode, 415);
  const form = { ...headers, 'content-type': 'application/x-www-form-urlencoded' };
  const payload = `a=${'x'.repeat(1_100_000)}`;
  assert.equal((await app.inject({ method: 'POST', url: '/ansicht', headers: form, payload })).statusCode, 413);
});
