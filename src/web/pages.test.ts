import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as accounts from '#modules/accounts';
import { systemContext } from '#platform/context';
import { settle } from '../../test/people.ts';
import { openStand } from '../../test/stand.ts';
import { ensurePages } from './build.ts';

await ensurePages();
const stand = await openStand();
const { app } = stand.house;
const people = await settle(stand);

/** What a browser sends along with a form of ours. */
const sameSite = { origin: 'http://localhost', host: 'localhost', 'sec-fetch-site': 'same-origin' };

const tokenIn = (page: string) => /name="_csrf" value="([^"]+)"/.exec(page)?.[1] ?? '';

function post(url: string, fields: Record<string, string>, cookie: string) {
  const headers = { ...sameSite, cookie, 'content-type': 'application/x-www-form-urlencoded' };
  return app.inject({ method: 'POST', url, headers, payload: new URLSearchParams(fields).toString() });
}

const missing = '/gibt-es-nicht';

test('an address nobody has taken is a page that says so, in both languages', async () => {
  const german = await app.inject({ url: missing });
  const english = await app.inject({ url: missing, headers: { cookie: 'lang=en' } });
  assert.equal(german.statusCode, 404);
  assert.match(german.body, /<html lang="de".*<h1[^>]*>Nicht gefunden</s);
  assert.match(english.body, /<html lang="en".*<h1[^>]*>Not found</s);
});

test('an address with control characters is not found, read or written, and fills no log', async () => {
  for (const url of ['/1%0a2', '/antrag/status/%00', '/antrag/x/%7F/speichern', '/%1b']) {
    for (const method of ['GET', 'POST'] as const) {
      const answer = await app.inject({ method, url, headers: method === 'POST' ? sameSite : {} });
      assert.equal(answer.statusCode, 404, `${method} ${url}`);
      assert.match(answer.body, /<h1[^>]*>Nicht gefunden</);
    }
  }
});

test('a page for people from outside ships no script and may run none', async () => {
  const { headers, body } = await app.inject({ url: missing });
  assert.match(String(headers['content-security-policy']), /script-src 'none'/);
  assert.doesNotMatch(body, /<script/);
});

test('a host that is none is refused with a sentence', async () => {
  for (const host of ['a b', '[::', 'elsewhere.example/x?y@'])
    assert.equal((await app.inject({ url: '/suche', headers: { host } })).statusCode, 400, host);
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
  for (const elsewhere of [
    'https://fremd.example/',
    '//fremd.example/',
    '/\\fremd.example',
    '/\t/fremd.example',
    '/.//fremd.example',
    'javascript:1',
  ])
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
  const many = 'a&'.repeat(20_001);
  assert.equal((await app.inject({ method: 'POST', url: '/ansicht', headers: form, payload: many })).statusCode, 413);
});

test('a form is accepted with its own session’s token only', async () => {
  const [anna, dora] = await Promise.all([people.cookie('anna'), people.cookie('dora')]);
  const page = await app.inject({ url: '/konto', headers: { cookie: anna } });
  const fields = { _form: 'profile', name: 'Anna Apel', locale: 'de' };
  const foreign = tokenIn((await app.inject({ url: '/konto', headers: { cookie: dora } })).body);
  assert.equal((await post('/konto', fields, anna)).statusCode, 403);
  assert.equal((await post('/konto', { ...fields, _csrf: foreign }, anna)).statusCode, 403);
  assert.equal((await post('/konto', { ...fields, _csrf: tokenIn(page.body) }, anna)).statusCode, 302);
});

test('an upload must begin with the token', async () => {
  const dora = await people.cookie('dora');
  const token = tokenIn((await app.inject({ url: '/verwaltung/personen/einlesen', headers: { cookie: dora } })).body);
  const field = `--x\r\nContent-Disposition: form-data; name="_csrf"\r\n\r\n${token}\r\n`;
  const file =
    '--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nName;E-Mail\nA B;a@ellrich.example\r\n';
  const send = (payload: string) =>
    app.inject({
      method: 'POST',
      url: '/verwaltung/personen/einlesen',
      headers: { ...sameSite, cookie: dora, 'content-type': 'multipart/form-data; boundary=x' },
      payload,
    });
  assert.equal((await send(`${file}${field}--x--\r\n`)).statusCode, 403);
  assert.equal((await send(`${file}--x--\r\n`)).statusCode, 403);
  const answer = await send(`${field}${file}--x--\r\n`);
  assert.equal(answer.statusCode, 200);
  assert.match(answer.body, /wird eingeladen/);
  assert.match(answer.body, /1 Person würde eingeladen/);
  assert.match(answer.body, /<td[^>]*>A B</, 'the person is recognised by name');
});

test('whoever is not signed in is sent to the sign-in and then back', async () => {
  const answer = await app.inject({ url: '/konto/sitzungen?a=b' });
  assert.equal(answer.statusCode, 302);
  assert.equal(answer.headers.location, `/anmelden?${new URLSearchParams({ weiter: '/konto/sitzungen?a=b' })}`);
});

