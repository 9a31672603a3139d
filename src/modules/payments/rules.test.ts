import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { AccountActor, Role } from '#platform/context';
import {
  after,
  isPossible,
  outstanding,
  paymentEdges,
  paymentStates,
  paymentSteps,
  stepForMoney,
  surplus,
  treasuryPermissions,
} from './rules.ts';
import { type AttemptState, afterReport, attemptEdges, isLive, type Report, waitBeforeAsking } from './rules-attempt.ts';
import { letterText, writeLetter } from './rules-letter.ts';
import { checkItems, decimal, euros, readDecimal, readEuros, sumOf, taxWithin } from './rules-money.ts';
import { makeReference, readNotice, readReference } from './rules-reference.ts';
import { afterRefund, needsFourEyes, refundable } from './rules-refund.ts';
import { isIban } from './rules-settings.ts';

test('money can arrive in every state in which something was owed, and never vanishes', () => {
  const amount = fc.integer({ min: 1, max: 10_000 });
  fc.assert(
    fc.property(fc.constantFrom(...paymentStates), amount, amount, fc.boolean(), (state, cents, arrived, isAsExpected) => {
      const before = { cents, receivedCents: 0, refundedCents: 0 };
      const step = stepForMoney(state, before, { cents: arrived, isAsExpected });
      if (step) assert.ok(isPossible(state, step), `${state} → ${step}`);
      if (step === 'settle') assert.ok(arrived >= cents, 'only the whole sum settles');
    }),
  );
});

test('every state can be reached, and every state but the last ones can be left', () => {
  const reached = new Set(['awaitingFee', 'open', ...paymentSteps.map((step) => paymentEdges[step].to)]);
  assert.deepEqual([...reached].sort(), [...paymentStates].sort());
  for (const state of paymentStates)
    assert.ok(
      paymentSteps.some((step) => isPossible(state, step)),
      state,
    );
});

test('only a status query or the treasury makes a payment paid', () => {
  const paying = paymentSteps.filter((step) => paymentEdges[step].to === 'paid');
  assert.deepEqual([...new Set(paying.flatMap((step) => paymentEdges[step].by))].sort(), ['gateway', 'treasurer']);
  assert.throws(() => after('underWay', 'settle', 'debtor'), { kind: 'forbidden' });
  assert.throws(() => after('paid', 'begin', 'debtor'), { kind: 'conflict', code: 'payments.is.paid' });
});

test('what is owed and what is too much add up', () => {
  const sums = fc.record({ cents: fc.nat(10_000), receivedCents: fc.nat(10_000), refundedCents: fc.nat(10_000) });
  fc.assert(
    fc.property(
      sums.filter(({ receivedCents, refundedCents }) => refundedCents <= receivedCents),
      (balance) => {
        const held = balance.receivedCents - balance.refundedCents;
        assert.equal(held + outstanding(balance) - surplus('paid', balance), balance.cents);
      },
    ),
  );
});

test('an attempt that has brought money brings no more, whatever is said', () => {
  const reports: Report[] = [
    { kind: 'pending' },
    { kind: 'paid', cents: 1, method: '' },
    ...(['declined', 'cancelled', 'expired', 'gone'] as const).map((kind) => ({ kind })),
  ];
  for (const report of reports) assert.equal(afterReport('paid', report), null);
  for (const state of Object.keys(attemptEdges) as AttemptState[])
    for (const report of reports) {
      const to = afterReport(state, report);
      if (to) assert.ok(attemptEdges[state].includes(to) && !isLive(to), `${state} → ${to}`);
    }
  assert.equal(afterReport('declined', { kind: 'paid', cents: 1, method: '' }), 'paid');
});

test('a gateway is asked ever more rarely, and never gives up', () => {
  fc.assert(
    fc.property(
      fc.nat(1_000),
      (asked) => waitBeforeAsking(asked) >= 60 && waitBeforeAsking(asked) <= waitBeforeAsking(asked + 1),
    ),
  );
});

test('a payment reference finds every wrong digit and every two that changed places', () => {
  const parts = fc.tuple(
    fc.stringMatching(/^[A-Z]{1,4}$/),
    fc.integer({ min: 2020, max: 2099 }),
    fc.integer({ min: 1, max: 999_999_999 }),
  );
  fc.assert(
    fc.property(parts, fc.nat(), fc.integer({ min: 1, max: 9 }), ([prefix, year, number], at, by) => {
      const reference = makeReference(prefix, year, number);
      assert.equal(readReference(` ${reference.toLowerCase()} `), reference);
      assert.ok(reference.length <= 27, 'XBezahldienste: purpose of at most 27 characters');
      const digits = [...reference].flatMap((sign, index) => (/\d/.test(sign) ? [index] : []));
      const place = digits[at % digits.length] as number;
      const signs = [...reference];
      signs[place] = String((Number(signs[place]) + by) % 10);
      assert.equal(readReference(signs.join('')), null);
      const next = place + 1;
      if (/\d/.test(reference[next] ?? '') && reference[next] !== reference[place]) {
        const swapped = `${reference.slice(0, place)}${reference[next]}${reference[place]}${reference.slice(next + 1)}`;
        assert.equal(readReference(swapped), null);
      }
    }),
  );
});

