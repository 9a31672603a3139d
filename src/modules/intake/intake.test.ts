import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as accounts from '#modules/accounts';
import * as forms from '#modules/forms';
import * as mailbox from '#modules/mailbox';
import * as notifications from '#modules/notifications';
import { faultsOf } from '#platform/checks';
import type { Context } from '#platform/context';
import { type Sent, settleOffice } from '../../../test/office.ts';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import { remindTenant } from './care.ts';
import * as intake from './index.ts';
import { keepUp, takeIn } from './tray.ts';

const stand = await openStand();
const people = await settle(stand);
const { nobody, house, ellrich, id, dora, emil, paula } = people;
const { town, send: sendOne } = await settleOffice(stand, people);
const anna = await people.now('anna');
const bernd = await people.now('bernd');
const refused = (code: string) => ({ code });

/** Celik sends an application; the house hears of it as often as is said. */
async function send(times = 1): Promise<Sent> {
  const sent = await sendOne();
  const news = { tenant: ellrich, submission: sent.number, form: 'hundesteuer', reference: sent.reference };
  for (let time = 0; time < times; time += 1) await takeIn.job.run(house, news as never);
  return sent;
}

const hear = (submission: number, step: string) => keepUp.job.run(house, { tenant: ellrich, submission, step } as never);
const notices = async (ctx: Context) => (await notifications.listNotices(ctx)).map(({ sentence }) => sentence);

test('what was sent lies in the tray of its office, once, and nobody else knows of it', async () => {
  const { number } = await send(3);
  const { items } = await intake.listTray(anna);
  assert.deepEqual(
    items.filter(({ submission }) => submission === number).map(({ state, applicant }) => [state, applicant]),
    [['received', 'Celik Çetin']],
  );
  assert.equal(items[0]?.dueOn, '2026-12-14');
  assert.equal((await notices(anna)).filter((sentence) => sentence.startsWith('Neu im Eingang')).length, 1);
  for (const other of [emil, paula, dora, people.ida]) {
    assert.deepEqual((await intake.listTray(other)).items, []);
    await assert.rejects(intake.getItem(other, number), refused('platform.notFound'));
    await assert.rejects(intake.take(other, number), refused('platform.notFound'));
    await assert.rejects(intake.packageOfItem(other, number), refused('platform.notFound'));
  }
  await assert.rejects(intake.listTray(nobody), refused('platform.signInFirst'));
  await assert.rejects(intake.getItem(nobody, number), refused('platform.signInFirst'));
});

test('what was passed on and is taken on here all the same lies among one’s own, and says that somebody else has it, too', async () => {
  const { number } = await send();
  const to = 'Straßenverkehr Südharz';
  await stand.house.platform.db.write(ellrich, (tx) => intake.layAside(tx, town, { submission: number, to }));
  const isIn = async (list: 'mine' | 'elsewhere' | 'office') =>
    (await intake.listTray(anna, { list })).items.some(({ submission }) => submission === number);
  assert.deepEqual([await isIn('elsewhere'), await isIn('office')], [true, false]);
  await intake.take(anna, number);
  assert.deepEqual([await isIn('elsewhere'), await isIn('mine')], [false, true]);
  const { elsewhere } = await intake.getItem(anna, number);
  assert.deepEqual([elsewhere?.isAway, elsewhere?.receiver, elsewhere?.code], [false, to, 'intake.takenBack']);
});

