import type { Context } from '#platform/context';
import { dayAt } from '#platform/day';
import type { Tx } from '#platform/db';
import { stepForMoney } from './rules.ts';
import { type AttemptState, afterReport, type Report } from './rules-attempt.ts';
import { hold, note, takeStep } from './step.ts';
import { type Attempt, readAttempt, updateAttempt } from './store/attempt.ts';
import { type Payment, updatePayment } from './store/payment.ts';
import { insertReceipt } from './store/receipt.ts';

/**
 * Believes what a gateway said when it was asked, in one transaction. Saying it again, late or in another order, changes nothing:
 * an attempt brings money once. Returns the attempt's state.
 */
export async function believe(ctx: Context, tenant: number, id: number, report: Report): Promise<AttemptState> {
  return ctx.platform.db.write(tenant, async (tx) => {
    const known = (await readAttempt(tx, tenant, id)) as Attempt;
    const payment = await hold(tx, tenant, known.payment);
    // Read again once the payment is held: somebody may have been quicker.
    const attempt = (await readAttempt(tx, tenant, id)) as Attempt;
    const to = afterReport(attempt.state, report);
    if (to === null) return attempt.state;
    const changedAt = ctx.platform.clock.now();
    if (report.kind === 'paid') {
      const { cents, method } = report;
      await updateAttempt(tx, tenant, { ...attempt, state: to, reportedCents: cents, method, changedAt });
      await takeMoney(tx, ctx, payment, { attempt, cents, isAsExpected: cents === attempt.cents });
    } else {
      await updateAttempt(tx, tenant, { ...attempt, state: to, changedAt });
      await endAttempt(tx, ctx, payment, to);
    }
    return to;
  });
}

async function endAttempt(tx: Tx, ctx: Context, payment: Payment, to: AttemptState): Promise<void> {
  const reason = to === 'cancelled' || to === 'expired' ? to : 'declined';
  if (payment.state === 'underWay')
    await takeStep(tx, ctx, payment, { step: 'fail', by: 'gateway', reason, details: { reason } });
  else await note(tx, ctx, payment, { step: 'attemptEnded', details: { reason } });
}

export type Money = {
  /** Null: by bank transfer. */
  readonly attempt: Attempt | null;
  readonly cents: number;
  readonly isAsExpected: boolean;
  /** `2026-11-23`; default: today. */
  readonly bookedOn?: string;
  readonly text?: string;
};

/** Books money that has arrived, whatever state the payment is in, and takes the step that follows from it. */
export async function takeMoney(tx: Tx, ctx: Context, payment: Payment, money: Money): Promise<Payment> {
  const { attempt, cents, isAsExpected, text = '' } = money;
  const now = ctx.platform.clock.now();
  // The day in Germany on which we learnt of it.
  const bookedOn = money.bookedOn ?? dayAt(now);
  const receipt = { tenant: payment.tenant, payment: payment.id, attempt: attempt?.id ?? null, cents };
  if (!(await insertReceipt(tx, { ...receipt, bookedOn, note: text, createdAt: now }))) return payment;
  const step = stepForMoney(payment.state, payment, { cents, isAsExpected });
  const receivedCents = payment.receivedCents + cents;
  const by = attempt ? 'gateway' : 'treasurer';
  if (step === null) return keepMoney(tx, ctx, { ...payment, receivedCents, changedAt: now }, cents);
  const change = { receivedCents, ...(step === 'settle' ? { paidAt: now } : {}) };
  return takeStep(tx, ctx, payment, { step, by, change, details: { received: cents } });
}

/** Part of what is owed, or more than it: the state stays, the money is seen. */
async function keepMoney(tx: Tx, ctx: Context, payment: Payment, cents: number): Promise<Payment> {
  await updatePayment(tx, payment);
  const isSurplus = payment.receivedCents - payment.refundedCents > (payment.cents ?? 0);
  await note(tx, ctx, payment, { step: isSurplus ? 'surplus' : 'partReceived', details: { received: cents } });
  return payment;
}
