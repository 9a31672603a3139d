import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as accounts from '#modules/accounts';
import * as intake from '#modules/intake';
import type { Context } from '#platform/context';
import { settleOffice } from '../../../test/office.ts';
import { password, settle } from '../../../test/people.ts';
import { newestMail } from '../../../test/post.ts';
import { workOff } from '../../../test/queue.ts';
import { openStand } from '../../../test/stand.ts';
import * as forms from './index.ts';

/** What applicants and clerks at the counter do beyond the way through a form. */

const stand = await openStand();
const people = await settle(stand);
const office = await settleOffice(stand, people);
const { nobody, house, ellrich, emil } = people;
const anna = await people.now('anna');
const refused = (code: string) => ({ code });

async function citizen(address: string): Promise<Context> {
  await accounts.addCitizen(house, { address, name: 'Celik Çetin', kind: 'person', password });
  const { token } = await accounts.signInCitizen(nobody, { address, password });
  const actor = await accounts.citizenBySession(house.platform, token);
  assert.ok(actor);
  return { ...nobody, actor };
}

const celik = await citizen('celik@post.example');
const other = await citizen('jemand@post.example');

type Answers = Readonly<Record<string, string>>;
const pages: readonly (readonly [string, Answers])[] = [
  ['what', { matter: 'deregister' }],
  ['gone', { goneName: 'Rex', taxNumber: '', goneOn: '1.11.2026', goneWhy: 'died' }],
  ['person', { firstName: 'Celik', lastName: 'Çetin', born: '3.3.1970' }],
  ['address', { 'home.street': 'Am Bach', 'home.number': '3', 'home.postcode': '99755', 'home.town': 'Ellrich' }],
  ['contact', { mail: 'celik@post.example', phone: '' }],
];

async function answer(ctx: Context, token: string, page: string, answers: Answers): Promise<void> {
  const view = await forms.lookAtPage(ctx, token, { page, item: 0 });
  assert.ok('step' in view, page);
  const sent = new Map(Object.entries(answers).map(([name, value]) => [name, [value]] as const));
  await forms.savePage(ctx, token, { page, item: 0, go: 'next', step: view.step, sent });
}

async function check(ctx: Context, token: string): Promise<forms.CheckView> {
  const view = await forms.lookAtCheck(ctx, token);
  assert.ok('edition' in view);
  return view;
}

async function send(ctx: Context, token: string): Promise<string> {
  for (const [page, answers] of pages) await answer(ctx, token, page, answers);
  stand.clock.advance(10);
  const { edition } = await check(ctx, token);
  return (await forms.submitDraft(ctx, token, { edition, cents: null, isDeclared: true, trap: '' })).reference;
}

const begin = (ctx: Context) => forms.beginDraft(ctx, { form: 'hundesteuer', place: '16062005', trap: '' });
const confirm = async (ctx: Context, token: string) => ({
  edition: (await check(ctx, token)).edition,
  cents: null,
  isDeclared: true,
  trap: '',
});

test('the number of steps never grows on the way, and is told as a number only once it is one', async () => {
  const { token } = await begin(nobody);
  const seen: { index: number; count: number; isFixed: boolean }[] = [];
  for (const [page, answers] of pages) {
    const view = await forms.lookAtPage(nobody, token, { page, item: 0 });
    assert.ok('position' in view);
    seen.push(view.position);
    await answer(nobody, token, page, answers);
  }
  assert.deepEqual(
    seen.map(({ index }) => index),
    [1, 2, 3, 4, 5],
  );
  assert.ok(seen.every(({ count }, at) => at === 0 || count <= (seen[at - 1]?.count ?? 0)));
  assert.ok(!seen[0]?.isFixed && seen.at(-1)?.isFixed);
  // The summary is the last step.
  assert.equal(seen.at(-1)?.count, 6);
});

