import type { Sql, Tx } from '#platform/db';
import type { Node, Space } from '../node.ts';
import type { SpaceRole } from '../rules.ts';
import { type NodeInSpaceRow, type SpaceRow, toNode, toSpace, toSpaceOf } from './rows.ts';

export type Membership = { readonly space: Space; readonly root: Node; readonly role: SpaceRole };

/** The spaces somebody belongs to, own space included, each with its root; one row per way in. */
export async function readMemberships(
  sql: Sql,
  tenant: number,
  account: number,
  principals: readonly number[],
): Promise<Membership[]> {
  const rows = await sql<NodeInSpaceRow & { role: SpaceRole }>`
    select n.*, found.role, s.kind as space_kind, s.owner as space_owner, s.name as space_name,
      s.description, s.root, s.trash, s.seq, s.used, s.quota, s.locks
    from (
      select id as space, 'manager' as role from files.space where tenant = ${tenant} and kind = 'personal' and owner = ${account}
      union all
      select space, role from files.member where tenant = ${tenant} and principal = any(${principals as number[]}::bigint[])
    ) found
    join files.space s on s.tenant = ${tenant} and s.id = found.space and s.removed_at is null
    join files.node n on n.tenant = ${tenant} and n.id = s.root`;
  return rows.map((row) => ({ space: toSpaceOf(row), root: toNode(row), role: row.role }));
}

/** The roles somebody has in one space; several through groups and units. */
export async function readRoles(
  sql: Sql | Tx,
  tenant: number,
  space: number,
  person: { account: number; principals: readonly number[] },
): Promise<SpaceRole[]> {
  const rows = await (sql as Sql)<{ role: SpaceRole }>`
    select 'manager' as role from files.space where tenant = ${tenant} and id = ${space} and kind = 'personal' and owner = ${person.account}
    union all
    select m.role from files.member m join files.space s on s.tenant = m.tenant and s.id = m.space and s.removed_at is null
    where m.tenant = ${tenant} and m.space = ${space} and m.principal = any(${person.principals as number[]}::bigint[])`;
  return rows.map((row) => row.role);
}

/** Locks spaces for a change, in the order of their ids so that two changes never wait for each other in a circle. */
export async function lockSpaces(tx: Tx, tenant: number, ids: readonly number[]): Promise<Space[]> {
  const rows = await tx<SpaceRow[]>`
    select s.* from files.space s where s.tenant = ${tenant} and s.id = any(${ids as number[]}) order by s.id for update`;
  return rows.map(toSpace);
}

export async function readSpace(sql: Sql | Tx, tenant: number, id: number): Promise<Space | null> {
  const [row] = await (sql as Sql)<SpaceRow>`select s.* from files.space s where s.tenant = ${tenant} and s.id = ${id}`;
  return row ? toSpace(row) : null;
}

export async function readPersonalSpace(sql: Sql | Tx, tenant: number, account: number): Promise<Space | null> {
  const [row] = await (sql as Sql)<SpaceRow>`
    select s.* from files.space s where s.tenant = ${tenant} and s.kind = 'personal' and s.owner = ${account}`;
  return row ? toSpace(row) : null;
}

export type NewSpace = {
  readonly kind: 'personal' | 'shared';
  readonly owner: number | null;
  readonly name: string;
  readonly nameKey: string;
  readonly description: string;
  readonly quota: number | null;
  readonly now: number;
};

/** One at a time gives a shared space its name: the second to want it is told so, instead of failing at the index. */
export async function lockSpaceNames(tx: Tx, tenant: number): Promise<void> {
  await tx`select pg_advisory_xact_lock(hashtext('files.space_name'), ${tenant})`;
}

/** Makes a space with its root and trash folders; null when the name (or the person's space) is already there. */
export async function insertSpace(tx: Tx, tenant: number, space: NewSpace): Promise<Space | null> {
  if (space.kind === 'shared') await lockSpaceNames(tx, tenant);
  const [row] = await tx<SpaceRow[]>`
    insert into files.space (tenant, kind, owner, name, name_key, description, quota, root, trash)
    values (${tenant}, ${space.kind}, ${space.owner}, ${space.name}, ${space.nameKey}, ${space.description}, ${space.quota},
      nextval('files.node_id'), nextval('files.node_id'))
    on conflict do nothing
    returning *`;
  if (!row) return null;
  await tx`
    insert into files.node (tenant, id, space, parent, name, name_key, is_folder, etag, changed, modified, created)
    values
      (${tenant}, ${row.root}, ${row.id}, null, '', '', true, 0, 0, ${space.now}, ${space.now}),
      (${tenant}, ${row.trash}, ${row.id}, null, '', '', true, 0, 0, ${space.now}, ${space.now})`;
  return toSpace(row);
}

/** Changes what people set about a space; null when another space has the name. */
export async function updateSpace(
  tx: Tx,
  tenant: number,
  id: number,
  change: { name: string; nameKey: string; description: string; quota: number | null; owner: number | null },
): Promise<boolean> {
  await lockSpaceNames(tx, tenant);
  const rows = await tx`
    update files.space set name = ${change.name}, name_key = ${change.nameKey}, description = ${change.description},
      quota = ${change.quota}, owner = ${change.owner}
    where tenant = ${tenant} and id = ${id}
      and not exists (select 1 from files.space o where o.tenant = ${tenant} and o.kind = 'shared' and o.removed_at is null
        and o.name_key = ${change.nameKey} and o.id <> ${id})
    returning id`;
  return rows.length > 0;
}

