import type { Sql, Tx } from '#platform/db';

/** An organisational unit in its tree. */
export type OrgUnit = {
  readonly id: number;
  readonly parent: number | null;
  readonly name: string;
  /** People directly in it. */
  readonly people: number;
};

/** One change of the tree at a time: two moves can make a circle together. */
export async function lockUnits(tx: Tx, tenant: number): Promise<void> {
  await tx`select pg_advisory_xact_lock(hashtext('accounts.org_unit'), ${tenant})`;
}

export async function readUnits(sql: Sql, tenant: number, limit: number): Promise<OrgUnit[]> {
  const rows = await sql<OrgUnit>`
    select u.id, u.parent, u.name,
      (select count(*)::integer from accounts.account a where a.tenant = u.tenant and a.org_unit = u.id) as people
    from accounts.org_unit u where u.tenant = ${tenant} order by u.name collate platform.german, u.id limit ${limit}`;
  return [...rows];
}

export async function insertUnit(
  tx: Tx,
  tenant: number,
  { parent, name }: { parent: number | null; name: string },
): Promise<number> {
  const [row] = await tx<{ id: number }[]>`
    insert into accounts.org_unit (tenant, parent, name) values (${tenant}, ${parent}, ${name}) returning id`;
  return row?.id as number;
}

export async function updateUnit(tx: Tx, tenant: number, unit: Pick<OrgUnit, 'id' | 'parent' | 'name'>): Promise<void> {
  await tx`update accounts.org_unit set parent = ${unit.parent}, name = ${unit.name} where tenant = ${tenant} and id = ${unit.id}`;
}

export async function deleteUnit(tx: Tx, tenant: number, id: number): Promise<void> {
  await tx`delete from accounts.org_unit where tenant = ${tenant} and id = ${id}`;
}

/** People whose unit is one of these. */
export async function readPeopleIn(sql: Sql, tenant: number, units: readonly number[]): Promise<number[]> {
  const rows = await sql<{ id: number }>`
    select id from accounts.account where tenant = ${tenant} and org_unit = any (${units as number[]}::bigint[])`;
  return rows.map((row) => row.id);
}
