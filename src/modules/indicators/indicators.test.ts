import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as accounts from '#modules/accounts';
import * as finder from '#modules/finder';
import * as forms from '#modules/forms';
import * as intake from '#modules/intake';
import { systemContext } from '#platform/context';
import { settleOffice } from '../../../test/office.ts';
import { settle } from '../../../test/people.ts';
import { workOff } from '../../../test/queue.ts';
import { openStand } from '../../../test/stand.ts';
import * as indicators from './index.ts';
import { foldTenant, handlers } from './record.ts';

const stand = await openStand();
const people = await settle(stand);
const { nobody, house, ellrich, rhoenblick, emil, id } = people;
const { platform } = stand.house;
const { send } = await settleOffice(stand, people);
await accounts.setRoles(house, { tenant: rhoenblick, account: id.emil }, ['editor']);
await workOff(stand);
const anna = await people.now('anna');
const dora = await people.now('dora');
const paula = await people.now('paula');
const refused = (code: string) => ({ code });

const dogs = async (ctx = dora) => (await indicators.getIndicators(ctx)).services.find(({ key }) => key === 'hundesteuer');

test('what happens is counted for the authority and for the state, and only there; people are rounded', async () => {
  await forms.lookAtStart(nobody, 'hundesteuer', '16062005');
  await forms.lookAtStart(nobody, 'hundesteuer', '16062005');
  const sent = [];
  for (let time = 0; time < 6; time += 1) sent.push(await send());
  await workOff(stand);
  for (const { number } of sent) {
    await intake.take(anna, number);
    stand.clock.advance(86_400);
    await intake.answer(anna, number, { outcome: 'granted', text: 'Ja.' });
  }
  await workOff(stand);
  const [own, all] = [await dogs(), await dogs(paula)];
  assert.deepEqual(own?.counts, all?.counts);
  const { visited, started, submitted, decided, withdrawn } = own?.counts ?? {};
  assert.deepEqual([visited, started, submitted, decided, withdrawn], [2, 5, 5, 5, 0]);
  assert.equal(own?.days, 4); // one waited a day, the last one six
  assert.equal(own?.name, 'Hund anmelden und Hundesteuer');
  assert.equal(own?.completion, 100);
  const state = await indicators.getIndicators(paula);
  assert.deepEqual(
    state.authorities.map(({ key, name }) => [key, name]),
    [[ellrich, 'Stadt Ellrich']],
  );
  assert.deepEqual((await indicators.getIndicators(dora)).authorities, []);
  const elsewhere = await people.now('emil');
  assert.deepEqual((await indicators.getIndicators(elsewhere)).services, []);
  // A municipality that asks for another one's numbers gets its own.
  assert.deepEqual((await indicators.getIndicators(elsewhere, { source: ellrich })).services, []);
  assert.equal((await indicators.getIndicators(paula, { source: rhoenblick })).services.length, 0);
});

test('what is told twice counts once, also after it has been added up', async () => {
  const { number } = await send();
  const before = await platform.db.read(
    ellrich,
  )`select 1 as one from indicators.fact where tenant = ${ellrich} and what = 'submitted'`;
  const news = { tenant: ellrich, submission: number, form: 'hundesteuer', reference: '' };
  const handler = handlers.find(({ event }) => event === 'forms.formSubmitted');
  for (let time = 0; time < 3; time += 1) await handler?.job.run(house, news as never);
  const after = await platform.db.read(
    ellrich,
  )`select 1 as one from indicators.fact where tenant = ${ellrich} and what = 'submitted'`;
  assert.equal(after.length, before.length + 1);
  await workOff(stand);
  const sums = async () => (await indicators.getIndicators(dora)).all;
  const known = await sums();
  const town = systemContext(platform, ellrich, 'test');
  stand.clock.advance(8 * 86_400);
  await foldTenant(town);
  await foldTenant(town);
  assert.deepEqual(await sums(), known);
  const left = await platform.db.read(ellrich)`select heard from indicators.fact where tenant = ${ellrich}`;
  assert.equal(left.length, 0);
});

test('a look at a service page counts for the place that was named, and without one for the state', async () => {
  const looked = async (ctx = dora, source: number | null = null) =>
    (await indicators.getIndicators(ctx, { source })).services.find(({ key }) => key === 'kita')?.counts.looked ?? 0;
  const before = await looked(paula);
  for (const place of ['Ellrich', '16062005', 'Ellrich', 'Nordhausen', 'Nirgendwo', ''])
    await finder.visitService(nobody, 'kita', place);
  assert.equal(await looked(), 3);
  assert.equal(await looked(paula, ellrich), 3);
  assert.equal(await looked(paula, 1), 3, 'a place without an authority here, an unknown one, and none');
  assert.equal(await looked(paula), Number(before) + 6, 'no look counts twice');
  assert.equal(await looked(await people.now('emil')), 0);
  await assert.rejects(finder.visitService(nobody, 'gibt-es-nicht', 'Ellrich'), refused('finder.serviceUnknown'));
});

