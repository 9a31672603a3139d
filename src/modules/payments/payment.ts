import type { Context } from '#platform/context';
import type { Sql, Tx } from '#platform/db';
import type { PaidThing } from './events.ts';
import { outstanding, type PaymentState } from './rules.ts';
import type { Item } from './rules-money.ts';
import { readAttempts } from './store/attempt.ts';
import { type Payment, readAwaitingFee, readByThing } from './store/payment.ts';

/** What the room that asked for a payment may know of it. */
export type PaymentStatus = {
  readonly payment: number;
  readonly reference: string;
  readonly state: PaymentState;
  readonly items: readonly Item[] | null;
  /** Null: not known yet. */
  readonly cents: number | null;
  readonly outstandingCents: number;
  readonly refundedCents: number;
  readonly expiresAt: Date | null;
  readonly paidAt: Date | null;
  readonly dueOn: string | null;
};

export const statusOf = (payment: Payment): PaymentStatus => ({
  payment: payment.id,
  reference: payment.reference,
  state: payment.state,
  items: payment.items,
  cents: payment.cents,
  outstandingCents: outstanding(payment),
  refundedCents: payment.refundedCents,
  expiresAt: payment.expiresAt,
  paidAt: payment.paidAt,
  dueOn: payment.dueOn,
});

/**
 * The payment of a thing as it is stored; null when none was asked for. The caller has checked that its actor may know. Inside a
 * transaction, give that one, to see what it has written.
 */
export async function paymentOf(
  ctx: Context,
  { tenant, thing, sql = ctx.platform.db.read(tenant) }: { tenant: number; thing: PaidThing; sql?: Sql | Tx },
): Promise<PaymentStatus | null> {
  const payment = await readByThing(sql, tenant, thing);
  return payment && statusOf(payment);
}

/** Which of some things (ids of one kind) still wait for somebody to set their fee. The caller has checked that its actor may know. */
export async function awaitingFeeAmong(
  { platform }: Context,
  { tenant, kind, ids }: { readonly tenant: number; readonly kind: string; readonly ids: readonly string[] },
): Promise<ReadonlySet<string>> {
  return new Set(ids.length === 0 ? [] : await readAwaitingFee(platform.db.read(tenant), tenant, kind, ids));
}

/** The attempt through which the money came. */
export type Settled = { readonly transaction: string; readonly method: string; readonly cents: number; readonly at: Date };

/** Through which transaction a payment was paid; null: none, or it came by bank transfer. The caller has checked that its actor may know. */
export async function settledBy(
  { platform }: Context,
  { tenant, payment }: { readonly tenant: number; readonly payment: number },
): Promise<Settled | null> {
  const attempts = await readAttempts(platform.db.read(tenant), tenant, payment);
  const paid = attempts.findLast(({ state }) => state === 'paid');
  if (!paid || paid.transaction === null) return null;
  return { transaction: paid.transaction, method: paid.method, cents: paid.reportedCents ?? paid.cents, at: paid.changedAt };
}