test('what was begun with an account is in it, opens for its citizen alone, and says what to do next', async () => {
  const { token, page } = await begin(celik);
  assert.match(token, /^konto-\d+\.\d+$/);
  await answer(celik, token, page, { matter: 'deregister' });
  await assert.rejects(forms.lookAtPage(nobody, token, { page, item: 0 }), refused('platform.signInFirst'));
  for (const stranger of [other, anna, emil])
    await assert.rejects(forms.lookAtPage(stranger, token, { page, item: 0 }), refused('forms.linkUnknown'));
  await assert.rejects(forms.mailLink(celik, token, 'celik@post.example'), refused('forms.ownNeedsNoLink'));
  await workOff(stand);
  const [line] = await forms.listApplications(celik);
  assert.equal(line?.state, 'draft');
  assert.equal(line?.path, `/antrag/hundesteuer/${token}`);
  assert.deepEqual(await forms.listApplications(other), []);
  await assert.rejects(forms.listApplications(anna), refused('platform.signInFirst'));
  const reference = await send(celik, token);
  const [sent] = await forms.listApplications(celik);
  assert.deepEqual([sent?.state, sent?.reference, sent?.path], ['received', reference, `/antrag/status/${token}`]);
  assert.equal((await forms.lookAtStatus(celik, token)).link, null);
  const { body } = await newestMail(stand);
  assert.ok(body.includes(`/antrag/status/${token}`) && body.includes('„Meine Anträge“') && !body.includes('Wer ihn hat'));
});

test('what a link opens is taken into one account, twice is once, and the link goes on working', async () => {
  const { token } = await begin(nobody);
  await assert.rejects(forms.takeIntoAccount(nobody, token), refused('platform.signInFirst'));
  await assert.rejects(forms.takeIntoAccount(anna, token), refused('platform.signInFirst'));
  const { key } = await forms.takeIntoAccount(celik, token);
  assert.deepEqual(await forms.takeIntoAccount(celik, token), { form: 'hundesteuer', key });
  await assert.rejects(forms.takeIntoAccount(other, token), refused('forms.inOtherAccount'));
  await assert.rejects(forms.lookAtResume(other, key), refused('forms.linkUnknown'));
  assert.ok('link' in (await forms.lookAtResume(nobody, token)));
  await workOff(stand);
  assert.ok((await forms.listApplications(celik)).some(({ path }) => path === `/antrag/hundesteuer/${key}`));
});

test('who withdraws before a fee was set leaves nothing to set and nothing to pay', async () => {
  const { token } = await office.sendFeast();
  assert.equal((await forms.lookAtStatus(nobody, token)).payment?.state, 'awaitingFee');
  await forms.withdrawSubmission(nobody, token);
  const { state, payment } = await forms.lookAtStatus(nobody, token);
  assert.deepEqual([state, payment?.state], ['withdrawn', 'withdrawn']);
  await assert.rejects(forms.withdrawSubmission(nobody, token), refused('forms.isWithdrawn'));
});

test('an account that goes takes its drafts with it, and leaves what was sent to its office', async () => {
  const leaver = await citizen('weg@post.example');
  const draft = await begin(leaver);
  const sent = await begin(leaver);
  await send(leaver, sent.token);
  await workOff(stand);
  await accounts.removeCitizen(leaver, password);
  await workOff(stand);
  assert.deepEqual(await forms.listApplications(leaver), []);
  await assert.rejects(forms.lookAtResume(leaver, draft.token), refused('forms.linkUnknown'));
  await assert.rejects(forms.lookAtStatus(leaver, sent.token), refused('forms.linkUnknown'));
});

async function sendAsNobody(): Promise<{ token: string; number: number }> {
  const { token, number } = await office.send();
  await workOff(stand);
  return { token, number };
}