test('Anna takes it, asks back, gets an answer, decides and closes it; each of it is on record', async () => {
  const { token, number } = await send();
  await assert.rejects(intake.askBack(anna, number, { text: 'x', dueOn: '2026-12-24' }), refused('intake.takeFirst'));
  await intake.take(anna, number);
  await assert.rejects(intake.answer(bernd, number, { outcome: 'granted', text: 'Ja.' }), refused('intake.takeFirst'));
  for (const dueOn of ['2026-11-22', '2020-01-01', '2030-01-01', 'morgen'])
    await assert.rejects(intake.askBack(anna, number, { text: 'Kassenzeichen?', dueOn }), refused('intake.dayForm'));
  await intake.askBack(anna, number, { text: 'Kassenzeichen?', dueOn: '2026-12-25' });
  assert.equal((await intake.getItem(anna, number)).item.awaitedUntil, '2026-12-28');
  const status = await forms.lookAtStatus(nobody, token);
  assert.equal(status.requests[0]?.dueOn, '2026-12-28');
  await forms.answerEvidence(nobody, token, { request: status.requests[0]?.id as number, text: '4711' });
  await hear(number, 'answer');
  await hear(number, 'answer');
  assert.ok((await notices(anna)).some((sentence) => sentence.startsWith('Die Antwort auf Ihre Nachfrage ist da')));
  await assert.rejects(intake.answer(anna, number, { outcome: '', text: 'Ja.' }), refused('intake.outcomeMissing'));
  await assert.rejects(intake.answer(anna, number, { outcome: 'granted', text: ' ' }), refused('platform.textMissing'));
  await intake.answer(anna, number, { outcome: 'granted', text: 'Der Hund ist abgemeldet.' });
  assert.equal(
    (await forms.lookAtStatus(nobody, token)).result,
    'Wir haben Ihrem Antrag entsprochen.\n\nDer Hund ist abgemeldet.',
  );
  await assert.rejects(intake.answer(anna, number, { outcome: 'refused', text: 'Nein.' }), refused('forms.isDecided'));
  await intake.close(bernd, number);
  const { item, acts } = await intake.getItem(anna, number);
  assert.deepEqual([item.state, item.outcome, acts], ['closed', 'granted', []]);
  const trail = await accounts.auditTrail(dora, { limit: 200 });
  const actions = trail.filter(({ thing }) => thing === `submission:${number}`).map(({ action }) => action);
  for (const action of ['forms.take', 'forms.ask', 'forms.read', 'intake.answer', 'forms.decide', 'forms.close'])
    assert.ok(actions.includes(action), action);
});

test('an answer also goes by post: one letter, to the address that was answered, or nothing at all', async () => {
  const { number } = await send();
  await intake.take(anna, number);
  const { address } = await intake.getItem(anna, number);
  assert.deepEqual(address, ['Celik Çetin', 'Am Bach 3', '99755 Ellrich']);
  const said = { outcome: 'granted', text: 'Rex ist abgemeldet.' };
  for (const recipient of [[], ['Celik Çetin', ' ']])
    await assert.rejects(intake.answer(anna, number, { ...said, recipient }), refused('intake.recipientMissing'));
  assert.equal((await intake.getItem(anna, number)).item.state, 'inProgress');
  await intake.answer(anna, number, { ...said, recipient: address });
  const letters = await mailbox.listSent(anna, { state: 'toPrint' });
  assert.deepEqual(
    letters.map(({ recipient, body }) => [recipient, body]),
    [[address, 'Wir haben Ihrem Antrag entsprochen.\n\nRex ist abgemeldet.']],
  );
});

test('who asks back or decides reads all that is wrong at once, field by field; what was pasted unseen is no reason', async () => {
  const { number } = await send();
  await intake.take(anna, number);
  const fieldsOf = async (work: Promise<void>) =>
    (await work.then(() => [], faultsOf)).map(({ code, params }) => `${params.field} ${code}`);
  assert.deepEqual(await fieldsOf(intake.askBack(anna, number, { text: ' ', dueOn: '2020-01-01' })), [
    'text platform.textMissing',
    'dueOn intake.dayForm',
  ]);
  assert.deepEqual(await fieldsOf(intake.answer(anna, number, { outcome: '', text: ' ', recipient: [] })), [
    'outcome intake.outcomeMissing',
    'text platform.textMissing',
    'recipient intake.recipientMissing',
  ]);
  await assert.rejects(intake.answer(nobody, number, { outcome: '', text: '' }), refused('platform.signInFirst'));
  const { address: recipient } = await intake.getItem(anna, number);
  await intake.answer(anna, number, { outcome: 'granted', text: '\ufeffJa.\r\nGern.', recipient });
  assert.match((await intake.getItem(anna, number)).submission.result, /\n\nJa\.\nGern\.$/);
});

test('given back it is everybody’s again; handed over it is the colleague’s, and they are told', async () => {
  const { number } = await send();
  await intake.take(anna, number);
  await assert.rejects(intake.giveBack(bernd, number), refused('intake.takeFirst'));
  await intake.giveBack(anna, number);
  assert.ok((await intake.listTray(anna, { list: 'unassigned' })).items.some(({ submission }) => submission === number));
  assert.deepEqual(
    (await intake.colleaguesFor(anna, number)).map(({ account }) => account),
    [id.anna, id.bernd],
  );
  await assert.rejects(intake.handTo(anna, number, id.dora), refused('intake.colleague'));
  assert.equal(await intake.handTo(anna, number, id.bernd), 'Bernd Böhme');
  assert.ok((await intake.listTray(bernd, { list: 'mine' })).items.some(({ submission }) => submission === number));
  assert.ok((await notices(bernd)).some((sentence) => sentence.endsWith('wurde Ihnen übergeben.')));
});

