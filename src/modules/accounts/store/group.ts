import type { Sql, Tx } from '#platform/db';

export type Group = { readonly id: number; readonly name: string; readonly members: number };

/** Null when the name is taken. */
export async function insertGroup(tx: Tx, tenant: number, name: string): Promise<number | null> {
  const [row] = await tx<{ id: number }[]>`
    insert into accounts.people_group (tenant, name) values (${tenant}, ${name}) on conflict do nothing returning id`;
  return row?.id ?? null;
}

/** Null when another group has the name; false when there is no such group. */
export async function renameGroup(tx: Tx, tenant: number, { id, name }: { id: number; name: string }): Promise<boolean | null> {
  const taken = await tx`
    select 1 from accounts.people_group where tenant = ${tenant} and lower(name) = lower(${name}) and id <> ${id}`;
  if (taken.length > 0) return null;
  const done = await tx`update accounts.people_group set name = ${name} where tenant = ${tenant} and id = ${id} returning id`;
  return done.length > 0;
}

export async function deleteGroup(tx: Tx, tenant: number, id: number): Promise<boolean> {
  const done = await tx`delete from accounts.people_group where tenant = ${tenant} and id = ${id} returning id`;
  return done.length > 0;
}

export async function countGroups(sql: Sql, tenant: number): Promise<number> {
  const [row] = await sql<{
    count: number;
  }>`select count(*)::integer as count from accounts.people_group where tenant = ${tenant}`;
  return row?.count ?? 0;
}

export type GroupFilter = {
  readonly pattern: string;
  readonly after: { name: string; id: number } | null;
  readonly limit: number;
};

export async function readGroups(sql: Sql, tenant: number, { pattern, after, limit }: GroupFilter): Promise<Group[]> {
  const rows = await sql<Group>`
    select g.id, g.name,
      (select count(*)::integer from accounts.membership m where m.tenant = g.tenant and m.people_group = g.id) as members
    from accounts.people_group g
    where g.tenant = ${tenant} and g.name ilike ${pattern}
      and (${after === null} or (g.name collate platform.german, g.id) > (${after?.name ?? ''} collate platform.german, ${after?.id ?? 0}::bigint))
    order by g.name collate platform.german, g.id limit ${limit}`;
  return [...rows];
}

export async function readGroup(sql: Sql, tenant: number, id: number): Promise<Group | null> {
  const [row] = await sql<Group>`
    select g.id, g.name,
      (select count(*)::integer from accounts.membership m where m.tenant = g.tenant and m.people_group = g.id) as members
    from accounts.people_group g where g.tenant = ${tenant} and g.id = ${id}`;
  return row ?? null;
}

export async function readMembers(sql: Sql, tenant: number, group: number): Promise<number[]> {
  const rows = await sql<{ account: number }>`
    select account from accounts.membership where tenant = ${tenant} and people_group = ${group}`;
  return rows.map((row) => row.account);
}

export type Membership = { readonly account: number; readonly group: number };

/** False when the person was in the group already. */
export async function insertMember(tx: Tx, tenant: number, { account, group }: Membership): Promise<boolean> {
  const done = await tx`
    insert into accounts.membership (tenant, account, people_group) values (${tenant}, ${account}, ${group})
    on conflict do nothing returning account`;
  return done.length > 0;
}

export async function deleteMember(tx: Tx, tenant: number, { account, group }: Membership): Promise<boolean> {
  const done = await tx`
    delete from accounts.membership where tenant = ${tenant} and account = ${account} and people_group = ${group} returning account`;
  return done.length > 0;
}

/** The groups of these names, made where there were none, whatever their case, and held: name as it is given → id. */
export async function ensureGroups(tx: Tx, tenant: number, names: readonly string[]): Promise<Map<string, number>> {
  await tx`
    insert into accounts.people_group (tenant, name) select ${tenant}, unnest(${names as string[]}::text[]) on conflict do nothing`;
  const rows = await tx<{ id: number; name: string }[]>`
    select g.id, wanted.name from unnest(${names as string[]}::text[]) as wanted (name)
    join accounts.people_group g on g.tenant = ${tenant} and lower(g.name) = lower(wanted.name)
    for key share of g`;
  return new Map(rows.map((row) => [row.name, row.id]));
}

/** Which of these names no group has, whatever their case; each once. */
export async function missingGroups(tx: Tx, tenant: number, names: readonly string[]): Promise<string[]> {
  const rows = await tx<{ name: string }[]>`
    select min(wanted.name) as name from unnest(${names as string[]}::text[]) as wanted (name)
    where not exists (
      select from accounts.people_group g where g.tenant = ${tenant} and lower(g.name) = lower(wanted.name))
    group by lower(wanted.name) order by 1`;
  return rows.map(({ name }) => name);
}

/** Makes the memberships of these people exactly those that are given. */
export async function replaceMemberships(
  tx: Tx,
  tenant: number,
  { accounts, memberships }: { accounts: readonly number[]; memberships: readonly Membership[] },
): Promise<void> {
  await tx`delete from accounts.membership where tenant = ${tenant} and account = any (${accounts as number[]}::bigint[])`;
  await tx`
    insert into accounts.membership (tenant, account, people_group)
    select ${tenant}, r.account, r."group" from jsonb_to_recordset(${tx.json(memberships as never)}) as r (account bigint, "group" bigint)
    on conflict do nothing`;
}
