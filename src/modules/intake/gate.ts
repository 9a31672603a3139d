import { authorizer } from '#platform/authorize';
import type { Context } from '#platform/context';
import { dayAt } from '#platform/day';
import { intakePermissions } from './rules.ts';
import { readAbsentees } from './store/deputy.ts';

/** The one gate of this room. */
export const authorize = authorizer(intakePermissions);

/** The day in Germany now. */
export const today = (ctx: Pick<Context, 'platform'>): string => dayAt(ctx.platform.clock.now());

/** Those for whom the actor stands in today. */
export async function standsInFor(ctx: Context): Promise<number[]> {
  const { actor } = ctx;
  if (actor.kind !== 'account') return [];
  const { tenant, account } = actor;
  return readAbsentees(ctx.platform.db.read(tenant), tenant, { deputy: account, day: today(ctx) });
}
