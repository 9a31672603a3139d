import type { Sql, Tx } from '#platform/db';
import type { Space } from '../node.ts';
import { lockSpaceNames } from './spaces.ts';

/** Makes a personal space a shared one of the authority; false when another space has the name. */
export async function shareSpace(tx: Tx, tenant: number, id: number, to: { name: string; nameKey: string }): Promise<boolean> {
  await lockSpaceNames(tx, tenant);
  const rows = await tx`
    update files.space set kind = 'shared', owner = null, name = ${to.name}, name_key = ${to.nameKey}
    where tenant = ${tenant} and id = ${id} and kind = 'personal'
      and not exists (select 1 from files.space o where o.tenant = ${tenant} and o.kind = 'shared' and o.removed_at is null
        and o.name_key = ${to.nameKey})
    returning id`;
  return rows.length > 0;
}

/** How much there is in a space, its trash included; folders without its root and its trash. */
export type Contents = Readonly<Record<'files' | 'folders' | 'versions' | 'trashed', number>>;

/** Counts what is in a space, by the index of its feed: no walk down the tree. */
export async function countContents(sql: Sql, tenant: number, space: Pick<Space, 'id' | 'trash'>): Promise<Contents> {
  const [row] = await sql<Contents>`
    select count(*) filter (where not n.is_folder) as files,
      count(*) filter (where n.is_folder and n.parent is not null) as folders,
      count(*) filter (where n.parent = ${space.trash}) as trashed,
      coalesce(sum((select count(*) from files.version v where v.tenant = n.tenant and v.node = n.id))
        filter (where not n.is_folder), 0)::bigint as versions
    from files.node n where n.tenant = ${tenant} and n.space = ${space.id}`;
  return row ?? { files: 0, folders: 0, versions: 0, trashed: 0 };
}

/** Spaces in which somebody has a role of their own, removed ones too. */
export async function readSpacesOf(sql: Sql, tenant: number, principal: number, limit: number): Promise<number[]> {
  const rows = await sql<{ space: number }>`
    select space from files.member where tenant = ${tenant} and principal = ${principal} order by space limit ${limit}`;
  return rows.map(({ space }) => space);
}
