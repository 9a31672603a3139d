import type { Role } from '#platform/context';
import type { Sql, Tx } from '#platform/db';
import type { Locale } from '#platform/words';
import type { AccountState } from '../rules.ts';

/** A person as administrators see them. */
export type Person = {
  readonly id: number;
  readonly tenant: number;
  readonly handle: string;
  readonly address: string;
  readonly name: string;
  readonly state: AccountState;
  readonly roles: readonly Role[];
  readonly unit: { readonly id: number; readonly name: string } | null;
  readonly groups: readonly { readonly id: number; readonly name: string }[];
  readonly locale: Locale;
  readonly createdAt: Date;
  readonly lastSignInAt: Date | null;
};

/** What is stored of an account beyond what is shown. */
export type Account = Omit<Person, 'unit' | 'groups'> & { readonly unit: number | null; readonly passwordHash: string | null };

export type NewAccount = Pick<Account, 'handle' | 'address' | 'name' | 'passwordHash' | 'state' | 'roles' | 'unit' | 'locale'>;

/** One at a time gives out addresses and handles: they are unique across tenants, where nobody can see whether one is free. */
export async function lockNames(tx: Tx): Promise<void> {
  await tx`select pg_advisory_xact_lock(hashtext('accounts.names'))`;
}

/** Ids of the new accounts. The caller holds the lock of {@link lockNames} and knows that addresses and handles are free. */
export async function insertAccounts(
  tx: Tx,
  tenant: number,
  { rows, at }: { rows: readonly NewAccount[]; at: Date },
): Promise<{ id: number; address: string }[]> {
  const done = await tx<{ id: number; address: string }[]>`
    insert into accounts.account (tenant, handle, address, name, password_hash, state, roles, org_unit, locale, created_at)
    select ${tenant}, r.handle, r.address, r.name, r."passwordHash", r.state,
      array(select jsonb_array_elements_text(r.roles)), r.unit, r.locale, ${at}
    from jsonb_to_recordset(${tx.json(rows as never)}) as r (
      handle text, address text, name text, "passwordHash" text, state text, roles jsonb, unit bigint, locale text) returning id, address`;
  return [...done];
}

/** The account, locked until the transaction ends. */
export async function lockAccount(tx: Tx, tenant: number, account: number): Promise<Account | null> {
  const [row] = await tx<Account[]>`
    select id, tenant, handle, address, name, state, roles, org_unit as unit, locale, created_at as "createdAt",
      last_sign_in_at as "lastSignInAt", password_hash as "passwordHash"
    from accounts.account where tenant = ${tenant} and id = ${account} for update`;
  return row ?? null;
}

export async function readAccount(sql: Sql, tenant: number, account: number): Promise<Account | null> {
  const [row] = await sql<Account>`
    select id, tenant, handle, address, name, state, roles, org_unit as unit, locale, created_at as "createdAt",
      last_sign_in_at as "lastSignInAt", password_hash as "passwordHash"
    from accounts.account where tenant = ${tenant} and id = ${account}`;
  return row ?? null;
}

/** Where an address or handle (in small letters) belongs, in whatever tenant. */
export async function findLogin(sql: Sql, login: string): Promise<{ tenant: number; account: number } | null> {
  const [row] = await sql<{ tenant: number; account: number }>`select tenant, account from accounts.find_login(${login})`;
  return row ?? null;
}

export async function takenHandles(sql: Sql, handles: readonly string[]): Promise<Set<string>> {
  const rows = await sql<{ handle: string }>`select accounts.taken_handles(${handles as string[]}::text[]) as handle`;
  return new Set(rows.map((row) => row.handle));
}

/** Those of the addresses that have an account, in whatever tenant. */
export async function takenAddresses(sql: Sql, addresses: readonly string[]): Promise<Set<string>> {
  const rows = await sql<{ address: string }>`select accounts.taken_addresses(${addresses as string[]}::text[]) as address`;
  return new Set(rows.map((row) => row.address));
}

export type AccountChange = Partial<Pick<Account, 'name' | 'address' | 'locale' | 'roles' | 'state' | 'unit'>> & {
  readonly passwordHash?: string;
};

/** Writes the fields that are given. The caller holds the lock of {@link lockAccount}. */
export async function updateAccount(tx: Tx, now: Account, change: AccountChange): Promise<void> {
  const next = { ...now, ...change };
  await tx`
    update accounts.account set name = ${next.name}, address = ${next.address}, locale = ${next.locale},
      roles = ${next.roles as string[]}::text[], state = ${next.state}, org_unit = ${next.unit}, password_hash = ${next.passwordHash}
    where tenant = ${now.tenant} and id = ${now.id}`;
}

export async function noteSignIn(tx: Tx, now: Account, at: Date): Promise<void> {
  await tx`update accounts.account set last_sign_in_at = ${at} where tenant = ${now.tenant} and id = ${now.id}`;
}

