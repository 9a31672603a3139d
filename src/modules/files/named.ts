import type { Context } from '#platform/context';
import { authorize } from './access.ts';
import type { Entry, Node } from './node.ts';
import { nameKey } from './rules.ts';
import { readNamed } from './store/named.ts';

/** Names looked up with one statement. */
const namesAtOnce = 1_000;

/**
 * What stands in a folder under each of these names, by the name folded as Windows and macOS compare it (`nameKey`); for
 * whoever brings many files at once.
 */
export async function findNamed(ctx: Context, folder: Entry, names: readonly string[]): Promise<ReadonlyMap<string, Node>> {
  authorize(ctx.actor, 'read', folder);
  const { tenant } = ctx.actor;
  const sql = ctx.platform.db.read(tenant);
  const keys = [...new Set(names.map(nameKey))];
  const found = new Map<string, Node>();
  for (let start = 0; start < keys.length; start += namesAtOnce) {
    const nodes = await readNamed(sql, tenant, folder.node.id, keys.slice(start, start + namesAtOnce));
    for (const node of nodes) found.set(nameKey(node.name), node);
  }
  return found;
}
