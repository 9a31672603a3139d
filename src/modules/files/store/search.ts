import type { Sql } from '#platform/db';
import type { Node } from '../node.ts';
import { type NodeRow, toNode } from './rows.ts';

/** A node as a search by name finds it. */
export type FoundName = { readonly id: number; readonly name: string; readonly modified: number };

export type NameLook = {
  readonly spaces: readonly number[];
  readonly patterns: readonly string[];
  readonly others: readonly string[];
  readonly perSpace: number;
};

/** Nodes of some spaces whose folded name fits all patterns; no order, at most so many of each space. */
export async function findNames(sql: Sql, { spaces, patterns, others, perSpace }: NameLook): Promise<FoundName[]> {
  return sql<FoundName>`
    select id, name, modified from files.find_names(
      ${spaces as number[]}::bigint[], ${patterns as string[]}::text[], ${others as string[]}::text[], ${perSpace}::int)`;
}

export type RecentLook = {
  readonly spaces: readonly number[];
  /** Endings of names, folded, without the dot; none: all files. */
  readonly endings: readonly string[];
  /** Modified after and before, milliseconds since 1970. */
  readonly after: number;
  readonly before: number;
  /** Nodes of each space that are looked at. */
  readonly perSpace: number;
  readonly limit: number;
};

/** Files among those nodes of each space that changed last, the latest modified first. */
export async function readNewest(
  sql: Sql,
  tenant: number,
  { spaces, endings, after, before, perSpace, limit }: RecentLook,
): Promise<Node[]> {
  const rows = await sql<NodeRow>`
    select looked.* from unnest(${spaces as number[]}::bigint[]) as wanted (space)
    cross join lateral (
      select n.* from files.node n where n.tenant = ${tenant} and n.space = wanted.space order by n.changed desc limit ${perSpace}
    ) looked
    where not looked.is_folder and looked.modified > ${after} and looked.modified < ${before}
      and (${endings.length} = 0 or reverse(split_part(reverse(looked.name_key), '.', 1)) = any (${endings as string[]}::text[]))
    order by looked.modified desc, looked.id desc limit ${limit}`;
  return rows.map(toNode);
}

/** Nodes that have all of some tags. */
export async function readTagged(sql: Sql, tenant: number, tags: readonly number[], limit: number): Promise<number[]> {
  const rows = await sql<{ node: number }>`
    select node from files.node_tag where tenant = ${tenant} and tag = any (${tags as number[]}::bigint[])
    group by node having count(*) = ${tags.length}::int order by node desc limit ${limit}`;
  return rows.map(({ node }) => node);
}

/** Nodes and the folders above them, for several at once: by node, itself first, the root last. */
export async function readLineages(sql: Sql, tenant: number, ids: readonly number[]): Promise<Map<number, Node[]>> {
  const rows = await sql<NodeRow & { asked: number }>`
    select wanted.id as asked, found.*
    from unnest(${ids as number[]}::bigint[]) as wanted (id)
    cross join lateral files.lineage(${tenant}, wanted.id) with ordinality as found
    order by wanted.id, found.ordinality`;
  const byNode = Map.groupBy(rows, ({ asked }) => asked);
  return new Map([...byNode].map(([id, lineage]) => [id, lineage.map(toNode)]));
}
