import { authorizer } from '#platform/authorize';
import { checkAll } from '#platform/checks';
import type { Context } from '#platform/context';
import type { Tx } from '#platform/db';
import { ensure, Failure } from '#platform/errors';
import { emit } from '#platform/events';
import { type Page, pageLimit, readCursor, toPage } from '#platform/page';
import { oneLine } from '#platform/text';
import { tenantCreated, tenantResumed, tenantSuspended } from './events.ts';
import { openTicks } from './onboarding.ts';
import {
  agsOf,
  checkHost,
  checkKind,
  checkMunicipalityKey,
  checkPlace,
  checkQuota,
  checkSlug,
  governingKinds,
  limits,
  provider,
  slugFrom,
  type TenantState,
  tenantPermissions,
} from './rules.ts';
import {
  deleteHosts,
  insertHosts,
  insertTenant,
  lockHierarchy,
  nextNumber,
  readBelow,
  readLine,
  readNamesake,
  readTenant,
  readTenantBySlug,
  readTenants,
  speakFor,
  type Tenant,
  type TenantChange,
  updateState,
  updateTenant,
} from './store.ts';
import { auditInBoth } from './trail.ts';

const authorize = authorizer(tenantPermissions);
const thingOf = (tenant: number) => `tenant:${tenant}`;

/** What is known of a new tenant. What is left out is empty. */
export type TenantInput = {
  /** Left out: made of the name. */
  readonly slug?: string;
  readonly name: string;
  readonly kind: string;
  /** Number of the tenant above; left out: the provider. */
  readonly parent?: number | null;
  /** AGS (8 digits) or ARS (12 digits). */
  readonly municipalityKey?: string | null;
  readonly address?: string;
  /** Bytes of all its files together; null: as much as there is. */
  readonly quota?: number | null;
  readonly hosts?: readonly string[];
};

const optionalLine = (text: string | undefined, field: string, most: number) =>
  text === undefined || text.trim() === '' ? '' : oneLine(text, field, { most });

/**
 * Creates a tenant and tells the house; the rooms then prepare themselves for it (`listTicks`). The very first one must be the
 * provider, which gets the number 1. Resolves with the tenant's number. Throws `invalid`, `conflict` when the slug, the official key or a host is taken.
 */
export async function create(ctx: Context, input: TenantInput): Promise<number> {
  return ctx.platform.db.write(provider, (tx) => createIn(tx, ctx, input));
}

/** Like {@link create}, in a transaction of the provider's that does more than this. */
export async function createIn(tx: Tx, ctx: Context, input: TenantInput): Promise<number> {
  authorize(ctx.actor, 'create', { tenant: provider });
  await lockHierarchy(tx);
  const tenant = input.kind === 'provider' ? provider : await nextNumber(tx);
  const { place, hosts, ...fields } = await checkAll({
    name: () => oneLine(input.name, 'name'),
    slug: () => freeSlug(tx, input),
    place: () => checkNewPlace(tx, tenant, input),
    municipalityKey: () => freeKey(tx, { tenant, kind: input.kind, key: input.municipalityKey ?? null }),
    address: () => optionalLine(input.address, 'address', limits.address),
    quota: () => checkQuota(input.quota ?? null),
    hosts: () => checkHosts(input.hosts ?? []),
  });
  const row = { ...fields, ...place, createdAt: ctx.platform.clock.now() };
  ensure(await insertTenant(tx, { tenant, ...row }), 'conflict', 'tenants.slugTaken', { field: 'slug', slug: row.slug });
  await replaceHosts(tx, tenant, hosts);
  await openTicks(tx, ctx, tenant);
  const details = { slug: row.slug, kind: row.kind, name: row.name, parent: row.parent };
  // In the new tenant's own name, so that whoever hears of it works for that tenant and nobody else.
  await speakFor(tx, tenant);
  await emit(tx, ctx, tenantCreated, { tenant });
  await speakFor(tx, provider);
  await auditInBoth(tx, ctx, { tenant, entry: { action: 'tenants.create', thing: thingOf(tenant), details } });
  return tenant;
}

async function freeSlug(tx: Tx, { slug: given, name }: TenantInput): Promise<string> {
  // Without a name there is none to be made, and the name is what has to be filled in.
  if (given === undefined && name.trim() === '') return '';
  const slug = checkSlug(given ?? slugFrom(name));
  ensure((await readTenantBySlug(tx, slug)) === null, 'conflict', 'tenants.slugTaken', { field: 'slug', slug });
  return slug;
}

type KeyOf = { readonly tenant: number; readonly kind: string; readonly key: string | null };

