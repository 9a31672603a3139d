import type { Sql } from '#platform/db';

/** Somebody or something a role can be granted to. */
export type Principal = {
  readonly id: number;
  readonly kind: 'account' | 'group' | 'unit';
  readonly name: string;
  /** An account's address; empty for groups and units. */
  readonly address: string;
};

/** Active people, groups and units whose name (or address) contains the pattern; people first. */
export async function searchPrincipals(
  sql: Sql,
  tenant: number,
  { pattern, limit }: { pattern: string; limit: number },
): Promise<Principal[]> {
  const rows = await sql<Principal>`
    select id, kind, name, address from (
      select id, 'account' as kind, name, address, 1 as place from accounts.account
      where tenant = ${tenant} and state <> 'disabled' and (name ilike ${pattern} or address ilike ${pattern} or handle ilike ${pattern})
      union all
      select id, 'group', name, '', 2 from accounts.people_group where tenant = ${tenant} and name ilike ${pattern}
      union all
      select id, 'unit', name, '', 3 from accounts.org_unit where tenant = ${tenant} and name ilike ${pattern}
    ) as found order by place, name collate platform.german, id limit ${limit}`;
  return [...rows];
}

export async function readPrincipals(sql: Sql, tenant: number, ids: readonly number[]): Promise<Principal[]> {
  const rows = await sql<Principal>`
    select id, 'account' as kind, name, address from accounts.account
    where tenant = ${tenant} and id = any (${ids as number[]}::bigint[])
    union all
    select id, 'group', name, '' from accounts.people_group where tenant = ${tenant} and id = any (${ids as number[]}::bigint[])
    union all
    select id, 'unit', name, '' from accounts.org_unit where tenant = ${tenant} and id = any (${ids as number[]}::bigint[])`;
  return [...rows];
}

/** Groups and units whose name contains the pattern. */
export async function readArranged(
  sql: Sql,
  tenant: number,
  { pattern, limit }: { pattern: string; limit: number },
): Promise<Pick<Principal, 'id' | 'kind'>[]> {
  const rows = await sql<Pick<Principal, 'id' | 'kind'>>`
    select id, 'group' as kind from accounts.people_group where tenant = ${tenant} and name ilike ${pattern}
    union all
    select id, 'unit' from accounts.org_unit where tenant = ${tenant} and name ilike ${pattern}
    limit ${limit}`;
  return [...rows];
}

/** Active people for whom a role of this account, group or unit holds. */
export async function readPeopleBehind(sql: Sql, tenant: number, principal: number, limit: number): Promise<number[]> {
  const rows = await sql<{ account: number }>`
    select account from accounts.actor
    where tenant = ${tenant} and (account = ${principal} or ${principal} = any (groups) or ${principal} = any (units))
    order by account limit ${limit}`;
  return rows.map(({ account }) => account);
}
