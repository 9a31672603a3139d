import type { Sql } from '#platform/db';
import type { Node } from '../node.ts';
import { type NodeRow, toNode } from './rows.ts';

/** What stands in a folder under some folded names. */
export async function readNamed(sql: Sql, tenant: number, parent: number, keys: readonly string[]): Promise<Node[]> {
  const rows = await sql<NodeRow>`
    select n.* from unnest(${keys as string[]}::text[]) as k (key)
    join files.node n on n.tenant = ${tenant} and n.parent = ${parent} and n.name_key = k.key`;
  return rows.map(toNode);
}
