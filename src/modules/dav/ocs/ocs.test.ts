import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import fc from 'fast-check';
import * as accounts from '#modules/accounts';
import { checkName } from '#modules/files';
import * as tenants from '#modules/tenants';
import { type PersonName, settle } from '../../../../test/people.ts';
import { openStand } from '../../../../test/stand.ts';
import { requireProgram } from '../../../../test/tools.ts';
import { forbiddenNames } from './capabilities.ts';
import { ocsTable } from './routes.ts';

const stand = await openStand();
const people = await settle(stand);
const { app } = stand.house;

const signs = new Map<PersonName, string>();
async function signOf(person: PersonName): Promise<string> {
  const sign = signs.get(person) ?? (await people.appPassword(person)).authorization;
  signs.set(person, sign);
  return sign;
}

type Ask = {
  readonly method?: 'GET' | 'PUT' | 'POST' | 'DELETE';
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
};

/** Asks as a client does, in JSON; what comes back out of the envelope. */
async function ask(person: PersonName | null, path: string, { method = 'GET', body, headers = {} }: Ask = {}) {
  const signed = person ? { authorization: await signOf(person) } : {};
  const answer = await app.inject({
    method,
    url: path,
    headers: { accept: 'application/json', 'ocs-apirequest': 'true', ...signed, ...headers },
    ...(body === undefined ? {} : { payload: body as object }),
  });
  const { ocs } = answer.body === '' ? { ocs: null } : answer.json();
  return { status: answer.statusCode, headers: answer.headers, meta: ocs?.meta, data: ocs?.data };
}

test('status.php says that there is a server, and which one', async () => {
  const answer = await app.inject({ url: '/status.php' });
  assert.deepEqual(answer.json(), {
    installed: true,
    maintenance: false,
    needsDbUpgrade: false,
    version: '32.0.1.2',
    versionstring: '32.0.1',
    edition: '',
    productname: 'Rennsteig',
    extendedSupport: false,
  });
  for (const url of ['/204', '/index.php/204']) assert.equal((await app.inject({ url })).statusCode, 204);
});

test('capabilities are for everybody, and say what there is', async () => {
  const { status, meta, data, headers } = await ask(null, '/ocs/v1.php/cloud/capabilities?format=json');
  assert.deepEqual([status, meta.statuscode, meta.status], [200, 100, 'ok']);
  assert.deepEqual(data.version.string, '32.0.1');
  const { capabilities } = data;
  assert.equal(capabilities.dav.chunking, '1.0');
  assert.equal(capabilities.dav.bulkupload, undefined, 'one empty file in such a batch stops nextcloudcmd 3.7');
  assert.equal(capabilities.checksums.preferredUploadType, 'SHA1');
  assert.equal(capabilities.files_sharing.api_enabled, false);
  const { url } = stand.house.platform.config;
  assert.deepEqual(capabilities.notify_push.endpoints, {
    websocket: `${url.replace('http', 'ws')}/push/ws`,
    pre_auth: `${url}/index.php/apps/notify_push/pre_auth`,
  });
  const again = await ask(null, '/ocs/v1.php/cloud/capabilities?format=json', {
    headers: { 'if-none-match': String(headers.etag) },
  });
  assert.equal(again.status, 304);
  assert.equal((await ask('anna', '/ocs/v2.php/cloud/capabilities')).meta.statuscode, 200);
});

test('an authority’s own rules stand in what its people are told', async () => {
  await tenants.setPolicy(people.dora, { tenant: people.ellrich, name: 'passwordLength', value: 17 });
  stand.clock.advance(1);
  const minimum = async (person: PersonName) =>
    (await ask(person, '/ocs/v2.php/cloud/capabilities')).data.capabilities.password_policy.minLength;
  assert.equal(await minimum('anna'), 17);
  assert.notEqual(await minimum('emil'), 17);
});

