import type { Sql, Tx } from '#platform/db';
import type { TenantKind, TenantState } from './rules.ts';
import type { LegalContact, LegalKind } from './rules-legal.ts';
import type { Decision, PolicyName, PolicyValue } from './rules-policy.ts';

/** A tenant as its managers see it. */
export type Tenant = {
  readonly tenant: number;
  readonly slug: string;
  readonly parent: number | null;
  readonly kind: TenantKind;
  readonly name: string;
  readonly municipalityKey: string | null;
  readonly address: string;
  readonly state: TenantState;
  /** Why it is suspended; empty while it is active. */
  readonly stateReason: string;
  /** Bytes of all its files together; null: as much as there is. */
  readonly quota: number | null;
  readonly createdAt: Date;
  readonly hosts: readonly string[];
};

/**
 * From here on the transaction speaks for another tenant. Used for what belongs into two tenants' books: always the managed
 * tenant first and the provider last, so that two transactions never wait for each other's audit chain.
 */
export async function speakFor(tx: Tx, tenant: number): Promise<void> {
  await tx`select set_config('app.tenant', ${String(tenant)}, true)`;
}

/** One change of the hierarchy at a time: two moves that are fine one by one can make a circle together. */
export async function lockHierarchy(tx: Tx): Promise<void> {
  await tx`select pg_advisory_xact_lock(hashtext('tenants.hierarchy'))`;
}

export async function nextNumber(tx: Tx): Promise<number> {
  const [row] = await tx<{ number: number }[]>`select nextval('tenants.number')::integer as number`;
  return row?.number as number;
}

/** False when the slug is taken. */
export async function insertTenant(tx: Tx, row: Omit<Tenant, 'hosts' | 'state' | 'stateReason'>): Promise<boolean> {
  const done = await tx`
    insert into tenants.tenant (tenant, slug, parent, kind, name, municipality_key, address, state, quota, created_at)
    values (${row.tenant}, ${row.slug}, ${row.parent}, ${row.kind}, ${row.name}, ${row.municipalityKey}, ${row.address},
      'active', ${row.quota}, ${row.createdAt})
    on conflict (slug) do nothing returning tenant`;
  return done.length > 0;
}

export type TenantChange = Pick<Tenant, 'name' | 'parent' | 'kind' | 'municipalityKey' | 'address' | 'quota'>;

export async function updateTenant(tx: Tx, tenant: number, row: TenantChange): Promise<void> {
  await tx`
    update tenants.tenant set name = ${row.name}, parent = ${row.parent}, kind = ${row.kind},
      municipality_key = ${row.municipalityKey}, address = ${row.address}, quota = ${row.quota}
    where tenant = ${tenant}`;
}

/** False when it was in that state already. */
export async function updateState(
  tx: Tx,
  tenant: number,
  { state, reason }: { state: TenantState; reason: string },
): Promise<boolean> {
  const done = await tx`
    update tenants.tenant set state = ${state}, state_reason = ${reason}
    where tenant = ${tenant} and state <> ${state} returning tenant`;
  return done.length > 0;
}

/** The tenant and its ancestors, nearest first. */
export async function readLine(sql: Sql, tenant: number): Promise<{ tenant: number; kind: TenantKind }[]> {
  const rows = await sql<{ tenant: number; kind: TenantKind }>`
    with recursive line as (
      select t.tenant, t.parent, t.kind, 0 as step from tenants.tenant t where t.tenant = ${tenant}
      union all
      select t.tenant, t.parent, t.kind, line.step + 1 from line join tenants.tenant t on t.tenant = line.parent where line.step < 16
    ) select tenant, kind from line order by step`;
  return [...rows];
}

/** Kinds of the tenants directly below, and how many levels there are below. */
export async function readBelow(sql: Sql, tenant: number): Promise<{ kinds: TenantKind[]; levels: number }> {
  const [row] = await sql<{ kinds: TenantKind[]; levels: number }>`
    with recursive below as (
      select t.tenant, t.kind, 1 as step from tenants.tenant t where t.parent = ${tenant}
      union all
      select t.tenant, t.kind, below.step + 1 from below join tenants.tenant t on t.parent = below.tenant where below.step < 16
    ) select coalesce(array_agg(distinct kind) filter (where step = 1), '{}') as kinds, coalesce(max(step), 0)::integer as levels
    from below`;
  return { kinds: row?.kinds ?? [], levels: row?.levels ?? 0 };
}

