import type { Role } from '#platform/context';
import type { Sql, Tx } from '#platform/db';

/** Who a session or app password belongs to, with everything roles can be granted to. One statement. */
export type ActorRow = {
  readonly credential: number;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly account: number;
  readonly handle: string;
  readonly address: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly groups: readonly number[];
  /** The unit and the units above it. */
  readonly units: readonly number[];
};

/** The active account behind a session; null when there is none. */
export async function readSessionActor(sql: Sql, tenant: number, tokenHash: Buffer): Promise<ActorRow | null> {
  const [row] = await sql<ActorRow>`
    select s.id as credential, s.created_at as "createdAt", s.last_used_at as "lastUsedAt",
      a.account, a.handle, a.address, a.name, a.roles, a.groups, a.units
    from accounts.session s join accounts.actor a on a.tenant = s.tenant and a.account = s.account
    where s.tenant = ${tenant} and s.token_hash = ${tokenHash}`;
  return row ?? null;
}

/** The active account behind an app password; null when there is none. */
export async function readAppPasswordActor(sql: Sql, tenant: number, secretHash: Buffer): Promise<ActorRow | null> {
  const [row] = await sql<ActorRow>`
    select p.id as credential, p.created_at as "createdAt", p.last_used_at as "lastUsedAt",
      a.account, a.handle, a.address, a.name, a.roles, a.groups, a.units
    from accounts.app_password p join accounts.actor a on a.tenant = p.tenant and a.account = p.account
    where p.tenant = ${tenant} and p.secret_hash = ${secretHash} and p.wipe_ordered_at is null`;
  return row ?? null;
}

/** Whose app password this is, by its number; null when it was revoked, or its holder is no longer active. */
export async function readAppPasswordHolder(sql: Sql, tenant: number, id: number): Promise<ActorRow | null> {
  const [row] = await sql<ActorRow>`
    select p.id as credential, p.created_at as "createdAt", p.last_used_at as "lastUsedAt",
      a.account, a.handle, a.address, a.name, a.roles, a.groups, a.units
    from accounts.app_password p join accounts.actor a on a.tenant = p.tenant and a.account = p.account
    where p.tenant = ${tenant} and p.id = ${id} and p.wipe_ordered_at is null`;
  return row ?? null;
}

/** An active account without a credential. */
export async function readAccountActor(sql: Sql, tenant: number, account: number): Promise<ActorRow | null> {
  const [row] = await sql<ActorRow>`
    select 0 as credential, null::timestamptz as "createdAt", null::timestamptz as "lastUsedAt",
      a.account, a.handle, a.address, a.name, a.roles, a.groups, a.units
    from accounts.actor a where a.tenant = ${tenant} and a.account = ${account}`;
  return row ?? null;
}

export type Use = { readonly at: Date; readonly network: string };

export async function noteSessionUse(sql: Sql, tenant: number, { id, at, network }: Use & { id: number }): Promise<void> {
  await sql`update accounts.session set last_used_at = ${at}, network = ${network} where tenant = ${tenant} and id = ${id}`;
}

export async function noteAppPasswordUse(sql: Sql, tenant: number, { id, at, network }: Use & { id: number }): Promise<void> {
  await sql`update accounts.app_password set last_used_at = ${at}, network = ${network} where tenant = ${tenant} and id = ${id}`;
}

/** A browser's session as its owner sees it. */
export type Session = {
  readonly id: number;
  /** `Firefox, Linux`; empty when the browser did not say. */
  readonly device: string;
  readonly network: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
};

export type NewSession = Use & { readonly account: number; readonly tokenHash: Buffer; readonly device: string };

export async function insertSession(tx: Tx, tenant: number, row: NewSession): Promise<number> {
  const [done] = await tx<{ id: number }[]>`
    insert into accounts.session (tenant, account, token_hash, created_at, last_used_at, device, network)
    values (${tenant}, ${row.account}, ${row.tokenHash}, ${row.at}, ${row.at}, ${row.device}, ${row.network}) returning id`;
  return done?.id as number;
}