test('every name the capabilities forbid is refused, whatever stands around it', () => {
  const plain = fc.stringMatching(/^[a-z0-9]{1,8}$/);
  const characters = fc.tuple(plain, fc.constantFrom(...forbiddenNames.characters), plain).map((parts) => parts.join(''));
  const basenames = fc
    .tuple(fc.constantFrom(...forbiddenNames.basenames), fc.boolean(), fc.constantFrom('', '.txt'))
    .map(([name, isLoud, ending]) => (isLoud ? name.toUpperCase() : name) + ending);
  const endings = fc.tuple(plain, fc.constantFrom(...forbiddenNames.extensions)).map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.oneof(characters, basenames, endings), (name) => {
      assert.throws(() => checkName(name), { kind: 'invalid' });
    }),
  );
});

test('the same in XML, well-formed, when nobody asks for JSON', async () => {
  const answer = await app.inject({ url: '/ocs/v1.php/cloud/user', headers: { authorization: await signOf('anna') } });
  assert.match(String(answer.headers['content-type']), /application\/xml/);
  assert.match(answer.body, /<statuscode>100<\/statuscode>.*<display-name>Anna Apel<\/display-name>/s);
  const checked = spawnSync(requireProgram('xmllint'), ['--noout', '-'], { input: answer.body });
  assert.equal(checked.status, 0, String(checked.stderr));
});

test('who one is: name in addresses, quota, groups', async () => {
  const group = await accounts.createGroup(people.dora, { name: 'Bauamt & Co. <1>' });
  await accounts.addMember(people.dora, { group, account: people.id.anna });
  stand.clock.advance(1);
  const { data } = await ask('anna', '/ocs/v1.php/cloud/user?format=json');
  assert.deepEqual([data.id, data['display-name'], data.email], ['anna', 'Anna Apel', people.address.anna]);
  assert.deepEqual(data.groups, ['Bauamt & Co. <1>']);
  assert.equal(data.quota.used, 0);
  assert.deepEqual((await ask('anna', '/ocs/v2.php/cloud/users/anna')).data, data);
});

test('a colleague shows name and address, nobody else is there', async () => {
  const { data } = await ask('anna', '/ocs/v2.php/cloud/users/bernd');
  assert.deepEqual(Object.keys(data), ['id', 'displayname', 'display-name', 'email']);
  for (const nobody of ['%00', '%0a', '%ff'.repeat(3), 'x'.repeat(4_000), "'%20or%201=1"])
    assert.ok([400, 404].includes((await ask('anna', `/ocs/v2.php/cloud/users/${nobody}`)).status), nobody.slice(0, 20));
  const { status, meta } = await ask('anna', '/ocs/v2.php/cloud/users/emil');
  assert.deepEqual([status, meta.statuscode, meta.status], [404, 404, 'failure']);
});

test('what went wrong stands in the envelope as each version wants it', async () => {
  const outcome = async (person: PersonName | null, path: string) => {
    const { status, meta } = await ask(person, path);
    return [status, meta.statuscode];
  };
  assert.deepEqual(await outcome(null, '/ocs/v1.php/cloud/user'), [401, 997]);
  assert.deepEqual(await outcome(null, '/ocs/v2.php/cloud/user'), [401, 401]);
  assert.deepEqual(await outcome('anna', '/ocs/v1.php/cloud/users/niemand'), [200, 404]);
  assert.deepEqual(await outcome('anna', '/ocs/v1.php/apps/nichts'), [200, 998]);
  assert.deepEqual(await outcome('anna', '/ocs/v2.php/apps/nichts'), [404, 404]);
  const headers = { 'content-type': 'application/json' };
  const broken = await ask('anna', '/ocs/v2.php/apps/user_status/api/v1/user_status/status', {
    method: 'PUT',
    body: '{',
    headers,
  });
  assert.deepEqual([broken.status, broken.meta.statuscode], [400, 400]);
  const typeless = { 'content-type': 'text/plain' };
  const foreign = await ask('anna', '/ocs/v2.php/apps/user_status/api/v1/user_status/status', {
    method: 'PUT',
    body: 'x',
    headers: typeless,
  });
  assert.equal(foreign.status, 415);
});

const presence = '/ocs/v2.php/apps/user_status/api/v1';