test('a rating is asked for once, is anonymous, and its text lies apart', async () => {
  const { token } = await send();
  for (const points of ['', '0', '6', '5.5', '5; drop', 'fünf'])
    await assert.rejects(indicators.giveFeedback(nobody, token, { points, text: '' }), refused('indicators.pointsMissing'));
  await assert.rejects(
    indicators.giveFeedback(nobody, token, { points: '5', text: 'x'.repeat(1_001) }),
    refused('platform.textTooLong'),
  );
  assert.equal((await indicators.lookAtFeedback(nobody, token)).isDone, false);
  await indicators.giveFeedback(nobody, token, { points: '2', text: ' Zu viele Seiten. ' });
  await indicators.giveFeedback(nobody, token, { points: '5', text: 'Noch einmal' });
  assert.equal((await indicators.lookAtFeedback(nobody, token)).isDone, true);
  await assert.rejects(indicators.lookAtFeedback(nobody, `${token}x`), refused('forms.linkUnknown'));
  const remarks = await indicators.listRemarks(dora);
  assert.deepEqual(
    remarks.map(({ text, service }) => [text, service]),
    [['Zu viele Seiten.', 'hundesteuer']],
  );
  const rows = await platform.db.read(
    ellrich,
  )`select total, heard from indicators.fact where tenant = ${ellrich} and what = 'rated'`;
  assert.deepEqual([...rows], [{ total: 2, heard: null }]);
  for (const other of [anna, people.ida, emil, paula]) {
    await assert.rejects(indicators.removeRemark(other, remarks[0]?.id ?? 0), (error: { code?: string }) =>
      ['platform.forbidden', 'platform.notFound'].includes(error.code ?? ''),
    );
  }
  await indicators.removeRemark(dora, remarks[0]?.id ?? 0);
  assert.deepEqual(await indicators.listRemarks(dora), []);
});

test('few ratings have no mean, many have', async () => {
  assert.equal((await dogs())?.satisfaction, null);
  for (const points of ['1', '4', '5', '5']) await indicators.giveFeedback(nobody, (await send()).token, { points, text: '' });
  assert.equal((await dogs())?.satisfaction, 3.4);
});

test('nobody without a task reads them, and strangers are asked who they are', async () => {
  await assert.rejects(indicators.getIndicators(anna), refused('platform.forbidden'));
  await assert.rejects(indicators.getIndicators(nobody), refused('platform.signInFirst'));
  await assert.rejects(indicators.listRemarks(people.ida), refused('platform.forbidden'));
  await assert.rejects(indicators.bringAlong(dora, 'x', []), refused('platform.forbidden'));
});

test('the downloads say the same as the page, to whoever may see it', async () => {
  const cookie = await people.cookie('dora');
  const get = (path: string, headers: Record<string, string> = { cookie }) => stand.house.app.inject({ url: path, headers });
  const csv = await get('/kennzahlen/kennzahlen.csv');
  assert.match(csv.body, /^\uFEFFfrom;until;kind;key;name;looked;visited;started;submitted/);
  assert.match(csv.body, /;service;hundesteuer;Hund anmelden/);
  assert.equal(csv.headers['cache-control'], 'private, no-store');
  const json = JSON.parse((await get('/kennzahlen/kennzahlen.json?zeitraum=2026-12')).body);
  assert.equal(json.from, '2026-12-01');
  assert.deepEqual(json.authorityServices, [], 'a municipality has its own lines and no others');
  const all = await get('/kennzahlen/kennzahlen.csv', { cookie: await people.cookie('paula') });
  assert.match(all.body, new RegExp(`;authorityService;${ellrich}/hundesteuer;Stadt Ellrich – Hund anmelden[^;]*;0;2;`));
  const { authorityServices } = JSON.parse(
    (await get('/kennzahlen/kennzahlen.json', { cookie: await people.cookie('paula') })).body,
  );
  const one = authorityServices.find(
    (line: { authority: number; service: string }) => line.authority === ellrich && line.service === 'kita',
  );
  assert.deepEqual([one.authorityName, one.counts.looked], ['Stadt Ellrich', 3]);
  assert.equal((await get('/kennzahlen/kennzahlen.csv', {})).statusCode, 401);
  assert.equal((await get('/kennzahlen/kennzahlen.csv', { cookie: await people.cookie('bernd') })).statusCode, 403);
});

test('counting waits for nothing and fails nothing: while the database is away it is kept for later', async () => {
  const away = new Error('away');
  let calls = 0;
  const { openTally } = await import('#platform/tally');
  const tally = openTally(() => new Date('2026-11-23T23:30:00Z'), platform.log);
  const kept: number[] = [];
  tally.keepWith(async (tallied) => {
    calls += 1;
    if (calls === 1) throw away;
    for (const { count, day } of tallied) {
      assert.equal(day, '2026-11-24'); // after midnight in Germany
      kept.push(count);
    }
  });
  for (let time = 0; time < 1_000; time += 1) tally.count(1, 'visited', 'hundesteuer');
  await tally.flush();
  tally.count(1, 'visited', 'hundesteuer');
  await tally.flush();
  await tally.flush();
  assert.deepEqual([kept, calls], [[1_001], 2]);
});
