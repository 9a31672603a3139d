import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import * as payments from '#modules/payments';
import { faultsOf } from '#platform/checks';
import { type Context, systemContext } from '#platform/context';
import { connect } from '#platform/db';
import { listMail } from '#platform/mail';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import { settleTreasury } from '../../../test/treasury.ts';
import { ensurePages } from '../../web/build.ts';
import { ask } from './ask.ts';
import { expireOne } from './care.ts';
import { openItemsCsv, reconciliationCsv } from './export.ts';
import { remindOne } from './invoice.ts';
import { sendRefund } from './refund.ts';

await ensurePages();
const stand = await openStand({ settings: { RENNSTEIG_PAYMENT_HOSTS: '127.0.0.1' } });
const people = await settle(stand);
const { ellrich, emil, dora, ida } = people;
const treasury = await settleTreasury(people);
const behind = connect(stand.owner, { max: 1 });
after(() => Promise.all([treasury.service.close(), behind.end()]));
stand.clock.advance(10);
const { platform, app } = stand.house;
const [anna, bernd] = await Promise.all([people.now('anna'), people.now('bernd')]);
const house = systemContext(platform, ellrich, 'test');
const visitor: Context = { ...people.nobody, actor: { kind: 'nobody', tenant: ellrich } };

const tokenOf = (page: string) => page.slice('/bezahlung/'.length);
const transactionOf = (address: string) => {
  const found = treasury.service.ledger.byKey(address.split('/pay/')[1] ?? '');
  assert.ok(found);
  return found;
};

/** A payment of 64.50, at the service. */
async function begun(input: Partial<payments.PaymentInput> = {}) {
  const opened = await treasury.ask(input);
  const token = tokenOf(opened.page);
  const transaction = transactionOf(await payments.pay(visitor, token));
  const comeBack = () => payments.comeBack(visitor, token);
  const file = () => payments.getPayment(anna, opened.payment);
  return { ...opened, token, transaction, comeBack, file };
}

async function paid(input: Partial<payments.PaymentInput> = {}, cents?: number) {
  const one = await begun(input);
  treasury.service.end(one.transaction.id, 'paid', cents);
  await one.comeBack();
  return one;
}

const textOf = async (table: AsyncGenerator<Uint8Array>) => {
  const parts: Uint8Array[] = [];
  for await (const part of table) parts.push(part);
  return Buffer.concat(parts).toString();
};

test('a part goes back at once through the service, the rest needs a second person', async () => {
  const { payment, file, transaction } = await paid({ items: [{ text: 'Baugenehmigung', cents: 25_000 }] });
  const first = await payments.refund(anna, { payment, cents: 10_000, reason: 'ermäßigt' });
  await sendRefund.run(house, { refund: first });
  assert.deepEqual([(await file()).payment.state, (await file()).payment.refundedCents], ['paid', 10_000]);
  const second = await payments.refund(anna, { payment, cents: 15_000, reason: 'zurückgezogen' });
  await sendRefund.run(house, { refund: second });
  assert.equal(transaction.refunds.size, 1, 'what is not approved is not sent');
  const wrong = payments.refund(bernd, { payment, cents: payments.readCents('viel'), reason: ' ' });
  await assert.rejects(wrong, { code: 'platform.several' }, 'both at once');
  const ahead = { payment, cents: 0, bookedOn: '2999-01-01', note: 'x\u0000' };
  const allWrong = await payments.bookTransfer(bernd, ahead).then(() => [], faultsOf);
  assert.deepEqual(
    allWrong.map(({ params }) => params.field),
    ['amount', 'bookedOn', 'note'],
  );
  const tooMuch = payments.refund(bernd, { payment, cents: 1, reason: 'mehr' });
  await assert.rejects(tooMuch, { kind: 'invalid', code: 'payments.refundTooLarge' });
  await assert.rejects(payments.decideRefund(anna, { refund: second, step: 'approve' }), { code: 'payments.fourEyes' });
  await payments.decideRefund(bernd, { refund: second, step: 'approve' });
  treasury.service.failNext('refund', 'lost', 'lost');
  await assert.rejects(Promise.resolve(sendRefund.run(house, { refund: second })), { kind: 'unavailable' });
  await sendRefund.run(house, { refund: second });
  assert.equal((await file()).payment.state, 'refunded');
  assert.deepEqual([...transaction.refunds.values()], [10_000, 15_000]);
});

