import { bringBack, layAside } from '#modules/intake';
import { audit } from '#platform/audit';
import type { Context } from '#platform/context';
import type { Tx } from '#platform/db';
import { ensure } from '#platform/errors';
import { type DeliveryStep, deliveryEdges } from './rules.ts';
import { type Problem, sentenceOf } from './rules-problem.ts';
import { type Delivery, insertStep, updateDelivery } from './store/delivery.ts';

export type Taken = {
  readonly step: DeliveryStep;
  /** `house`, `receiver`, or the name of somebody of the office. */
  readonly who: string;
  /** Code of the sentence that says why; null: there is nothing to say. */
  readonly reason: string | null;
  readonly problems?: readonly Problem[];
};

/**
 * One step of a delivery, with all that belongs to it in one transaction: its row, its history, the audit, and the tray of the office,
 * where it is laid aside or is theirs again with the reason. The caller holds the row. Throws `conflict` when it cannot happen now.
 */
export async function takeStep(tx: Tx, ctx: Context, held: Delivery, { step, who, reason, problems = [] }: Taken): Promise<void> {
  const { tenant, id, submission, receiver } = held;
  const { from, to, tray } = deliveryEdges[step];
  ensure(from.includes(held.state), 'conflict', 'delivery.stepImpossible');
  const at = ctx.platform.clock.now();
  await updateDelivery(tx, { ...held, state: to, failures: 0, nextAt: null, reason, problems, steppedAt: at });
  await insertStep(tx, tenant, id, { at, step, who, reason });
  await audit(tx, ctx, [{ action: `delivery.${step}`, thing: `submission:${submission}`, details: { receiver, reason } }]);
  if (tray === 'aside') await layAside(tx, ctx, { submission, to: receiver });
  if (tray === 'back') {
    const detail = problems.map(sentenceOf).join('; ');
    await bringBack(tx, ctx, { submission, code: reason ?? `delivery.${step}`, params: { receiver, detail } });
  }
}