test('answers are corrected while nobody has taken it: the office sees what changed, the receipt is made anew', async () => {
  const { token, number } = await sendAsNobody();
  await forms.beginCorrection(nobody, token);
  await forms.beginCorrection(nobody, token);
  await answer(nobody, token, 'person', { firstName: 'Celik Aylin', lastName: 'Çetin', born: '3.3.1970' });
  const view = await check(nobody, token);
  assert.deepEqual(
    view.changes?.map(({ from, to }) => [from, to]),
    [['Celik', 'Celik Aylin']],
  );
  // Until it is sent, what was sent first holds.
  assert.equal((await intake.getItem(anna, number)).submission.applicant, 'Celik Çetin');
  await assert.rejects(
    forms.addFile(nobody, token, { page: 'gone', field: 'x', name: 'x.pdf', bytes: (async function* () {})() }),
    refused('forms.pageGone'),
  );
  const input = await confirm(nobody, token);
  await assert.rejects(forms.sendCorrection(nobody, token, { ...input, isDeclared: false }), refused('forms.notDeclared'));
  assert.deepEqual(await forms.sendCorrection(nobody, token, input), { asSupplement: null, linkEnded: false });
  assert.deepEqual(await forms.sendCorrection(nobody, token, input), { asSupplement: null, linkEnded: false });
  await workOff(stand);
  const item = await intake.getItem(anna, number);
  assert.equal(item.submission.applicant, 'Celik Aylin Çetin');
  assert.equal(item.item.applicant, 'Celik Aylin Çetin');
  assert.equal(item.happenings.filter(({ step }) => step === 'correct').length, 1);
  assert.match(item.happenings.at(-1)?.text ?? '', /Celik → Celik Aylin/);
  assert.ok((await forms.lookAtStatus(nobody, token)).hasReceipt);
});

test('a correction that is dropped leaves everything as it was sent', async () => {
  const { token, number } = await sendAsNobody();
  await forms.beginCorrection(nobody, token);
  await answer(nobody, token, 'person', { firstName: 'Falsch', lastName: 'Çetin', born: '3.3.1970' });
  await forms.dropCorrection(nobody, token);
  await forms.dropCorrection(nobody, token);
  await forms.beginCorrection(nobody, token);
  assert.deepEqual((await check(nobody, token)).changes, []);
  assert.deepEqual(await forms.sendCorrection(nobody, token, await confirm(nobody, token)), {
    asSupplement: null,
    linkEnded: false,
  });
  assert.equal((await intake.getItem(anna, number)).happenings.filter(({ step }) => step === 'correct').length, 0);
});

test('once somebody has taken it, no correction is begun, and one under way goes to them in words', async () => {
  const { token, number } = await sendAsNobody();
  await forms.beginCorrection(nobody, token);
  await answer(nobody, token, 'person', { firstName: 'Celik Aylin', lastName: 'Çetin', born: '3.3.1970' });
  await intake.take(anna, number);
  assert.deepEqual(await forms.sendCorrection(nobody, token, await confirm(nobody, token)), {
    asSupplement: 'taken',
    linkEnded: false,
  });
  const item = await intake.getItem(anna, number);
  assert.equal(item.submission.applicant, 'Celik Çetin');
  assert.deepEqual([item.happenings.at(-1)?.step, item.happenings.at(-1)?.who], ['supplement', 'applicant']);
  assert.ok(!(await forms.lookAtStatus(nobody, token)).steps.includes('correct'));
  await assert.rejects(forms.beginCorrection(nobody, token), refused('forms.takenAlready'));
});

test('what was withdrawn or decided is not corrected any more, whatever was begun before', async () => {
  const { token } = await sendAsNobody();
  await forms.beginCorrection(nobody, token);
  await answer(nobody, token, 'person', { firstName: 'Zu spät', lastName: 'Çetin', born: '3.3.1970' });
  const input = await confirm(nobody, token);
  await forms.withdrawSubmission(nobody, token);
  await assert.rejects(forms.sendCorrection(nobody, token, input), refused('forms.isWithdrawn'));
  const { token: early } = await begin(nobody);
  await assert.rejects(forms.beginCorrection(nobody, early), refused('forms.notSent'));
});

async function* pdf(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(`%PDF-1.7\n${text}`);
}

