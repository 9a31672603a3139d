import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as accounts from '#modules/accounts';
import * as forms from '#modules/forms';
import * as notifications from '#modules/notifications';
import * as payments from '#modules/payments';
import { faultsOf } from '#platform/checks';
import { listMail } from '#platform/mail';
import { settleOffice } from '../../../test/office.ts';
import { settle } from '../../../test/people.ts';
import { newestMail } from '../../../test/post.ts';
import { workOff } from '../../../test/queue.ts';
import { openStand } from '../../../test/stand.ts';
import * as intake from './index.ts';

/** A form leaves the fee to the office: Anna sets it, Celik is told where to pay, the treasury books it, Anna hears of it. */

const stand = await openStand();
const people = await settle(stand);
const { nobody, house, ellrich, id, emil } = people;
const { send, sendFeast } = await settleOffice(stand, people);
await accounts.setRoles(house, { tenant: ellrich, account: id.bernd }, ['treasurer']);
await workOff(stand);
const [anna, bernd] = [await people.now('anna'), await people.now('bernd')];
const refused = (code: string) => ({ code });
const fee = [
  { text: 'Erlaubnis', amount: '40' },
  { text: 'Auslagen', amount: '5,50' },
  { text: '', amount: ' ' },
];

async function taken(sent: { number: number }): Promise<number> {
  await workOff(stand);
  await intake.take(anna, sent.number);
  return sent.number;
}

test('set by who works on it, once; the applicant gets a link and sees it; paid, everybody learns of it once', async () => {
  const sent = await sendFeast();
  const number = await taken(sent);
  assert.equal((await forms.lookAtStatus(nobody, sent.token)).payment?.state, 'awaitingFee');
  await assert.rejects(intake.setFee(bernd, number, fee), refused('intake.takeFirst'));
  await assert.rejects(intake.setFee(emil, number, fee), refused('platform.notFound'));
  for (const [lines, code] of [
    [[], 'payments.itemCount'],
    [[{ text: '', amount: '' }], 'platform.several'],
    [[{ text: '', amount: '5' }], 'platform.textMissing'],
    [[{ text: 'Gebühr', amount: '-5' }], 'payments.amountForm'],
    [[{ text: 'Gebühr', amount: '5.50' }], 'payments.amountForm'],
    [[{ text: 'Gebühr', amount: '0' }], 'payments.sum'],
    [[{ text: 'Gebühr', amount: '9999999' }], 'payments.itemAmount'],
  ] as const)
    await assert.rejects(intake.setFee(anna, number, lines), refused(code), JSON.stringify(lines));
  const wrong = [
    { text: '', amount: '' },
    { text: '', amount: '5' },
    { text: 'Auslagen', amount: 'viel' },
  ];
  const faults = await intake.setFee(anna, number, wrong).then(() => [], faultsOf);
  assert.deepEqual(
    faults.map(({ params }) => params.field),
    ['text2', 'amount3'],
    'all at once, each in its line',
  );
  assert.ok((await intake.getItem(anna, number)).acts.includes('fee'));
  await intake.setFee(anna, number, fee);
  await assert.rejects(intake.setFee(anna, number, fee), refused('forms.feeNotAwaited'));
  const mail = await newestMail(stand);
  assert.match(mail.body, /45,50 Euro/);
  const link = /\/bezahlung\/(\S+)/.exec(mail.body)?.[1] ?? '';
  assert.equal((await payments.viewByLink(nobody, link)).cents, 4_550);
  const status = await forms.lookAtStatus(nobody, sent.token);
  assert.deepEqual([status.payment?.state, status.payment?.cents, status.state], ['open', 4_550, 'inProgress']);
  const { payment, acts } = await intake.getItem(anna, number);
  assert.deepEqual([payment?.state, acts.includes('fee')], ['open', false]);

  const transfer = { payment: payment?.payment ?? 0, cents: 4_550, bookedOn: '2026-11-23', note: '' };
  await payments.bookTransfer(bernd, transfer);
  await workOff(stand);
  const news = {
    tenant: ellrich,
    payment: transfer.payment,
    reference: '',
    thing: { kind: 'submission', id: String(number) },
    cents: 4_550,
  };
  const settle = stand.house.platform.events
    .handlersOf('payments.paymentSucceeded')
    .find(({ name }) => name === 'forms.settleFee');
  await settle?.job.run(house, news as never);
  await workOff(stand);
  const after = await forms.lookAtStatus(nobody, sent.token);
  assert.deepEqual([after.payment?.state, after.state], ['paid', 'inProgress']);
  assert.equal(after.happenings.filter(({ step }) => step === 'settle').length, 1);
  assert.equal(after.happenings.find(({ step }) => step === 'setFee')?.text, '45,50 €');
  const told = (await notifications.listNotices(anna)).filter(({ sentence }) => sentence.startsWith('Die Gebühr ist bezahlt'));
  assert.equal(told.length, 1);
});