test('what somebody says of themselves is heard by colleagues and by nobody else', async () => {
  const set = (path: string, body: object) => ask('anna', `${presence}/user_status/${path}`, { method: 'PUT', body });
  assert.equal((await set('status', { statusType: 'busy' })).data.status, 'busy');
  const clearAt = Math.floor(stand.clock.now().getTime() / 1000) + 600;
  await set('message/custom', { statusIcon: '🏛️', message: 'Sitzung des Bauausschusses', clearAt });
  const heard = { userId: 'anna', status: 'busy', message: 'Sitzung des Bauausschusses', icon: '🏛️', clearAt };
  assert.deepEqual((await ask('bernd', `${presence}/statuses/anna`)).data, heard);
  assert.deepEqual((await ask('bernd', `${presence}/statuses?limit=10`)).data, [heard]);
  assert.equal((await ask('emil', `${presence}/statuses/anna`)).status, 404);
  assert.deepEqual((await ask('emil', `${presence}/statuses`)).data, []);
  stand.clock.advance(601);
  assert.equal((await ask('bernd', `${presence}/statuses/anna`)).data.message, null, 'the words went at their time');
});

test('a ready-made message speaks the reader’s language; a sign of life and silence leave no trace', async () => {
  const set = await ask('anna', `${presence}/user_status/message/predefined`, { method: 'PUT', body: { messageId: 'meeting' } });
  assert.deepEqual([set.data.messageIsPredefined, set.data.message], [true, 'In einer Besprechung']);
  const english = { headers: { 'accept-language': 'en' } };
  assert.equal((await ask('bernd', `${presence}/statuses/anna`, english)).data.message, 'In a meeting');
  const offered = await ask('bernd', `${presence}/predefined_statuses`, english);
  assert.ok(
    offered.data.some(({ id, message }: { id: string; message: string }) => id === 'meeting' && message === 'In a meeting'),
  );
  await ask('bernd', `${presence}/heartbeat`, { method: 'PUT', body: { status: 'away' } });
  assert.equal((await ask('anna', `${presence}/statuses/bernd`)).status, 404, 'Bernd has said nothing');
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const many = Array.from({ length: 201 }, (_, index) => `n${index}=x`).join('&');
  assert.equal((await ask('anna', `${presence}/user_status/status`, { method: 'PUT', body: many, headers })).status, 413);
  const hidden = await ask('anna', `${presence}/user_status/status`, { method: 'PUT', body: 'statusType=invisible', headers });
  assert.equal(hidden.data.status, 'invisible');
  assert.equal((await ask('bernd', `${presence}/statuses/anna`)).status, 404);
  assert.equal((await ask('anna', `${presence}/user_status/message`, { method: 'DELETE' })).status, 200);
  assert.equal((await ask('anna', `${presence}/user_status`)).data.message, null);
});

test('what nobody may say is refused', async () => {
  const refused = async (path: string, body: object) =>
    (await ask('anna', `${presence}/user_status/${path}`, { method: 'PUT', body })).status;
  assert.equal(await refused('status', { statusType: 'berserk' }), 400);
  assert.equal(await refused('message/predefined', { messageId: '../x' }), 400);
  assert.equal(await refused('message/custom', { message: 'x'.repeat(81) }), 400);
  assert.equal(await refused('message/custom', { statusIcon: 'abc', message: 'x' }), 400);
  assert.equal(await refused('message/custom', { message: 'x', clearAt: 1 }), 400);
  assert.equal(await refused('message/custom', { message: 'x', clearAt: 'morgen' }), 400);
});

test('no operation answers without an app password: not to nobody, not to a browser’s cookie, not to a wrong one', async () => {
  const cookie = await people.cookie('anna');
  const wrong = `Basic ${Buffer.from('anna:1-wrong').toString('base64')}`;
  for (const { method, path, isPublic } of ocsTable) {
    for (const version of ['/ocs/v1.php', '/ocs/v2.php']) {
      const url = version + path.replaceAll(/:\w+/g, '1');
      const status = async (headers: Record<string, string>) => (await app.inject({ method, url, headers })).statusCode;
      const expected = isPublic ? 200 : 401;
      assert.equal(await status({}), expected, `${method} ${url}`);
      assert.equal(await status({ cookie }), expected, `${method} ${url} with the cookie`);
      assert.equal(await status({ authorization: wrong }), 401, `${method} ${url} with a wrong password`);
      stand.clock.advance(10); // so that the wrong ones do not add up to a network that has to wait
    }
  }
});
