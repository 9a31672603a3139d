import type { Sql, Tx } from '#platform/db';
import type { Node, Space } from '../node.ts';
import type { SpaceRole } from '../rules.ts';
import { type NodeInSpaceRow, type NodeRow, toNode, toSpaceOf } from './rows.ts';

/** A node that a path led to. */
export type Found = { readonly node: Node; readonly space: Space; readonly role: SpaceRole };

/**
 * Follows a path from a person's root folder; see `files.follow_path` in the migrations. Null where nothing is.
 * @param path the segments as they must be spelled, `keys` the same folded; the first one may name a space as `mountKeys` says
 */
export async function followPath(
  sql: Sql,
  tenant: number,
  person: { account: number; principals: readonly number[] },
  path: { names: readonly string[]; keys: readonly string[]; mountKeys: readonly string[] },
): Promise<Found | null> {
  const { names, keys, mountKeys } = path as { names: string[]; keys: string[]; mountKeys: string[] };
  const [row] = await sql<NodeInSpaceRow & { role: SpaceRole }>`
    select (f.node).*, f.role, (f.space).kind as space_kind, (f.space).owner as space_owner, (f.space).name as space_name,
      (f.space).description, (f.space).root, (f.space).trash, (f.space).seq, (f.space).used, (f.space).quota, (f.space).locks
    from files.follow_path(${tenant}, ${person.account}, ${person.principals as number[]}::bigint[], ${names}::text[],
      ${keys}::text[], ${mountKeys}::text[]) f`;
  return row ? { node: toNode(row), space: toSpaceOf(row), role: row.role } : null;
}

/** A node and the folders above it, itself first, the root last. Empty when there is no such node. */
export async function readLineage(sql: Sql | Tx, tenant: number, id: number): Promise<Node[]> {
  const rows = await (sql as Sql)<NodeRow>`select * from files.lineage(${tenant}, ${id})`;
  return rows.map(toNode);
}

/** The node with this id. */
export async function readNode(sql: Sql | Tx, tenant: number, id: number): Promise<Node | null> {
  const [row] = await (sql as Sql)<NodeRow>`select n.* from files.node n where n.tenant = ${tenant} and n.id = ${id}`;
  return row ? toNode(row) : null;
}

/** The child of a folder whose name Windows and macOS take for the same. */
export async function readChild(sql: Sql | Tx, tenant: number, parent: number, key: string): Promise<Node | null> {
  const [row] = await (sql as Sql)<NodeRow>`
    select n.* from files.node n where n.tenant = ${tenant} and n.parent = ${parent} and n.name_key = ${key}`;
  return row ? toNode(row) : null;
}

/** Children in the order of their folded names, after the one named. */
export async function readChildren(
  sql: Sql,
  tenant: number,
  parent: number,
  page: { after: string; limit: number },
): Promise<Node[]> {
  const rows = await sql<NodeRow>`
    select n.* from files.node n where n.tenant = ${tenant} and n.parent = ${parent} and n.name_key > ${page.after}
    order by n.name_key limit ${page.limit}`;
  return rows.map(toNode);
}

/** Children whose own row changed after a position of the feed: what a listing that took a while may have missed. */
export async function readChangedChildren(sql: Sql, tenant: number, parent: Node, since: number): Promise<Node[]> {
  const rows = await sql<NodeRow>`
    select n.* from files.node n
    where n.tenant = ${tenant} and n.space = ${parent.space} and n.changed > ${since} and n.parent = ${parent.id}`;
  return rows.map(toNode);
}

export type FolderOrder = 'name' | 'size' | 'modified';

/** One page of a folder for people: folders first, sorted as asked, German collation for names. */
export async function readSorted(
  sql: Sql,
  tenant: number,
  parent: number,
  view: { order: FolderOrder; isDescending: boolean; offset: number; limit: number },
): Promise<Node[]> {
  const sign = view.isDescending ? -1 : 1;
  const rows = await sql<NodeRow>`
    select n.* from files.node n where n.tenant = ${tenant} and n.parent = ${parent}
    order by n.is_folder desc,
      case when ${view.order} = 'size' then n.size * ${sign}::int end,
      case when ${view.order} = 'modified' then n.modified * ${sign}::int end,
      case when ${view.order} = 'name' and ${sign}::int < 0 then n.name end collate platform.german desc,
      n.name collate platform.german, n.id
    offset ${view.offset} limit ${view.limit}`;
  return rows.map(toNode);
}

