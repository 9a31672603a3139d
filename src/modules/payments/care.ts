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

/** The time to pay is over, when it still is: it may have been paid, invoiced or prolonged meanwhile. */
export async function expireOne(ctx: Context, payment: number): Promise<void> {
  const { tenant } = ctx.actor;
  await ctx.platform.db.write(tenant, async (tx) => {
    const found = await lockPayment(tx, tenant, payment);
    const isOver = found?.expiresAt && found.expiresAt <= ctx.platform.clock.now();
    if (found && isOver && found.state === 'open') await takeStep(tx, ctx, found, { step: 'expire', by: 'clock' });
  });
}

export const expire: Job<One> = { name: 'payments.expire', run: (ctx, { payment }) => expireOne(ctx, payment) };
