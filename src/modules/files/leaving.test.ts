import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import * as accounts from '#modules/accounts';
import * as files from '#modules/files';
import * as notifications from '#modules/notifications';
import { listAudit } from '#platform/audit';
import { Failure } from '#platform/errors';
import { listMail } from '#platform/mail';
import { assertRefused, deskOf } from '../../../test/desk.ts';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import { checkName, limits, spaceNameFor } from './rules.ts';

// With jobs: what a removed group leaves behind is cleared away by a handler.
const stand = await openStand({ worksOnJobs: true });
const people = await settle(stand);
const { dora, anna, bernd, emil, ellrich, id } = people;
const { platform } = stand.house;

/** Waits until it is so: looks each time the house tells that members of a space have changed. */
async function until(what: () => Promise<boolean>): Promise<void> {
  let told = Promise.withResolvers<void>();
  const stop = platform.signals.hear(files.membersChanged, () => told.resolve());
  while (!(await what())) {
    await told.promise;
    told = Promise.withResolvers();
  }
  stop();
}

const membersOf = async (space: files.Space) =>
  (await files.listMembers(dora, space.id)).map(({ principal, role }) => `${principal} ${role}`);

test('the files of somebody who left become a space of a colleague, whole and at once', async () => {
  const desk = deskOf(bernd);
  await desk.folder('Vorgänge');
  await desk.write('Vorgänge/Bericht.txt', 'eins');
  const { node } = await desk.write('Vorgänge/Bericht.txt', 'zwei');
  await desk.write('Weg.txt', 'weg');
  await desk.trash('Weg.txt');
  const leaving = { account: id.bernd, to: id.anna, reason: 'Wechsel zum Landkreis' };
  await assertRefused(files.handOver(dora, leaving), 'conflict', 'files.handOverActive');
  await accounts.disable(dora, { account: id.bernd });
  await assertRefused(files.handOver(anna, leaving), 'forbidden');
  await assertRefused(files.handOver(emil, leaving), 'forbidden');
  await assertRefused(files.handOver(dora, { ...leaving, reason: ' ' }), 'invalid');
  await assertRefused(files.handOver(dora, { ...leaving, to: id.emil }), 'notFound');
  await assertRefused(files.handOver(dora, { ...leaving, to: id.bernd }), 'conflict', 'files.handOverTo');
  await assertRefused(files.handOver(dora, { ...leaving, to: id.dora }), 'conflict', 'files.handOverSelf');

  const view = await files.viewHandOver(dora, id.bernd);
  assert.deepEqual(view && [view.files, view.folders, view.versions, view.trashed], [2, 1, 1, 1]);
  assert.equal(view?.used, 'eins'.length + 'zwei'.length + 'weg'.length);
  await assertRefused(files.viewHandOver(anna, id.bernd), 'forbidden');
  await assertRefused(files.viewHandOver(dora, id.emil), 'notFound');

  const space = await files.handOver(dora, leaving);
  assert.equal(space.name, view?.spaceName);
  const [notice] = await notifications.listNotices(anna);
  assert.match(notice?.sentence ?? '', /^Die Dateien von Bernd Böhme wurden Ihnen übergeben/);
  assert.equal(notice?.link, `/dateien/${space.root}`);
  assert.equal(space.name, 'Dateien von Bernd Böhme');
  const found = await deskOf(anna).at('Dateien von Bernd Böhme/Vorgänge/Bericht.txt');
  assert.deepEqual([found.node.id, found.role], [node.id, 'manager']);
  assert.equal(await deskOf(anna).read('Dateien von Bernd Böhme/Vorgänge/Bericht.txt'), 'zwei');
  assert.equal((await files.listVersions(anna, found)).length, 1);
  const trashed = await files.listTrash(anna, await deskOf(anna).at('Dateien von Bernd Böhme'));
  assert.deepEqual(
    trashed.items.map((item) => item.node.name),
    ['Weg.txt'],
  );
  assert.ok(!(await deskOf(dora).list()).includes('Dateien von Bernd Böhme/'), 'who hands over sees nothing of it');

  const mails = (await listMail(platform.db.read(ellrich), ellrich, 2)).map(({ to, body }) => ({ to, body }));
  assert.deepEqual(mails.map(({ to }) => to).sort(), ['anna@ellrich.example', 'bernd@ellrich.example']);
  assert.ok(mails.every(({ body }) => body.includes('Wechsel zum Landkreis')));
  const [entry] = await listAudit(platform.db.read(ellrich), ellrich, { action: 'files.handOver', limit: 1 });
  assert.deepEqual([entry?.details.from, entry?.details.to], [id.bernd, id.anna]);
  await assertRefused(files.handOver(dora, leaving), 'notFound', 'files.handOverNothing');
});

