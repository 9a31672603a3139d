import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import * as accounts from '#modules/accounts';
import * as files from '#modules/files';
import * as notifications from '#modules/notifications';
import { type Context, systemContext } from '#platform/context';
import { assertRefused, deskOf } from '../../../test/desk.ts';
import { password, settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import { ensurePages } from '../../web/build.ts';
import { expireUploads } from '../files/care.ts';
import { warnOfQuota } from '../files/tell.ts';
import { checkLink, limits, shorten } from './rules.ts';

await ensurePages();
// With jobs: a sign-in becomes a notice through an event.
const stand = await openStand({ worksOnJobs: true });
const people = await settle(stand);
const { anna, bernd, dora, emil, id, ellrich } = people;
const { platform } = stand.house;
const house = systemContext(platform, ellrich, 'test');

const read = async (ctx: Context) => (await notifications.listNotices(ctx)).map(({ sentence }) => sentence);
const clear = (...who: Context[]) => Promise.all(who.map((ctx) => notifications.dismissAll(ctx)));

test('whoever is given a role is told, in their language and with the way there; whoever gives it is not', async () => {
  const space = await files.createSpace(dora, { name: 'Bauamt' }, [
    { principal: id.anna, role: 'editor' },
    { principal: id.dora, role: 'manager' },
  ]);
  const [notice] = await notifications.listNotices(anna);
  assert.equal(notice?.sentence, 'Dora Döring hat Sie in den Bereich „Bauamt“ aufgenommen. Sie können dort bearbeiten.');
  assert.equal(notice?.link, `/dateien/${space.root}`);
  assert.deepEqual(await read({ ...anna, locale: 'en' }), [
    'Dora Döring has added you to the space “Bauamt”. You can edit there.',
  ]);
  assert.deepEqual([await read(dora), await read(bernd)], [[], []]);
  await files.setMember(dora, space.id, { principal: id.anna, role: 'editor' });
  assert.deepEqual((await notifications.listNotices(anna))[0]?.id, notice?.id, 'nothing has changed, so nothing is told');
  await files.removeMember(dora, space.id, id.anna);
  assert.deepEqual(await read(anna), [
    'Dora Döring hat Ihre Rolle im Bereich „Bauamt“ entfernt. Ihre Dateien dort bleiben, wo sie sind.',
  ]);
  await clear(anna);
});

test('a role of a group is told to everybody in it', async () => {
  const group = await accounts.createGroup(dora, { name: 'Tiefbau' });
  for (const account of [id.anna, id.bernd]) await accounts.addMember(dora, { group, account });
  await files.createSpace(dora, { name: 'Straßen' }, [{ principal: group, role: 'viewer' }]);
  for (const ctx of [anna, bernd]) assert.match((await read(ctx))[0] ?? '', /„Straßen“ aufgenommen/);
  await clear(anna, bernd);
});

test('a comment is told to the author of the file, as long as they may see it', async () => {
  const space = await files.createSpace(dora, { name: 'Ordnungsamt' }, [
    { principal: id.anna, role: 'editor' },
    { principal: id.bernd, role: 'viewer' },
  ]);
  await deskOf(anna).write('Ordnungsamt/Plan.txt', 'v1');
  await clear(anna, bernd);
  const plan = await deskOf(bernd).at('Ordnungsamt/Plan.txt');
  await files.comment(bernd, plan, 'Bitte prüfen');
  await files.comment(bernd, plan, 'Noch etwas');
  await files.comment(anna, await deskOf(anna).at('Ordnungsamt/Plan.txt'), 'Mache ich');
  const [notice, ...more] = await notifications.listNotices(anna);
  assert.deepEqual([notice?.sentence, more], ['Bernd Böhme hat Ihre Datei „Plan.txt“ kommentiert.', []]);
  assert.equal(notice?.link, `/dateien/${plan.node.parent}/eintrag/${plan.node.id}`);
  await files.removeMember(dora, space.id, id.anna);
  await clear(anna);
  await files.comment(bernd, plan, 'Noch da?');
  assert.deepEqual(await read(anna), []);
});

test('a space that is nearly full is told once, and again after there had been room', async () => {
  await files.createSpace(dora, { name: 'Eng', quota: 100 }, [
    { principal: id.anna, role: 'manager' },
    { principal: id.bernd, role: 'editor' },
  ]);
  await clear(anna, bernd);
  await warnOfQuota(house);
  assert.deepEqual(await read(anna), [], 'an empty space is not full');
  await deskOf(bernd).write('Eng/a.txt', 'x'.repeat(90));
  await warnOfQuota(house);
  assert.deepEqual(await read(anna), [
    'Der Bereich „Eng“ ist zu 90 % belegt. Ist er voll, lässt sich dort nichts mehr speichern.',
  ]);
  assert.deepEqual(await read(bernd), [], 'who cannot make room need not know');
  await clear(anna);
  await warnOfQuota(house);
  assert.deepEqual(await read(anna), []);
  await deskOf(bernd).trash('Eng/a.txt');
  await files.emptyTrash(anna, await deskOf(anna).at('Eng'));
  await warnOfQuota(house);
  await deskOf(bernd).write('Eng/b.txt', 'x'.repeat(95));
  await warnOfQuota(house);
  assert.match((await read(anna))[0] ?? '', /zu 95 % belegt/);
  await clear(anna);
});

test('an upload that was never finished is told when it goes', async () => {
  const { own: folder } = await files.readHome(anna);
  await files.beginUpload(anna, { name: 'u1', folder, fileName: 'Gutachten.pdf', length: 10 });
  await files.beginUpload(anna, { name: 'u2', folder, fileName: null, length: 10 });
  stand.clock.advance(30 * 86_400);
  await expireUploads(house);
  const told = await read(anna);
  assert.equal(told.length, 1, 'what never had a name cannot be told');
  assert.match(told[0] ?? '', /^Das Hochladen von „Gutachten\.pdf“ wurde nie beendet/);
  await clear(anna);
});

/** Resolves when the person is told the next thing: what comes through an event comes after the change. */
const somethingToldTo = (account: number) =>
  new Promise<void>((resolve) => {
    const stop = platform.signals.hear('dav.noticed', (signal) => {
      if (signal?.about !== account) return;
      stop();
      resolve();
    });
  });

test('the first sign-in with another kind of device is told, the very first one is not', async () => {
  const signIn = (userAgent: string) => accounts.signIn(people.nobody, { address: people.address.bernd, password, userAgent });
  const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
  await signIn(firefox);
  await signIn(firefox);
  const told = somethingToldTo(id.bernd);
  await signIn('Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36');
  await told;
  const notices = await read(bernd);
  assert.equal(notices.length, 1);
  assert.match(notices[0] ?? '', /^Neue Anmeldung an Ihrem Konto: Chrome, Windows, Adresse 192\.0\.2\.1\./);
  await clear(bernd);
});

test('whose device is wiped by an administrator or an operator is told who did it; whoever does it themselves is not', async () => {
  await clear(anna);
  const device = async (name: string) => (await accounts.createAppPassword(anna, { name })).id;
  const [own, lost, stolen] = [await device('Laptop'), await device('Telefon'), await device('Tablet')];
  await accounts.wipeDevice(anna, own);
  for (const [who, wiped] of [
    [dora, lost],
    [people.paula, stolen],
  ] as const) {
    const told = somethingToldTo(id.anna);
    await accounts.wipeDeviceOf(who, { account: id.anna, tenant: ellrich, id: wiped });
    await told;
  }
  const notices = await read(anna);
  assert.equal(notices.length, 2);
  assert.match(notices[1] ?? '', /^Dora Döring hat Ihrem Gerät „Telefon“ den Zugriff genommen/);
  assert.match(notices[0] ?? '', /^Paula .+ hat Ihrem Gerät „Tablet“ den Zugriff genommen/);
  await clear(anna);
});

const tell = (accountsToTell: readonly number[], about: string) =>
  platform.db.write(ellrich, (tx) =>
    notifications.notify(tx, house, {
      accounts: accountsToTell,
      code: 'files.toldExpired',
      params: { file: about },
      link: '/dateien',
      about,
    }),
  );

test('whoever follows a notice has read it: the bell is silent, the list keeps it, and it leads to a path of ours', async () => {
  await tell([id.anna], 'file:read');
  const [notice] = await notifications.listNotices(anna);
  const its = notice?.id as number;
  assert.deepEqual([notice?.isRead, await notifications.countNotices(anna)], [false, 1]);
  await assertRefused(notifications.follow(bernd, its), 'notFound');
  assert.equal(await notifications.follow(anna, its), '/dateien');
  assert.equal(await notifications.follow(anna, its), '/dateien', 'following it again leads there again');
  assert.deepEqual([await notifications.listNotices(anna), await notifications.countNotices(anna)], [[], 0]);
  assert.deepEqual(await notifications.existing(anna, [its]), []);
  const kept = await notifications.listNotices(anna, { withRead: true });
  assert.deepEqual(
    kept.map((each) => [each.id, each.isRead]),
    [[its, true]],
  );
  await tell([id.anna], 'file:read');
  assert.equal(await notifications.countNotices(anna), 1, 'a newer one about the same thing is new again');
  await clear(anna);
});

test('another site cannot make a browser mark a notice as read', async () => {
  await tell([id.anna], 'file:elsewhere');
  const [notice] = await notifications.listNotices(anna);
  const ask = async (site: string) =>
    stand.house.app.inject({
      url: `/mitteilungen/${notice?.id}`,
      headers: { cookie: await people.cookie('anna'), 'sec-fetch-site': site },
    });
  assert.equal((await ask('cross-site')).headers.location, '/mitteilungen');
  assert.equal(await notifications.countNotices(anna), 1);
  assert.equal((await ask('same-origin')).headers.location, '/dateien');
  assert.equal(await notifications.countNotices(anna), 0);
  await clear(anna);
});

test('notices are one’s own: nobody else reads or dismisses them', async () => {
  await tell([id.anna], 'file:1');
  const [notice] = await notifications.listNotices(anna);
  const its = notice?.id as number;
  for (const ctx of [bernd, dora, emil]) {
    await assertRefused(notifications.getNotice(ctx, its), 'notFound');
    await assertRefused(notifications.dismiss(ctx, its), 'notFound');
    assert.deepEqual([await notifications.existing(ctx, [its]), await notifications.countNotices(ctx)], [[], 0]);
    assert.equal(await notifications.dismissAll(ctx), 0);
  }
  await assertRefused(notifications.listNotices(people.nobody), 'unauthenticated');
  assert.deepEqual([await notifications.existing(anna, [its, 999]), await notifications.countNotices(anna)], [[its], 1]);
  await notifications.dismiss(anna, its);
  await assertRefused(notifications.dismiss(anna, its), 'notFound');
  const trail = await accounts.auditTrail(dora, { action: 'notifications.dismiss' });
  assert.ok(trail.some(({ thing }) => thing === `notice:${its}`));
});

test('the bell of an open page asks for one’s own number', async () => {
  await tell([id.anna], 'file:3');
  const count = async (who: 'anna' | 'bernd') =>
    (await stand.house.app.inject({ url: '/mitteilungen/anzahl', headers: { cookie: await people.cookie(who) } })).json();
  assert.deepEqual([await count('anna'), await count('bernd')], [{ count: 1 }, { count: 0 }]);
  assert.equal((await stand.house.app.inject({ url: '/mitteilungen/anzahl' })).statusCode, 401);
  await clear(anna);
});

test('what is told in a change that fails was never told', async () => {
  const failing = platform.db.write(ellrich, async (tx) => {
    await notifications.notify(tx, house, { accounts: [id.anna], code: 'files.toldExpired', link: '/dateien', about: 'file:2' });
    throw new Error('the change failed');
  });
  await assert.rejects(failing);
  assert.deepEqual(await read(anna), []);
});

test('nobody has more than so many; the oldest go', async () => {
  for (let number = 0; number < limits.perAccount + 5; number += 1) await tell([id.anna, id.bernd], `file:n${number}`);
  const notices = await notifications.listNotices(anna);
  assert.equal(notices.length, limits.perAccount);
  assert.deepEqual([notices[0]?.about, notices.at(-1)?.about], [`file:n${limits.perAccount + 4}`, 'file:n5']);
  assert.equal(await notifications.dismissAll(anna), limits.perAccount);
  assert.equal(await notifications.countNotices(bernd), limits.perAccount, 'only one’s own are dismissed');
  await clear(bernd);
});

test('the newest is what was told last, whatever number it has; the oldest by time goes first', async () => {
  await tell([id.anna], 'file:noon');
  // Another process whose clock is behind, or that took its moment before and its number after.
  stand.clock.advance(-60);
  await tell([id.anna], 'file:before');
  stand.clock.advance(60);
  await tell([id.anna], 'file:noon-too');
  const about = async () => (await notifications.listNotices(anna, { withRead: true })).map((notice) => notice.about);
  assert.deepEqual(await about(), ['file:noon-too', 'file:noon', 'file:before']);
  for (let number = 3; number <= limits.perAccount; number += 1) await tell([id.anna], `file:n${number}`);
  const kept = await about();
  assert.equal(kept.length, limits.perAccount);
  assert.deepEqual([kept.at(-1), kept.includes('file:before')], ['file:noon', false]);
  await clear(anna);
});

test('a link leads nowhere but to us', () => {
  const elsewhere = fc.oneof(fc.webUrl(), fc.constantFrom('//x', '/\\x', 'x', '', '/a b', '/\n', 'javascript:x'));
  fc.assert(
    fc.property(elsewhere, (link) => assert.throws(() => checkLink(link))),
    { numRuns: 30 },
  );
  fc.assert(
    fc.property(
      fc.webPath().filter((path) => path.startsWith('/') && !path.startsWith('//')),
      (path) => checkLink(path) === path,
    ),
  );
});

test('values in a sentence stay short and whole characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 500 }), fc.integer(), (text, number) => {
      const { a, b } = shorten({ a: text, b: number });
      assert.equal(b, number);
      assert.ok([...String(a)].length <= limits.valueCharacters && String(a).isWellFormed());
    }),
  );
});
