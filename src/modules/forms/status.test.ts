import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as accounts from '#modules/accounts';
import * as payments from '#modules/payments';
import { type Context, systemContext } from '#platform/context';
import { listMail } from '#platform/mail';
import { settleForms } from '../../../test/forms.ts';
import { password, settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import { keptAmong } from './care.ts';
import * as forms from './index.ts';
import { names } from './names.ts';
import { makeReceipt } from './receipt.ts';
import { receiptOf } from './status.ts';
import { readHappenings } from './store/submission.ts';
import { settleFee } from './submit.ts';

const stand = await openStand();
const people = await settle(stand);
await settleForms(people);
stand.clock.advance(10);
const { nobody, house, ellrich, id } = people;

const refused = (code: string) => ({ code });
const town = systemContext(stand.house.platform, ellrich, 'test');

type Answers = Readonly<Record<string, string | readonly string[]>>;
type Pages = readonly (readonly [string, Answers])[];

async function answer(ctx: Context, token: string, [page, answers]: Pages[number]): Promise<forms.Saved> {
  const view = await forms.lookAtPage(ctx, token, { page, item: 0 });
  assert.ok('step' in view, `${page}: ${'goTo' in view && view.goTo}`);
  const sent = new Map(Object.entries(answers).map(([name, value]) => [name, [value].flat()] as const));
  return forms.savePage(ctx, token, { page, item: 0, go: 'next', step: view.step, sent });
}

async function fillIn(form: string, pages: Pages): Promise<string> {
  const { token } = await forms.beginDraft(nobody, { form, place: '16062005', trap: '' });
  for (const page of pages) assert.deepEqual((await answer(nobody, token, page)).problems, [], page[0]);
  stand.clock.advance(10);
  return token;
}

async function shown(token: string): Promise<forms.SubmitInput> {
  const check = await forms.lookAtCheck(nobody, token);
  assert.ok('edition' in check);
  return { edition: check.edition, cents: check.fee?.kind === 'sum' ? check.fee.cents : null, isDeclared: true, trap: '' };
}

const send = async (token: string) => forms.submitDraft(nobody, token, await shown(token));

const person: Pages = [
  ['person', { firstName: 'Celik', lastName: 'Çetin', born: '3.3.1970' }],
  ['address', { 'home.street': 'Am Bach', 'home.number': '3', 'home.postcode': '99755', 'home.town': 'Ellrich' }],
  ['contact', { mail: 'celik@post.example', phone: '' }],
];
const gone: Pages = [
  ['what', { matter: 'deregister' }],
  ['gone', { goneName: 'Rex', taxNumber: '', goneOn: '1.11.2026', goneWhy: 'died' }],
  ...person,
];
const bello = {
  dogName: 'Bello',
  breed: 'Mischling',
  sex: 'male',
  dogBorn: '1.5.2025',
  keptSince: '1.7.2025',
  chip: '276098100000001',
};
const came: Pages = [
  ['what', { matter: 'register' }],
  ['dogs', bello],
  ['household', { kept: '1' }],
  ['danger', { dangerous: 'no' }],
  ['exemption', { exempt: 'none' }],
  ...person,
  ['debit', { wantsDebit: 'no' }],
];

/** The number the office has for what was sent last. */
const newest = async () => (await forms.listSubmissions(town)).items.at(-1)?.id as number;

test('what has to be paid arrives when it is paid, once, and the receipt holds every answer', async () => {
  const token = await fillIn('hundesteuer', came);
  const before = (await forms.listSubmissions(town)).items.length;
  const { payment, reference } = await send(token);
  assert.match(payment ?? '', /^\/bezahlung\//);
  assert.deepEqual((await forms.lookAtStatus(nobody, token)).payment?.state, 'open');
  assert.equal((await forms.listSubmissions(town)).items.length, before);
  await assert.rejects(receiptOf(nobody, token), refused('forms.receiptLater'));
  assert.notEqual(await forms.payAgain(nobody, token), payment);
  const { items } = await forms.listSubmissions(town, { states: ['unpaid'] });
  const submission = items.find((line) => line.reference === reference)?.id as number;
  const news = { tenant: ellrich, payment: 1, reference: 'x', cents: 500, thing: { kind: 'submission', id: String(submission) } };
  await settleFee.job.run(house, news as never);
  await settleFee.job.run(house, news as never);
  const status = await forms.lookAtStatus(nobody, token);
  assert.deepEqual(
    status.happenings.map(({ step }) => step),
    ['send', 'settle'],
  );
  assert.equal(status.state, 'received');
  await Promise.all([makeReceipt.run(town, { submission }), makeReceipt.run(town, { submission })]);
  const receipt = await receiptOf(nobody, token);
  assert.deepEqual(await keptAmong(town, [receipt.blob, 'nothing']), new Set([receipt.blob]));
  const answer = await stand.house.app.inject({ url: `/antrag/status/${token}/quittung.pdf` });
  assert.equal(answer.statusCode, 200);
  assert.equal(answer.rawPayload.subarray(0, 5).toString(), '%PDF-');
  assert.equal((await stand.house.app.inject({ url: `/antrag/status/${token.slice(0, -2)}xx/quittung.pdf` })).statusCode, 404);
});

test('supplements are taken until nobody could read them any more; the newest of what happened is shown', async () => {
  const token = await fillIn('hundesteuer', gone);
  await send(token);
  for (let count = 1; count <= 50; count += 1) await forms.supplementSubmission(nobody, token, `Ergänzung ${count}`);
  await assert.rejects(forms.supplementSubmission(nobody, token, 'zu viel'), refused('forms.supplementsMany'));
  const { happenings } = await forms.lookAtStatus(nobody, token);
  assert.deepEqual([happenings.length, happenings[0]?.step, happenings.at(-1)?.text], [51, 'send', 'Ergänzung 50']);
  const sql = stand.house.platform.db.read(ellrich);
  const newestTwo = await readHappenings(sql, ellrich, await newest(), 2);
  assert.deepEqual(
    newestTwo.map(({ text }) => text),
    ['Ergänzung 49', 'Ergänzung 50'],
  );
  await forms.withdrawSubmission(nobody, token);
});

test('the office takes it, asks back, gets an answer, decides; the applicant sees each step', async () => {
  const office = await accounts.createGroup(people.dora, { name: 'Steueramt' });
  await accounts.addMember(people.dora, { group: office, account: id.anna });
  const { content, edition } = await forms.getOverlay(town, 'hundesteuer');
  await forms.setOverlay(town, 'hundesteuer', { content: { ...content, office }, edition });
  const token = await fillIn('hundesteuer', gone);
  await send(token);
  const number = await newest();
  const anna = await people.now('anna');
  for (const other of [people.bernd, people.gero])
    await assert.rejects(forms.getSubmission(other, number), refused('platform.forbidden'));
  await assert.rejects(forms.getSubmission(people.emil, number), refused('platform.notFound'));
  assert.equal((await forms.getSubmission(anna, number)).submission.data.goneName, 'Rex');
  await forms.takeSubmission(anna, number);
  assert.equal((await forms.lookAtStatus(nobody, token)).handlerName, 'Anna Apel');
  await forms.askForEvidence(anna, number, { text: 'Bitte nennen Sie das Kassenzeichen.' });
  const asked = await forms.lookAtStatus(nobody, token);
  assert.equal(asked.requests[0]?.dueOn, '2026-12-07');
  const request = asked.requests[0]?.id as number;
  await assert.rejects(forms.answerEvidence(nobody, token, { request, text: ' ' }), refused('platform.textMissing'));
  await forms.answerEvidence(nobody, token, { request, text: '4711' });
  await forms.answerEvidence(nobody, token, { request, text: ' 4711 ' });
  await assert.rejects(forms.answerEvidence(nobody, token, { request, text: '4712' }), refused('forms.answeredAlready'));
  await forms.supplementSubmission(nobody, token, 'Der Hund hieß Rexi.');
  await forms.decideSubmission(anna, number, 'Der Hund ist abgemeldet.');
  await assert.rejects(forms.withdrawSubmission(nobody, token), refused('forms.isDecided'));
  const done = await forms.lookAtStatus(nobody, token);
  assert.deepEqual([done.state, done.result], ['decided', 'Der Hund ist abgemeldet.']);
  assert.deepEqual(
    done.happenings.map(({ step }) => step),
    ['send', 'take', 'ask', 'answer', 'supplement', 'decide'],
  );
});

test('who withdraws before paying owes nothing, and paying later does not bring it back', async () => {
  const token = await fillIn('hundesteuer', came);
  await send(token);
  await forms.withdrawSubmission(nobody, token);
  const status = await forms.lookAtStatus(nobody, token);
  assert.deepEqual([status.state, status.payment?.state, status.steps], ['withdrawn', 'withdrawn', []]);
  await assert.rejects(forms.payAgain(nobody, token), refused('forms.nothingOwed'));
});

test('who withdraws while correcting has nothing left to correct', async () => {
  const token = await fillIn('hundesteuer', came);
  await send(token);
  await settleNewest();
  await forms.beginCorrection(nobody, token);
  await answer(nobody, token, ['contact', { mail: 'celik@anders.example', phone: '' }]);
  await forms.withdrawSubmission(nobody, token);
  const { state, isCorrecting, steps } = await forms.lookAtStatus(nobody, token);
  assert.deepEqual([state, isCorrecting, steps], ['withdrawn', false, []]);
  assert.deepEqual(await mailedTo('celik@anders.example'), []);
});

test('a correction that would change the fee goes to the office in words, and what was paid for stays', async () => {
  const token = await fillIn('hundesteuer', came);
  await send(token);
  const { items } = await forms.listSubmissions(town, { states: ['unpaid'] });
  const submission = items.at(-1)?.id as number;
  const news = { tenant: ellrich, payment: 1, reference: 'x', cents: 500, thing: { kind: 'submission', id: String(submission) } };
  await settleFee.job.run(house, news as never);
  const before = await forms.getSubmission(town, submission);
  await forms.beginCorrection(nobody, token);
  const page = await forms.lookAtPage(nobody, token, { page: 'dogs', item: 1 });
  assert.ok('step' in page);
  const second = { ...bello, dogName: 'Rex', chip: '276098100000002' };
  const sent = new Map(Object.entries(second).map(([name, value]) => [name, [String(value)]] as const));
  await forms.savePage(nobody, token, { page: 'dogs', item: 1, go: 'next', step: page.step, sent });
  const view = await forms.lookAtCheck(nobody, token);
  assert.ok('changes' in view && view.changesFee);
  assert.deepEqual(view.changes?.at(-1)?.label, 'Gebühr');
  const input = { edition: view.edition, cents: null, isDeclared: true, trap: '' };
  assert.deepEqual(await forms.sendCorrection(nobody, token, input), { asSupplement: 'fee', linkEnded: false });
  const after = await forms.getSubmission(town, submission);
  assert.deepEqual([after.submission.data, after.submission.fee], [before.submission.data, before.submission.fee]);
  assert.equal(after.happenings.at(-1)?.step, 'supplement');
  assert.match(after.happenings.at(-1)?.text ?? '', /Rex[\s\S]*Gebühr: [\d,]+ € → [\d,]+ €/);
  assert.equal((await forms.lookAtStatus(nobody, token)).isCorrecting, false);
});

/** The fee of what was sent last is paid. */
async function settleNewest(): Promise<number> {
  const { items } = await forms.listSubmissions(town, { states: ['unpaid'] });
  const submission = items.at(-1)?.id as number;
  const news = { tenant: ellrich, payment: 1, reference: 'x', cents: 500, thing: { kind: 'submission', id: String(submission) } };
  await settleFee.job.run(house, news as never);
  return submission;
}

/** What was mailed about applications to an address, and the key in each link. */
async function mailedTo(address: string) {
  const mails = await listMail(stand.house.platform.db.read(ellrich), ellrich, 100);
  return mails.filter(({ to }) => to === address).flatMap(({ body }) => /\/antrag\/status\/(\S+)/.exec(body)?.[1] ?? []);
}

test('the link in a mistyped address ends when it is corrected; the applicant’s own goes on, and the new address has one', async () => {
  const token = await fillIn('hundesteuer', came);
  const { reference } = await send(token);
  await settleNewest();
  const [mistyped = ''] = await mailedTo('celik@post.example');
  assert.notEqual(mistyped, token);
  assert.equal((await forms.lookAtStatus(nobody, mistyped)).reference, reference);
  const correct = async (key: string, mail: string) => {
    await forms.beginCorrection(nobody, key);
    await answer(nobody, key, ['contact', { mail, phone: '' }]);
    return forms.sendCorrection(nobody, key, await shown(key));
  };
  assert.equal((await correct(token, 'celik@richtig.example')).linkEnded, true);
  await assert.rejects(forms.lookAtStatus(nobody, mistyped), refused('forms.linkUnknown'));
  const [right = ''] = await mailedTo('celik@richtig.example');
  assert.equal((await forms.lookAtStatus(nobody, right)).reference, reference);
  assert.equal((await correct(token, '')).linkEnded, true, 'no address, no link');
  await assert.rejects(forms.lookAtStatus(nobody, right), refused('forms.linkUnknown'));
  assert.equal((await correct(token, 'celik@neu.example')).linkEnded, false, 'there was none');
  const [fresh = ''] = await mailedTo('celik@neu.example');
  // Whoever comes by the mailed link has read the mail: the address was right, and the link in their hand goes on.
  assert.equal((await correct(fresh, 'celik@umgezogen.example')).linkEnded, false);
  assert.equal((await mailedTo('celik@umgezogen.example')).length, 1);
  assert.equal((await forms.lookAtStatus(nobody, fresh)).reference, reference);
  assert.equal((await forms.lookAtStatus(nobody, token)).reference, reference);
});

test('whoever took an application into their account by a link that ends has it no more; a supplement moves link and mails, too', async () => {
  const token = await fillIn('hundesteuer', came);
  await send(token);
  const submission = await settleNewest();
  await forms.mailLink(nobody, token, 'celik@vertippt.example');
  const [asked = ''] = await mailedTo('celik@vertippt.example');
  assert.notEqual(asked, token);
  await accounts.addCitizen(house, { address: 'fremd@post.example', name: 'Frau Fremd', kind: 'person', password });
  const signedIn = await accounts.signInCitizen(nobody, { address: 'fremd@post.example', password });
  const actor = await accounts.citizenBySession(house.platform, signedIn.token);
  assert.ok(actor);
  const stranger = { ...nobody, actor };
  const { key } = await forms.takeIntoAccount(stranger, asked);
  assert.equal((await forms.lookAtStatus(stranger, key)).state, 'received');
  await forms.beginCorrection(nobody, token);
  await answer(nobody, token, ['contact', { mail: 'celik@spaeter.example', phone: '' }]);
  const input = await shown(token);
  await forms.takeSubmission(await people.now('anna'), submission);
  assert.deepEqual(await forms.sendCorrection(nobody, token, input), { asSupplement: 'taken', linkEnded: true });
  await assert.rejects(forms.lookAtStatus(stranger, key), refused('forms.linkUnknown'));
  await assert.rejects(forms.lookAtStatus(nobody, asked), refused('forms.linkUnknown'));
  assert.equal((await mailedTo('celik@spaeter.example')).length, 1);
  assert.equal((await forms.getSubmission(town, submission)).submission.mail, 'celik@spaeter.example');
});

test('an address that is corrected reaches the treasury, once', async () => {
  const token = await fillIn('hundesteuer', came);
  await send(token);
  const submission = await settleNewest();
  const fileOf = async () => {
    const { payment } = await forms.getSubmission(town, submission);
    return payments.getPayment(town, payment?.payment ?? 0);
  };
  const before = await fileOf();
  assert.equal(before.payment.debtor.mail, 'celik@post.example');
  for (const mail of ['celik@anders.example', 'celik@anders.example']) {
    await forms.beginCorrection(nobody, token);
    await answer(nobody, token, ['contact', { mail, phone: '' }]);
    await forms.sendCorrection(nobody, token, await shown(token));
  }
  assert.equal((await mailedTo('celik@anders.example')).length, 1, 'whoever mistyped their address gets a link, too');
  const after = await fileOf();
  assert.deepEqual(after.payment, { ...before.payment, debtor: { ...before.payment.debtor, mail: 'celik@anders.example' } });
  assert.equal(after.history.filter(({ step }) => step === 'correctDebtor').length, 1);
});

test('the trail calls applications by their reference numbers, payments by theirs', async () => {
  const token = await fillIn('hundesteuer', came);
  const { reference } = await send(token);
  const { items } = await forms.listSubmissions(town, { states: ['unpaid'] });
  const { id: submission } = items.find((item) => item.reference === reference) as { id: number };
  await forms.withdrawSubmission(nobody, token);
  const dora = await people.now('dora');
  const trail = await accounts.auditTrail(dora);
  const withdrawn = trail.find(({ thing, action }) => thing === `submission:${submission}` && action === 'forms.withdraw');
  assert.equal(withdrawn?.thingName, reference);
  const payment = trail.find(({ action }) => action === 'payments.withdraw');
  assert.equal(payment?.thingName, payment?.details.reference);
  const anna = await people.now('anna');
  await assert.rejects(Promise.resolve(names.submission?.namesOf(anna, [submission])), refused('platform.forbidden'));
  const about = await accounts.auditTrail(dora, { thing: reference.toLowerCase() });
  assert.ok(about.length > 1 && about.some(({ thing }) => thing === `submission:${submission}`));
  const paid = await accounts.auditTrail(dora, { thing: String(payment?.details.reference) });
  assert.ok(paid.length > 0 && paid.every(({ thing }) => thing === payment?.thing));
});

test('whatever fits the form can be sent: the treasury’s lines are cut, and not within a character', async () => {
  const long = came.map((page): Pages[number] =>
    page[0] === 'address'
      ? [
          'address',
          { ...page[1], 'home.street': `${'Straße der Opfer '.repeat(6)}, c/o Müller`, 'home.town': `${'Ort '.repeat(29)}x` },
        ]
      : page[0] === 'person'
        ? ['person', { ...page[1], firstName: `CC${'\u{20000}'.repeat(48)}`, lastName: '\u{20000}in' }]
        : page,
  );
  const { reference } = await send(await fillIn('hundesteuer', long));
  const { items } = await forms.listSubmissions(town, { states: ['unpaid'] });
  const { payment } = await forms.getSubmission(town, items.find((item) => item.reference === reference)?.id as number);
  const { debtor } = (await payments.getPayment(town, payment?.payment ?? 0)).payment;
  for (const line of [debtor.name, debtor.street, debtor.town])
    assert.ok(line.length >= 98 && line.length <= 100 && line.isWellFormed());
});

test('what a window sends that was open before a correction is none of it, nor what an earlier correction showed', async () => {
  const token = await fillIn('hundesteuer', came);
  const open = async () => {
    const view = await forms.lookAtPage(nobody, token, { page: 'contact', item: 0 });
    assert.ok('step' in view);
    const { step } = view;
    const sent = new Map([['mail', ['spaet@post.example']]]);
    return () => forms.keepPage(nobody, token, { page: 'contact', item: 0, step, turn: 9, sent });
  };
  const before = await open();
  await send(token);
  await settleNewest();
  await forms.beginCorrection(nobody, token);
  await assert.rejects(before(), refused('forms.changedElsewhere'));
  const within = await open();
  await within();
  const dropped = await open();
  await forms.dropCorrection(nobody, token);
  await forms.beginCorrection(nobody, token);
  await assert.rejects(dropped(), refused('forms.changedElsewhere'));
  const check = await forms.lookAtCheck(nobody, token);
  assert.ok('changes' in check);
  assert.deepEqual(check.changes, []);
});

async function* bytes(...parts: readonly string[]): AsyncGenerator<Buffer> {
  for (const part of parts) yield Buffer.from(part);
}

test('attachments are taken by what they are, counted, kept once, and shown with what the scanner said', async () => {
  const token = await fillIn('hundesteuer', [...came.slice(0, 4), ['exemption', { exempt: 'assistance' }]]);
  const add = (name: string, ...parts: readonly string[]) =>
    forms.addFile(nobody, token, { page: 'proof', field: 'exemptProof', name, bytes: bytes(...parts) });
  await assert.rejects(add('x.pdf', '<html>', 'x'.repeat(100)), refused('forms.fileKind'));
  await assert.rejects(add('x.pdf', ''), refused('forms.fileKind'));
  await assert.rejects(add('x.pdf', '%PDF-1.7', 'x'.repeat(20_000_001)), refused('forms.fileTooLarge'));
  await add('C:\\Bilder\\..\\Ausweis.pdf', '%PD', 'F-1.7', 'eins');
  await add('noch einmal.pdf', '%PDF-1.7eins');
  const view = await forms.lookAtPage(nobody, token, { page: 'proof', item: 0 });
  assert.ok('questions' in view);
  assert.deepEqual(
    view.questions[0]?.files.map(({ name, says }) => [name, says]),
    [['Ausweis.pdf', 'waiting']],
  );
  await add('b.pdf', '%PDF-1.7zwei');
  await add('c.pdf', '%PDF-1.7drei');
  await assert.rejects(add('d.pdf', '%PDF-1.7vier'), refused('forms.enoughFiles'));
  const file = view.questions[0]?.files[0]?.id as number;
  await forms.removeFile(nobody, token, file);
  await forms.removeFile(nobody, token, file);
  const after = await forms.lookAtPage(nobody, token, { page: 'proof', item: 0 });
  assert.equal('questions' in after && after.questions[0]?.files.length, 2);
});

/** The same house, killed at the end of each transaction before it is committed, as often as it is told. */
function killed(times: number): Context {
  const { platform } = nobody;
  let left = times;
  const write: typeof platform.db.write = (tenant, run) =>
    platform.db.write(tenant, async (tx) => {
      const result = await run(tx);
      left -= 1;
      if (left >= 0) throw new Error('killed');
      return result;
    });
  const together: typeof platform.db.together = (tenant, work, item) =>
    write(tenant, async (tx) => (await work.run(tx, [item]))[0] as never);
  return { ...nobody, platform: { ...platform, db: { ...platform.db, write, together } } };
}

test('killed between any two steps, no draft is lost and nothing is sent twice', async () => {
  const { token } = await forms.beginDraft(nobody, { form: 'hundesteuer', place: '16062005', trap: '' });
  for (const page of gone) {
    await assert.rejects(answer(killed(1), token, page));
    assert.deepEqual((await forms.resumeDraft(nobody, token)).goTo, page[0]);
    assert.deepEqual((await answer(nobody, token, page)).problems, []);
  }
  stand.clock.advance(10);
  const input = await shown(token);
  await assert.rejects(forms.submitDraft(killed(1), token, input));
  assert.equal((await forms.resumeDraft(nobody, token)).goTo, 'pruefen');
  const before = (await forms.listSubmissions(town)).items.length;
  const { reference } = await forms.submitDraft(nobody, token, input);
  assert.equal((await forms.submitDraft(nobody, token, input)).reference, reference);
  assert.equal((await forms.listSubmissions(town)).items.length, before + 1);
  await assert.rejects(
    forms.addFile(killed(1), token, { page: 'proof', field: 'exemptProof', name: 'x.pdf', bytes: bytes('%PDF-1.7') }),
    refused('forms.sentAlready'),
  );
});

test('the link is sent to an address, few times, and what was sent leads to its status', async () => {
  const { token } = await forms.beginDraft(nobody, { form: 'reisepass', place: '16062005', trap: '' });
  await assert.rejects(forms.mailLink(nobody, token, 'keine'), refused('forms.mailForm'));
  for (let count = 0; count < 3; count += 1) await forms.mailLink(nobody, token, 'celik@post.example');
  await forms.mailLink(nobody, token, 'celik@post.example').catch(() => {});
  await assert.rejects(forms.mailLink(nobody, token, 'celik@post.example'), refused('platform.tooMany'));
  await assert.rejects(forms.lookAtStatus(nobody, token), refused('forms.notSent'));
});
