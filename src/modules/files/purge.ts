import type { Context } from '#platform/context';
import { ensure } from '#platform/errors';
import { authorize } from './access.ts';
import type { Entry } from './node.ts';
import { beginPurge } from './operation.ts';
import { limits } from './rules.ts';
import { operationLimits } from './rules-operation.ts';
import { countTrash } from './store/operations.ts';
import { readTrash } from './store/trash.ts';
import { countSubtree } from './store/tree.ts';
import { locateTrashed, purgeTrashed } from './trash.ts';

/** Items of a trash that are looked at together. */
const together = 100;

/** Removes something in the trash for good. However large it is, it is out of the trash when this resolves. */
export async function purge(ctx: Context, id: number): Promise<void> {
  const entry = await locateTrashed(ctx, id);
  authorize(ctx.actor, 'purge', entry);
  const { space, name } = entry.node;
  const { tenant } = ctx.actor;
  const total = await countSubtree(ctx.platform.db.read(tenant), tenant, id, operationLimits.nodes + 1);
  if (total > limits.nodesAtOnce) await beginPurge(ctx, space, { nodes: [id], name, total });
  else ensure(await purgeTrashed(ctx, id, space), 'notFound', 'platform.notFound');
}

/** Empties the trash of a space; what others put there meanwhile may go too. Resolves with the number of items that lay in it. */
export async function emptyTrash(ctx: Context, space: Entry): Promise<number> {
  authorize(ctx.actor, 'purge', space);
  const { tenant } = ctx.actor;
  const sql = ctx.platform.db.read(tenant);
  const total = await countTrash(sql, tenant, space.node.space, operationLimits.nodes + 1);
  if (total > limits.nodesAtOnce) return beginPurge(ctx, space.node.space, { nodes: null, name: '', total });
  let count = 0;
  for (;;) {
    const items = await readTrash(sql, tenant, space.node.space, { before: null, limit: together });
    for (const { node } of items) await purgeTrashed(ctx, node.id, node.space);
    count += items.length;
    if (items.length === 0) return count;
  }
}