test('what the applicant withdraws is over, whoever has it', async () => {
  const { token, number } = await send();
  await intake.take(anna, number);
  await forms.withdrawSubmission(nobody, token);
  await assert.rejects(intake.answer(anna, number, { outcome: 'granted', text: 'Ja.' }), refused('forms.isWithdrawn'));
  await hear(number, 'withdraw');
  // News that arrives late and in another order changes nothing.
  await hear(number, 'take');
  const { item } = await intake.getItem(anna, number);
  assert.deepEqual([item.state, item.outcome], ['withdrawn', 'withdrawn']);
});

/** The same house; what it tells itself is written down. */
function listening(ctx: Context, heard: string[]): Context {
  const { platform } = ctx;
  const handlersOf: typeof platform.events.handlersOf = (event) => {
    heard.push(event);
    return platform.events.handlersOf(event);
  };
  return { ...ctx, platform: { ...platform, events: { handlersOf } } };
}

test('the house hears once that an office is done, and once that an applicant is', async () => {
  const { number } = await send();
  await intake.take(anna, number);
  await intake.answer(anna, number, { outcome: 'refused', text: 'Nein.' });
  const heard: string[] = [];
  await intake.close(listening(anna, heard), number);
  for (let time = 0; time < 2; time += 1)
    await keepUp.job.run(listening(house, heard), { tenant: ellrich, submission: number, step: 'close' } as never);
  assert.equal(heard.filter((event) => event === 'intake.submissionClosed').length, 1);
  const other = await send();
  await forms.withdrawSubmission(nobody, other.token);
  const later: string[] = [];
  for (let time = 0; time < 2; time += 1)
    await keepUp.job.run(listening(house, later), { tenant: ellrich, submission: other.number, step: 'withdraw' } as never);
  assert.equal(later.filter((event) => event === 'intake.submissionClosed').length, 1);
});

test('what was there before this room is put in without ringing, by the house alone', async () => {
  const { number } = await send(0);
  const before = await notices(anna);
  await assert.rejects(intake.catchUp(anna, number), refused('platform.forbidden'));
  await intake.catchUp(town, number);
  await intake.catchUp(town, number);
  assert.equal((await intake.getItem(anna, number)).item.state, 'received');
  assert.deepEqual(await notices(anna), before);
});

test('sorted and searched, page by page, nothing is shown twice or left out', async () => {
  for (let count = 0; count < 3; count += 1) await send();
  const all = (await intake.listTray(anna, { limit: 1_000 })).items.map(({ submission }) => submission);
  for (const sort of intake.traySorts)
    for (const isDescending of [false, true]) {
      const seen: number[] = [];
      let cursor: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof intake.listTray>> = await intake.listTray(anna, {
          sort,
          isDescending,
          limit: 2,
          cursor,
        });
        seen.push(...page.items.map(({ submission }) => submission));
        cursor = page.next;
      } while (cursor !== null);
      assert.deepEqual(
        seen.toSorted((a, b) => a - b),
        all.toSorted((a, b) => a - b),
        sort,
      );
    }
  assert.equal((await intake.listTray(anna, { search: 'çetin', limit: 1_000 })).items.length, all.length);
  assert.deepEqual((await intake.listTray(anna, { search: '%' })).items, []);
  await assert.rejects(intake.listTray(anna, { cursor: 'made-up' }), refused('platform.invalid'));
});