export type Member = { readonly principal: number; readonly role: SpaceRole };

export async function readMembers(sql: Sql | Tx, tenant: number, space: number): Promise<Member[]> {
  const rows = await (sql as Sql)<Member>`
    select principal, role from files.member where tenant = ${tenant} and space = ${space} order by principal`;
  return [...rows];
}

export async function putMember(tx: Tx, tenant: number, space: number, member: Member): Promise<void> {
  await tx`
    insert into files.member (tenant, space, principal, role) values (${tenant}, ${space}, ${member.principal}, ${member.role})
    on conflict (tenant, space, principal) do update set role = excluded.role`;
}

export async function deleteMember(tx: Tx, tenant: number, space: number, principal: number): Promise<boolean> {
  const rows = await tx`
    delete from files.member where tenant = ${tenant} and space = ${space} and principal = ${principal} returning principal`;
  return rows.length > 0;
}

/** A page of spaces in the order of their names; `after` is the last one of the page before. */
export type SpacePage = { readonly after: { readonly name: string; readonly id: number } | null; readonly limit: number };

/** The shared spaces of a tenant, for its administrators, in German order; without content. */
export async function readSharedSpaces(sql: Sql, tenant: number, page: SpacePage): Promise<Space[]> {
  const { after, limit } = page;
  const rows = await sql<SpaceRow>`
    select s.* from files.space s where s.tenant = ${tenant} and s.kind = 'shared' and s.removed_at is null
      and (${after === null} or (s.name collate platform.german, s.id) > (${after?.name ?? ''} collate platform.german, ${after?.id ?? 0}::bigint))
    order by s.name collate platform.german, s.id limit ${limit}`;
  return rows.map(toSpace);
}

/** The spaces of people, the fullest first, for their administrators; without content. */
export async function readPersonalSpaces(sql: Sql, tenant: number, limit: number): Promise<Space[]> {
  const rows = await sql<SpaceRow>`
    select s.* from files.space s where s.tenant = ${tenant} and s.kind = 'personal' order by s.used desc, s.id limit ${limit}`;
  return rows.map(toSpace);
}

/** How many spaces of each kind there are, and what they hold; removed ones count until they are purged. */
export async function readUsageByKind(sql: Sql, tenant: number): Promise<{ kind: Space['kind']; count: number; used: number }[]> {
  return sql<{ kind: Space['kind']; count: number; used: number }>`
    select kind, count(*) as count, coalesce(sum(used), 0)::bigint as used from files.space where tenant = ${tenant} group by kind`;
}

/** Bytes the tenant uses in all its spaces. */
export async function readUsage(sql: Sql | Tx, tenant: number): Promise<number> {
  const [row] = await (sql as Sql)<{ used: number }>`select used from files.usage where tenant = ${tenant}`;
  return row?.used ?? 0;
}

export async function updateQuota(tx: Tx, tenant: number, id: number, quota: number | null): Promise<boolean> {
  const rows = await tx`update files.space set quota = ${quota} where tenant = ${tenant} and id = ${id} returning id`;
  return rows.length > 0;
}

/** Removes or brings back a shared space. */
export async function setRemoved(tx: Tx, tenant: number, id: number, at: Date | null): Promise<'done' | 'absent' | 'nameTaken'> {
  await lockSpaceNames(tx, tenant);
  const [row] = await tx<{ taken: boolean }[]>`
    select exists (
      select 1 from files.space o
      where o.tenant = ${tenant} and o.kind = 'shared' and o.removed_at is null and o.name_key = s.name_key and o.id <> s.id
    ) as taken
    from files.space s where s.tenant = ${tenant} and s.id = ${id} and s.kind = 'shared' for update`;
  if (!row) return 'absent';
  if (at === null && row.taken) return 'nameTaken';
  await tx`update files.space set removed_at = ${at} where tenant = ${tenant} and id = ${id}`;
  return 'done';
}

/** Spaces that were removed before a time. */
export async function readRemovedSpaces(sql: Sql, tenant: number, before: Date): Promise<Space[]> {
  const rows =
    await sql<SpaceRow>`select s.* from files.space s where s.tenant = ${tenant} and s.removed_at < ${before} order by s.id`;
  return rows.map(toSpace);
}

/** Shared spaces that were removed and not yet purged, the latest first. */
export async function readRecentlyRemoved(sql: Sql, tenant: number, limit: number): Promise<{ space: Space; removedAt: Date }[]> {
  const rows = await sql<SpaceRow & { removed_at: Date }>`
    select s.* from files.space s where s.tenant = ${tenant} and s.removed_at is not null order by s.removed_at desc limit ${limit}`;
  return rows.map((row) => ({ space: toSpace(row), removedAt: row.removed_at }));
}

/** Removes what is left of an emptied space: its root, its trash, its members, itself. */
export async function deleteSpace(tx: Tx, tenant: number, id: number): Promise<void> {
  await tx`delete from files.departure where tenant = ${tenant} and space = ${id}`;
  await tx`delete from files.node where tenant = ${tenant} and space = ${id} and parent is null`;
  await tx`delete from files.space where tenant = ${tenant} and id = ${id}`;
}
