import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import * as payments from '#modules/payments';
import { type Context, systemContext } from '#platform/context';
import { asFailure } from '#platform/errors';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import { settleTreasury } from '../../../test/treasury.ts';
import { sendRefund } from './refund.ts';

/** Money and people who change their minds in the same moment: every cent has one place, and whoever comes second is told. */

const stand = await openStand({ settings: { RENNSTEIG_PAYMENT_HOSTS: '127.0.0.1' } });
const people = await settle(stand);
const { ellrich } = people;
const { service, ask } = await settleTreasury(people);
after(() => service.close());
const { platform } = stand.house;
const [anna, bernd] = await Promise.all([people.now('anna'), people.now('bernd')]);
const house = systemContext(platform, ellrich, 'test');
const visitor: Context = { ...people.nobody, actor: { kind: 'nobody', tenant: ellrich } };
const cents = 6_450;

async function open() {
  const { payment, page } = await ask();
  const token = page.slice('/bezahlung/'.length);
  return {
    payment,
    begin: async () => service.ledger.byKey((await payments.pay(visitor, token)).split('/pay/')[1] ?? '')?.id ?? '',
    comeBack: () => payments.comeBack(visitor, token),
    withdraw: () => platform.db.write(ellrich, (tx) => payments.withdrawPayment(visitor, tx, { tenant: ellrich, payment })),
    transfer: (amount = cents) => payments.bookTransfer(bernd, { payment, cents: amount, bookedOn: '2026-11-20', note: '' }),
    refund: (by: Context, amount = cents) => payments.refund(by, { payment, cents: amount, reason: 'zurückgezogen' }),
    file: () => payments.getPayment(anna, payment),
  };
}

const outcome = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => asFailure(error).code,
  );

/** Both at once, either of them asking first. */
async function meet(one: () => Promise<unknown>, two: () => Promise<unknown>, isTurned: boolean) {
  if (!isTurned) return Promise.all([outcome(one()), outcome(two())]);
  const [second, first] = await Promise.all([outcome(two()), outcome(one())]);
  return [first, second];
}

for (const isTurned of [false, true]) {
  const order = isTurned ? 'second first' : 'first first';

  test(`the money arrives while it is withdrawn: it is paid, or it waits to be given back (${order})`, async () => {
    const one = await open();
    service.end(await one.begin(), 'paid');
    const [came, withdrawn] = await meet(one.comeBack, one.withdraw, isTurned);
    assert.equal(came, 'done');
    const { payment, refundableCents } = await one.file();
    assert.deepEqual([payment.receivedCents, refundableCents], [cents, cents]);
    assert.deepEqual([withdrawn, payment.state], withdrawn === 'done' ? ['done', 'disputed'] : ['payments.is.paid', 'paid']);
  });

  test(`two treasurers give the same money back: it goes back once (${order})`, async () => {
    const one = await open();
    service.end(await one.begin(), 'paid');
    await one.comeBack();
    const outcomes = await meet(
      () => one.refund(anna),
      () => one.refund(bernd),
      isTurned,
    );
    assert.deepEqual(outcomes.toSorted(), ['done', 'payments.refundTooLarge']);
    const { refunds } = await one.file();
    await Promise.all(refunds.flatMap(({ id }) => [0, 1].map(() => sendRefund.run(house, { refund: id }))));
    const after = await one.file();
    assert.deepEqual([after.payment.refundedCents, after.payment.state, after.refundableCents], [cents, 'refunded', 0]);
  });

  test(`paid online while the transfer is booked: both are there, and one goes back (${order})`, async () => {
    const one = await open();
    service.end(await one.begin(), 'paid');
    assert.deepEqual(await meet(one.comeBack, () => one.transfer(), isTurned), ['done', 'done']);
    const { payment, surplusCents, history } = await one.file();
    assert.deepEqual([payment.state, payment.receivedCents, surplusCents], ['paid', 2 * cents, cents]);
    assert.equal(history.filter(({ step }) => step === 'settle').length, 1);
  });

  test(`a late success meets the refund of what was transferred: neither is lost (${order})`, async () => {
    const one = await open();
    const late = await one.begin();
    await one.transfer();
    const refund = await one.refund(anna);
    await payments.decideRefund(bernd, { refund, step: 'approve' }).catch(() => {});
    service.end(late, 'paid');
    const finish = () => payments.decideRefund(bernd, { refund, step: 'finish' });
    assert.deepEqual(await meet(finish, one.comeBack, isTurned), ['done', 'done']);
    const { payment, refundableCents } = await one.file();
    assert.deepEqual([payment.receivedCents, payment.refundedCents, refundableCents], [2 * cents, cents, cents]);
    assert.ok(['paid', 'disputed'].includes(payment.state), payment.state);
  });
}

test('a transfer for what was withdrawn or given back is booked, looked into and given back', async () => {
  const one = await open();
  await one.withdraw();
  await one.transfer();
  assert.deepEqual([(await one.file()).payment.state, (await one.file()).refundableCents], ['disputed', cents]);
  const refund = await one.refund(anna);
  await payments.decideRefund(bernd, { refund, step: 'finish' });
  assert.equal((await one.file()).payment.state, 'refunded');
  await one.transfer(500);
  const { payment, refundableCents } = await one.file();
  assert.deepEqual([payment.state, refundableCents], ['disputed', 500]);
});
