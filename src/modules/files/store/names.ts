import type { Sql } from '#platform/db';

export type NamedSpace = { readonly id: number; readonly name: string; readonly owner: number | null; readonly kind: string };

/** Names of spaces, removed ones too as long as they can be brought back. */
export async function readSpaceNames(sql: Sql, tenant: number, ids: readonly number[]): Promise<NamedSpace[]> {
  return sql<NamedSpace>`
    select id, name, owner, kind from files.space where tenant = ${tenant} and id = any (${ids as number[]}::bigint[])`;
}

/** Shared spaces whose name contains the pattern, removed ones too as long as they can be brought back. */
export async function readSpacesCalled(sql: Sql, tenant: number, pattern: string, limit: number): Promise<number[]> {
  const rows = await sql<{ id: number }>`
    select id from files.space where tenant = ${tenant} and kind = 'shared' and name ilike ${pattern} order by id limit ${limit}`;
  return rows.map(({ id }) => id);
}
