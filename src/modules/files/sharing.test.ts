import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import * as accounts from '#modules/accounts';
import * as files from '#modules/files';
import type { Context } from '#platform/context';
import { assertRefused, deskOf } from '../../../test/desk.ts';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import { purgeRemovedSpaces } from './care.ts';

const stand = await openStand();
const people = await settle(stand);
const { dora, anna, bernd, gero, emil, id } = people;

/** A space of the authority where Anna edits, Bernd reads and Gero may only add. */
async function makeSpace(name: string): Promise<files.Space> {
  const members = [
    { principal: id.anna, role: 'editor' },
    { principal: id.bernd, role: 'viewer' },
    { principal: id.gero, role: 'uploader' },
  ] as const;
  return files.createSpace(dora, { name }, members);
}

test('a space appears in everybody’s root folder with the role they have, and nowhere else', async () => {
  await makeSpace('Bauamt');
  const mounted = async (ctx: Context) => (await files.readHome(ctx)).mounts.map(({ name, role }) => `${name} ${role}`);
  assert.deepEqual(await mounted(anna), ['Bauamt editor']);
  assert.deepEqual(await mounted(bernd), ['Bauamt viewer']);
  assert.deepEqual(await mounted(emil), []);
  assert.deepEqual(await mounted(dora), [], 'an administrator manages it and reads nothing in it');
});

test('each role may what it may, and is told so', async () => {
  await makeSpace('Ordnungsamt');
  const [editor, viewer, uploader] = [anna, bernd, gero].map(deskOf) as [
    ReturnType<typeof deskOf>,
    ReturnType<typeof deskOf>,
    ReturnType<typeof deskOf>,
  ];
  await editor.write('Ordnungsamt/Plan.txt', 'v1');
  assert.equal(await viewer.read('Ordnungsamt/Plan.txt'), 'v1');
  await assertRefused(viewer.write('Ordnungsamt/Neu.txt', 'x'), 'forbidden');
  await assertRefused(viewer.folder('Ordnungsamt/Neu'), 'forbidden');
  await assertRefused(viewer.trash('Ordnungsamt/Plan.txt'), 'forbidden');
  await uploader.write('Ordnungsamt/Beitrag.txt', 'von Gero');
  await assertRefused(uploader.write('Ordnungsamt/Plan.txt', 'überschrieben'), 'forbidden');
  await assertRefused(uploader.move('Ordnungsamt/Plan.txt', 'Ordnungsamt/Plan2.txt'), 'forbidden');
  await editor.move('Ordnungsamt/Beitrag.txt', 'Ordnungsamt/Beitrag Gero.txt');
  await assertRefused(editor.trash('Ordnungsamt'), 'forbidden', 'files.rootStays');
  await assertRefused(editor.move('Ordnungsamt', 'Anderes Amt'), 'forbidden', 'files.rootStays');
  await assertRefused(deskOf(emil).at('Ordnungsamt'), 'notFound');
});

test('a role counts from the moment it is given, and ends the moment it is taken', async () => {
  const space = await makeSpace('Kasse');
  const desk = deskOf(bernd);
  await assertRefused(desk.write('Kasse/a.txt', 'x'), 'forbidden');
  await files.setMember(dora, space.id, { principal: id.bernd, role: 'editor' });
  await desk.write('Kasse/a.txt', 'x');
  await files.removeMember(dora, space.id, id.bernd);
  await assertRefused(desk.at('Kasse/a.txt'), 'notFound');
});

test('a group or unit carries its people in and out', async () => {
  const space = await files.createSpace(dora, { name: 'Stadtrat' });
  const group = await accounts.createGroup(dora, { name: 'Fraktion' });
  await files.setMember(dora, space.id, { principal: group, role: 'viewer' });
  await accounts.addMember(dora, { group, account: id.bernd });
  assert.deepEqual((await files.readHome(await people.now('bernd'))).mounts.map(({ name }) => name).includes('Stadtrat'), true);
  await accounts.removeMember(dora, { group, account: id.bernd });
  assert.deepEqual((await files.readHome(await people.now('bernd'))).mounts.map(({ name }) => name).includes('Stadtrat'), false);
});

