import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import * as payments from '#modules/payments';
import type { Context } from '#platform/context';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import { settleTreasury } from '../../../test/treasury.ts';
import { connect } from '../../platform/db.ts';

/** After a restore the payment service knows more than we: here everything it learnt, our rows are made to forget. */

const stand = await openStand({ settings: { RENNSTEIG_PAYMENT_HOSTS: '127.0.0.1' } });
const people = await settle(stand);
const { ellrich } = people;
const { platform } = stand.house;
const treasury = await settleTreasury(people);
after(() => treasury.service.close());
const owner = connect(stand.owner, { max: 1 });
after(() => owner.end());
const visitor: Context = { ...people.nobody, actor: { kind: 'nobody', tenant: ellrich } };
const anna = await people.now('anna');

/** A payment whose debtor is at the service; resolves with how it stands here. */
async function begun() {
  const opened = await treasury.ask();
  const address = await payments.pay(visitor, opened.page.slice('/bezahlung/'.length));
  const transaction = treasury.service.ledger.byKey(address.split('/pay/')[1] ?? '');
  assert.ok(transaction);
  const { payment } = await payments.getPayment(anna, opened.payment);
  const now = async () => (await payments.getPayment(anna, opened.payment)).payment.state;
  return { ...opened, transaction: transaction.id, reference: payment.reference, now };
}

test('what was paid after the restored instant is asked for and booked; what nobody can say is named', async () => {
  const [paid, given, waiting, beginning] = [await begun(), await begun(), await begun(), await begun()];
  treasury.service.end(paid.transaction, 'paid');
  treasury.service.end(given.transaction, 'aborted');
  treasury.service.end(beginning.transaction, 'paid');
  // At the restored instant the service had not answered yet: neither its id nor the address was known.
  await owner`
    update payments.attempt set state = 'starting', transaction_id = null, pay_address = null
    where tenant = ${ellrich} and payment = ${beginning.payment}`;
  stand.clock.advance(3_600);
  assert.deepEqual(await payments.paymentsThen(platform), { underWay: 4, services: 1 });
  const found = await payments.reconcile(platform);
  const verdict = (one: { reference: string }) => found.find(({ reference }) => reference === one.reference)?.verdict;
  assert.deepEqual([paid, given, waiting, beginning].map(verdict), ['paid', 'over', 'open', 'paid']);
  assert.deepEqual([await paid.now(), await beginning.now()], ['paid', 'paid']);
  assert.ok(found.every(({ tenant, cents }) => tenant === ellrich && cents === 6_450));
  const again = await payments.reconcile(platform);
  assert.deepEqual(
    again.map(({ verdict: said }) => said),
    ['over', 'open'],
    'what is paid is not asked about again, and booked once',
  );
});

test('a service that is away is not waited for a thousand times, and everything about it is named as unknown', async () => {
  const ones = [];
  for (let count = 0; count < 7; count += 1) ones.push(await begun());
  await treasury.service.close();
  const asked = treasury.service.counts.ask;
  const found = await payments.reconcile(platform);
  for (const { reference } of ones) assert.equal(found.find((each) => each.reference === reference)?.verdict, 'unknown');
  assert.equal(treasury.service.counts.ask, asked);
});
