import type { Sql } from '#platform/db';
import type { Node } from '../node.ts';
import { type NodeRow, toNode } from './rows.ts';

type FeedItem = { node: Node; isGone: false } | { id: number; isGone: true };

type FeedRow = NodeRow & { is_gone: boolean; feed_floor: number; seq: number };

/**
 * Nodes of a space that changed after a position and what left it, in the order of their numbers. What lies in the trash is
 * gone for the feed. All nodes that share the last number come along, so that a page never ends between them.
 */
export async function readFeed(
  sql: Sql,
  tenant: number,
  space: number,
  since: number,
  limit: number,
): Promise<{ floor: number; seq: number; rows: { changed: number; item: FeedItem }[] }> {
  const rows = await sql<FeedRow>`
    with s as (select * from files.space where tenant = ${tenant} and id = ${space}),
    news as (
      (select n.changed, n.id, n.parent = s.trash as is_gone from s join files.node n
        on n.tenant = ${tenant} and n.space = ${space} and n.changed > ${since} and n.id <> s.root and n.id <> s.trash
        order by n.changed fetch first ${limit} rows with ties)
      union all
      (select d.changed, d.node, true from files.departure d
        where d.tenant = ${tenant} and d.space = ${space} and d.changed > ${since} order by d.changed limit ${limit})
    ), page as (
      select * from news order by changed fetch first ${limit} rows with ties
    )
    select n.*, coalesce(page.id, 0) as id, coalesce(page.changed, 0) as changed, coalesce(page.is_gone, false) as is_gone, s.feed_floor, s.seq
    from s left join page on true left join files.node n on n.tenant = ${tenant} and n.id = page.id order by page.changed`;
  const [first] = rows;
  return {
    floor: first?.feed_floor ?? 0,
    seq: first?.seq ?? 0,
    rows: rows.flatMap((row) => (row.id === 0 ? [] : [{ changed: row.changed, item: toItem(row) }])),
  };
}

function toItem(row: FeedRow): FeedItem {
  return row.is_gone ? { id: row.id, isGone: true } : { node: toNode(row), isGone: false };
}
