import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as accounts from '#modules/accounts';
import * as files from '#modules/files';
import { systemContext } from '#platform/context';
import { assertRefused, deskOf } from '../../../test/desk.ts';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import { purgeRemovedSpaces } from './care.ts';
import { namesOfSpaces } from './names.ts';

const stand = await openStand();
const people = await settle(stand);
const { dora, anna, ida, emil, id, ellrich } = people;
const { platform } = stand.house;

const table = async () => {
  const headers = { cookie: await people.cookie('dora') };
  return (await stand.house.app.inject({ url: '/verwaltung/protokoll.csv?art=files.', headers })).body;
};

test('the trail calls spaces by their names, also whose own files are meant, and those that are gone gone', async () => {
  const space = await files.createSpace(dora, { name: 'Bauamt' }, [{ principal: id.anna, role: 'editor' }]);
  await deskOf(anna).folder('Bauamt/Pläne');
  await deskOf(anna).write('Notiz.txt', 'eigen');
  const trail = await accounts.auditTrail(dora, { action: 'files.', limit: 50 });
  const made = trail.find(({ thing, action }) => thing === `space:${space.id}` && action === 'files.createSpace');
  assert.equal(made?.thingName, 'Bauamt');
  assert.equal(trail.find(({ action }) => action === 'files.createFolder')?.details.space, 'Bauamt');
  assert.match(await table(), /Ordner[^\n]*Bereich: Bauamt/);
  const called = await accounts.auditTrail(dora, { thing: 'bauam', limit: 50 });
  assert.ok(
    called.some(({ thing, action }) => thing === `space:${space.id}` && action === 'files.createSpace'),
    'found by its name',
  );
  const own = (await files.listPersonalSpaces(dora)).find(({ owner }) => owner === id.anna);
  const names = await namesOfSpaces(dora, [space.id, own?.id ?? 0, 999_999]);
  assert.deepEqual([...names.values()].sort(), ['Bauamt', 'Eigene Dateien von Anna Apel']);

  await files.removeSpace(dora, space.id);
  assert.equal((await namesOfSpaces(dora, [space.id])).get(space.id), 'Bauamt', 'it can still be brought back');
  stand.clock.advance(31 * 86_400);
  await purgeRemovedSpaces(systemContext(platform, ellrich, 'test'));
  assert.match(await table(), new RegExp(`gelöschter Bereich ${space.id};`));
  assert.match(await table(), new RegExp(`Bereich: gelöschter Bereich ${space.id}`));
});

test('auditors know the names too, colleagues and other authorities do not', async () => {
  const space = await files.createSpace(dora, { name: 'Kasse' });
  await assertRefused(namesOfSpaces(anna, [space.id]), 'forbidden');
  const tenant = { ...ida, actor: { ...ida.actor, tenant: ellrich } } as typeof ida;
  assert.equal((await namesOfSpaces(tenant, [space.id])).get(space.id), 'Kasse');
  const elsewhere = { ...emil, actor: { ...emil.actor, roles: ['tenantAdministrator'] } } as typeof emil;
  assert.equal((await namesOfSpaces(elsewhere, [space.id])).size, 0);
});
