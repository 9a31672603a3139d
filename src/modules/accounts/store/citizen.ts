import type { Sql, Tx } from '#platform/db';
import type { Locale } from '#platform/words';
import type { CitizenKind, CitizenLinkPurpose } from '../rules-citizen.ts';

export type Citizen = {
  readonly id: number;
  readonly address: string;
  readonly name: string;
  readonly kind: CitizenKind;
  readonly locale: Locale;
  readonly createdAt: Date;
};

export type CitizenSecret = Citizen & { readonly passwordHash: string };

export async function readCitizenByAddress(sql: Sql, tenant: number, address: string): Promise<CitizenSecret | null> {
  const [row] = await sql<CitizenSecret>`
    select id, address, name, kind, locale, created_at as "createdAt", password_hash as "passwordHash"
    from accounts.citizen where tenant = ${tenant} and address = ${address}`;
  return row ?? null;
}

export async function readCitizen(sql: Sql, tenant: number, id: number): Promise<CitizenSecret | null> {
  const [row] = await sql<CitizenSecret>`
    select id, address, name, kind, locale, created_at as "createdAt", password_hash as "passwordHash"
    from accounts.citizen where tenant = ${tenant} and id = ${id}`;
  return row ?? null;
}

type NewCitizen = Omit<CitizenSecret, 'id'>;

/** Id of the new account; null when somebody with this address was faster. */
export async function insertCitizen(tx: Tx, tenant: number, row: NewCitizen): Promise<number | null> {
  const [done] = await tx<{ id: number }[]>`
    insert into accounts.citizen (tenant, address, name, kind, password_hash, locale, created_at)
    values (${tenant}, ${row.address}, ${row.name}, ${row.kind}, ${row.passwordHash}, ${row.locale}, ${row.createdAt})
    on conflict (tenant, address) do nothing returning id`;
  return done?.id ?? null;
}

/** Sets a new password and ends all sessions. */
export async function updateCitizenPassword(tx: Tx, tenant: number, id: number, passwordHash: string): Promise<void> {
  await tx`update accounts.citizen set password_hash = ${passwordHash} where tenant = ${tenant} and id = ${id}`;
  await tx`delete from accounts.citizen_session where tenant = ${tenant} and citizen = ${id}`;
}

/** Deletes the account with its sessions and links; false when it was gone. */
export async function deleteCitizen(tx: Tx, tenant: number, id: number): Promise<boolean> {
  const [gone] = await tx<{ address: string }[]>`
    delete from accounts.citizen where tenant = ${tenant} and id = ${id} returning address`;
  if (gone) await tx`delete from accounts.citizen_link where tenant = ${tenant} and address = ${gone.address}`;
  return gone !== undefined;
}

export type CitizenLink = {
  readonly id: number;
  readonly purpose: CitizenLinkPurpose;
  readonly address: string;
  readonly name: string;
  readonly kind: CitizenKind;
  readonly locale: Locale;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
};

type NewLink = Omit<CitizenLink, 'id' | 'usedAt'> & { readonly tokenHash: Buffer };

/** Puts a link in the place of earlier ones for the same address that were not used. */
export async function replaceCitizenLink(tx: Tx, tenant: number, row: NewLink): Promise<void> {
  await tx`
    delete from accounts.citizen_link
    where tenant = ${tenant} and address = ${row.address} and purpose = ${row.purpose} and used_at is null`;
  await tx`
    insert into accounts.citizen_link (tenant, purpose, address, name, kind, locale, token_hash, expires_at)
    values (${tenant}, ${row.purpose}, ${row.address}, ${row.name}, ${row.kind}, ${row.locale}, ${row.tokenHash}, ${row.expiresAt})`;
}

export async function readCitizenLink(sql: Sql, tenant: number, tokenHash: Buffer): Promise<CitizenLink | null> {
  const [row] = await sql<CitizenLink>`
    select id, purpose, address, name, kind, locale, expires_at as "expiresAt", used_at as "usedAt"
    from accounts.citizen_link where tenant = ${tenant} and token_hash = ${tokenHash}`;
  return row ?? null;
}

/** Uses a link up; false when somebody else was faster. */
export async function spendCitizenLink(tx: Tx, tenant: number, { id, at }: { id: number; at: Date }): Promise<boolean> {
  const done = await tx`
    update accounts.citizen_link set used_at = ${at} where tenant = ${tenant} and id = ${id} and used_at is null returning id`;
  return done.length > 0;
}

export async function insertCitizenSession(
  tx: Tx,
  tenant: number,
  { citizen, tokenHash, at, most }: { citizen: number; tokenHash: Buffer; at: Date; most: number },
): Promise<number> {
  const [done] = await tx<{ id: number }[]>`
    insert into accounts.citizen_session (tenant, citizen, token_hash, created_at, last_used_at)
    values (${tenant}, ${citizen}, ${tokenHash}, ${at}, ${at}) returning id`;
  await tx`update accounts.citizen set last_sign_in_at = ${at} where tenant = ${tenant} and id = ${citizen}`;
  await tx`
    delete from accounts.citizen_session s where s.tenant = ${tenant} and s.citizen = ${citizen} and s.id not in (
      select id from accounts.citizen_session where tenant = ${tenant} and citizen = ${citizen}
      order by last_used_at desc, id desc limit ${most})`;
  return done?.id as number;
}

export type CitizenCaller = Citizen & { readonly session: number; readonly begunAt: Date; readonly usedAt: Date };

export async function readCitizenCaller(sql: Sql, tenant: number, tokenHash: Buffer): Promise<CitizenCaller | null> {
  const [row] = await sql<CitizenCaller>`
    select c.id, c.address, c.name, c.kind, c.locale, c.created_at as "createdAt",
      s.id as session, s.created_at as "begunAt", s.last_used_at as "usedAt"
    from accounts.citizen_session s join accounts.citizen c on c.tenant = s.tenant and c.id = s.citizen
    where s.tenant = ${tenant} and s.token_hash = ${tokenHash}`;
  return row ?? null;
}

export async function noteCitizenUse(sql: Sql, tenant: number, { session, at }: { session: number; at: Date }): Promise<void> {
  await sql`update accounts.citizen_session set last_used_at = ${at} where tenant = ${tenant} and id = ${session}`;
}

export async function deleteCitizenSession(tx: Tx, tenant: number, session: number): Promise<void> {
  await tx`delete from accounts.citizen_session where tenant = ${tenant} and id = ${session}`;
}

/** Removes sessions and links nobody can use any more. */
export async function deleteOldCitizenTraces(
  sql: Sql,
  tenant: number,
  { idleSince, expiredBefore }: { idleSince: Date; expiredBefore: Date },
): Promise<void> {
  await sql`delete from accounts.citizen_session where tenant = ${tenant} and last_used_at < ${idleSince}`;
  await sql`delete from accounts.citizen_link where tenant = ${tenant} and expires_at < ${expiredBefore}`;
}