test('an evidence request is answered with files, with words, or both, and nobody else’s request is touched', async () => {
  const { token, number } = await sendAsNobody();
  const foreign = await sendAsNobody();
  await intake.take(anna, number);
  await intake.askBack(anna, number, { text: 'Bitte die Bescheinigung.', dueOn: '2026-12-07' });
  const request = (await forms.lookAtStatus(nobody, token)).requests[0]?.id as number;
  await assert.rejects(
    forms.addFile(nobody, foreign.token, { request, name: 'a.pdf', bytes: pdf('a') }),
    refused('platform.notFound'),
  );
  await assert.rejects(forms.answerEvidence(nobody, token, { request, text: '' }), refused('platform.textMissing'));
  await forms.addFile(nobody, token, { request, name: 'Bescheinigung.pdf', bytes: pdf('b') });
  await forms.addFile(nobody, token, { request, name: 'Bescheinigung.pdf', bytes: pdf('b') });
  await forms.answerEvidence(nobody, token, { request, text: '' });
  await workOff(stand);
  const item = await intake.getItem(anna, number);
  assert.deepEqual(
    item.files.map(({ name }) => name),
    ['Bescheinigung.pdf'],
  );
  assert.deepEqual([item.item.state, item.requests[0]?.answer], ['inProgress', 'Bescheinigung.pdf']);
  await assert.rejects(
    forms.addFile(nobody, token, { request, name: 'c.pdf', bytes: pdf('c') }),
    refused('forms.answeredAlready'),
  );
});

test('a clerk fills it in at the counter: on record for whom, marked in the tray, and the paper leads to its status', async () => {
  await assert.rejects(forms.lookAtCounter(anna), refused('platform.forbidden'));
  await accounts.setRoles(house, { tenant: ellrich, account: people.id.anna }, ['counter']);
  const clerk = await people.now('anna');
  const input = { form: 'hundesteuer', served: 'Erna Ende', identity: 'idCard' };
  await assert.rejects(forms.beginAtCounter(clerk, { ...input, served: ' ' }), refused('platform.textMissing'));
  await assert.rejects(forms.beginAtCounter(clerk, { ...input, identity: 'x' }), refused('forms.identityMissing'));
  await assert.rejects(forms.beginAtCounter(clerk, { ...input, form: 'gibt-es-nicht' }), refused('forms.unknown'));
  const { token } = await forms.beginAtCounter(clerk, input);
  assert.match(token, /^schalter-/);
  await assert.rejects(forms.paperOf(clerk, token), refused('forms.notSent'));
  for (const stranger of [other, emil, await people.now('bernd')])
    await assert.rejects(forms.lookAtResume(stranger, token), refused('forms.linkUnknown'));
  const reference = await send(clerk, token);
  const paper = await forms.paperOf(clerk, token);
  assert.deepEqual([paper.reference, paper.served.served, paper.served.clerkName], [reference, 'Erna Ende', 'Anna Apel']);
  const key = paper.link.split('/').at(-1) as string;
  assert.equal((await forms.lookAtStatus(nobody, key)).reference, reference);
  await workOff(stand);
  const { lines } = await forms.lookAtCounter(clerk);
  assert.deepEqual([lines[0]?.served, lines[0]?.state], ['Erna Ende', 'sent']);
  const { items } = await forms.listSubmissions(office.town, { limit: 1_000 });
  const number = items.find((line) => line.reference === reference)?.id as number;
  const inTray = (await intake.listTray(clerk, { search: reference })).items;
  assert.deepEqual(
    inTray.map(({ isServed }) => isServed),
    [true],
  );
  const item = await intake.getItem(clerk, number);
  assert.deepEqual([item.counter?.served, item.counter?.identity, item.happenings[0]?.who], ['Erna Ende', 'idCard', 'Anna Apel']);
  const trail = await accounts.auditTrail(people.dora, { limit: 200 });
  const done = trail.filter(({ actor }) => actor === `account:${people.id.anna}`).map(({ action }) => action);
  for (const action of ['forms.serve', 'forms.begin', 'forms.submit', 'forms.printPaper'])
    assert.ok(done.includes(action), action);
  // After two weeks, or without the role, it is its applicant's alone.
  await accounts.setRoles(house, { tenant: ellrich, account: people.id.anna }, []);
  await assert.rejects(forms.lookAtStatus(await people.now('anna'), token), refused('forms.linkUnknown'));
  stand.clock.advance(15 * 86_400);
  await assert.rejects(forms.lookAtStatus(clerk, token), refused('forms.linkUnknown'));
  assert.equal((await forms.lookAtStatus(nobody, key)).reference, reference);
});
