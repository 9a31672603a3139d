import assert from 'node:assert/strict';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { findPerson } from '#modules/accounts';
import { importNextcloudPeople } from '#modules/migration';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';

/**
 * Contract note: a stand-in that answers as Nextcloud's public documentation shows it ("User provisioning API", "Instruction set
 * for users"): `users` lists ids, `users/ID` says `email`, `displayname` (formerly `display-name`) and `groups`.
 */

const stand = await openStand();
const people = await settle(stand);

const users: Record<string, object> = {
  erika: { email: 'erika@ellrich.example', displayname: 'Erika "E." Muster', groups: ['Bauamt', 'Plan, Bau'] },
  frank: { email: 'frank@ellrich.example', 'display-name': 'Frank', groups: [] },
  dienst: { email: null, displayname: 'Dienstkonto', groups: ['admin'] },
};

const asked: IncomingMessage[] = [];
let body: ((url: URL) => unknown) | null = null;
const cloud = createServer((request, response) => {
  asked.push(request);
  const url = new URL(request.url ?? '', 'http://cloud');
  const id = decodeURIComponent(url.pathname.split('/').at(-1) ?? '');
  const data = id === 'users' ? { users: Object.keys(users) } : users[id];
  const text = body ? body(url) : { ocs: { meta: { status: 'ok', statuscode: 200 }, data } };
  response.end(typeof text === 'string' ? text : JSON.stringify(text));
}).listen(0, '127.0.0.1');
after(() => cloud.close());
await new Promise((resolve) => cloud.once('listening', resolve));

const bring = (dryRun: boolean, ctx = people.house) =>
  importNextcloudPeople(ctx, {
    url: `http://127.0.0.1:${(cloud.address() as AddressInfo).port}`,
    credentials: { user: 'admin', password: 'geheim' },
    tenant: people.ellrich,
    dryRun,
    client: { waits: [1] },
  });

test('users and groups come, without a mail; a dry run makes nobody; a second run changes nothing', async () => {
  assert.deepEqual((await bring(true)).counts, { created: 2, updated: 0, unchanged: 0, refused: 1 });
  await assert.rejects(findPerson(people.house, 'erika@ellrich.example'), { kind: 'notFound' });
  assert.deepEqual((await bring(false)).counts, { created: 2, updated: 0, unchanged: 0, refused: 1 });
  const erika = await findPerson(people.house, 'erika@ellrich.example');
  assert.deepEqual([erika.name, erika.handle, erika.state], ['Erika "E." Muster', 'erika', 'invited']);
  assert.deepEqual(erika.groups.map(({ name }) => name).sort(), ['Bauamt', 'Plan Bau']);
  assert.equal((await findPerson(people.house, 'frank@ellrich.example')).name, 'Frank');
  assert.equal((await bring(false)).counts.unchanged, 2);
  assert.equal(asked[0]?.headers['ocs-apirequest'], 'true');
});

test('a server that never ends, or says something else, is noticed; nobody but the house may', async () => {
  const page = Array.from({ length: 500 }, (_, index) => `user${index}`);
  body = (url) => ({ ocs: { data: { users: page.map((id) => `${id}-${url.searchParams.get('offset')}`) } } });
  await assert.rejects(bring(true), { code: 'migration.tooManyUsers' });
  body = () => '<html>';
  await assert.rejects(bring(true), { code: 'migration.badListing' });
  for (const person of [people.anna, people.dora, people.paula]) await assert.rejects(bring(true, person), { kind: 'notFound' });
});