test('the way back is the page, also when the browser asked for its data only', async () => {
  const { body } = await app.inject({ url: '/konto/sitzungen.data?a=b' });
  assert.match(body, /\/anmelden\?weiter=%2Fkonto%2Fsitzungen%3Fa%3Db"/);
});

test('a refusal stands above the form with its status, and keeps what was typed but no password', async () => {
  const answer = await post('/anmelden', { _form: 'signIn', address: 'anna@ellrich.example', password: 'falsch-falsch' }, '');
  assert.equal(answer.statusCode, 401);
  assert.match(answer.body, /role="alert"/);
  assert.match(answer.body, /value="anna@ellrich\.example"/);
  assert.doesNotMatch(answer.body, /falsch-falsch/);
});

test('after too many attempts the page says how long to wait, and so does the answer', async () => {
  const attempts = { _form: 'signIn', address: 'bernd@ellrich.example', password: 'falsch-falsch' };
  let answer = await post('/anmelden', attempts, '');
  for (let tries = 0; tries < 20 && answer.statusCode !== 429; tries += 1) answer = await post('/anmelden', attempts, '');
  assert.equal(answer.statusCode, 429);
  assert.ok(Number(answer.headers['retry-after']) > 0);
});

test('a message can only come from us, for this session, and is shown once', async () => {
  const [anna, dora] = await Promise.all([people.cookie('anna'), people.cookie('dora')]);
  const token = tokenIn((await app.inject({ url: '/konto', headers: { cookie: anna } })).body);
  const done = await post('/konto', { _form: 'profile', name: 'Anna Apel', locale: 'de', _csrf: token }, anna);
  const notice = String(done.headers['set-cookie']).match(/notice=[\w.-]+/)?.[0] ?? '';
  const look = (cookie: string) => app.inject({ url: '/konto', headers: { cookie } });
  const shown = await look(`${anna}; ${notice}`);
  assert.match(shown.body, /Ihre Angaben sind gespeichert/);
  assert.match(String(shown.headers['set-cookie']), /notice=;.*Max-Age=0/);
  assert.doesNotMatch((await look(`${dora}; ${notice}`)).body, /Ihre Angaben sind gespeichert/);
  const forged = `notice=${Buffer.from('{"text":"Bitte rufen Sie 0190 an"}').toString('base64url')}.AAAA`;
  assert.doesNotMatch((await look(`${anna}; ${forged}`)).body, /0190/);
});

test('a page with script runs only its own', async () => {
  const { headers, body } = await app.inject({ url: '/konto', headers: { cookie: await people.cookie('anna') } });
  const [, nonce = ''] = /script-src 'nonce-([\w-]+)' 'strict-dynamic'/.exec(String(headers['content-security-policy'])) ?? [];
  assert.ok(nonce.length > 20);
  const scripts = [...body.matchAll(/<script([^>]*)>/g)].map(([, attributes]) => attributes ?? '');
  assert.ok(scripts.length > 0);
  assert.deepEqual(
    scripts.filter((attributes) => !attributes.includes(`nonce="${nonce}"`)),
    [],
  );
  assert.doesNotMatch(body, /\sstyle="/);
});

test('the first operator sets up an empty instance and is signed in', async () => {
  const own = await openStand();
  const link = await accounts.setUpLink(systemContext(own.house.platform, 1, 'test'));
  const url = new URL(link ?? '').pathname;
  const page = await own.house.app.inject({ url });
  assert.equal(page.statusCode, 200);
  assert.match(page.body, /Rennsteig einrichten/);
  const fields = { provider: 'Landesrechenzentrum', slug: 'lrz', name: 'Paula Preiß', address: 'paula@lrz.example' };
  const send = (passwords: Record<string, string>) =>
    own.house.app.inject({
      method: 'POST',
      url,
      headers: { ...sameSite, 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ _form: 'link', ...fields, ...passwords }).toString(),
    });
  const refused = await send({ password: 'vier Wörter am Rennsteig', repeat: 'andere' });
  assert.equal(refused.statusCode, 400);
  assert.match(refused.body, /value="Landesrechenzentrum"/);
  const done = await send({ password: 'vier Wörter am Rennsteig', repeat: 'vier Wörter am Rennsteig' });
  assert.equal(done.statusCode, 302);
  const cookie = /rennsteig=[^;]+/.exec(String(done.headers['set-cookie']))?.[0] ?? '';
  assert.equal((await own.house.app.inject({ url: '/anbieter', headers: { cookie } })).statusCode, 200);
  const again = await own.house.app.inject({ url });
  assert.equal(again.statusCode, 409);
});

test('when the database is away, a page of its own says so', async () => {
  const own = await openStand();
  await own.house.platform.db.close();
  const answer = await own.house.app.inject({ url: '/anmelden', headers: { cookie: 'lang=en' } });
  assert.equal(answer.statusCode, 503);
  assert.equal(answer.headers['retry-after'], '2');
  assert.match(answer.body, /cannot be reached right now/);
});

test('an auditor finds the trail of her authority in the menu, reads it, and finds nothing else of the administration', async () => {
  const cookie = await people.cookie('ida');
  const read = (url: string) => app.inject({ url, headers: { cookie } });
  assert.match((await read('/')).body, /href="\/verwaltung\/protokoll"/);
  const home = await read('/verwaltung');
  assert.deepEqual([home.statusCode, home.headers.location], [302, '/verwaltung/protokoll']);
  const trail = await read('/verwaltung/protokoll');
  assert.equal(trail.statusCode, 200);
  assert.match(trail.body, /Angemeldet/);
  assert.match((await read('/verwaltung/protokoll?wer=niemand&von=2026-01-01')).body, /Keine Einträge/);
  assert.equal((await read('/verwaltung/protokoll?von=gestern')).statusCode, 400);
  assert.doesNotMatch(trail.body, /href="\/verwaltung\/(personen|regeln)"/);
  for (const part of ['personen', 'gruppen', 'einheiten', 'bereiche', 'regeln', 'erscheinungsbild', 'pflichtangaben'])
    assert.equal((await read(`/verwaltung/${part}`)).statusCode, 404, part);
  const ofColleague = await app.inject({ url: '/verwaltung/protokoll', headers: { cookie: await people.cookie('anna') } });
  assert.equal(ofColleague.statusCode, 404);
});
