import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as accounts from '#modules/accounts';
import * as tenants from '#modules/tenants';
import { listAudit } from '#platform/audit';
import type { Context } from '#platform/context';
import { assertRefused } from '../../../test/desk.ts';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';

const stand = await openStand();
const people = await settle(stand);
const { anna, bernd, dora, emil, ellrich } = people;
const { app, platform } = stand.house;
const { url } = platform.config;

const desktop = 'laptop-07 (Desktop Client - Linux)';

/** Asks for something as programmes do: a form, nobody signed in. */
async function post(path: string, fields: Record<string, string> = {}, headers: Record<string, string> = {}) {
  const answer = await app.inject({
    method: 'POST',
    url: path,
    payload: new URLSearchParams(fields).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'user-agent': desktop, ...headers },
  });
  return { status: answer.statusCode, body: answer.body === '' ? null : answer.json(), headers: answer.headers };
}

type Begun = { readonly poll: { readonly token: string; readonly endpoint: string }; readonly login: string };

async function begin(): Promise<{ pollToken: string; pageToken: string; begun: Begun }> {
  const { status, body } = await post('/index.php/login/v2');
  assert.equal(status, 200);
  return { pollToken: body.poll.token, pageToken: body.login.split('/').at(-1), begun: body };
}

const poll = (token: string) => post('/index.php/login/v2/poll', { token });

/** Whether somebody is let in with this. */
async function opens(user: string, secret: string): Promise<boolean> {
  const authorization = `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`;
  stand.clock.advance(1); // what is believed of a caller is never older than half a second
  const { statusCode } = await app.inject({ url: '/ocs/v2.php/cloud/user?format=json', headers: { authorization } });
  return statusCode === 200;
}

async function trail(actor: Context, action: string) {
  return listAudit(platform.db.read(actor.actor.tenant), actor.actor.tenant, { action, limit: 10 });
}

test('a programme asks, Anna says yes in the browser, and it fetches an app password, once', async () => {
  const { pollToken, pageToken, begun } = await begin();
  assert.equal(begun.poll.endpoint, `${url}/index.php/login/v2/poll`);
  assert.equal(begun.login, `${url}/geraet/${pageToken}`);
  assert.deepEqual(await poll(pollToken).then(({ status, body }) => [status, body]), [404, []], 'nobody has decided yet');
  const view = await accounts.viewDeviceLogin(anna, pageToken, { isCarried: false });
  assert.equal(view.client, 'laptop-07, Nextcloud, Linux');
  await accounts.grantDevice(anna, pageToken, { name: 'Laptop im Bauamt' });
  const { status, body, headers } = await poll(pollToken);
  assert.deepEqual([status, body.server, body.loginName], [200, url, 'anna']);
  assert.equal(headers['cache-control'], 'no-store');
  assert.equal(await opens(body.loginName, body.appPassword), true);
  assert.equal((await poll(pollToken)).status, 404, 'it is given out once');
  const [made] = await accounts.listAppPasswords(anna);
  assert.equal(made?.name, 'Laptop im Bauamt');
  for (const action of ['accounts.grantDevice', 'accounts.createAppPassword']) {
    const [entry] = await trail(anna, action);
    assert.equal(entry?.actor, `account:${people.id.anna}`, action);
    assert.ok(!JSON.stringify(entry).includes(body.appPassword), 'no secret in the trail');
  }
  await accounts.revokeAppPassword(anna, made.id);
  assert.equal(await opens(body.loginName, body.appPassword), false, 'revoked is revoked');
});

test('neither token does what the other one is for, and nobody can answer twice', async () => {
  const { pollToken, pageToken } = await begin();
  await assertRefused(accounts.viewDeviceLogin(anna, pollToken, { isCarried: false }), 'notFound', 'accounts.deviceLoginGone');
  await assertRefused(accounts.grantDevice(anna, pollToken, { name: 'x' }), 'notFound', 'accounts.deviceLoginGone');
  assert.equal((await poll(pageToken)).status, 404);
  await accounts.grantDevice(anna, pageToken, { name: 'x' });
  assert.equal((await poll(pageToken)).status, 404, 'whoever sees the page’s address gets nothing by it');
  await assertRefused(accounts.grantDevice(bernd, pageToken, { name: 'x' }), 'notFound', 'accounts.deviceLoginGone');
  await assertRefused(accounts.refuseDevice(bernd, pageToken, { isCarried: false }), 'notFound', 'accounts.deviceLoginGone');
  assert.equal((await poll(pollToken)).body.loginName, 'anna');
});

