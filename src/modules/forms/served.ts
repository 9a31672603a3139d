import type { Context } from '#platform/context';
import { readServed } from './store/counter.ts';
import type { Draft } from './store/draft.ts';

/** Whom a clerk fills a draft in for at the counter; null: somebody fills it in for themselves. */
export async function servedIn(
  ctx: Context,
  { tenant, id, clerk }: Pick<Draft, 'tenant' | 'id' | 'clerk'>,
): Promise<string | null> {
  if (clerk === null) return null;
  return (await readServed(ctx.platform.db.read(tenant), tenant, id))?.served ?? null;
}