test('set by the treasury: the applicant is told as if the office had set it, once', async () => {
  const sent = await sendFeast();
  const number = await taken(sent);
  const { payment = 0 } = (await intake.getItem(anna, number)).payment ?? {};
  await payments.setFeeAtTreasury(bernd, { payment, text: 'Erlaubnis', cents: 1_234 });
  await workOff(stand);
  const { body } = await newestMail(stand);
  assert.match(body, /12,34 Euro/);
  const link = /\/bezahlung\/(\S+)/.exec(body)?.[1] ?? '';
  assert.equal((await payments.viewByLink(nobody, link)).cents, 1_234);
  const news = { tenant: ellrich, payment, reference: '', thing: { kind: 'submission', id: String(number) }, cents: 1_234 };
  const [tell] = stand.house.platform.events.handlersOf('payments.feeSet');
  await tell?.job.run(house, news as never);
  await workOff(stand);
  const mails = await listMail(stand.house.platform.db.read(ellrich), ellrich, 50);
  assert.equal(mails.filter((mail) => mail.body.includes('12,34 Euro')).length, 1);
  const { happenings } = await forms.lookAtStatus(nobody, sent.token);
  assert.deepEqual(
    happenings.filter(({ step }) => step === 'setFee').map(({ text }) => text),
    ['12,34 €'],
  );
});

test('who gets money back is told by mail, each time and once; what only was asked for is not told', async () => {
  const sent = await sendFeast();
  const number = await taken(sent);
  await intake.setFee(anna, number, fee);
  const { payment, reference } = (await intake.getItem(anna, number)).payment ?? { payment: 0, reference: '' };
  await payments.bookTransfer(bernd, { payment, cents: 4_550, bookedOn: '2026-11-23', note: '' });
  await workOff(stand);
  const mails = async () => {
    const all = await listMail(stand.house.platform.db.read(ellrich), ellrich, 50);
    return all.map(({ body }) => body).filter((body) => body.includes('zurückgegeben'));
  };
  const [first, second] = [
    await payments.refund(bernd, { payment, cents: 1_000, reason: 'ermäßigt' }),
    await payments.refund(bernd, { payment, cents: 1_000, reason: 'ermäßigt' }),
  ];
  await workOff(stand);
  assert.deepEqual(await mails(), []);
  for (const refund of [first, second]) await payments.decideRefund(bernd, { refund, step: 'finish' });
  await workOff(stand);
  const news = { tenant: ellrich, payment, reference, refund: first, thing: { kind: 'submission', id: String(number) } };
  const [tell] = stand.house.platform.events.handlersOf('payments.refunded');
  await tell?.job.run(house, { ...news, cents: 1_000, isWhole: false } as never);
  const said = await mails();
  assert.equal(said.length, 2);
  const status = await forms.lookAtStatus(nobody, sent.token);
  for (const body of said) {
    assert.match(body, new RegExp(`zu Ihrem Antrag ${status.reference} haben wir Ihnen 10,00 Euro zurückgegeben`));
    assert.doesNotMatch(body, /ermäßigt|Çetin/);
  }
  const back = status.happenings.filter(({ step }) => step === 'refund');
  assert.deepEqual(
    back.map(({ text }) => text),
    ['10,00 €', '10,00 €'],
  );
});

