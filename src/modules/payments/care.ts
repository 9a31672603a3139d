import type { Context } from '#platform/context';
import type { Tx } from '#platform/db';
import { enqueue, type Job } from '#platform/jobs';
import { takeStep } from './step.ts';
import { lockPayment, type Payment } from './store/payment.ts';

type One = { readonly payment: number };

/** Lets a payment expire when its time comes; a later call for the same payment replaces the earlier one. */
export async function expireLater(tx: Tx, { id, tenant, expiresAt }: Payment): Promise<void> {
  if (expiresAt !== null)
    await enqueue(tx, expire, { payment: id }, { runAt: expiresAt, key: `payment expires ${tenant} ${id}` });
}

/**
 * The time to pay is over, when it still is: it may have been paid, invoiced or prolonged meanwhile. Asked too early (the database has a
 * clock of its own) it comes again.
 */
export async function expireOne(ctx: Context, payment: number): Promise<void> {
  const { tenant } = ctx.actor;
  await ctx.platform.db.write(tenant, async (tx) => {
    const found = await lockPayment(tx, tenant, payment);
    if (found?.state !== 'open' || found.expiresAt === null) return;
    if (found.expiresAt > ctx.platform.clock.now()) await expireLater(tx, found);
    else await takeStep(tx, ctx, found, { step: 'expire', by: 'clock' });
  });
}

export const expire: Job<One> = { name: 'payments.expire', run: (ctx, { payment }) => expireOne(ctx, payment) };
