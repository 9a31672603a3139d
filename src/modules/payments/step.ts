import { audit } from '#platform/audit';
import type { Context } from '#platform/context';
import type { Tx } from '#platform/db';
import { ensure } from '#platform/errors';
import { emit } from '#platform/events';
import { feeSet, type PaymentNews, paymentExpired, paymentFailed, paymentSucceeded } from './events.ts';
import { personOf } from './gate.ts';
import { after, type PaymentStep, paymentEdges, type StepTaker } from './rules.ts';
import { insertEvent, readEvents } from './store/event.ts';
import { lockPayment, type Payment, updatePayment } from './store/payment.ts';

type Change = Partial<Omit<Payment, 'id' | 'tenant' | 'reference' | 'state' | 'changedAt'>>;

export type Taking = {
  readonly step: PaymentStep;
  readonly by: StepTaker;
  /** What changes beside the state. */
  readonly change?: Change;
  /** What the history says of it: no secrets, no personal data. */
  readonly details?: Readonly<Record<string, string | number>>;
  /** Why, for `paymentFailed`. */
  readonly reason?: 'declined' | 'cancelled' | 'expired' | 'refused';
};

export const newsOf = ({ tenant, id, reference, kind, thing }: Payment): PaymentNews => ({
  tenant,
  payment: id,
  reference,
  thing: { kind, id: thing },
});

/** The payment, held until the transaction ends. Throws `notFound`. */
export async function hold(tx: Tx, tenant: number, id: number): Promise<Payment> {
  const payment = await lockPayment(tx, tenant, id);
  ensure(payment, 'notFound', 'platform.notFound');
  return payment;
}

/**
 * Takes one step of the table with a payment that is held: state, history, audit and news in the caller's transaction. Returns
 * the payment as it is now. Throws `conflict` when the table does not allow the step.
 */
export async function takeStep(tx: Tx, ctx: Context, payment: Payment, taking: Taking): Promise<Payment> {
  const { step, by, change = {}, details = {} } = taking;
  const next: Payment = { ...payment, ...change, state: after(payment.state, step, by), changedAt: ctx.platform.clock.now() };
  await updatePayment(tx, next);
  await note(tx, ctx, next, { step, details });
  await tell(tx, ctx, next, taking);
  ctx.platform.metrics.count('payment_steps_total', { step });
  return next;
}

/**
 * Whoever acts by what a page showed says up to which event it told: what has happened since may be their own second click, or a colleague who
 * books the same. Throws `conflict`. Without it nothing is compared.
 */
export async function checkSeen(tx: Tx, { tenant, id }: Payment, seen: number | undefined): Promise<void> {
  if (seen === undefined) return;
  const [last] = await readEvents(tx, tenant, id, 1);
  ensure(seen === (last?.id ?? 0), 'conflict', 'payments.changedSince');
}

type Noted = { readonly step: string; readonly details?: Readonly<Record<string, string | number>> };

/** Writes into history and audit what was done to a payment. */
export async function note(tx: Tx, ctx: Context, payment: Payment, { step, details = {} }: Noted): Promise<void> {
  const { tenant, id, state, reference } = payment;
  const byName = personOf(ctx.actor).name;
  await insertEvent(tx, { tenant, payment: id, step, state, byName, details, at: ctx.platform.clock.now() });
  await audit(tx, ctx, [{ action: `payments.${step}`, thing: `payment:${id}`, details: { reference, state, ...details } }]);
}

async function tell(tx: Tx, ctx: Context, payment: Payment, { step, reason = 'declined' }: Taking): Promise<void> {
  const { event } = paymentEdges[step];
  const news = newsOf(payment);
  const cents = payment.cents ?? 0;
  if (event === 'feeSet') await emit(tx, ctx, feeSet, { ...news, cents });
  else if (event === 'paymentSucceeded') await emit(tx, ctx, paymentSucceeded, { ...news, cents });
  else if (event === 'paymentFailed') await emit(tx, ctx, paymentFailed, { ...news, reason });
  else if (event === 'paymentExpired') await emit(tx, ctx, paymentExpired, news);
  // `refunded` carries an amount and is told where the money is given back, also for a part of it.
}
