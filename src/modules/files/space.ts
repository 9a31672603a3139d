import { hold } from '#modules/accounts';
import { audit } from '#platform/audit';
import { isAllowed } from '#platform/authorize';
import { checkAll } from '#platform/checks';
import type { Context } from '#platform/context';
import { ensure, Failure } from '#platform/errors';
import { type Page, pageLimit, readCursor, toPage } from '#platform/page';
import { authorize, authorizeAdministration, locate, personOf } from './access.ts';
import { membersChanged } from './events.ts';
import type { Space } from './node.ts';
import { policyOf } from './policy.ts';
import { administration, checkName, freeBytes, limits, nameKey, spaceRoles } from './rules.ts';
import type { Member } from './store/spaces.ts';
import * as store from './store/spaces.ts';
import { affectedBy, tellRole } from './tell.ts';

export type { Member } from './store/spaces.ts';

/** The person's own space; made on first use, so that nobody waits for a job before their first upload. */
export async function ensurePersonalSpace(ctx: Context): Promise<void> {
  const person = personOf(ctx);
  const { spaceQuota } = await policyOf(ctx.platform, person.tenant);
  const now = ctx.platform.clock.now().getTime();
  const space = {
    kind: 'personal',
    owner: person.account,
    name: '',
    nameKey: '',
    description: '',
    quota: spaceQuota,
    now,
  } as const;
  const made = await ctx.platform.db.write(person.tenant, async (tx) => {
    const inserted = await store.insertSpace(tx, person.tenant, space);
    const entry = { action: 'files.createSpace', thing: `space:${inserted?.id}`, details: { kind: 'personal' } };
    if (inserted) await audit(tx, ctx, [entry]);
    return inserted;
  });
  if (made) tellMembers(ctx, made.id, [person.account]);
}

const isAdministrator = (ctx: Context) => isAllowed(administration, ctx.actor, { action: 'administer', thing: null });

export type SpaceInput = {
  readonly name: string;
  readonly description?: string;
  /** Org unit that owns it; null: the authority. */
  readonly owner?: number | null;
  /** Bytes; null: no limit of its own. */
  readonly quota?: number | null;
};

/** A name a space can have, whether or not another one has it. Throws `invalid`. */
export function checkSpaceName(text: string): string {
  const name = checkName(text.trim());
  ensure(name.length <= limits.spaceNameCharacters, 'invalid', 'files.spaceNameLong', { limit: limits.spaceNameCharacters });
  return name;
}

function checkQuota(quota: number | null): number | null {
  ensure(quota === null || (Number.isSafeInteger(quota) && quota >= 0), 'invalid', 'files.quotaInvalid');
  return quota;
}

async function checkSpaceInput(input: SpaceInput): Promise<Required<SpaceInput>> {
  const { name, quota } = await checkAll({
    name: () => checkSpaceName(input.name),
    quota: () => checkQuota(input.quota ?? null),
  });
  return { name, description: (input.description ?? '').slice(0, 1_000), owner: input.owner ?? null, quota };
}

/** Makes a space of the authority or a unit, with its first members. Tenant administrators only. */
export async function createSpace(ctx: Context, input: SpaceInput, members: readonly Member[] = []): Promise<Space> {
  authorizeAdministration(ctx.actor, 'administer', null);
  const { name, description, owner, quota } = await checkSpaceInput(input);
  const now = ctx.platform.clock.now().getTime();
  const { tenant } = ctx.actor;
  const affected = await affectedBy(
    ctx,
    members.map(({ principal }) => principal),
  );
  const space = await ctx.platform.db.write(tenant, async (tx) => {
    const made = await store.insertSpace(tx, tenant, {
      kind: 'shared',
      owner,
      name,
      nameKey: nameKey(name),
      description,
      quota,
      now,
    });
    if (!made) throw new Failure('conflict', 'files.spaceNameTaken', { field: 'name', name });
    for (const { principal } of members) ensure(await hold(tx, tenant, principal), 'notFound', 'files.principalUnknown');
    for (const [index, member] of members.entries()) {
      await store.putMember(tx, tenant, made.id, checkMember(member));
      await tellRole(tx, ctx, made, { accounts: affected[index]?.accounts ?? [], role: member.role });
    }
    await audit(tx, ctx, [
      { action: 'files.createSpace', thing: `space:${made.id}`, details: { kind: 'shared', members: [...members] } },
    ]);
    return made;
  });
  tellMembers(ctx, space.id);
  return space;
}

