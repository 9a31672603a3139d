import { checkAll } from '#platform/checks';
import type { Context } from '#platform/context';
import { addDays, beginningOf, dayAt, daysAfter, isDay } from '#platform/day';
import { ensure } from '#platform/errors';
import { type Page, pageLimit, readCursor, toPage } from '#platform/page';
import { oneLine } from '#platform/text';
import { askAbout } from './ask.ts';
import { expireLater } from './care.ts';
import { authorize } from './gate.ts';
import { setFee } from './open.ts';
import { takeMoney } from './report.ts';
import { limits, outstanding, type PaymentState, paymentStates, surplus } from './rules.ts';
import { checkCents, moneyLimits } from './rules-money.ts';
import { refundable } from './rules-refund.ts';
import { defaultSettings } from './rules-settings.ts';
import { checkSeen, hold, takeStep } from './step.ts';
import { type Attempt, readAttempts } from './store/attempt.ts';
import { type PaymentEvent, readEvents } from './store/event.ts';
import { countRefunds, type PaymentLine, readLines, readStateSums, type StateSum } from './store/list.ts';
import { type Payment, readPayment } from './store/payment.ts';
import { type Receipt, readReceipts } from './store/receipt.ts';
import { type Refund, readRefunds } from './store/refund.ts';
import { readSettings } from './store/settings.ts';

/** The lists of the treasury. */
export const treasuryLists = ['openItems', 'needsCare', 'overdue', 'all', ...paymentStates] as const;
export type TreasuryList = (typeof treasuryLists)[number];

export type TreasuryQuery = {
  readonly list?: TreasuryList;
  /** Part of a reference, a name or a purpose, which says what the thing is called. */
  readonly search?: string;
  /** Days (`2026-11-23`) on which it was opened, both included. */
  readonly from?: string;
  readonly to?: string;
  readonly cursor?: string | null;
  readonly limit?: number;
};

const openStates: readonly PaymentState[] = ['open', 'underWay', 'expired', 'disputed'];

const statesOf = (list: TreasuryList): readonly PaymentState[] => {
  if (list === 'openItems' || list === 'overdue') return openStates;
  return list === 'all' || list === 'needsCare' ? paymentStates : [list];
};

/** The moment at which a day begins; throws `invalid` for what is no day. */
export function firstMoment(day: string, field: string): Date {
  ensure(isDay(day), 'invalid', 'payments.dayForm', { field });
  return beginningOf(day);
}

/** The moment at which a day is over; throws `invalid` for what is no day. */
export function lastMoment(day: string, field: string): Date {
  ensure(isDay(day), 'invalid', 'payments.dayForm', { field });
  return beginningOf(addDays(day, 1));
}

const patternOf = (search: string) =>
  `%${search
    .trim()
    .slice(0, 100)
    .replaceAll(/[\\%_]/g, '\\$&')}%`;

/** The payments of the actor's tenant, newest first, page by page. Throws `forbidden`, `invalid`. */
export async function listPayments(ctx: Context, query: TreasuryQuery = {}): Promise<Page<PaymentLine>> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'read', { tenant });
  const { list = 'all', search = '', from, to } = query;
  const limit = pageLimit(query.limit, 50);
  const [before = Number.MAX_SAFE_INTEGER] = readCursor(query.cursor, 1) ?? [];
  const rows = await readLines(ctx.platform.db.read(tenant), tenant, {
    states: statesOf(list),
    needsCare: list === 'needsCare',
    pattern: patternOf(search),
    before: Number(before),
    dueBefore: list === 'overdue' ? dayAt(ctx.platform.clock.now()) : null,
    since: from ? firstMoment(from, 'from') : new Date(0),
    until: to ? lastMoment(to, 'to') : new Date('9999-01-01T00:00:00Z'),
    limit: limit + 1,
  });
  return toPage(rows, limit, ({ id }) => [id]);
}

/** One payment with everything that happened to it. */
export type PaymentFile = {
  readonly payment: Payment;
  readonly outstandingCents: number;
  readonly surplusCents: number;
  readonly refundableCents: number;
  readonly attempts: readonly Attempt[];
  readonly receipts: readonly Receipt[];
  readonly refunds: readonly Refund[];
  readonly history: readonly PaymentEvent[];
};

const longestHistory = 200;

/** One payment of the actor's tenant. Throws `notFound`, `forbidden`. */
export async function getPayment(ctx: Context, id: number): Promise<PaymentFile> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'read', { tenant });
  const sql = ctx.platform.db.read(tenant);
  const [payment, attempts, receipts, refunds, history] = await Promise.all([
    readPayment(sql, tenant, id),
    readAttempts(sql, tenant, id),
    readReceipts(sql, tenant, id),
    readRefunds(sql, tenant, id),
    readEvents(sql, tenant, id, longestHistory),
  ]);
  ensure(payment, 'notFound', 'platform.notFound');
  const sums = { outstandingCents: outstanding(payment), surplusCents: surplus(payment.state, payment) };
  return { payment, ...sums, refundableCents: refundable(payment.receivedCents, refunds), attempts, receipts, refunds, history };
}

