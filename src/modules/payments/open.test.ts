import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as payments from '#modules/payments';
import { type Context, systemContext } from '#platform/context';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';

const stand = await openStand();
const { ellrich, werther, nobody, anna, emil } = await settle(stand);
const { platform } = stand.house;
const inEllrich: Context = { ...nobody, actor: { kind: 'nobody', tenant: ellrich } };

const dogTax: payments.PaymentInput = {
  tenant: ellrich,
  thing: { kind: 'application', id: 'a-1' },
  thingName: 'HUN-2026-B311001',
  purpose: 'Hundesteuer 2026 für „Bello“',
  items: [{ text: 'Hundesteuer 2026', cents: 6_000 }],
  debtor: { name: 'Celik Çetin', mail: 'celik@post.example' },
  returnTo: '/antrag/a-1/fertig',
};

const open = (input: Partial<payments.PaymentInput> = {}, ctx = inEllrich) =>
  platform.db.write(ellrich, (tx) => payments.openPayment(ctx, tx, { ...dogTax, ...input }));

test('one thing is paid for once, however often a room asks', async () => {
  const [first, second] = await Promise.all([open(), open()]);
  assert.equal(first.payment, second.payment);
  assert.match(first.reference, /^RS26-\d{7}-\d\d$/);
  assert.notEqual(first.page, second.page);
  assert.match(first.page, /^\/bezahlung\/[0-9a-z]+\.[\w-]{43}$/);
  const status = await payments.paymentOf(inEllrich, { tenant: ellrich, thing: dogTax.thing });
  assert.deepEqual([status?.state, status?.cents, status?.outstandingCents], ['open', 6_000, 6_000]);
  const dearer = open({ items: [{ text: 'Hundesteuer 2026', cents: 6_001 }] });
  await assert.rejects(dearer, { kind: 'conflict', code: 'payments.thingTaken' });
});

test('what the thing is called stands at the end of the purpose, once, also where that is long', async () => {
  const purposeOf = async (input: Partial<payments.PaymentInput>, id: string) => {
    const { page } = await open({ ...input, thing: { kind: 'application', id }, thingName: 'HUN-2026-B311001' });
    return (await payments.viewByLink(inEllrich, page.slice('/bezahlung/'.length))).purpose;
  };
  assert.equal(await purposeOf({ purpose: 'Hundesteuer' }, 'n-1'), 'Hundesteuer, HUN-2026-B311001');
  assert.equal(await purposeOf({ purpose: 'Steuer zu HUN-2026-B311001' }, 'n-2'), 'Steuer zu HUN-2026-B311001');
  const long = await purposeOf({ purpose: 'x'.repeat(250) }, 'n-3');
  assert.deepEqual([long.length, long.slice(-18)], [250, ', HUN-2026-B311001']);
});

test('a payment stays in its tenant', async () => {
  assert.equal(await payments.paymentOf(inEllrich, { tenant: werther, thing: dogTax.thing }), null);
});

test('an official says what it costs; strangers do not', async () => {
  const thing = { kind: 'application', id: 'a-2' };
  const { payment, state, cents } = await open({ thing, items: null });
  assert.deepEqual([state, cents], ['awaitingFee', null]);
  const set = (ctx: Context, items: payments.ItemInput[]) =>
    platform.db.write(ellrich, (tx) => payments.setFee(ctx, tx, { tenant: ellrich, payment, items }));
  await assert.rejects(set(emil, [{ text: 'Gebühr', cents: 1 }]), { kind: 'notFound' });
  await assert.rejects(set(anna, [{ text: 'Gebühr', cents: 0 }]), { code: 'payments.sum' });
  await set(anna, [{ text: 'Verwaltungsgebühr', cents: 4_500 }]);
  assert.equal((await payments.paymentOf(anna, { tenant: ellrich, thing }))?.outstandingCents, 4_500);
  await assert.rejects(set(anna, [{ text: 'Gebühr', cents: 1 }]), { kind: 'conflict', code: 'payments.is.open' });
});

test('what was withdrawn is not owed', async () => {
  const thing = { kind: 'application', id: 'a-3' };
  const { payment } = await open({ thing });
  const withdraw = () =>
    platform.db.write(ellrich, (tx) => payments.withdrawPayment(inEllrich, tx, { tenant: ellrich, payment }));
  await withdraw();
  await assert.rejects(withdraw(), { kind: 'conflict', code: 'payments.is.withdrawn' });
});

test('nobody is sent to another server afterwards, and no amount is made up', async () => {
  for (const returnTo of ['https://evil.example', '//evil.example', '/\\evil.example', 'antrag', '/a b'])
    await assert.rejects(open({ thing: { kind: 'bad', id: 'x' }, returnTo }), { kind: 'invalid' }, returnTo);
  for (const cents of [-1, 0.5, Number.NaN, 99_999_901])
    await assert.rejects(open({ thing: { kind: 'bad', id: 'x' }, items: [{ text: 'x', cents }] }), { kind: 'invalid' });
  assert.equal(
    await payments.paymentOf(systemContext(platform, ellrich, 't'), { tenant: ellrich, thing: { kind: 'bad', id: 'x' } }),
    null,
  );
});

test('after a restore no payment reference is given out again', async () => {
  const { reference } = await open({ thing: { kind: 'application', id: 'before' } });
  await payments.skipReferences(stand.owner);
  const next = await open({ thing: { kind: 'application', id: 'after' } });
  const number = (text: string) => Number(text.split('-')[1]);
  assert.ok(number(next.reference) > number(reference) + 50_000);
});