test('sent twice from one page it is done once: a booking and a refund', async () => {
  const { payment, file } = await paid();
  const seen = (await file()).history.at(-1)?.id ?? 0;
  const booking = { payment, cents: 300, bookedOn: '2026-11-20', note: '', seen };
  const booked = await Promise.allSettled([1, 2, 3].map(() => payments.bookTransfer(anna, booking)));
  assert.deepEqual(booked.map(({ status }) => status).sort(), ['fulfilled', 'rejected', 'rejected']);
  await assert.rejects(payments.bookTransfer(bernd, booking), { kind: 'conflict', code: 'payments.changedSince' });
  const now = (await file()).history.at(-1)?.id ?? 0;
  const back = { payment, cents: 100, reason: 'ermäßigt', seen: now };
  const asked = await Promise.allSettled([1, 2, 3].map(() => payments.refund(anna, back)));
  assert.equal(asked.filter(({ status }) => status === 'fulfilled').length, 1);
  const { receipts, refunds } = await file();
  assert.deepEqual([receipts.filter(({ cents }) => cents === 300).length, refunds.length], [1, 1]);
});

test('what the service refuses to give back, the treasury transfers by hand', async () => {
  const { payment, file, transaction } = await paid();
  const id = await payments.refund(anna, { payment, cents: 6_450, reason: 'doppelt' });
  transaction.paidCents = 0;
  await sendRefund.run(house, { refund: id });
  assert.equal((await file()).refunds[0]?.state, 'failed');
  await payments.decideRefund(bernd, { refund: id, step: 'finish' });
  assert.deepEqual([(await file()).payment.state, (await file()).refunds[0]?.byGateway], ['refunded', false]);
});

test('a wrong sum is looked into: the rest is claimed and paid, without asking for the whole again', async () => {
  const { payment, token, file } = await paid({}, 6_000);
  assert.deepEqual([(await file()).payment.state, (await file()).outstandingCents], ['disputed', 450]);
  await assert.rejects(payments.pay(visitor, token), { kind: 'conflict', code: 'payments.is.disputed' });
  await payments.takeTreasurerStep(anna, { payment, step: 'claimRest', reason: 'Rest fehlt' });
  const rest = transactionOf(await payments.pay(visitor, token));
  assert.equal(rest.cents, 450);
  treasury.service.end(rest.id, 'paid');
  await payments.comeBack(visitor, token);
  assert.equal((await file()).payment.state, 'paid');
});

test('late money counts: after the time to pay, and for what nobody owes any more', async () => {
  const late = await begun();
  treasury.service.end(late.transaction.id, 'timeout');
  await late.comeBack();
  stand.clock.advance(15 * 86_400);
  await expireOne(house, late.payment);
  assert.equal((await late.file()).payment.state, 'expired');
  treasury.service.end(late.transaction.id, 'paid');
  await payments.askAgain(anna, late.payment);
  assert.equal((await late.file()).payment.state, 'paid');
  const gone = await begun();
  await platform.db.write(ellrich, (tx) => payments.withdrawPayment(visitor, tx, { tenant: ellrich, payment: gone.payment }));
  treasury.service.end(gone.transaction.id, 'paid');
  await gone.comeBack();
  const { payment, surplusCents } = await gone.file();
  assert.deepEqual([payment.state, surplusCents], ['disputed', 0]);
  await payments.refund(anna, { payment: gone.payment, cents: 6_450, reason: 'zurückgezogen' });
});

test('after the time to pay, a second try begins with nothing entered again', async () => {
  const { payment, page } = await treasury.ask();
  // The database may find the time over before we do: it comes again then, and is not over for ever.
  await behind`delete from graphile_worker._private_jobs where key = ${`payment expires ${ellrich} ${payment}`}`;
  await expireOne(house, payment);
  assert.equal((await payments.viewByLink(visitor, tokenOf(page))).state, 'open');
  const waiting =
    await behind`select 1 from graphile_worker._private_jobs where key = ${`payment expires ${ellrich} ${payment}`}`;
  assert.equal(waiting.length, 1);
  stand.clock.advance(15 * 86_400);
  await expireOne(house, payment);
  const view = await payments.viewByLink(visitor, tokenOf(page));
  assert.deepEqual([view.state, view.canPay], ['expired', true]);
  assert.match(view.purpose, /^Hundesteuer 2026 für „Bello“, HUN-2026-/);
  const { id } = transactionOf(await payments.pay(visitor, tokenOf(page)));
  treasury.service.end(id, 'paid');
  await payments.comeBack(visitor, tokenOf(page));
  assert.equal((await payments.viewByLink(visitor, tokenOf(page))).state, 'paid');
});