export async function readTenant(sql: Sql, tenant: number): Promise<Tenant | null> {
  const [row] = await sql<Tenant>`
    select t.tenant, t.slug, t.parent, t.kind, t.name, t.municipality_key as "municipalityKey", t.address, t.state,
      t.state_reason as "stateReason", t.quota, t.created_at as "createdAt",
      array(select h.host from tenants.host h where h.tenant = t.tenant order by h.host) as hosts
    from tenants.tenant t where t.tenant = ${tenant}`;
  return row ?? null;
}

export async function readTenantBySlug(sql: Sql, slug: string): Promise<Tenant | null> {
  const [row] = await sql<{ tenant: number }>`select tenant from tenants.tenant where slug = ${slug}`;
  return row ? readTenant(sql, row.tenant) : null;
}

/** Another tenant of these kinds whose key names the same area, see `agsOf`; null: there is none. */
export async function readNamesake(
  sql: Sql,
  { tenant, ags, kinds }: { readonly tenant: number; readonly ags: string; readonly kinds: readonly string[] },
): Promise<string | null> {
  const [row] = await sql<{ name: string }>`
    select name from tenants.tenant
    where tenant <> ${tenant} and kind = any (${kinds as string[]}::text[])
      and case length(municipality_key) when 12 then left(municipality_key, 5) || right(municipality_key, 3)
        else municipality_key end = ${ags}
    order by tenant limit 1`;
  return row?.name ?? null;
}

export type TenantFilter = {
  /** Part of a name, slug or key, escaped for `like`. */
  readonly pattern: string;
  readonly state: TenantState | null;
  readonly after: { name: string; tenant: number } | null;
  readonly limit: number;
};

/** Ordered as a German directory is. */
export async function readTenants(sql: Sql, { pattern, state, after, limit }: TenantFilter): Promise<Tenant[]> {
  const rows = await sql<Tenant>`
    select t.tenant, t.slug, t.parent, t.kind, t.name, t.municipality_key as "municipalityKey", t.address, t.state,
      t.state_reason as "stateReason", t.quota, t.created_at as "createdAt",
      array(select h.host from tenants.host h where h.tenant = t.tenant order by h.host) as hosts
    from tenants.tenant t
    where (t.name ilike ${pattern} or t.slug ilike ${pattern} or t.municipality_key ilike ${pattern})
      and (${state}::text is null or t.state = ${state})
      and (${after === null} or (t.name collate platform.german, t.tenant) > (${after?.name ?? ''} collate platform.german, ${after?.tenant ?? 0}::integer))
    order by t.name collate platform.german, t.tenant limit ${limit}`;
  return [...rows];
}

export async function readNumbers(sql: Sql): Promise<number[]> {
  const rows = await sql<{ tenant: number }>`select tenant from tenants.tenant order by tenant`;
  return rows.map((row) => row.tenant);
}

export async function deleteHosts(tx: Tx, tenant: number): Promise<void> {
  await tx`delete from tenants.host where tenant = ${tenant}`;
}

/** The hosts that could be had; one that is missing belongs to another tenant. */
export async function insertHosts(tx: Tx, tenant: number, hosts: readonly string[]): Promise<string[]> {
  const rows = await tx<{ host: string }[]>`
    insert into tenants.host (tenant, host) select ${tenant}, unnest(${hosts as string[]}::text[])
    on conflict (host) do nothing returning host`;
  return rows.map((row) => row.host);
}

/** What a row says of a tenant as it is. */
export type ProfileFacts = {
  readonly tenant: number;
  readonly slug: string;
  readonly kind: TenantKind;
  readonly name: string;
  readonly state: TenantState;
  readonly stateReason: string;
  /** Bytes of all its files together; null: as much as there is. */
  readonly quota: number | null;
};

/** One row of `tenants.read_profile`. */
export type ProfileRow = ProfileFacts & {
  readonly brandName: string | null;
  readonly colour: string | null;
  readonly crestHash: string | null;
  readonly policies: Readonly<Record<string, Decision>>;
};