function checkMember(member: Member): Member {
  ensure(spaceRoles.includes(member.role), 'invalid', 'files.roleUnknown', { role: String(member.role) });
  ensure(Number.isSafeInteger(member.principal) && member.principal > 0, 'invalid', 'files.principalUnknown');
  return member;
}

/** A shared space that the person may manage: its managers, and the tenant's administrators. Throws `notFound`. */
export async function manageable(ctx: Context, id: number): Promise<Space> {
  const { tenant } = ctx.actor;
  const sql = ctx.platform.db.read(tenant);
  const space = await store.readSpace(sql, tenant, id);
  ensure(space?.kind === 'shared', 'notFound', 'platform.notFound');
  if (!isAdministrator(ctx)) authorize(ctx.actor, 'manage', await locate(ctx, space.root));
  return space;
}

/** Changes name, description, owner and quota. Only administrators change owner and quota. */
export async function updateSpace(ctx: Context, id: number, input: SpaceInput): Promise<void> {
  const space = await manageable(ctx, id);
  const wanted = await checkSpaceInput({ quota: space.quota, owner: space.owner, ...input });
  const isOnlyForAdministrators = wanted.quota !== space.quota || wanted.owner !== space.owner;
  if (isOnlyForAdministrators) authorizeAdministration(ctx.actor, 'administer', null);
  const { tenant } = ctx.actor;
  await ctx.platform.db.write(tenant, async (tx) => {
    const isDone = await store.updateSpace(tx, tenant, id, { ...wanted, nameKey: nameKey(wanted.name) });
    ensure(isDone, 'conflict', 'files.spaceNameTaken', { field: 'name', name: wanted.name });
    await audit(tx, ctx, [{ action: 'files.updateSpace', thing: `space:${id}`, details: { quota: wanted.quota } }]);
  });
}

/** Sets the quota of any space, personal ones included. Tenant administrators only. */
export async function setQuota(ctx: Context, id: number, quota: number | null): Promise<void> {
  authorizeAdministration(ctx.actor, 'administer', null);
  checkQuota(quota);
  const { tenant } = ctx.actor;
  await ctx.platform.db.write(tenant, async (tx) => {
    ensure(await store.updateQuota(tx, tenant, id, quota), 'notFound', 'platform.notFound');
    await audit(tx, ctx, [{ action: 'files.setQuota', thing: `space:${id}`, details: { quota } }]);
  });
}

export async function listMembers(ctx: Context, id: number): Promise<Member[]> {
  const { tenant } = ctx.actor;
  const sql = ctx.platform.db.read(tenant);
  if (!isAdministrator(ctx)) authorize(ctx.actor, 'see', await locate(ctx, (await store.readSpace(sql, tenant, id))?.root ?? 0));
  return store.readMembers(sql, tenant, id);
}

/** Gives somebody (an account, a group, an org unit) a role in a space, or another one. Throws `notFound` when there is no such principal. */
export async function setMember(ctx: Context, id: number, member: Member): Promise<void> {
  const space = await manageable(ctx, id);
  checkMember(member);
  const { tenant } = ctx.actor;
  const [affected] = await affectedBy(ctx, [member.principal]);
  await ctx.platform.db.write(tenant, async (tx) => {
    const members = await holdMembers(tx, tenant, id);
    // Held, not only looked at: a group that is removed in this very moment takes its roles with it afterwards.
    ensure(await hold(tx, tenant, member.principal), 'notFound', 'files.principalUnknown');
    const others = members.filter((each) => each.principal !== member.principal);
    ensure(others.length < limits.members, 'conflict', 'files.tooManyMembers', { limit: limits.members });
    ensureManaged(members, [...others, member]);
    await store.putMember(tx, tenant, id, member);
    const isNew = !members.some(({ principal, role }) => principal === member.principal && role === member.role);
    if (isNew) await tellRole(tx, ctx, space, { accounts: affected?.accounts ?? [], role: member.role });
    await audit(tx, ctx, [{ action: 'files.setMember', thing: `space:${id}`, details: { ...member } }]);
  });
  tellMembers(ctx, id);
}