test('of two who fetch at the same moment one gets an app password', async () => {
  const { pollToken, pageToken } = await begin();
  await accounts.grantDevice(anna, pageToken, { name: 'zweimal' });
  const statuses = (await Promise.all([poll(pollToken), poll(pollToken), poll(pollToken)])).map(({ status }) => status);
  assert.deepEqual(statuses.sort(), [200, 404, 404]);
  const named = (await accounts.listAppPasswords(anna)).filter(({ name }) => name === 'zweimal');
  assert.equal(named.length, 1);
});

test('a no is a no, and so are twenty minutes', async () => {
  const refused = await begin();
  await accounts.refuseDevice(anna, refused.pageToken, { isCarried: false });
  assert.equal((await poll(refused.pollToken)).status, 404);
  await assertRefused(
    accounts.viewDeviceLogin(anna, refused.pageToken, { isCarried: false }),
    'notFound',
    'accounts.deviceLoginGone',
  );
  assert.equal((await trail(anna, 'accounts.refuseDevice')).length, 1);
  const late = await begin();
  const granted = await begin();
  await accounts.grantDevice(anna, granted.pageToken, { name: 'spät' });
  stand.clock.advance(accounts.deviceLoginSeconds);
  await assertRefused(accounts.grantDevice(anna, late.pageToken, { name: 'x' }), 'notFound', 'accounts.deviceLoginGone');
  assert.equal((await poll(late.pollToken)).status, 404);
  assert.equal((await poll(granted.pollToken)).status, 404, 'what nobody has fetched in time is gone');
});

test('who was disabled between the yes and the fetching gets nothing', async () => {
  const { pollToken, pageToken } = await begin();
  await accounts.grantDevice(bernd, pageToken, { name: 'Telefon' });
  await accounts.disable(dora, { account: people.id.bernd }, 'geht');
  stand.clock.advance(1);
  assert.equal((await poll(pollToken)).status, 404);
  await accounts.enable(dora, { account: people.id.bernd });
});

test('an authority without app passwords lets no programme in; an app password lets no other one in', async () => {
  const { pageToken } = await begin();
  const { actor } = emil;
  assert.ok(actor.kind === 'account');
  const byAppPassword: Context = { ...emil, actor: { ...actor, via: 'appPassword' } };
  await assertRefused(accounts.grantDevice(byAppPassword, pageToken, { name: 'x' }), 'forbidden', 'accounts.browserOnly');
  await assertRefused(accounts.grantDevice(people.nobody, pageToken, { name: 'x' }), 'unauthenticated');
  await tenants.setPolicy(dora, { tenant: ellrich, name: 'appPasswords', value: false });
  stand.clock.advance(1);
  await assertRefused(accounts.grantDevice(anna, pageToken, { name: 'x' }), 'forbidden', 'accounts.appPasswordsOff');
  await tenants.setPolicy(dora, { tenant: ellrich, name: 'appPasswords', value: true });
  stand.clock.advance(1);
});

test('made-up tokens are told nothing, and who asks for ever has to wait', async () => {
  for (const token of ['', 'x', '../../etc/passwd', 'x'.repeat(10_000), "' or 1=1 --", '\u0000'])
    for (const path of ['/index.php/login/v2/poll', '/index.php/core/wipe/check', '/index.php/core/wipe/success'])
      assert.equal((await post(path, { token })).status, 404, `${path} ${token.slice(0, 20)}`);
  assert.equal((await post('/index.php/login/v2/poll')).status, 404, 'no token at all');
  const statuses = new Set<number>();
  for (let count = 0; count < 110 && !statuses.has(429); count += 1) statuses.add((await post('/index.php/login/v2')).status);
  assert.ok(statuses.has(429));
  stand.clock.advance(3_600);
});

/** An app password of Anna's as a device holds it. */
async function deviceOfAnna(name: string): Promise<{ id: number; secret: string }> {
  return accounts.createAppPassword(anna, { name });
}

const isToWipe = async (token: string) => (await post('/index.php/core/wipe/check', { token })).status === 200;