test('a form that costs nothing has no fee to set, and what was withdrawn has none any more', async () => {
  const free = await taken(await send());
  assert.ok(!(await intake.getItem(anna, free)).acts.includes('fee'));
  await assert.rejects(intake.setFee(anna, free, fee), refused('forms.feeNotAwaited'));
  const sent = await sendFeast();
  const number = await taken(sent);
  await forms.withdrawSubmission(nobody, sent.token);
  await workOff(stand);
  await assert.rejects(intake.setFee(anna, number, fee), refused('forms.isWithdrawn'));
});

test('also with the decision or after it', async () => {
  const sent = await sendFeast();
  const number = await taken(sent);
  await intake.answer(anna, number, { outcome: 'granted', text: 'Sie dürfen feiern.' });
  await intake.setFee(anna, number, fee);
  assert.equal((await forms.lookAtStatus(nobody, sent.token)).payment?.state, 'open');
});

test('the same fee for several in one step: each has its own verdict, mail and entry, and twice is once', async () => {
  const sent = [await sendFeast(), await sendFeast(), await sendFeast()];
  const numbers = [];
  for (const one of sent) numbers.push(await taken(one));
  const [first = 0, second = 0, gone = 0] = numbers;
  const free = await taken(await send());
  const untaken = await sendFeast();
  await workOff(stand);
  const awaited = async () => (await intake.listAwaitedFees(anna)).map(({ submission }) => submission);
  assert.deepEqual(await awaited(), [first, second, gone]);
  assert.deepEqual(await intake.listAwaitedFees(bernd), []);
  await forms.withdrawSubmission(nobody, sent[2]?.token ?? '');
  await assert.rejects(intake.setFees(anna, [], fee), refused('intake.nothingChosen'));
  await assert.rejects(
    intake.setFees(
      anna,
      Array.from({ length: 101 }, (_, index) => index + 1),
      fee,
    ),
    refused('intake.tooManyChosen'),
  );
  await assert.rejects(intake.setFees(anna, numbers, [{ text: 'Gebühr', amount: '0' }]), refused('payments.sum'));
  await assert.rejects(intake.setFees(nobody, numbers, fee), { kind: 'unauthenticated' });
  assert.deepEqual(await awaited(), [first, second], 'nothing was set so far');
  const of = (verdicts: readonly intake.FeeVerdict[]) =>
    verdicts.map(({ submission, refused: why }) => [submission, why?.code ?? null]);
  const chosen = [first, first, free, gone, untaken.number, 999_999, second];
  const verdicts = await intake.setFees(anna, chosen, fee);
  assert.deepEqual(
    verdicts.flatMap(({ submission, reference }) => (reference === null ? [submission] : [])),
    [999_999],
    'what is theirs is named, also what was refused',
  );
  assert.deepEqual(of(verdicts), [
    [first, null],
    [free, 'forms.feeNotAwaited'],
    [gone, 'forms.isWithdrawn'],
    [untaken.number, 'intake.takeFirst'],
    [999_999, 'platform.notFound'],
    [second, null],
  ]);
  assert.deepEqual(of(await intake.setFees(anna, [first, second], fee)), [
    [first, 'forms.feeNotAwaited'],
    [second, 'forms.feeNotAwaited'],
  ]);
  for (const { token } of sent.slice(0, 2)) {
    const { payment, happenings } = await forms.lookAtStatus(nobody, token);
    assert.deepEqual([payment?.state, payment?.cents], ['open', 4_550]);
    assert.equal(happenings.filter(({ step }) => step === 'setFee').length, 1);
  }
  const trail = await accounts.auditTrail(people.dora, { limit: 200 });
  for (const number of [first, second])
    assert.equal(trail.filter(({ action, thing }) => action === 'forms.setFee' && thing === `submission:${number}`).length, 1);
  await workOff(stand);
  assert.deepEqual(await awaited(), []);
});