test('whoever comes back begins anew, and a second hand-over gets a name of its own', async () => {
  await accounts.enable(dora, { account: id.bernd });
  const again = deskOf(await people.now('bernd'));
  assert.deepEqual(await again.list(), []);
  await again.write('Neu.txt', 'neu');
  await accounts.disable(dora, { account: id.bernd });
  const space = await files.handOver(dora, { account: id.bernd, to: id.anna, reason: 'Noch einmal' });
  assert.equal(space.name, 'Dateien von Bernd Böhme (2)');
  await accounts.enable(dora, { account: id.bernd });
});

test('a space whose managers have left is found', async () => {
  const group = await accounts.createGroup(dora, { name: 'Leitung' });
  const space = await files.createSpace(dora, { name: 'Verwaist' }, [
    { principal: group, role: 'manager' },
    { principal: id.anna, role: 'editor' },
  ]);
  assert.equal(await files.isLed(dora, space.id), false);
  await accounts.addMember(dora, { group, account: id.bernd });
  assert.equal(await files.isLed(dora, space.id), true);
  await accounts.disable(dora, { account: id.bernd });
  assert.equal(await files.isLed(dora, space.id), false);
  await accounts.enable(dora, { account: id.bernd });
  await assertRefused(files.isLed(anna, space.id), 'forbidden');
});

test('any name of a person makes a name of a space', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 200, unit: 'binary', size: 'max' }), (person) => {
      fc.pre(person.isWellFormed());
      const name = spaceNameFor(person);
      assert.equal(checkName(name), name);
      assert.ok(name.length <= limits.spaceNameCharacters);
    }),
  );
});

test('a removed group takes its roles with it, and no space is left without a manager', async () => {
  const group = await accounts.createGroup(dora, { name: 'Projektgruppe' });
  const alone = await files.createSpace(dora, { name: 'Nur die Gruppe' }, [{ principal: group, role: 'manager' }]);
  const shared = await files.createSpace(dora, { name: 'Auch Anna' }, [
    { principal: group, role: 'manager' },
    { principal: id.anna, role: 'manager' },
  ]);
  await assertRefused(files.removeMember(dora, alone.id, group), 'conflict', 'files.lastManager');
  await accounts.removeGroup(dora, { group });
  await until(async () => (await membersOf(alone)).every((member) => !member.startsWith(`${group} `)));
  assert.deepEqual(await membersOf(alone), [`${id.dora} manager`]);
  await until(async () => (await membersOf(shared)).length === 1);
  assert.deepEqual(await membersOf(shared), [`${id.anna} manager`]);
});

test('a removed unit too', async () => {
  const unit = await accounts.createUnit(dora, { name: 'Stabsstelle' });
  const space = await files.createSpace(dora, { name: 'Stab' }, [{ principal: unit, role: 'manager' }]);
  await accounts.removeUnit(dora, { unit });
  await until(async () => (await membersOf(space)).join() === `${id.dora} manager`);
});

test('removing a group while others give it roles or people: done or “not there”, and nothing dangles', async () => {
  const space = await files.createSpace(dora, { name: 'Gedränge' }, [{ principal: id.anna, role: 'manager' }]);
  const groups: number[] = [];
  for (let round = 0; round < 12; round += 1) {
    const group = await accounts.createGroup(dora, { name: `Runde ${round}` });
    groups.push(group);
    const outcomes = await Promise.allSettled([
      accounts.addMember(dora, { group, account: id.bernd }),
      files.setMember(dora, space.id, { principal: group, role: 'editor' }),
      accounts.removeGroup(dora, { group }),
      accounts.addMember(dora, { group, account: id.anna }),
      files.setMember(dora, space.id, { principal: group, role: 'viewer' }),
    ]);
    for (const outcome of outcomes) {
      if (outcome.status === 'fulfilled') continue;
      assert.ok(outcome.reason instanceof Failure && outcome.reason.kind === 'notFound', String(outcome.reason));
    }
  }
  await assertRefused(files.setMember(dora, space.id, { principal: 999_999, role: 'viewer' }), 'notFound');
  await until(async () => (await membersOf(space)).join() === `${id.anna} manager`);
});

test('two who name a space alike at the same moment: one has it, the other is told', async () => {
  const made = await Promise.allSettled([1, 2, 3].map(() => files.createSpace(dora, { name: 'Begehrt' })));
  const refusals = made.flatMap((each) => (each.status === 'rejected' ? [(each.reason as Failure).code] : []));
  assert.deepEqual(refusals, ['files.spaceNameTaken', 'files.spaceNameTaken']);
});