/** Takes somebody's role in a space away. */
export async function removeMember(ctx: Context, id: number, principal: number): Promise<void> {
  const space = await manageable(ctx, id);
  const { tenant } = ctx.actor;
  const [affected] = await affectedBy(ctx, [principal]);
  await ctx.platform.db.write(tenant, async (tx) => {
    const members = await holdMembers(tx, tenant, id);
    ensureManaged(
      members,
      members.filter((each) => each.principal !== principal),
    );
    ensure(await store.deleteMember(tx, tenant, id, principal), 'notFound', 'platform.notFound');
    await tellRole(tx, ctx, space, { accounts: affected?.accounts ?? [], role: null });
    await audit(tx, ctx, [{ action: 'files.removeMember', thing: `space:${id}`, details: { principal } }]);
  });
  tellMembers(ctx, id);
}

/** Whoever is connected looks anew which spaces they have; no accounts: everybody of the tenant. */
function tellMembers(ctx: Context, space: number, ids: readonly number[] = []): void {
  ctx.platform.signals.send({ topic: membersChanged, tenant: ctx.actor.tenant, about: space, ids });
}

async function holdMembers(tx: Parameters<typeof store.lockSpaces>[0], tenant: number, id: number): Promise<Member[]> {
  await store.lockSpaces(tx, tenant, [id]);
  return store.readMembers(tx, tenant, id);
}

/** A space that has a manager keeps one: whoever takes the last one out names another one first. */
function ensureManaged(before: readonly Member[], after: readonly Member[]): void {
  const hasManager = (members: readonly Member[]) => members.some(({ role }) => role === 'manager');
  ensure(!hasManager(before) || hasManager(after), 'conflict', 'files.lastManager');
}

/** Hides a shared space from its members; its content is purged when the trash's time is over. Administrators only. */
export async function removeSpace(ctx: Context, id: number): Promise<void> {
  authorizeAdministration(ctx.actor, 'administer', null);
  await setRemoved(ctx, id, ctx.platform.clock.now());
}

/** Brings a removed space back, members and all. Administrators only. */
export async function restoreSpace(ctx: Context, id: number): Promise<void> {
  authorizeAdministration(ctx.actor, 'administer', null);
  await setRemoved(ctx, id, null);
}

async function setRemoved(ctx: Context, id: number, at: Date | null): Promise<void> {
  const { tenant } = ctx.actor;
  await ctx.platform.db.write(tenant, async (tx) => {
    const outcome = await store.setRemoved(tx, tenant, id, at);
    ensure(outcome !== 'absent', 'notFound', 'platform.notFound');
    ensure(outcome !== 'nameTaken', 'conflict', 'files.spaceNameTaken', { name: '' });
    await audit(tx, ctx, [{ action: at ? 'files.removeSpace' : 'files.restoreSpace', thing: `space:${id}` }]);
  });
  tellMembers(ctx, id);
}

/** The shared spaces of the tenant, without content. Administrators only. */
export async function listSpaces(ctx: Context, cursor: string | null = null, asked?: number): Promise<Page<Space>> {
  authorizeAdministration(ctx.actor, 'administer', null);
  const limit = pageLimit(asked);
  const [name, id] = readCursor(cursor, 2) ?? [];
  const after = name === undefined ? null : { name: String(name), id: Number.isSafeInteger(id) ? Number(id) : 0 };
  const sql = ctx.platform.db.read(ctx.actor.tenant);
  const rows = await store.readSharedSpaces(sql, ctx.actor.tenant, { after, limit: limit + 1 });
  return toPage(rows, limit, (last) => [last.name, last.id]);
}

/** Bytes used by the tenant and its quota; for administrators. */
export async function readTenantUsage(ctx: Context): Promise<{ used: number; quota: number | null }> {
  authorizeAdministration(ctx.actor, 'administer', null);
  const { quota } = await policyOf(ctx.platform, ctx.actor.tenant);
  return { used: await store.readUsage(ctx.platform.db.read(ctx.actor.tenant), ctx.actor.tenant), quota };
}

/** Bytes that still fit into a space, within its own quota and the tenant's; null: no limit. */
export async function readRoom(ctx: Context, space: Pick<Space, 'used' | 'quota'>): Promise<number | null> {
  const { quota } = await policyOf(ctx.platform, ctx.actor.tenant);
  const used = quota === null ? 0 : await store.readUsage(ctx.platform.db.read(ctx.actor.tenant), ctx.actor.tenant);
  return freeBytes([space, { used, quota }]);
}
