import { getSubmission } from '#modules/forms';
import type { Context } from '#platform/context';
import type { Tx } from '#platform/db';
import { ensure, type Params } from '#platform/errors';
import { type Elsewhere, readElsewhere, upsertElsewhere } from './store/elsewhere.ts';
import { readItem } from './store/item.ts';
import { putSubmission, tell } from './tray.ts';

/** What a room above takes over from the tray, and gives back. Both for the house itself, in the transaction of the caller's step. */

export type Aside = { readonly submission: number; readonly to: string };

/** Lays an item aside: somebody else works on it, and it presses nobody here. It stays readable, and can be taken on all the same. */
export async function layAside(tx: Tx, ctx: Context, { submission, to: receiver }: Aside): Promise<void> {
  const { tenant } = ctx.actor;
  const view = await getSubmission({ ...ctx, actor: { kind: 'system', tenant, job: 'intake.layAside' } }, submission);
  await putSubmission(tx, ctx, view, { isSilent: true });
  await upsertElsewhere(tx, tenant, submission, { receiver, isAway: true, code: null, params: {}, at: ctx.platform.clock.now() });
}

export type Back = {
  readonly submission: number;
  /** Sentence that says why, of the room that gives it back, and its values. */
  readonly code: string;
  readonly params: Params & { readonly receiver: string };
};

/** Puts an item back among what is to be done here, says why beside it, and rings. */
export async function bringBack(tx: Tx, ctx: Context, { submission, code, params }: Back): Promise<void> {
  const { tenant } = ctx.actor;
  const { receiver } = params;
  await upsertElsewhere(tx, tenant, submission, { receiver, isAway: false, code, params, at: ctx.platform.clock.now() });
  const item = await readItem(tx, tenant, submission);
  ensure(item, 'internal', 'platform.internal');
  await tell(tx, ctx, item, 'intake.returned');
}

/** Whoever takes on what lies elsewhere has it among their own again, and reads that somebody else has it, too. */
export async function takeBack(tx: Tx, ctx: Context, submission: number): Promise<void> {
  const { tenant } = ctx.actor;
  const there = await readElsewhere(tx, tenant, submission);
  if (!there?.isAway) return;
  const back = { isAway: false, code: 'intake.takenBack', params: {}, at: ctx.platform.clock.now() };
  await upsertElsewhere(tx, tenant, submission, { ...there, ...back });
}

/** Who else has it, or why it is back; null: it was always here. The caller has looked whether the actor may read it. */
export function elsewhereOf({ platform, actor }: Context, submission: number): Promise<Elsewhere | null> {
  return readElsewhere(platform.db.read(actor.tenant), actor.tenant, submission);
}