test('managers manage members of their space only, and the last one cannot leave by mistake', async () => {
  const space = await files.createSpace(dora, { name: 'Projekt' }, [{ principal: id.anna, role: 'manager' }]);
  await files.setMember(anna, space.id, { principal: id.bernd, role: 'viewer' });
  await assertRefused(files.setMember(bernd, space.id, { principal: id.bernd, role: 'manager' }), 'forbidden');
  await assertRefused(files.removeMember(anna, space.id, id.anna), 'conflict', 'files.lastManager');
  await assertRefused(files.setMember(anna, space.id, { principal: id.anna, role: 'viewer' }), 'conflict', 'files.lastManager');
  await assertRefused(files.updateSpace(anna, space.id, { name: 'Projekt', quota: 1 }), 'forbidden');
  await files.updateSpace(anna, space.id, { name: 'Projekt Brücke' });
  await assertRefused(files.createSpace(anna, { name: 'Eigenmächtig' }), 'forbidden');
  await assertRefused(files.setMember(people.paula, space.id, { principal: id.paula, role: 'manager' }), 'notFound');
});

test('an own folder of a space’s name stays reachable, and so does the space', async () => {
  const desk = deskOf(anna);
  await desk.folder('Archiv');
  await desk.write('Archiv/eigenes.txt', 'meins');
  await files.createSpace(dora, { name: 'Archiv' }, [{ principal: id.anna, role: 'editor' }]);
  assert.ok((await desk.list()).includes('Archiv/') && (await desk.list()).includes('Archiv (Bereich)/'));
  await desk.write('Archiv (Bereich)/gemeinsam.txt', 'unseres');
  assert.deepEqual(
    [await desk.read('Archiv/eigenes.txt'), await desk.read('Archiv (Bereich)/gemeinsam.txt')],
    ['meins', 'unseres'],
  );
});

test('nothing new among the own files takes the name of a space that is there', async () => {
  const desk = deskOf(anna);
  await files.createSpace(dora, { name: 'Kulturamt' }, [{ principal: id.anna, role: 'editor' }]);
  const { own } = await files.readHome(anna);
  const taken = { folder: own, name: 'KULTURAMT' };
  await assertRefused(files.createFolder(anna, taken), 'conflict', 'files.nameOfSpace');
  await assertRefused(files.writeFile(anna, taken, Readable.from(['x'])), 'conflict', 'files.nameOfSpace');
  await desk.folder('Sitzungen');
  await assertRefused(files.move(anna, await desk.at('Sitzungen'), taken), 'conflict', 'files.nameOfSpace');
  await assertRefused(files.copy(anna, await desk.at('Sitzungen'), taken), 'conflict', 'files.nameOfSpace');
  await files.createFolder(anna, { folder: await desk.at('Sitzungen'), name: 'Kulturamt' });
  assert.ok((await desk.list()).includes('Kulturamt/'));
});

test('moving to another space keeps ids, versions and bytes, and both feeds tell of it', async () => {
  const from = await files.createSpace(dora, { name: 'Eingang' }, [{ principal: id.anna, role: 'editor' }]);
  const to = await files.createSpace(dora, { name: 'Ablage' }, [{ principal: id.anna, role: 'editor' }]);
  const desk = deskOf(anna);
  await desk.folder('Eingang/Vorgang');
  await desk.write('Eingang/Vorgang/a.txt', 'eins');
  const { node } = await desk.write('Eingang/Vorgang/a.txt', 'zweite Fassung');
  const position = (await files.readChanges(anna, await desk.at('Eingang'), 0)).position;
  await desk.move('Eingang/Vorgang', 'Ablage/Vorgang');
  const moved = await desk.at('Ablage/Vorgang/a.txt');
  assert.equal(moved.node.id, node.id);
  assert.equal((await files.listVersions(anna, moved)).length, 1);
  const left = await files.readChanges(anna, await desk.at('Eingang'), position);
  assert.deepEqual(
    left.items.map((item) => item.isGone),
    [true],
  );
  const arrived = await files.readChanges(anna, await desk.at('Ablage'), 0);
  assert.equal(arrived.items.length, 2);
  const books = async (name: string) => (await desk.at(name)).space.used;
  assert.deepEqual([await books('Eingang'), await books('Ablage')], [0, 'eins'.length + 'zweite Fassung'.length]);
  assert.notEqual(from.id, to.id);
});