export type Holder = Pick<Account, 'id' | 'roles'>;

/** The active people with a role, locked, so that the last two of them cannot be removed at the same moment. */
export async function lockHolders(tx: Tx, tenant: number): Promise<Holder[]> {
  const rows = await tx<Holder[]>`
    select id, roles from accounts.account where tenant = ${tenant} and state = 'active' and roles <> '{}' order by id for update`;
  return [...rows];
}

export async function hasHolder(sql: Sql, tenant: number, role: Role): Promise<boolean> {
  const rows = await sql`
    select 1 from accounts.account where tenant = ${tenant} and state = 'active' and ${role} = any (roles) limit 1`;
  return rows.length > 0;
}

export type PeopleFilter = {
  /** Part of a name, address or handle, escaped for `like`. */
  readonly pattern: string;
  readonly state: AccountState | null;
  readonly group: number | null;
  readonly unit: number | null;
  readonly after: { name: string; id: number } | null;
  readonly limit: number;
};

/** Ordered as a German telephone list is. */
export async function readPeople(sql: Sql, tenant: number, filter: PeopleFilter): Promise<Person[]> {
  const { pattern, state, group, unit, after, limit } = filter;
  const rows = await sql<Person>`
    select p.id, p.tenant, p.handle, p.address, p.name, p.state, p.roles, p.locale, p."createdAt", p."lastSignInAt", p.unit, p.groups
    from accounts.person p
    where p.tenant = ${tenant}
      and (p.name ilike ${pattern} or p.address ilike ${pattern} or p.handle ilike ${pattern})
      and (${state}::text is null or p.state = ${state})
      and (${unit}::bigint is null or p.org_unit = ${unit})
      and (${group}::bigint is null or exists (
        select 1 from accounts.membership m where m.tenant = p.tenant and m.account = p.id and m.people_group = ${group}))
      and (${after === null} or (p.name collate platform.german, p.id) > (${after?.name ?? ''} collate platform.german, ${after?.id ?? 0}::bigint))
    order by p.name collate platform.german, p.id limit ${limit}`;
  return [...rows];
}

export async function readPerson(sql: Sql, tenant: number, account: number): Promise<Person | null> {
  const [row] = await sql<Person>`
    select p.id, p.tenant, p.handle, p.address, p.name, p.state, p.roles, p.locale, p."createdAt", p."lastSignInAt", p.unit, p.groups
    from accounts.person p where p.tenant = ${tenant} and p.id = ${account}`;
  return row ?? null;
}

/** All people of a tenant as an import compares them, those of the addresses only. */
export async function readByAddress(sql: Sql, tenant: number, addresses: readonly string[]) {
  return sql<Pick<Account, 'id' | 'address' | 'handle' | 'name' | 'unit' | 'locale' | 'roles'> & { groups: string[] }>`
    select a.id, a.address, a.handle, a.name, a.org_unit as unit, a.locale, a.roles,
      array(select g.name from accounts.membership m join accounts.people_group g on g.tenant = m.tenant and g.id = m.people_group
        where m.tenant = a.tenant and m.account = a.id) as groups
    from accounts.account a where a.tenant = ${tenant} and a.address = any (${addresses as string[]}::text[])`;
}

export type ImportChange = {
  readonly id: number;
  readonly name: string;
  readonly unit: number | null;
  readonly locale: string | null;
};

/** Writes what an import found different; null leaves unit and language as they are. */
export async function updateImported(tx: Tx, tenant: number, rows: readonly ImportChange[]): Promise<void> {
  await tx`
    update accounts.account a set name = r.name, org_unit = coalesce(r.unit, a.org_unit), locale = coalesce(r.locale, a.locale)
    from jsonb_to_recordset(${tx.json(rows as never)}) as r (id bigint, name text, unit bigint, locale text)
    where a.tenant = ${tenant} and a.id = r.id`;
}

/** Names for ids of accounts, for lists that show who did something. */
export async function readNames(sql: Sql, tenant: number, ids: readonly number[]): Promise<{ id: number; name: string }[]> {
  const rows = await sql<{ id: number; name: string }>`
    select id, name from accounts.account where tenant = ${tenant} and id = any (${ids as number[]}::bigint[])`;
  return [...rows];
}

/** Remembers the kind of device; true when the account has signed in before, but never with such a one. */
export async function noteDevice(
  tx: Tx,
  tenant: number,
  { account, device, at }: { account: number; device: string; at: Date },
): Promise<boolean> {
  const [row] = await tx<{ others: boolean }[]>`
    insert into accounts.known_device as d (tenant, account, device, first_at)
    values (${tenant}, ${account}, ${device}, ${at}) on conflict do nothing
    returning exists (
      select 1 from accounts.known_device o where o.tenant = ${tenant} and o.account = ${account} and o.device <> ${device}
    ) as others`;
  return row?.others ?? false;
}