export async function countChildren(sql: Sql | Tx, tenant: number, parent: number): Promise<number> {
  const [row] = await (sql as Sql)<{ count: number }>`
    select count(*) as count from files.node where tenant = ${tenant} and parent = ${parent}`;
  return row?.count ?? 0;
}

/** How many nodes a subtree has, itself included; stops counting at `limit`. */
export async function countSubtree(sql: Sql | Tx, tenant: number, id: number, limit: number): Promise<number> {
  const [row] = await (sql as Sql)<{ count: number }>`
    with recursive tree as (
      select n.id from files.node n where n.tenant = ${tenant} and n.id = ${id}
      union all
      select n.id from tree join files.node n on n.tenant = ${tenant} and n.parent = tree.id
    )
    select count(*) as count from (select 1 from tree limit ${limit}) counted`;
  return row?.count ?? 0;
}

/** How deep a subtree goes below its top: 0 for a file or an empty folder. */
export async function subtreeDepth(tx: Tx, tenant: number, id: number): Promise<number> {
  const [row] = await tx<{ depth: number }[]>`
    with recursive tree as (
      select n.id, 0 as depth from files.node n where n.tenant = ${tenant} and n.id = ${id}
      union all
      select n.id, tree.depth + 1 from tree join files.node n on n.tenant = ${tenant} and n.parent = tree.id and n.is_folder
    )
    select max(depth) as depth from tree`;
  return row?.depth ?? 0;
}

/**
 * The whole subtree below a folder in an order in which every folder comes before what it holds; for ZIP. Below a folder whose path has
 * more than `characters` nothing is looked for: whoever asks has to refuse it.
 */
export async function readSubtree(
  sql: Sql,
  tenant: number,
  top: number,
  { limit, characters }: { readonly limit: number; readonly characters: number },
): Promise<{ node: Node; path: string }[]> {
  const rows = await sql<NodeRow & { path: string }>`
    with recursive tree as (
      select n.*, n.name as path from files.node n where n.tenant = ${tenant} and n.id = ${top}
      union all
      select n.*, tree.path || '/' || n.name from tree join files.node n on n.tenant = ${tenant} and n.parent = tree.id
      where length(tree.path) <= ${characters}
    )
    select * from tree limit ${limit}`;
  return rows.map((row) => ({ node: toNode(row), path: row.path }));
}

/** The folders in a folder, by name. */
export async function readFolders(sql: Sql, tenant: number, parent: number, limit: number): Promise<Node[]> {
  const rows = await sql<NodeRow>`
    select n.* from files.node n where n.tenant = ${tenant} and n.parent = ${parent} and n.is_folder
    order by n.name collate platform.german, n.id limit ${limit}`;
  return rows.map(toNode);
}

/** Which of some folded names are taken in a folder. */
export async function readTakenNames(sql: Sql, tenant: number, parent: number, keys: readonly string[]): Promise<string[]> {
  const rows = await sql<{ name_key: string }>`
    select name_key from files.node where tenant = ${tenant} and parent = ${parent} and name_key = any(${keys as string[]}::text[])`;
  return rows.map((row) => row.name_key);
}

/** Files that changed last in some spaces. Those in folders that lie in the trash are the caller's to leave out. */
export async function readRecent(sql: Sql, tenant: number, spaces: readonly number[], limit: number): Promise<Node[]> {
  const rows = await sql<NodeRow>`
    select found.* from files.space s
    cross join lateral (
      select n.* from files.node n
      where n.tenant = ${tenant} and n.space = s.id and not n.is_folder and n.parent <> s.trash
      order by n.changed desc limit ${limit}
    ) found
    where s.tenant = ${tenant} and s.id = any(${spaces as number[]}::bigint[])
    order by found.modified desc limit ${limit}`;
  return rows.map(toNode);
}