test('a lost device loses access at once, hears that it shall wipe, and says that it did', async () => {
  const { id, secret } = await deviceOfAnna('verlorenes Telefon');
  assert.equal(await opens('anna', secret), true);
  assert.equal(await isToWipe(secret), false);
  await accounts.wipeDevice(anna, id);
  assert.equal(await opens('anna', secret), false);
  assert.deepEqual((await post('/index.php/core/wipe/check', { token: secret })).body, { wipe: true });
  await assertRefused(accounts.revokeAppPassword(anna, id), 'notFound');
  assert.equal((await post('/index.php/core/wipe/success', { token: secret })).status, 200);
  assert.equal(await isToWipe(secret), false);
  assert.equal((await post('/index.php/core/wipe/success', { token: secret })).status, 404, 'it is said once');
  const found = (await accounts.listAppPasswords(anna)).find((each) => each.id === id);
  assert.ok(found?.wipeOrderedAt && found.wipedAt);
  const [entry] = await trail(anna, 'accounts.deviceWiped');
  assert.deepEqual([entry?.thing, entry?.actor], [`appPassword:${id}`, `account:${people.id.anna}`]);
  await assertRefused(accounts.takeBackDeviceWipe(anna, id), 'notFound');
  await accounts.revokeAppPassword(anna, id);
});

test('found again before it was wiped: it works as before', async () => {
  const { id, secret } = await deviceOfAnna('wiedergefunden');
  await accounts.wipeDevice(anna, id);
  await accounts.takeBackDeviceWipe(anna, id);
  assert.equal(await isToWipe(secret), false);
  assert.equal(await opens('anna', secret), true);
});

test('an order outlives the account’s access; nobody gives one for somebody else’s device', async () => {
  const { id, secret } = await deviceOfAnna('auf der Flucht');
  for (const other of [bernd, dora, emil]) await assertRefused(accounts.wipeDevice(other, id), 'notFound');
  await accounts.wipeDevice(anna, id);
  for (const other of [bernd, dora, emil]) await assertRefused(accounts.takeBackDeviceWipe(other, id), 'notFound');
  await accounts.disable(dora, { account: people.id.anna }, 'Gerät gestohlen');
  assert.equal(await isToWipe(secret), true);
  assert.equal((await post('/index.php/core/wipe/success', { token: secret })).status, 200);
  await accounts.enable(dora, { account: people.id.anna });
});

test('Dora has a device of Anna’s wiped: found by name, told at once, noted with who it was', async () => {
  const { id, secret } = await deviceOfAnna('Dienst-Telefon');
  const ref = { account: people.id.anna, id };
  const [found] = (await accounts.listDevicesOf(dora, ref)).filter((device) => device.id === id);
  assert.equal(found?.name, 'Dienst-Telefon');
  assert.ok(!('network' in found), 'where Anna works is not Dora’s business');
  await accounts.wipeDeviceOf(dora, ref);
  assert.equal(await opens('anna', secret), false);
  assert.equal(await isToWipe(secret), true);
  const [entry] = await trail(anna, 'accounts.wipeDevice');
  assert.deepEqual(
    [entry?.actor, entry?.thing, entry?.details],
    [`account:${people.id.dora}`, `appPassword:${id}`, { of: `account:${people.id.anna}` }],
  );
  await accounts.takeBackDeviceWipeOf(dora, ref);
  assert.equal(await opens('anna', secret), true);
  await assertRefused(accounts.takeBackDeviceWipeOf(dora, ref), 'notFound');
});

test('the devices of somebody who has left can still be wiped', async () => {
  const { id, secret } = await deviceOfAnna('beim Ausscheiden nicht abgegeben');
  const ref = { account: people.id.anna, id };
  await accounts.disable(dora, ref);
  await accounts.wipeDeviceOf(dora, ref);
  assert.equal(await isToWipe(secret), true);
  await accounts.enable(dora, ref);
});

test('who does not manage people sees and wipes nobody’s devices, an administrator none of an operator', async () => {
  const { id } = await deviceOfAnna('bleibt');
  const ref = { account: people.id.anna, id, tenant: ellrich };
  const { actor } = dora;
  assert.ok(actor.kind === 'account');
  for (const [other, kind] of [
    [bernd, 'forbidden'],
    [emil, 'notFound'],
    [people.nobody, 'unauthenticated'],
  ] as const) {
    await assertRefused(accounts.listDevicesOf(other, ref), kind);
    await assertRefused(accounts.wipeDeviceOf(other, ref), kind);
    await assertRefused(accounts.takeBackDeviceWipeOf(other, ref), kind);
  }
  await assertRefused(accounts.wipeDeviceOf(dora, { ...ref, account: people.id.bernd }), 'notFound');
  const operator = { account: people.id.paula, tenant: tenants.provider, id: 1 };
  await assertRefused(accounts.listDevicesOf(dora, operator), 'notFound');
  const administrator: Context = { ...dora, actor: { ...actor, tenant: tenants.provider } };
  await assertRefused(accounts.listDevicesOf(administrator, operator), 'forbidden');
});