/** How many payments there are of each state, and how many refunds wait for a second person. */
export async function treasuryFigures(ctx: Context): Promise<{ states: readonly StateSum[]; refundsWaiting: number }> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'read', { tenant });
  const sql = ctx.platform.db.read(tenant);
  const [states, refundsWaiting] = await Promise.all([readStateSums(sql, tenant), countRefunds(sql, tenant, 'requested')]);
  return { states, refundsWaiting };
}

export type Transfer = {
  readonly payment: number;
  readonly cents: number;
  /** The day on the bank statement. */
  readonly bookedOn: string;
  readonly note: string;
  /** Number of the newest event the page told of, see `checkSeen`. */
  readonly seen?: number;
};

/**
 * Books money that came by bank transfer. With it the payment may be settled, in part or whole; what is too much is shown and can
 * be given back. Throws `invalid`, `conflict` while the fee is not known, or when something has happened that was not seen.
 */
export async function bookTransfer(ctx: Context, { payment: id, cents, bookedOn, note, seen }: Transfer): Promise<void> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'treasure', { tenant });
  const { note: text } = await checkAll({
    amount: () => checkCents(cents, 'amount'),
    bookedOn: () => {
      const isPast = firstMoment(bookedOn, 'bookedOn') <= ctx.platform.clock.now();
      ensure(isPast, 'invalid', 'payments.dayAhead', { field: 'bookedOn' });
    },
    note: () => (note.trim() === '' ? '' : oneLine(note, 'note', { most: limits.note })),
  });
  await ctx.platform.db.write(tenant, async (tx) => {
    const payment = await hold(tx, tenant, id);
    await checkSeen(tx, payment, seen);
    ensure(payment.state !== 'awaitingFee', 'conflict', 'payments.is.awaitingFee');
    await takeMoney(tx, ctx, payment, { attempt: null, cents, isAsExpected: true, bookedOn, text });
  });
}

/** What a treasurer can do with a payment beside money: each is a step of the table. */
export type TreasurerStep = 'accept' | 'claimRest' | 'withdraw' | 'reopen';

/**
 * Takes a step the table leaves to the treasury: accept a disputed payment as paid, claim the rest of it, give a claim up, take an
 * expired one up again. Throws `conflict`, `forbidden`, `notFound`.
 */
export async function takeTreasurerStep(
  ctx: Context,
  { payment: id, step, reason }: { payment: number; step: TreasurerStep; reason: string },
): Promise<void> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'treasure', { tenant });
  const why = oneLine(reason, 'reason', { most: limits.reason });
  await ctx.platform.db.write(tenant, async (tx) => {
    const payment = await hold(tx, tenant, id);
    ensure(step !== 'claimRest' || outstanding(payment) > 0, 'conflict', 'payments.nothingLeft');
    const now = ctx.platform.clock.now();
    const { daysToPay } = (await readSettings(tx, tenant)) ?? defaultSettings;
    const isOpening = step === 'claimRest' || step === 'reopen';
    const opened = isOpening && payment.dueOn === null ? { expiresAt: daysAfter(now, daysToPay) } : {};
    const change = { ...opened, ...(step === 'accept' ? { paidAt: now } : {}) };
    const next = await takeStep(tx, ctx, payment, { step, by: 'treasurer', change, details: { reason: why } });
    await expireLater(tx, next);
  });
}

/** Says what something costs, for a payment that waits for it; like `setFee`, for the treasury's page. */
export async function setFeeAtTreasury(
  ctx: Context,
  { payment, text, cents }: { payment: number; text: string; cents: number },
): Promise<void> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'treasure', { tenant });
  const item = await checkAll({
    text: () => oneLine(text, 'text', { most: moneyLimits.itemText }),
    amount: () => checkCents(cents, 'amount'),
  });
  const items = [{ text: item.text, cents: item.amount }];
  await ctx.platform.db.write(tenant, (tx) => setFee(ctx, tx, { tenant, payment, items }));
}

/**
 * Asks the gateway about every attempt of a payment, those that have ended too: it may have changed its mind. Throws `forbidden`,
 * `notFound`.
 */
export async function askAgain(ctx: Context, id: number): Promise<void> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'treasure', { tenant });
  ensure(await readPayment(ctx.platform.db.read(tenant), tenant, id), 'notFound', 'platform.notFound');
  const attempts = await readAttempts(ctx.platform.db.read(tenant), tenant, id);
  const asked = attempts.filter(({ state }) => state !== 'paid' && state !== 'refused');
  for (const attempt of asked) await askAbout(ctx, tenant, attempt);
}
