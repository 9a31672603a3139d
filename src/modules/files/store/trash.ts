import type { Sql, Tx } from '#platform/db';
import type { Node } from '../node.ts';
import { type NodeRow, toNode } from './rows.ts';

/** Something in the trash. What belongs to an operation under way (`operation` is set) is not there for anybody. */
export type Trashed = {
  readonly node: Node;
  /** The folder it was in. */
  readonly parent: number;
  /** Where it was, for people. */
  readonly path: string;
  readonly deletedAt: Date;
  readonly deletedBy: number | null;
};

type TrashedRow = NodeRow & { was_in: number; path: string; deleted_at: Date; deleted_by: number | null };

function toTrashed(row: TrashedRow): Trashed {
  return { node: toNode(row), parent: row.was_in, path: row.path, deletedAt: row.deleted_at, deletedBy: row.deleted_by };
}

export async function insertTrash(
  tx: Tx,
  tenant: number,
  item: { node: number; space: number; parent: number; path: string; now: Date; account: number | null },
): Promise<void> {
  await tx`
    insert into files.trash (tenant, node, space, parent, path, deleted_at, deleted_by)
    values (${tenant}, ${item.node}, ${item.space}, ${item.parent}, ${item.path}, ${item.now}, ${item.account})`;
}

export async function deleteTrash(tx: Tx, tenant: number, node: number): Promise<void> {
  await tx`delete from files.trash where tenant = ${tenant} and node = ${node}`;
}

export async function readTrashed(sql: Sql | Tx, tenant: number, node: number): Promise<Trashed | null> {
  const [row] = await (sql as Sql)<TrashedRow>`
    select n.*, t.parent as was_in, t.path, t.deleted_at, t.deleted_by
    from files.trash t join files.node n on n.tenant = t.tenant and n.id = t.node
    where t.tenant = ${tenant} and t.node = ${node} and t.operation is null`;
  return row ? toTrashed(row) : null;
}

/** The trash of a space, newest first; `before` continues a page (time and id of the last item). */
export async function readTrash(
  sql: Sql,
  tenant: number,
  space: number,
  page: { before: { at: Date; node: number } | null; limit: number },
): Promise<Trashed[]> {
  const at = page.before?.at ?? new Date('9999-12-31');
  const rows = await sql<TrashedRow>`
    select n.*, t.parent as was_in, t.path, t.deleted_at, t.deleted_by
    from files.trash t join files.node n on n.tenant = t.tenant and n.id = t.node
    where t.tenant = ${tenant} and t.space = ${space} and t.operation is null
      and (t.deleted_at, t.node) < (${at}, ${page.before?.node ?? Number.MAX_SAFE_INTEGER})
    order by t.deleted_at desc, t.node desc limit ${page.limit}`;
  return rows.map(toTrashed);
}

/** What was deleted before a time, oldest first, in any space of the tenant. */
export async function readOldTrash(
  sql: Sql,
  tenant: number,
  before: Date,
  limit: number,
): Promise<{ node: number; space: number }[]> {
  return sql<{ node: number; space: number }>`
    select node, space from files.trash where tenant = ${tenant} and deleted_at < ${before} and operation is null order by deleted_at limit ${limit}`;
}

/**
 * Removes up to `limit` nodes of a subtree for good, the deepest first, so that it can be done in steps; returns what went,
 * and by how much each folder that stays became smaller. The caller releases the blobs and writes the books.
 */
export async function deleteSubtree(
  tx: Tx,
  tenant: number,
  top: number,
  limit: number,
): Promise<{ count: number; bytes: number; blobs: string[]; shrunk: ReadonlyMap<number, number>; isGone: boolean }> {
  const [doomed] = await tx<{ ids: number[] }[]>`
    with recursive tree as (
      select n.id, 0 as depth from files.node n where n.tenant = ${tenant} and n.id = ${top}
      union all
      select n.id, tree.depth + 1 from tree join files.node n on n.tenant = ${tenant} and n.parent = tree.id
    )
    select array_agg(id) as ids from (select id from tree order by depth desc, id limit ${limit}) deepest`;
  const ids = doomed?.ids ?? [];
  const [versions, nodes] = await Promise.all([
    tx<{ blob: string; size: number }[]>`
      delete from files.version where tenant = ${tenant} and node = any(${ids}::bigint[]) returning blob, size`,
    tx<{ parent: number; blob: string | null; size: number }[]>`
      delete from files.node where tenant = ${tenant} and id = any(${ids}::bigint[]) returning parent, blob, size`,
  ]);
  const gone = new Set(ids);
  const shrunk = new Map<number, number>();
  // A folder's size is what was still below it, and that went with it: only those directly below a folder that stays count.
  for (const { parent, size } of nodes) if (!gone.has(parent)) shrunk.set(parent, (shrunk.get(parent) ?? 0) + size);
  const contents = [...versions, ...nodes.filter(({ blob }) => blob !== null)];
  return {
    count: ids.length,
    bytes: contents.reduce((sum, row) => sum + row.size, 0),
    blobs: contents.flatMap((row) => row.blob ?? []),
    shrunk,
    isGone: gone.has(top),
  };
}

/** Remembers for the change feed that a node left its space for good. */
export async function insertDeparture(tx: Tx, tenant: number, space: number, seq: number, node: number): Promise<void> {
  await tx`insert into files.departure (tenant, space, changed, node) values (${tenant}, ${space}, ${seq}, ${node})`;
}
