import type { Tx } from '#platform/db';

/**
 * Copies a subtree below a folder, or (`isAlone`) only the folder on its top: new ids, same contents (the blobs are shared, not copied), dead properties with them.
 * Returns the id of the copied top, how many nodes there are, and the blobs that gained a reference.
 */
export async function copySubtree(
  tx: Tx,
  tenant: number,
  source: number,
  to: {
    parent: number;
    space: number;
    name: string;
    key: string;
    seq: number;
    now: number;
    account: number | null;
    isAlone: boolean;
  },
): Promise<{ id: number; blobs: string[]; bytes: number }> {
  const rows = await tx<{ id: number; blob: string | null; bytes: number; is_top: boolean }[]>`
    with recursive tree as (
      select n.*, 0 as depth from files.node n where n.tenant = ${tenant} and n.id = ${source}
      union all
      select n.*, tree.depth + 1 from tree join files.node n on n.tenant = ${tenant} and n.parent = tree.id
      where not ${to.isAlone}::boolean
    ), numbered as materialized (
      select tree.*, nextval('files.node_id') as new_id from tree
    ), copied as (
      insert into files.node (tenant, id, space, parent, name, name_key, is_folder, size, etag, changed, modified, created, author, blob, sha256, sha1)
      select ${tenant}, o.new_id, ${to.space}::bigint, coalesce(p.new_id, ${to.parent}::bigint),
        case when o.depth = 0 then ${to.name} else o.name end, case when o.depth = 0 then ${to.key} else o.name_key end,
        o.is_folder, case when ${to.isAlone}::boolean then 0 else o.size end, ${to.seq}::bigint, ${to.seq}::bigint, o.modified, ${to.now}::bigint, ${to.account}::bigint, o.blob, o.sha256, o.sha1
      from numbered o left join numbered p on p.id = o.parent and o.depth > 0
      returning id, blob, size, is_folder
    ), described as (
      insert into files.property (tenant, node, namespace, name, value)
      select ${tenant}, o.new_id, r.namespace, r.name, r.value
      from numbered o join files.property r on r.tenant = ${tenant} and r.node = o.id
    )
    select c.id, c.blob, case when c.is_folder then 0 else c.size end as bytes, o.depth = 0 as is_top
    from copied c join numbered o on o.new_id = c.id`;
  const top = rows.find((row) => row.is_top);
  return {
    id: top?.id ?? 0,
    blobs: rows.flatMap((row) => row.blob ?? []),
    bytes: rows.reduce((sum, row) => sum + row.bytes, 0),
  };
}

/** Puts a subtree into another space; its place was set before. All of it counts as changed there. Returns its bytes with versions. */
export async function changeSubtreeSpace(
  tx: Tx,
  tenant: number,
  top: number,
  to: { space: number; seq: number },
): Promise<number> {
  const [row] = await tx<{ bytes: number }[]>`
    with recursive tree as (
      select n.id from files.node n where n.tenant = ${tenant} and n.id = ${top}
      union all
      select n.id from tree join files.node n on n.tenant = ${tenant} and n.parent = tree.id
    ), moved as (
      update files.node n set space = ${to.space}, changed = ${to.seq}, etag = ${to.seq}
      from tree where n.tenant = ${tenant} and n.id = tree.id
      returning case when n.is_folder then 0 else n.size end as size
    )
    select (coalesce((select sum(size) from moved), 0)
      + coalesce((select sum(v.size) from tree join files.version v on v.tenant = ${tenant} and v.node = tree.id), 0))::bigint as bytes`;
  return row?.bytes ?? 0;
}