test('a quota is kept to the byte, also by forty uploads at once', async () => {
  const space = await files.createSpace(dora, { name: 'Eng', quota: 10_000 }, [{ principal: id.anna, role: 'editor' }]);
  const desk = deskOf(anna);
  const outcomes = await Promise.allSettled(
    Array.from({ length: 40 }, (_, index) => desk.write(`Eng/${index}.bin`, Buffer.alloc(1_000, index))),
  );
  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 10);
  await assertRefused(desk.write('Eng/noch.bin', Buffer.alloc(1)), 'quotaExceeded', 'files.spaceFull');
  await assertRefused(
    desk.copy('Eng', 'Eng Kopie').then(() => desk.copy('Eng Kopie', 'Eng/mehr')),
    'quotaExceeded',
  );
  await files.setQuota(dora, space.id, 20_000);
  await desk.write('Eng/noch.bin', Buffer.alloc(1));
});

test('the tenant’s own quota holds across spaces', async () => {
  const { used } = await files.readTenantUsage(dora);
  const tenants = await import('#modules/tenants');
  await tenants.update(people.paula, people.ellrich, { quota: used + 5_000 });
  stand.clock.advance(1);
  const desks = [deskOf(anna), deskOf(bernd)];
  const outcomes = await Promise.allSettled(
    Array.from({ length: 12 }, (_, index) =>
      (desks[index % 2] as (typeof desks)[0]).write(`t${index}.bin`, Buffer.alloc(1_000, index)),
    ),
  );
  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 5);
  await tenants.update(people.paula, people.ellrich, { quota: null });
  stand.clock.advance(1);
});

test('a removed space is gone for its members, comes back whole, and ends with the trash’s time', async () => {
  const space = await files.createSpace(dora, { name: 'Ende' }, [{ principal: id.anna, role: 'editor' }]);
  const desk = deskOf(anna);
  await desk.write('Ende/a.txt', 'x');
  await files.removeSpace(dora, space.id);
  await assertRefused(desk.at('Ende/a.txt'), 'notFound');
  await files.restoreSpace(dora, space.id);
  assert.equal(await desk.read('Ende/a.txt'), 'x');
  await files.removeSpace(dora, space.id);
  stand.clock.advance(31 * 86_400);
  await purgeRemovedSpaces({ ...people.house, actor: { kind: 'system', tenant: people.ellrich, job: 'test' } });
  await assertRefused(files.restoreSpace(dora, space.id), 'notFound');
});

test('administrators see the spaces in German order, page by page', async () => {
  for (const name of ['Zoll', 'Öffentlichkeitsarbeit', 'Vermessung', 'amtsblatt', 'Personalrat'])
    await files.createSpace(dora, { name: `Reihe ${name}` }, [{ principal: id.anna, role: 'manager' }]);
  const seen: string[] = [];
  for (let cursor: string | null = null, isFirst = true; isFirst || cursor !== null; isFirst = false) {
    const page: Awaited<ReturnType<typeof files.listSpaces>> = await files.listSpaces(dora, cursor, 2);
    seen.push(...page.items.map(({ name }) => name));
    cursor = page.next;
  }
  assert.deepEqual(
    seen.filter((name) => name.startsWith('Reihe')).map((name) => name.slice('Reihe '.length)),
    ['amtsblatt', 'Öffentlichkeitsarbeit', 'Personalrat', 'Vermessung', 'Zoll'],
  );
});
