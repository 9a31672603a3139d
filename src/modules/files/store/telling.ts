import type { Tx } from '#platform/db';
import type { Space } from '../node.ts';
import { type SpaceRow, toSpace } from './rows.ts';

/** Shares of a quota, between 0 and 1. */
export type Fullness = { readonly warned: number; readonly relieved: number; readonly limit: number };

/** Marks and returns the spaces that are nearly full and whose people do not know it; forgets the mark where there is room again. */
export async function takeNearlyFull(tx: Tx, tenant: number, { warned, relieved, limit }: Fullness): Promise<Space[]> {
  await tx`
    update files.space set is_warned = false
    where tenant = ${tenant} and is_warned and (quota is null or used < quota * ${relieved}::float8)`;
  const rows = await tx<SpaceRow[]>`
    update files.space s set is_warned = true
    from (
      select id from files.space
      where tenant = ${tenant} and not is_warned and removed_at is null and quota > 0 and used >= quota * ${warned}::float8
      order by id limit ${limit} for update
    ) full_one
    where s.tenant = ${tenant} and s.id = full_one.id
    returning s.*`;
  return rows.map(toSpace);
}

/** Whose unfinished upload this is and what it was to become; null when the client never said, or the folder is gone. */
export async function readTellable(
  tx: Tx,
  tenant: number,
  id: string,
): Promise<{ account: number; file: string; folder: number } | null> {
  const [row] = await tx<{ account: number; file: string; folder: number }[]>`
    select u.account, u.file_name as file, u.folder from files.upload u
    join files.node n on n.tenant = u.tenant and n.id = u.folder
    where u.tenant = ${tenant} and u.id = ${id} and u.file_name is not null`;
  return row ?? null;
}
