import type { Sql, Tx } from '#platform/db';
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

/** Spaces in which somebody has a role of their own, removed ones too. */
export async function readSpacesOf(sql: Sql, tenant: number, principal: number, limit: number): Promise<number[]> {
  const rows = await sql<{ space: number }>`
    select space from files.member where tenant = ${tenant} and principal = ${principal} order by space limit ${limit}`;
  return rows.map(({ space }) => space);
}