test('the downloads: data as XML and JSON, everything as a ZIP, for the office alone', async () => {
  const { number } = await send();
  const xml = await intake.dataOfItem(anna, number, 'xml');
  assert.match(xml.text, /<angabe name="goneName">Rex<\/angabe>/);
  assert.equal(JSON.parse((await intake.dataOfItem(anna, number, 'json')).text).data.goneName, 'Rex');
  const cookie = await people.cookie('anna');
  const get = (path: string, headers: Record<string, string> = { cookie }) =>
    stand.house.app.inject({ url: `/eingang/${number}/${path}`, headers });
  const { stream, name } = await intake.packageOfItem(anna, number);
  assert.match(name, /^Antrag-.*\.zip$/);
  const bytes = Buffer.concat(await stream.toArray());
  assert.equal(bytes.subarray(0, 2).toString(), 'PK');
  assert.ok(bytes.includes('.xml') && bytes.includes('.json'));
  assert.equal((await get('antrag.xml')).headers['cache-control'], 'private, no-store');
  const stranger = await people.cookie('emil');
  for (const path of ['antrag.pdf', 'antrag.xml', 'antrag.json', 'antrag.zip', 'anlage/1']) {
    assert.equal((await get(path, {})).statusCode, 401, path);
    assert.equal((await get(path, { cookie: stranger })).statusCode, 404, path);
  }
  assert.equal((await get('anlage/999999')).statusCode, 404);
});

test('whoever stands in works on it, from the first to the last day, and not a day longer', async () => {
  const { number } = await send();
  await intake.take(anna, number);
  const span = { from: '2026-11-22', until: '2026-12-31' };
  for (const deputy of [id.emil, id.anna, id.dora, 0])
    await assert.rejects(intake.setDeputy(anna, { deputy, ...span }), refused('intake.colleague'));
  for (const [from, until] of [
    ['2026-12-31', '2026-12-01'],
    ['2026-01-01', '2026-02-01'],
    ['', ''],
    ['2026-11-22', '2029-01-01'],
  ] as const)
    await assert.rejects(intake.setDeputy(anna, { deputy: id.bernd, from, until }), refused('intake.absenceForm'));
  await assert.rejects(intake.answer(bernd, number, { outcome: 'granted', text: 'Ja.' }), refused('intake.takeFirst'));
  await intake.setDeputy(anna, { deputy: id.bernd, ...span });
  assert.deepEqual(
    (await intake.listAbsences(bernd)).others.map(({ account }) => account),
    [id.anna],
  );
  assert.ok((await intake.listTray(bernd, { list: 'mine', limit: 1_000 })).items.some(({ submission }) => submission === number));
  await intake.answer(bernd, number, { outcome: 'refused', text: 'Nein.' });
  await intake.clearDeputy(anna);
  await intake.clearDeputy(anna);
  assert.deepEqual((await intake.listAbsences(bernd)).others, []);
});

test('a deadline of the municipality holds for what arrives later; who works on it is reminded once, and once more when it is over', async () => {
  const { number: before } = await send();
  for (const other of [anna, emil, people.ida]) await assert.rejects(intake.listDeadlines(other), refused('platform.forbidden'));
  for (const text of ['0', '-1', 'bald', '501', '1,5'])
    await assert.rejects(intake.setDeadline(dora, { form: 'hundesteuer', text }), refused('intake.workingDaysForm'));
  await intake.setDeadline(dora, { form: 'hundesteuer', text: '5' });
  const { number } = await send();
  const own = await intake.getItem(anna, number);
  assert.ok(own.item.dueOn < (await intake.getItem(anna, before)).item.dueOn);
  await intake.take(anna, number);
  const ring = async () => {
    await remindTenant(town);
    return (await notices(anna)).filter((sentence) => sentence.includes(own.item.reference)).at(-1) ?? '';
  };
  assert.doesNotMatch(await ring(), /fällig/);
  stand.clock.advance(4 * 86_400);
  assert.match(await ring(), /^Bald fällig/);
  await notifications.dismissAll(anna);
  assert.equal(await ring(), '');
  stand.clock.advance(10 * 86_400);
  assert.match(await ring(), /^Überfällig/);
  const late = await intake.listTray(anna, { list: 'overdue', limit: 1_000 });
  assert.ok(late.items.some(({ submission, due }) => submission === number && due === 'overdue'));
  await notifications.dismissAll(anna);
  assert.equal(await ring(), '');
});

test('the figures count what there is, without a name', async () => {
  const [figure] = await intake.trayFigures(anna);
  assert.equal(figure?.form, 'hundesteuer');
  assert.equal(figure?.closed, 2);
  assert.equal(figure?.withdrawn, 2);
  assert.ok((figure?.medianSeconds ?? -1) >= 0);
  assert.deepEqual(await intake.trayFigures(emil), []);
});