/** The official key, in its form. Throws `invalid`, `conflict` when another tenant speaks for that area already. */
async function freeKey(tx: Tx, { tenant, kind, key: given }: KeyOf): Promise<string | null> {
  const key = checkMunicipalityKey(given);
  if (key === null || !governingKinds.includes(kind)) return key;
  const name = await readNamesake(tx, { tenant, ags: agsOf(key), kinds: governingKinds });
  ensure(name === null, 'conflict', 'tenants.keyTaken', { field: 'municipalityKey', key, name: name ?? '' });
  return key;
}

/** Kind and place of a new tenant. Throws `invalid`, `conflict` for a second provider. */
async function checkNewPlace(tx: Tx, tenant: number, input: TenantInput): Promise<Pick<TenantChange, 'kind' | 'parent'>> {
  const kind = checkKind(input.kind);
  const parent = kind === 'provider' ? null : (input.parent ?? provider);
  const line = parent === null ? [] : await readLine(tx, parent);
  ensure(parent === null || line.length > 0, 'invalid', 'tenants.parentUnknown', { field: 'parent' });
  checkPlace({ tenant, kind }, line);
  const isFree = kind !== 'provider' || (await readTenant(tx, provider)) === null;
  ensure(isFree, 'conflict', 'tenants.providerExists', { field: 'kind' });
  return { kind, parent };
}

function checkHosts(given: readonly string[]): string[] {
  ensure(given.length <= limits.hosts, 'invalid', 'tenants.tooManyHosts', { field: 'hosts', limit: limits.hosts });
  return [...new Set(given.map(checkHost))];
}

/** Makes the hosts of a tenant these. Throws `conflict` when one belongs to another. */
async function replaceHosts(tx: Tx, tenant: number, hosts: readonly string[]): Promise<void> {
  await deleteHosts(tx, tenant);
  const done = new Set(await insertHosts(tx, tenant, hosts));
  const taken = hosts.find((host) => !done.has(host));
  ensure(taken === undefined, 'conflict', 'tenants.hostTaken', { field: 'hosts', host: taken ?? '' });
}

/** Sets the hosts at which people who are not signed in see this tenant's pages. Throws `conflict` when one is taken. */
export async function setHosts(ctx: Context, tenant: number, given: readonly string[]): Promise<void> {
  authorize(ctx.actor, 'change', { tenant });
  await ctx.platform.db.write(provider, async (tx) => {
    await existing(tx, tenant);
    const hosts = checkHosts(given);
    await replaceHosts(tx, tenant, hosts);
    await auditInBoth(tx, ctx, { tenant, entry: { action: 'tenants.setHosts', thing: thingOf(tenant), details: { hosts } } });
  });
}

async function existing(tx: Tx, tenant: number): Promise<Tenant> {
  const found = await readTenant(tx, tenant);
  if (!found) throw new Failure('notFound', 'platform.notFound');
  return found;
}

/** What changes; what is left out stays. */
export type TenantUpdate = Partial<Omit<TenantInput, 'slug' | 'hosts'>>;

/** Changes a tenant's data or its place in the hierarchy. Throws `invalid`, for a circle among others; `conflict` for a key that is taken. */
export async function update(ctx: Context, tenant: number, change: TenantUpdate): Promise<void> {
  authorize(ctx.actor, 'change', { tenant });
  await ctx.platform.db.write(provider, async (tx) => {
    await lockHierarchy(tx);
    const now = await existing(tx, tenant);
    const next = await merged(tx, now, change);
    await updateTenant(tx, tenant, next);
    const details = differences(now, next);
    await auditInBoth(tx, ctx, { tenant, entry: { action: 'tenants.update', thing: thingOf(tenant), details } });
  });
}

/** What is given is checked and takes the place of what was; what is left out stays. */
async function merged(tx: Tx, now: Tenant, change: TenantUpdate): Promise<TenantChange> {
  const { name, address, quota } = change;
  const { place, ...fields } = await checkAll({
    name: () => (name === undefined ? now.name : oneLine(name, 'name')),
    place: () => checkMove(tx, now, change),
    municipalityKey: () => checkKey(tx, now, change),
    address: () => (address === undefined ? now.address : optionalLine(address, 'address', limits.address)),
    quota: () => (quota === undefined ? now.quota : checkQuota(quota)),
  });
  return { ...fields, ...place };
}

/** What two tenants shared before anybody was asked holds up no other change: only a new key, or a new kind, is looked at. */
async function checkKey(tx: Tx, now: Tenant, change: TenantUpdate): Promise<string | null> {
  const { kind = now.kind, municipalityKey: given = now.municipalityKey } = change;
  const key = checkMunicipalityKey(given);
  return key === now.municipalityKey && kind === now.kind ? key : freeKey(tx, { tenant: now.tenant, kind, key });
}