export async function readProfile(sql: Sql, tenant: number): Promise<ProfileRow | null> {
  const [row] = await sql<ProfileRow>`
    select tenant, slug, kind, name, state, state_reason as "stateReason", quota, brand_name as "brandName", colour,
      crest_hash as "crestHash", policies
    from tenants.read_profile(${tenant})`;
  return row ?? null;
}

export async function readTenantOfHost(sql: Sql, host: string): Promise<number | null> {
  const [row] = await sql<{ tenant: number | null }>`select tenants.tenant_of_host(${host}) as tenant`;
  return row?.tenant ?? null;
}

export type BrandingRow = {
  readonly name: string | null;
  readonly colour: string | null;
  readonly crest: Buffer | null;
  readonly crestHash: string | null;
};

export async function readBranding(sql: Sql, tenant: number): Promise<BrandingRow | null> {
  const [row] = await sql<BrandingRow>`
    select name, colour, crest, crest_hash as "crestHash" from tenants.branding where tenant = ${tenant}`;
  return row ?? null;
}

export async function upsertBranding(tx: Tx, tenant: number, row: BrandingRow): Promise<void> {
  await tx`
    insert into tenants.branding (tenant, name, colour, crest, crest_hash)
    values (${tenant}, ${row.name}, ${row.colour}, ${row.crest}, ${row.crestHash})
    on conflict (tenant) do update set name = excluded.name, colour = excluded.colour, crest = excluded.crest,
      crest_hash = excluded.crest_hash`;
}

/** What the tenant says about itself; a text that is null is the template's. */
export type LegalRow = Readonly<Record<LegalKind, string | null>> & { readonly contact: LegalContact };

export async function readLegalRow(sql: Sql, tenant: number): Promise<LegalRow | null> {
  const [row] = await sql<LegalRow>`
    select contact, imprint, privacy, accessibility from tenants.legal where tenant = ${tenant}`;
  return row ?? null;
}

export async function upsertLegal(tx: Tx, tenant: number, row: LegalRow): Promise<void> {
  await tx`
    insert into tenants.legal (tenant, contact, imprint, privacy, accessibility)
    values (${tenant}, ${tx.json(row.contact)}, ${row.imprint}, ${row.privacy}, ${row.accessibility})
    on conflict (tenant) do update set contact = excluded.contact, imprint = excluded.imprint, privacy = excluded.privacy,
      accessibility = excluded.accessibility`;
}

/** The tenant's own decision; undefined when it made none. */
export async function readDecision(sql: Sql, tenant: number, name: PolicyName): Promise<PolicyValue | undefined> {
  const [row] = await sql<{ value: PolicyValue }>`
    select value from tenants.policy where tenant = ${tenant} and name = ${name}`;
  return row?.value;
}

export async function upsertDecision(
  tx: Tx,
  tenant: number,
  { name, value }: { name: PolicyName; value: PolicyValue },
): Promise<void> {
  await tx`
    insert into tenants.policy (tenant, name, value) values (${tenant}, ${name}, ${tx.json(value)})
    on conflict (tenant, name) do update set value = excluded.value`;
}

export async function deleteDecision(tx: Tx, tenant: number, name: PolicyName): Promise<void> {
  await tx`delete from tenants.policy where tenant = ${tenant} and name = ${name}`;
}

export type TickState = 'waiting' | 'done' | 'failed';

/** What one room has done, or has still to do, for a new tenant. */
export type Tick = {
  readonly room: string;
  readonly state: TickState;
  /** Code of the sentence that says why it failed. */
  readonly error: string | null;
  readonly at: Date;
};

export async function readTicks(sql: Sql, tenant: number): Promise<Tick[]> {
  const rows = await sql<Tick>`select room, state, error, at from tenants.tick where tenant = ${tenant} order by room`;
  return [...rows];
}

export async function upsertTick(sql: Sql, tenant: number, tick: Tick): Promise<void> {
  await sql`
    insert into tenants.tick (tenant, room, state, error, at)
    values (${tenant}, ${tick.room}, ${tick.state}, ${tick.error}, ${tick.at})
    on conflict (tenant, room) do update set state = excluded.state, error = excluded.error, at = excluded.at`;
}
