import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadImage } from '@napi-rs/canvas';
import fc from 'fast-check';
import * as accounts from '#modules/accounts';
import * as tenants from '#modules/tenants';
import { type PersonName, settle } from '../../../test/people.ts';
import { picture } from '../../../test/picture.ts';
import { openStand } from '../../../test/stand.ts';

const stand = await openStand();
const people = await settle(stand);
const { app } = stand.house;

const signs = new Map<PersonName, string>();
async function get(person: PersonName | null, url: string, headers: Record<string, string> = {}) {
  if (person && !signs.has(person)) signs.set(person, (await people.appPassword(person)).authorization);
  return app.inject({ url, headers: { ...headers, ...(person && { authorization: signs.get(person) as string }) } });
}

const addresses = (user: string) => [
  `/index.php/avatar/${user}/128`,
  `/index.php/avatar/${user}/128/dark`,
  `/remote.php/dav/avatars/${user}/128.png`,
];

test('a colleague has a picture at every address clients ask, square and not blank', async () => {
  for (const url of addresses('bernd')) {
    const answer = await get('anna', url);
    assert.equal(answer.statusCode, 200, url);
    assert.equal(answer.headers['content-type'], 'image/png');
    const { width, height } = await loadImage(answer.rawPayload);
    assert.deepEqual([width, height], [128, 128]);
    assert.ok(answer.rawPayload.length > 400, 'a square of one colour is smaller than one with letters in it');
    const again = await get('anna', url, { 'if-none-match': String(answer.headers.etag) });
    assert.equal(again.statusCode, 304);
  }
});

test('nobody sees a picture of people elsewhere, and nobody without signing in', async () => {
  for (const url of addresses('bernd')) {
    assert.equal((await get('emil', url)).statusCode, 404);
    assert.equal((await get(null, url)).statusCode, 401);
  }
  for (const url of addresses('niemand')) assert.equal((await get('anna', url)).statusCode, 404);
});

test('whatever size is asked for, few are drawn', async () => {
  const edge = async (size: string) => {
    const answer = await get('anna', `/index.php/avatar/anna/${size}`);
    return answer.statusCode === 200 ? (await loadImage(answer.rawPayload)).width : answer.statusCode;
  };
  const asked = ['1', '65', '9999', '0', '-3', 'gross', '1e3'];
  assert.deepEqual(await Promise.all(asked.map(edge)), [64, 128, 512, 400, 400, 400, 400]);
});

test('whatever somebody is called, there is a picture', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), async (name) => {
      const wanted = `x${name.replaceAll(/\p{C}|\s/gu, '')}`;
      await accounts.updateProfile(people.bernd, { name: wanted, locale: 'de' });
      assert.equal((await get('anna', '/index.php/avatar/bernd/64')).statusCode, 200, wanted);
    }),
    { numRuns: 15 },
  );
});

test('clients look like the authority’s own: its colour and its crest, or the house’s mark', async () => {
  const themingFor = async (person: PersonName) =>
    (await get(person, '/ocs/v2.php/cloud/capabilities?format=json')).json().ocs.data.capabilities.theming;
  const { url } = stand.house.platform.config;
  const plain = await themingFor('anna');
  assert.equal(plain.logo, `${url}/index.php/apps/theming/image/logo`);
  const mark = await get('anna', '/index.php/apps/theming/image/logo');
  assert.equal(mark.headers['content-type'], 'image/svg+xml');
  await tenants.setBranding(people.dora, { tenant: people.ellrich, name: 'Stadt Ellrich', colour: '#8a2d6a', crest: picture() });
  stand.clock.advance(1);
  const own = await themingFor('anna');
  assert.deepEqual([own.name, own.color], ['Stadt Ellrich', '#8a2d6a']);
  assert.match(own.logo, new RegExp(`^${url}/wappen/${people.ellrich}/`));
  const redirected = await get('anna', '/index.php/apps/theming/image/favicon');
  assert.equal(`${url}${redirected.headers.location}`, own.favicon);
  assert.notEqual((await themingFor('emil')).name, 'Stadt Ellrich');
});