test('a notice names tenant and request, and nothing else passes for one', () => {
  const request = '0f2b6a4e-7e0a-4b5d-9b7e-1f5f0f6f7a11';
  assert.deepEqual(readNotice(`3.${request}`), { tenant: 3, request });
  for (const made of ['', '3', `.${request}`, `0.${request}`, `zzzzzz.${request}`, `3.${request}0`, `3.${request.slice(1)}'`])
    assert.equal(readNotice(made), null, made);
});

test('amounts are read as they are written', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 99_999_900 }), (cents) => {
      assert.equal(readEuros(euros(cents), 'amount'), cents);
      assert.equal(readDecimal(decimal(cents)), cents);
      assert.equal(readDecimal(cents / 100), cents);
    }),
  );
  assert.equal(readEuros(' 12,5 € ', 'amount'), 1_250);
  assert.deepEqual([euros(123_456_789), euros(123_456_789, 'en'), euros(-5, 'en')], ['1.234.567,89', '1,234,567.89', '-0.05']);
  for (const wrong of ['', '12.50', '1,234', '-1', '1e3', '12,345', '0x10', `1${' '.repeat(40)}€`])
    assert.throws(() => readEuros(wrong, 'amount'), { kind: 'invalid' });
  for (const wrong of ['-1', '1,5', '1.234', '', null, {}, Number.NaN]) assert.equal(readDecimal(wrong), null);
});

test('items add up, with the tax within them', () => {
  const item = fc.record({
    text: fc.constantFrom('Hundesteuer', 'Hundemarke'),
    cents: fc.integer({ min: 1, max: 100_000 }),
    quantity: fc.integer({ min: 1, max: 9 }),
    taxPercent: fc.constantFrom(0 as const, 7 as const, 19 as const),
  });
  fc.assert(
    fc.property(fc.array(item, { minLength: 1, maxLength: 99 }), (items) => {
      assert.equal(
        sumOf(checkItems(items)),
        items.reduce((sum, one) => sum + one.cents * one.quantity, 0),
      );
    }),
  );
  assert.equal(taxWithin(11_900, 19), 1_900);
  assert.equal(taxWithin(450, 19), 72);
  assert.throws(() => checkItems([]), { code: 'payments.itemCount' });
  assert.throws(() => checkItems(Array.from({ length: 100 }, () => ({ text: 'x', cents: 1 }))), { code: 'payments.itemCount' });
});

test('a large refund cannot be cut into small ones, and nobody approves their own', () => {
  const done = { state: 'done', cents: 9_000 } as const;
  assert.equal(needsFourEyes(1_000, [done], 10_000), false);
  assert.equal(needsFourEyes(1_001, [done], 10_000), true);
  assert.equal(needsFourEyes(10_000, [{ state: 'rejected', cents: 9_000 }], 10_000), false);
  assert.equal(refundable(10_000, [done, { state: 'requested', cents: 500 }, { state: 'rejected', cents: 400 }]), 500);
  const asked = { state: 'requested', requestedBy: 'account:1' } as const;
  assert.throws(() => afterRefund(asked, 'approve', 'account:1'), { kind: 'forbidden', code: 'payments.fourEyes' });
  assert.throws(() => afterRefund(asked, 'takeBack', 'account:2'), { kind: 'forbidden' });
  assert.equal(afterRefund(asked, 'approve', 'account:2'), 'approved');
  assert.throws(() => afterRefund({ ...asked, state: 'done' }, 'finish', 'account:2'), { kind: 'conflict' });
});

test('an IBAN has the right check digits', () => {
  assert.ok(isIban('DE02 1203 0000 0000 2020 51'));
  assert.ok(!isIban('DE03120300000000202051'));
});

test('the treasury’s money and its settings are in different hands', () => {
  const as = (...roles: Role[]): AccountActor => ({
    kind: 'account',
    tenant: 3,
    account: 1,
    principals: [1],
    roles,
    handle: 'x',
    name: 'X',
    address: 'x@x.example',
    via: 'session',
    credential: 1,
  });
  const { may, see } = treasuryPermissions;
  const can = (...roles: Role[]) =>
    (['read', 'treasure', 'configure'] as const).map((action) => may[action](as(...roles), { tenant: 3 }));
  assert.deepEqual(can('treasurer'), [true, true, false]);
  assert.deepEqual(can('tenantAdministrator'), [false, false, true]);
  assert.deepEqual(can('auditor'), [true, false, false]);
  assert.deepEqual(can(), [false, false, false]);
  assert.equal(see(as('treasurer'), { tenant: 4 }), false);
});

test('an English letter writes its amounts as English does, in its lines and in its sentences', () => {
  const facts = {
    authority: 'Ellrich',
    reference: 'ELL-1',
    page: null,
    purpose: 'Dog tax',
    cents: 123_456,
    outstandingCents: 100_000,
    items: [{ text: 'Dog tax', quantity: 2, cents: 61_728, taxPercent: 19 as const }],
    debtor: { name: 'Celik Çetin', street: '', postcode: '', town: '' },
    dueOn: '2026-12-07',
    reminder: 0,
    account: null,
  };
  const english = letterText(writeLetter({ ...facts, locale: 'en' }));
  for (const amount of ['1,234.56', '1,000.00', '234.56', '197.11']) assert.ok(english.includes(amount), amount);
  assert.doesNotMatch(english, /\d,\d\d\b(?!\d)/);
  assert.ok(letterText(writeLetter({ ...facts, locale: 'de' })).includes('1.234,56'));
});