/** Kind and place as they would be. Throws `invalid`, for a circle among others. */
async function checkMove(tx: Tx, now: Tenant, change: TenantUpdate): Promise<Pick<TenantChange, 'kind' | 'parent'>> {
  const { tenant } = now;
  const next = {
    kind: change.kind === undefined ? now.kind : checkKind(change.kind),
    parent: change.parent === undefined ? now.parent : change.parent,
  };
  if (next.parent === now.parent && next.kind === now.kind) return next;
  const line = next.parent === null ? [] : await readLine(tx, next.parent);
  ensure(next.parent === null || line.length > 0, 'invalid', 'tenants.parentUnknown', { field: 'parent' });
  const below = await readBelow(tx, tenant);
  checkPlace({ tenant, kind: next.kind }, line, below.kinds);
  ensure(line.length + 1 + below.levels <= limits.depth, 'invalid', 'tenants.tooDeep', { field: 'parent', limit: limits.depth });
  return next;
}

/** The fields that are different now, each with what it was and what it is. */
function differences(now: TenantChange, next: TenantChange): Record<string, unknown> {
  const names = Object.keys(next) as (keyof TenantChange)[];
  return Object.fromEntries(
    names.filter((name) => now[name] !== next[name]).map((name) => [name, { from: now[name], to: next[name] }]),
  );
}

/**
 * Ends the access of all its people within a second; nothing is deleted, and tenants below it are not touched.
 * The provider itself cannot be suspended.
 */
export async function suspend(ctx: Context, tenant: number, reason: string): Promise<void> {
  await changeState(ctx, tenant, { state: 'suspended', reason: oneLine(reason, 'reason', { most: limits.reason }) });
}

/** Gives the people of a suspended tenant their access back. */
export async function resume(ctx: Context, tenant: number): Promise<void> {
  await changeState(ctx, tenant, { state: 'active', reason: '' });
}

const stateEdges = {
  suspended: { action: 'tenants.suspend', event: tenantSuspended },
  active: { action: 'tenants.resume', event: tenantResumed },
} as const;

async function changeState(ctx: Context, tenant: number, to: { state: TenantState; reason: string }): Promise<void> {
  authorize(ctx.actor, 'suspend', { tenant });
  ensure(tenant !== provider, 'conflict', 'tenants.providerStays');
  const { action, event } = stateEdges[to.state];
  await ctx.platform.db.write(provider, async (tx) => {
    await existing(tx, tenant);
    if (!(await updateState(tx, tenant, to))) throw new Failure('conflict', `tenants.already.${to.state}`);
    await speakFor(tx, tenant);
    await emit(tx, ctx, event, { tenant });
    await speakFor(tx, provider);
    await auditInBoth(tx, ctx, { tenant, entry: { action, thing: thingOf(tenant), details: to } });
  });
}

/** One tenant. Throws `notFound`. */
export async function get(ctx: Context, tenant: number): Promise<Tenant> {
  authorize(ctx.actor, 'read', { tenant });
  const found = await readTenant(ctx.platform.db.read(tenant), tenant);
  ensure(found, 'notFound', 'platform.notFound');
  return found;
}

/** The tenant of that slug, for operators and the command line. Throws `notFound`. */
export async function getBySlug(ctx: Context, slug: string): Promise<Tenant> {
  authorize(ctx.actor, 'list', { tenant: provider });
  const found = await readTenantBySlug(ctx.platform.db.read(provider), slug.trim().toLowerCase());
  ensure(found, 'notFound', 'tenants.slugUnknown', { slug });
  return found;
}

export type TenantQuery = {
  /** Part of a name, slug or municipality key. */
  readonly search?: string;
  readonly state?: TenantState;
  readonly cursor?: string | null;
  readonly limit?: number;
};

/** The tenants of the instance, ordered by name, page by page. */
export async function list(ctx: Context, query: TenantQuery = {}): Promise<Page<Tenant>> {
  authorize(ctx.actor, 'list', { tenant: provider });
  const limit = pageLimit(query.limit);
  const cursor = readCursor(query.cursor, 2);
  const rows = await readTenants(ctx.platform.db.read(provider), {
    pattern: `%${(query.search ?? '').trim().replaceAll(/[\\%_]/g, '\\$&')}%`,
    state: query.state ?? null,
    after: cursor && { name: String(cursor[0]), tenant: Number(cursor[1]) },
    limit: limit + 1,
  });
  return toPage(rows, limit, (last) => [last.name, last.tenant]);
}
