import type { Context } from '#platform/context';
import { ensure, Failure } from '#platform/errors';
import { publicKey } from './keys.ts';
import { areOfSent, type Tags } from './rules-tags.ts';
import type { Service } from './service-http.ts';
import { type Taken, takeStep } from './step.ts';
import { type Delivery, insertVerdict, lockDelivery, readPieces, readTries } from './store/delivery.ts';
import type { Destination } from './store/destination.ts';
import { saidByService, tokensOf } from './their-log.ts';
import { type ReadEvent, readEvent } from './token.ts';

/** What the receiver says of a submission, as the delivery service keeps it. */

type At = { readonly target: Destination; readonly service: Service };

const aboutOf = (ctx: Context, { remote, remoteCase, createdAt }: Delivery) => ({
  submission: remote ?? '',
  caseId: remoteCase ?? '',
  since: createdAt,
  now: ctx.platform.clock.now(),
});

/**
 * Looks through the events of a submitted delivery for a verdict of the receiver's. What is not signed by them, is about something
 * else or was heard before counts for nothing, whatever the delivery service says of it; but when the service says by itself that it
 * has given up, nobody will fetch it there any more. Throws `conflict` when what they have accepted is not what was sent.
 * @returns whether there is one now
 */
export async function lookForVerdict(ctx: Context, delivery: Delivery, { target, service }: At): Promise<boolean> {
  const tokens = await tokensOf(service, delivery.remoteCase ?? '');
  for (const token of tokens) {
    const said = readOrNull(ctx, delivery, { target, token });
    if (said && (await hear(ctx, delivery, { said, token }))) return true;
  }
  const given = await saidByService(service, tokens, { ...aboutOf(ctx, delivery), kind: 'reject' });
  if (!given) return false;
  const { problems } = given;
  return note(ctx, delivery, { step: 'reject', who: 'service', reason: 'delivery.notFetched', problems });
}

type Heard = { readonly said: ReadEvent; readonly token: string };

async function hear(ctx: Context, delivery: Delivery, { said, token }: Heard): Promise<boolean> {
  const { id, kind, problems, tags } = said;
  if (kind === 'accept') await checkTags(ctx, delivery, tags);
  else if (kind !== 'reject') return false;
  const reason = kind === 'reject' ? 'delivery.rejected' : null;
  return note(ctx, delivery, { step: kind, who: 'receiver', reason, problems }, { id, token });
}

/** Whoever lies between us could have put something else in its place: the receiver has signed what they have accepted. */
async function checkTags(ctx: Context, delivery: Delivery, tags: Tags | null): Promise<void> {
  const sql = ctx.platform.db.read(delivery.tenant);
  const [pieces, tries] = await Promise.all([readPieces(sql, delivery), readTries(sql, delivery)]);
  // Receivers who name none are believed as before; so is one about what was sent before we kept them.
  const isKnown = tries.length > 0 && pieces.every(({ tag }) => tag !== null);
  if (tags === null || !isKnown) return;
  const attachments = Object.fromEntries(pieces.map(({ id, tag }) => [id, tag ?? '']));
  ensure(areOfSent(tags, { tries, attachments }), 'conflict', 'delivery.otherContent');
}

type Verdict = { readonly id: string; readonly token: string };

async function note(ctx: Context, delivery: Delivery, taken: Taken, verdict: Verdict | null = null): Promise<boolean> {
  const { tenant, id } = delivery;
  return ctx.platform.db.write(tenant, async (tx) => {
    const held = await lockDelivery(tx, tenant, id);
    if (held?.state !== 'submitted' || held.round !== delivery.round) return held?.state !== 'submitted';
    const isNew = !verdict || (await insertVerdict(tx, tenant, { ...verdict, delivery: id, at: ctx.platform.clock.now() }));
    if (isNew) await takeStep(tx, ctx, held, taken);
    return isNew;
  });
}

type From = { readonly target: Destination; readonly token: string };

function readOrNull(ctx: Context, delivery: Delivery, { target, token }: From): ReadEvent | null {
  try {
    return readEvent(token, [publicKey(target.eventKey)], { ...aboutOf(ctx, delivery), issuer: target.destination });
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}