test('an invoice is reminded of twice, by mail with a link, and can be settled in parts', async () => {
  const { payment, page, reference } = await treasury.ask();
  await payments.issueInvoice(anna, { payment, days: 14 });
  await assert.rejects(payments.issueInvoice(anna, { payment, days: 14 }), { code: 'payments.invoicedAlready' });
  await expireOne(house, payment);
  for (const expected of [1, 2, 2]) {
    await remindOne(house, payment);
    stand.clock.advance(15 * 86_400);
    await remindOne(house, payment);
    assert.equal((await payments.getPayment(anna, payment)).payment.reminders, expected);
  }
  const mails = (await listMail(platform.db.read(ellrich), ellrich, 10)).filter(({ subject }) => subject.includes(reference));
  assert.deepEqual(mails.map(({ subject }) => subject.split(' ')[0]).sort(), [
    'Rechnung',
    'Zahlungserinnerung',
    'Zahlungserinnerung',
  ]);
  assert.match(mails[0]?.body ?? '', /\/bezahlung\/\w+\.[\w-]{43}/);
  assert.equal((await payments.listPayments(anna, { list: 'overdue' })).items[0]?.id, payment);
  const bookedOn = platform.clock.now().toISOString().slice(0, 10);
  await payments.bookTransfer(anna, { payment, cents: 5_000, bookedOn, note: '' });
  assert.equal((await payments.viewByLink(visitor, tokenOf(page))).outstandingCents, 1_450);
  await payments.bookTransfer(anna, { payment, cents: 2_000, bookedOn, note: 'Kontoauszug 12' });
  const { payment: whole, surplusCents } = await payments.getPayment(anna, payment);
  assert.deepEqual([whole.state, surplusCents], ['paid', 550]);
  assert.ok((await payments.listPayments(anna, { list: 'needsCare' })).items.some(({ id }) => id === payment));
});

test('the secret is kept encrypted and never shown; the service is not changed while somebody pays there', async () => {
  const settings = await payments.getSettings(await people.now('dora'));
  assert.equal(settings.hasSecret, true);
  assert.doesNotMatch(JSON.stringify(settings), /geheim/);
  const [row] = await platform.db.read(ellrich)<{
    secret: Buffer;
  }>`select secret from payments.settings where tenant = ${ellrich}`;
  assert.doesNotMatch(row?.secret.toString('latin1') ?? '', /geheim/);
  const { transaction, comeBack } = await begun();
  await assert.rejects(payments.setSettings(house, { originator: 'anders' }), { kind: 'conflict', code: 'payments.gatewayBusy' });
  await payments.setSettings(house, { payee: 'Stadtkasse Ellrich' });
  treasury.service.end(transaction.id, 'aborted');
  await comeBack();
  await assert.rejects(payments.setSettings(house, { address: 'http://169.254.169.254/' }), { code: 'payments.addressForm' });
  await assert.rejects(payments.setSettings(anna, { daysToPay: 3 }), { kind: 'forbidden' });
  const mistyped = { secret: 'mit Leerzeichen', iban: 'DE00', bic: '1', referencePrefix: '12', daysToPay: Number.NaN };
  const online = { address: 'ftp://x', originator: '', payee: 'x'.repeat(71) };
  const wrong = { ...online, ...mistyped, fourEyesCents: payments.readCents('viel') };
  const faults = await payments.setSettings(house, wrong).then(() => [], faultsOf);
  assert.deepEqual(
    faults.map(({ params }) => params.field),
    ['address', 'originator', 'secret', 'payee', 'iban', 'bic', 'referencePrefix', 'daysToPay', 'fourEyesCents'],
  );
  // Whoever may change the address does not get the secret sent to another one.
  const { address } = settings;
  const elsewhere = { address: `${address.replace(/\/$/, '')}/anderswo` };
  await assert.rejects(payments.setSettings(house, elsewhere), { kind: 'invalid', code: 'payments.secretAgain' });
  await payments.setSettings(house, { ...elsewhere, secret: 'geheim-2' });
  await payments.setSettings(house, { address, secret: 'geheim-fuer-den-gang' });
});

test('who somebody is comes before what they have typed', async () => {
  const headers = { origin: 'http://localhost', host: 'localhost', 'content-type': 'application/x-www-form-urlencoded' };
  const payload = '_form=settings&fourEyesCents=viel';
  // As the page's script sends it: only what the action itself says comes back.
  const answer = await app.inject({ method: 'POST', url: '/verwaltung/bezahldienst.data', headers, payload });
  assert.match(answer.body, /anmelden/);
  assert.doesNotMatch(answer.body, /fourEyesCents/);
});

test('a treasury is for its treasurers; for strangers there is none', async () => {
  const { payment } = await treasury.ask();
  await assert.rejects(payments.getPayment(dora, payment), { kind: 'forbidden' });
  await assert.rejects(payments.listPayments(people.nobody), { kind: 'unauthenticated' });
  await assert.rejects(payments.askAgain(emil, payment), { kind: 'forbidden' });
  await assert.rejects(payments.askAgain(bernd, payment + 1_000_000), { kind: 'notFound' });
  await assert.rejects(payments.refund(emil, { payment, tenant: ellrich, cents: 1, reason: 'x' }), { kind: 'notFound' });
  // An auditor reads the books of her own authority, and finds no payment of another one in them.
  await assert.rejects(payments.getPayment(ida, payment), { kind: 'notFound' });
});

