import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import * as accounts from '#modules/accounts';
import { tenantOfHost } from '#modules/tenants';
import { systemContext } from '#platform/context';
import { openHttp } from '#platform/http';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import { sweep } from './identify.ts';

const stand = await openStand();
const { platform } = stand.house;
const people = await settle(stand);
const { anna, dora, id, ellrich } = people;

/** A server of its own with one door of each kind that says who came in. */
const app = await openHttp(platform, {
  identify: { bySession: accounts.bySession, byAppPassword: accounts.byAppPassword, tenantOfHost },
  routes: [
    (server) => {
      for (const credentials of ['session', 'basic'] as const)
        server.get(`/${credentials}`, { config: { credentials } }, async ({ ctx: { actor } }) =>
          actor.kind === 'account' ? { handle: actor.handle, tenant: actor.tenant, via: actor.via } : { kind: actor.kind },
        );
    },
  ],
  checks: [],
  metricsText: async () => '',
});
after(() => app.close());

const asBrowser = async (cookie: string) => (await app.inject({ url: '/session', headers: { cookie } })).json();
const asClient = (authorization: string) => app.inject({ url: '/basic', headers: { authorization } });

test('over HTTP a browser is known by its cookie, a client by its app password', async () => {
  assert.deepEqual(await asBrowser(await people.cookie('anna')), { handle: 'anna', tenant: ellrich, via: 'session' });
  assert.deepEqual(await asBrowser('rennsteig=made.up'), { kind: 'nobody' });
  const { authorization } = await people.appPassword('anna');
  assert.deepEqual((await asClient(authorization)).json(), { handle: 'anna', tenant: ellrich, via: 'appPassword' });
  const wrong = await asClient(`Basic ${Buffer.from('anna:rennsteig-demo').toString('base64')}`);
  assert.equal(wrong.statusCode, 401, 'the password of the browser opens no files');
});

test('a client that keeps failing is told how long to wait', async () => {
  const headers = { authorization: `Basic ${Buffer.from('anna:vergessen').toString('base64')}` };
  let answer = await app.inject({ url: '/basic', headers, remoteAddress: '203.0.113.50' });
  for (let attempt = 0; attempt < 61; attempt += 1)
    answer = await app.inject({ url: '/basic', headers, remoteAddress: '203.0.113.50' });
  assert.deepEqual([answer.statusCode, answer.headers['retry-after']], [429, '5']);
});

test('what one process revokes is gone in every other within half a second', async () => {
  const other = { ...platform }; // remembers for itself, as another process does
  const { user, password, authorization } = await people.appPassword('anna');
  const there = () => accounts.byAppPassword(other, user, password, '192.0.2.1');
  assert.equal((await asClient(authorization)).statusCode, 200);
  assert.ok(await there());
  const [newest] = await accounts.listAppPasswords(anna);
  await accounts.revokeAppPassword(anna, newest?.id ?? 0);
  stand.clock.advance(0.5);
  assert.equal(await there(), null);
  assert.equal((await asClient(authorization)).statusCode, 401);
});

test('a change of groups or roles reaches the requests of a person within half a second', async () => {
  const { user, password } = await people.appPassword('bernd');
  const look = () => accounts.byAppPassword(platform, user, password, '192.0.2.1');
  assert.deepEqual((await look())?.principals, [id.bernd]);
  const group = await accounts.createGroup(dora, { name: 'Ordnungsamt' });
  await accounts.addMember(dora, { group, account: id.bernd });
  await accounts.setRoles(dora, { account: id.bernd }, ['auditor']);
  stand.clock.advance(0.5);
  const actor = await look();
  assert.deepEqual([actor?.principals, actor?.roles], [[id.bernd, group], ['auditor']]);
});

test('what nobody can use any more is swept away daily; what can be used stays', async () => {
  const count = async () => (await accounts.listSessions(await people.now('dora'))).length;
  await people.cookie('dora');
  const before = await count();
  await sweep.run(systemContext(platform, 0, 'test'), {});
  assert.equal(await count(), before);
  stand.clock.advance(86_401);
  await sweep.run(systemContext(platform, 0, 'test'), {});
  assert.equal(await count(), 0);
});
