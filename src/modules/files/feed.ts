import type { Context } from '#platform/context';
import { Failure } from '#platform/errors';
import { pageLimit } from '#platform/page';
import { authorize } from './access.ts';
import type { Entry, Node } from './node.ts';
import * as store from './store/feed.ts';

/**
 * What happened in a space after a position, oldest first, each node once, with its latest state.
 * A folder that appears stands for everything below it; one that is gone took everything below with it.
 */
export type Changes = {
  readonly items: readonly ({ readonly node: Node; readonly isGone: false } | { readonly id: number; readonly isGone: true })[];
  /** Ask again with this. */
  readonly position: number;
  readonly hasMore: boolean;
};

/** Reads the change feed. Throws `conflict` (`files.feedTooOld`) when the position is no longer known: list everything anew. */
export async function readChanges(ctx: Context, space: Entry, since: number, asked?: number): Promise<Changes> {
  authorize(ctx.actor, 'read', space);
  const { tenant } = ctx.actor;
  const limit = pageLimit(asked, 500);
  const { floor, seq, rows } = await store.readFeed(ctx.platform.db.read(tenant), tenant, space.node.space, since, limit + 1);
  if (since < floor || since > seq) throw new Failure('conflict', 'files.feedTooOld');
  // Several nodes can share one number (a folder that came from another space): never cut between them.
  const hasMore = rows.length > limit;
  const last = rows.at(-1)?.changed;
  const whole = hasMore && rows.some((row) => row.changed !== last) ? rows.filter((row) => row.changed !== last) : rows;
  return { items: whole.map(({ item }) => item), position: hasMore ? (whole.at(-1)?.changed ?? since) : seq, hasMore };
}