/** Keeps the newest so many sessions of an account. */
export async function trimSessions(tx: Tx, tenant: number, { account, most }: { account: number; most: number }): Promise<void> {
  await tx`
    delete from accounts.session where tenant = ${tenant} and account = ${account} and id not in (
      select id from accounts.session where tenant = ${tenant} and account = ${account} order by last_used_at desc, id desc limit ${most})`;
}

export async function readSessions(
  sql: Sql,
  tenant: number,
  { account, limit }: { account: number; limit: number },
): Promise<Session[]> {
  const rows = await sql<Session>`
    select id, device, network, created_at as "createdAt", last_used_at as "lastUsedAt" from accounts.session
    where tenant = ${tenant} and account = ${account} order by last_used_at desc, id desc limit ${limit}`;
  return [...rows];
}

/** Whether there was such a session. */
export async function deleteSession(tx: Tx, tenant: number, { account, id }: { account: number; id: number }): Promise<boolean> {
  const done = await tx`
    delete from accounts.session where tenant = ${tenant} and account = ${account} and id = ${id} returning id`;
  return done.length > 0;
}

/** Deletes all sessions of an account but one (0: all); returns how many that were. */
export async function deleteSessions(
  tx: Tx,
  tenant: number,
  { account, except }: { account: number; except: number },
): Promise<number> {
  const done = await tx`
    delete from accounts.session where tenant = ${tenant} and account = ${account} and id <> ${except} returning id`;
  return done.length;
}

/** Removes sessions nobody can use any more. */
export async function deleteOldSessions(
  sql: Sql,
  tenant: number,
  limits: { idleSince: Date; createdBefore: Date },
): Promise<void> {
  await sql`
    delete from accounts.session
    where tenant = ${tenant} and (last_used_at < ${limits.idleSince} or created_at < ${limits.createdBefore})`;
}

/** An app password as its owner sees it; the secret itself is shown once, when it is made. */
export type AppPassword = {
  readonly id: number;
  readonly name: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly network: string | null;
  /** When its device was told to remove what it holds, and when it said it did; null: not. */
  readonly wipeOrderedAt: Date | null;
  readonly wipedAt: Date | null;
};

export type NewAppPassword = { readonly account: number; readonly name: string; readonly secretHash: Buffer; readonly at: Date };

export async function insertAppPassword(tx: Tx, tenant: number, row: NewAppPassword): Promise<number> {
  const [done] = await tx<{ id: number }[]>`
    insert into accounts.app_password (tenant, account, name, secret_hash, created_at)
    values (${tenant}, ${row.account}, ${row.name}, ${row.secretHash}, ${row.at}) returning id`;
  return done?.id as number;
}

export async function readAppPasswords(sql: Sql, tenant: number, account: number): Promise<AppPassword[]> {
  const rows = await sql<AppPassword>`
    select id, name, created_at as "createdAt", last_used_at as "lastUsedAt", network,
      wipe_ordered_at as "wipeOrderedAt", wiped_at as "wipedAt" from accounts.app_password
    where tenant = ${tenant} and account = ${account} order by id desc limit 1000`;
  return [...rows];
}

/** Whether there was such an app password. One whose device is still to hear that it shall remove what it holds stays. */
export async function deleteAppPassword(
  tx: Tx,
  tenant: number,
  { account, id }: { account: number; id: number },
): Promise<boolean> {
  const done = await tx`
    delete from accounts.app_password
    where tenant = ${tenant} and account = ${account} and id = ${id} and (wipe_ordered_at is null or wiped_at is not null)
    returning id`;
  return done.length > 0;
}

/** Ends all of an account; orders to remove data stay, for the devices that have not heard of them yet. */
export async function deleteAppPasswords(tx: Tx, tenant: number, account: number): Promise<number> {
  const done = await tx`
    delete from accounts.app_password where tenant = ${tenant} and account = ${account} and wipe_ordered_at is null returning id`;
  return done.length;
}