test('the tables hold every cent, and no formula', async () => {
  const evil = await paid({ debtor: { name: '=HYPERLINK("http://evil.example")' }, purpose: 'Gebühr; mit "Zeichen"' });
  const open = await treasury.ask();
  const today = platform.clock.now().toISOString().slice(0, 10);
  const movements = await textOf(await reconciliationCsv(anna, { from: '2026-11-01', to: today }));
  const sums = movements
    .split('\r\n')
    .slice(1, -1)
    .map((line) => Number(line.split(';')[3]?.replace(',', '.')) * 100);
  assert.ok(sums.some((cents) => cents < 0) && sums.every(Number.isFinite));
  assert.match(movements, new RegExp(`${evil.reference};64,50;"'=HYPERLINK`));
  const items = await textOf(await openItemsCsv(anna));
  assert.match(items, new RegExp(open.reference));
  assert.doesNotMatch(items, new RegExp(evil.reference));
  await assert.rejects(reconciliationCsv(anna, { from: 'gestern', to: today }), { code: 'payments.dayForm' });
});

test('the treasury names what is paid for as everybody else does, never by our own number', async () => {
  const thing = { kind: 'submission', id: '183' };
  const { payment, reference } = await paid({ thing, thingName: 'HUN-2026-ZX8P4QK', purpose: 'Hundesteuer' });
  const found = await payments.listPayments(anna, { list: 'all', search: 'ZX8P4' });
  assert.deepEqual(
    found.items.map(({ id, thingName }) => [id, thingName]),
    [[payment, 'HUN-2026-ZX8P4QK']],
  );
  const headers = { host: 'localhost', cookie: await people.cookie('anna') };
  for (const url of ['/kasse?liste=all', `/kasse/${payment}`]) {
    const { body } = await app.inject({ url, headers });
    assert.match(body, /Hundesteuer, HUN-2026-ZX8P4QK/);
    assert.doesNotMatch(body, /Antrag 183/);
  }
  const today = platform.clock.now().toISOString().slice(0, 10);
  const movements = await textOf(await reconciliationCsv(anna, { from: today, to: today }));
  assert.match(movements, new RegExp(`;${reference};64,50;.*;Antrag;.*;HUN-2026-ZX8P4QK\r\n`));
  const owed = await treasury.ask({ thing: { ...thing, id: '184' }, thingName: 'HUN-2026-0W3D', purpose: 'Hundesteuer' });
  assert.match(await textOf(await openItemsCsv(anna)), new RegExp(`${owed.reference};.*;HUN-2026-0W3D\r\n`));
  await payments.issueInvoice(anna, { payment: owed.payment, days: 14 });
  const [mail] = await listMail(platform.db.read(ellrich), ellrich, 1);
  assert.equal(mail?.subject, `Rechnung ${owed.reference}: Hundesteuer, HUN-2026-0W3D`);
});

test('a notice is a reason to ask and nothing more', async () => {
  const { transaction, file } = await begun();
  const notice = new URL(transaction.noticeAddress ?? '').pathname;
  const knock = (path: string) => app.inject({ method: 'POST', url: path, payload: 'state=success&amount=6450' });
  assert.equal((await knock(notice)).statusCode, 204);
  assert.equal((await knock(`${notice.slice(0, -1)}x`)).statusCode, 204);
  assert.equal((await file()).payment.state, 'underWay');
  const { attempts } = await file();
  await ask.run(house, { attempt: attempts[0]?.id ?? 0, asked: 0 });
  assert.equal((await file()).payment.state, 'underWay');
});

test('when the service is silent, the page says that nothing was charged, and the next click works', async () => {
  const { page } = await treasury.ask();
  const click = () =>
    app.inject({
      method: 'POST',
      url: page,
      headers: { origin: 'http://localhost', host: 'localhost', 'content-type': 'application/x-www-form-urlencoded' },
      payload: '_form=pay',
    });
  treasury.service.failNext('start', 'lost', 'lostError');
  const silent = await click();
  assert.equal(silent.statusCode, 503);
  assert.match(silent.body, /Der Bezahldienst antwortet gerade nicht\. Es wurde nichts abgebucht\./);
  assert.equal((await click()).statusCode, 302);
  const made = await app.inject({ url: '/bezahlung/3.abc', headers: { host: 'localhost' } });
  assert.equal(made.statusCode, 404);
});
