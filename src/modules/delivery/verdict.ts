import type { Context } from '#platform/context';
import { Failure } from '#platform/errors';
import { publicKey } from './keys.ts';
import { limits } from './rules.ts';
import type { Service } from './service-http.ts';
import { takeStep } from './step.ts';
import { type Delivery, insertVerdict, lockDelivery } from './store/delivery.ts';
import type { Destination } from './store/destination.ts';
import { type ReadVerdict, readVerdict } from './token.ts';

/** What the receiver says of a submission, as the delivery service keeps it. */

type At = { readonly target: Destination; readonly service: Service };

/**
 * Looks through the events of a submitted delivery for a verdict of the receiver's. What is not signed by them, is about something
 * else or was heard before counts for nothing, whatever the delivery service says of it.
 * @returns whether there is one now
 */
export async function lookForVerdict(ctx: Context, delivery: Delivery, { target, service }: At): Promise<boolean> {
  const { body } = await service.ask({ method: 'GET', path: `/v1/cases/${delivery.remoteCase}/events?limit=${limits.events}` });
  const tokens = Array.isArray(body.eventLog) ? body.eventLog.slice(0, limits.events) : [];
  for (const token of tokens) {
    if (typeof token === 'string' && (await hear(ctx, delivery, { target, token }))) return true;
  }
  return false;
}

type Heard = { readonly target: Destination; readonly token: string };

async function hear(ctx: Context, delivery: Delivery, { target, token }: Heard): Promise<boolean> {
  const { tenant, id } = delivery;
  const said = readOrNull(ctx, delivery, { target, token });
  if (!said?.verdict) return false;
  const { verdict, problems } = said;
  return ctx.platform.db.write(tenant, async (tx) => {
    const held = await lockDelivery(tx, tenant, id);
    if (held?.state !== 'submitted' || held.round !== delivery.round) return held?.state !== 'submitted';
    if (!(await insertVerdict(tx, tenant, { id: said.id, delivery: id, token, at: ctx.platform.clock.now() }))) return false;
    const reason = verdict === 'reject' ? 'delivery.rejected' : null;
    await takeStep(tx, ctx, held, { step: verdict, who: 'receiver', reason, problems });
    return true;
  });
}

function readOrNull(ctx: Context, { remote, remoteCase, createdAt }: Delivery, { target, token }: Heard): ReadVerdict | null {
  try {
    return readVerdict(token, publicKey(target.eventKey), {
      ...{ submission: remote ?? '', caseId: remoteCase ?? '', issuer: target.destination },
      ...{ since: createdAt, now: ctx.platform.clock.now() },
    });
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}
