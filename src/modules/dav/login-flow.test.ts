import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as accounts from '#modules/accounts';
import * as tenants from '#modules/tenants';
import { type PersonName, settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import { ensurePages } from '../../web/build.ts';

/** The first login flow, as Nextcloud's developer manual describes it: the app shows our pages and reads where the last one leads. */

await ensurePages();
const stand = await openStand();
const people = await settle(stand);
const { app, platform } = stand.house;
const { url } = platform.config;

const phone = { 'user-agent': 'Mozilla/5.0 (Android) Nextcloud-android/3.30.0', 'ocs-apirequest': 'true' };
const begin = (headers: Record<string, string> = phone) => app.inject({ url: '/index.php/login/flow', headers });

/** The address of the page on which a person decides. */
async function pageOf(): Promise<string> {
  const { statusCode, headers } = await begin();
  assert.equal(statusCode, 303);
  return String(headers.location);
}

const sameSite = { origin: 'http://localhost', host: 'localhost', 'sec-fetch-site': 'same-origin' };

/** Opens the page and sends one of its forms, as the app's web view does. */
async function answer(page: string, { as, form = 'grant', name = 'Telefon' }: { as: PersonName; form?: string; name?: string }) {
  const cookie = await people.cookie(as);
  const shown = await app.inject({ url: page, headers: { cookie, host: 'localhost' } });
  const csrf = /name="_csrf" value="([^"]+)"/.exec(shown.body)?.[1] ?? '';
  const headers = { ...sameSite, cookie, 'content-type': 'application/x-www-form-urlencoded' };
  const payload = new URLSearchParams({ _csrf: csrf, _form: form, name }).toString();
  return { shown, done: await app.inject({ method: 'POST', url: page, headers, payload }) };
}

const carried = /^nc:\/\/login\/server:(.+)&user:([^&]+)&password:([^&]+)$/;

async function opens(user: string, secret: string): Promise<boolean> {
  const authorization = `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`;
  stand.clock.advance(1); // what is believed of a caller is never older than half a second
  return (await app.inject({ url: '/ocs/v2.php/cloud/user?format=json', headers: { authorization } })).statusCode === 200;
}

test('the app asks, Anna signs in and says yes, and the last address carries a named app password to the app', async () => {
  const page = await pageOf();
  const stranger = await app.inject({ url: page });
  assert.equal(stranger.headers.location, `/anmelden?${new URLSearchParams({ weiter: page })}`);
  const { shown, done } = await answer(page, { as: 'anna' });
  assert.match(shown.body, /Sync-Client, Android/);
  assert.equal(done.statusCode, 303);
  assert.match(String(done.headers['cache-control']), /no-store/);
  const [, server, user = '', password = ''] = carried.exec(String(done.headers.location)) ?? [];
  assert.deepEqual([server, user], [url, 'anna']);
  assert.equal(await opens(user, password), true);
  const [made] = await accounts.listAppPasswords(people.anna);
  assert.equal(made?.name, 'Telefon');
  await accounts.revokeAppPassword(people.anna, made.id);
  assert.equal(await opens(user, password), false);
});

test('the form may end in the app and nowhere else, and only on this page', async () => {
  const policyOf = async (page: string) =>
    String(
      (await app.inject({ url: page, headers: { cookie: await people.cookie('anna') } })).headers['content-security-policy'],
    );
  assert.match(await policyOf(await pageOf()), /form-action 'self' nc:;/);
  const second = await accounts.beginDeviceLogin(people.nobody, 'x');
  for (const page of [`/geraet/${second.pageToken}`, '/konto']) assert.match(await policyOf(page), /form-action 'self';/);
});

test('an answer is given once, and nothing in it comes from the request', async () => {
  const page = await pageOf();
  const { done } = await answer(`${page}?server=https://evil.example&weiter=//evil.example`, { as: 'anna' });
  assert.equal(carried.exec(String(done.headers.location))?.[1], url);
  const again = await answer(page, { as: 'bernd' });
  assert.deepEqual([again.shown.statusCode, again.done.headers.location], [404, undefined]);
});

test('whoever saw the page’s address cannot fetch what is granted there, nor answer on the page of the other flow', async () => {
  const page = await pageOf();
  const token = page.split('/').at(-2) ?? '';
  const polled = await app.inject({
    method: 'POST',
    url: '/index.php/login/v2/poll',
    payload: `token=${token}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  assert.equal(polled.statusCode, 404);
  assert.equal((await answer(page.replace(/\/app$/, ''), { as: 'anna' })).done.headers.location, undefined);
  const second = await accounts.beginDeviceLogin(people.nobody, 'x');
  assert.equal((await answer(`/geraet/${second.pageToken}/app`, { as: 'anna' })).done.headers.location, undefined);
  assert.equal(await accounts.pollDeviceLogin(people.nobody, second.pollToken), null, 'and it still waits');
});

test('a no, twenty minutes, a disabled authority: no app password', async () => {
  const before = (await accounts.listAppPasswords(people.anna)).length;
  const refused = await pageOf();
  assert.equal((await answer(refused, { as: 'anna', form: 'refuse' })).done.headers.location, '/geraet?abgelehnt');
  assert.equal((await answer(refused, { as: 'anna' })).done.headers.location, undefined);
  await tenants.setPolicy(people.dora, { tenant: people.ellrich, name: 'appPasswords', value: false });
  stand.clock.advance(1);
  assert.equal((await answer(await pageOf(), { as: 'anna' })).done.statusCode, 403);
  await tenants.setPolicy(people.dora, { tenant: people.ellrich, name: 'appPasswords', value: true });
  const late = await pageOf();
  stand.clock.advance(accounts.deviceLoginSeconds);
  assert.equal((await answer(late, { as: 'anna' })).done.headers.location, undefined);
  assert.equal((await accounts.listAppPasswords(people.anna)).length, before);
});

test('no other site’s form says yes, and no link begins it', async () => {
  const page = await pageOf();
  const cookie = await people.cookie('anna');
  const form = { method: 'POST', url: page, payload: '_form=grant&name=x' } as const;
  for (const from of [{ origin: 'http://evil.example' }, sameSite]) {
    const headers = { ...from, cookie, 'content-type': 'application/x-www-form-urlencoded' };
    assert.equal((await app.inject({ ...form, headers })).statusCode, 403);
  }
  const plain = await begin({ 'user-agent': 'Firefox' });
  assert.equal(plain.headers.location, '/konto/app-passwoerter', 'a person is shown how to connect a programme');
});
