import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as files from '#modules/files';
import * as notifications from '#modules/notifications';
import { settle } from '../../../../test/people.ts';
import { openStand } from '../../../../test/stand.ts';

const stand = await openStand();
const people = await settle(stand);
const { app } = stand.house;
const signs = {
  anna: (await people.appPassword('anna')).authorization,
  bernd: (await people.appPassword('bernd')).authorization,
};
const base = '/ocs/v2.php/apps/notifications/api/v2/notifications';

type Ask = { readonly method?: 'GET' | 'POST' | 'DELETE'; readonly headers?: Record<string, string>; readonly body?: object };

async function ask(person: keyof typeof signs, path: string, { method = 'GET', headers = {}, body }: Ask = {}) {
  const answer = await app.inject({
    method,
    url: path,
    headers: { authorization: signs[person], accept: 'application/json', ...headers },
    ...(body && { payload: body }),
  });
  return { status: answer.statusCode, headers: answer.headers, ocs: answer.body === '' ? null : answer.json().ocs };
}

test('the apps read, look for and dismiss one’s own notices', async () => {
  const space = await files.createSpace(people.dora, { name: 'Bauamt' }, [{ principal: people.id.anna, role: 'editor' }]);
  const first = await ask('anna', base);
  const [notice] = first.ocs.data;
  assert.equal(notice.subject, 'Dora Döring hat Sie in den Bereich „Bauamt“ aufgenommen. Sie können dort bearbeiten.');
  assert.deepEqual([notice.object_type, notice.object_id, notice.shouldNotify], ['space', String(space.id), true]);
  assert.equal(notice.link, `${stand.config.url}/dateien/${space.root}`);
  assert.equal(new Date(notice.datetime).getTime(), stand.clock.now().getTime());
  const again = await ask('anna', base, { headers: { 'if-none-match': String(first.headers.etag) } });
  assert.equal(again.status, 304);
  const its = notice.notification_id;
  assert.deepEqual((await ask('anna', `${base}/${its}`)).ocs.data, notice);
  assert.deepEqual((await ask('anna', `${base}/exists`, { method: 'POST', body: { ids: [its, its + 1] } })).ocs.data, [its]);
  assert.deepEqual((await ask('bernd', base)).ocs.data, []);
  assert.equal((await ask('bernd', `${base}/${its}`)).status, 404);
  assert.equal((await ask('bernd', `${base}/${its}`, { method: 'DELETE' })).status, 404);
  assert.equal((await ask('anna', `${base}/${its}`, { method: 'DELETE' })).status, 200);
  assert.deepEqual((await ask('anna', base)).ocs.data, []);
  assert.equal((await ask('anna', base, { method: 'DELETE' })).status, 200);
});

test('what is no number is refused, and nobody reads without signing in', async () => {
  assert.equal((await ask('anna', `${base}/x`)).status, 400);
  assert.equal((await ask('anna', `${base}/exists`, { method: 'POST', body: { ids: ['x'] } })).status, 400);
  for (const [method, path] of [
    ['GET', base],
    ['GET', `${base}/1`],
    ['DELETE', base],
    ['DELETE', `${base}/1`],
    ['POST', `${base}/exists`],
  ] as const) {
    const headers = { cookie: await people.cookie('anna'), 'sec-fetch-site': 'same-origin' };
    assert.equal((await app.inject({ method, url: path, headers })).statusCode, 401, `${method} ${path}: a cookie opens nothing`);
  }
});

test('the sentence is in the language of who asks', async () => {
  await files.createSpace(people.dora, { name: 'Kasse' }, [{ principal: people.id.anna, role: 'viewer' }]);
  const { ocs } = await ask('anna', base, { headers: { 'accept-language': 'en' } });
  assert.equal(ocs.data[0].subject, 'Dora Döring has added you to the space “Kasse”. You can read there.');
  await notifications.dismissAll(people.anna);
});
