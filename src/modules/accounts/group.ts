import { audit } from '#platform/audit';
import type { Context } from '#platform/context';
import type { Tx } from '#platform/db';
import { ensure, Failure } from '#platform/errors';
import { emit } from '#platform/events';
import { type Page, pageLimit, readCursor, toPage } from '#platform/page';
import { oneLine } from '#platform/text';
import { groupsChanged, principalRemoved } from './events.ts';
import { authorize, patternOf, tenantIn } from './gate.ts';
import { hold } from './hold.ts';
import { limits } from './rules.ts';
import { readAccount } from './store/account.ts';
import {
  countGroups,
  deleteGroup,
  deleteMember,
  type Group,
  insertGroup,
  insertMember,
  readGroup,
  readGroups,
  readMembers,
  renameGroup as rename,
} from './store/group.ts';

const thingOf = (group: number) => `group:${group}`;

/** Names a group: in the actor's own tenant unless another one is named. */
export type GroupRef = { readonly group: number; readonly tenant?: number };

export type GroupQuery = {
  readonly tenant?: number;
  readonly search?: string;
  readonly cursor?: string | null;
  readonly limit?: number;
};

/** The groups of a tenant with their number of members, ordered by name, page by page. */
export async function listGroups(ctx: Context, query: GroupQuery = {}): Promise<Page<Group>> {
  const tenant = tenantIn(ctx, query);
  authorize(ctx.actor, 'arrange', { tenant });
  const limit = pageLimit(query.limit);
  const cursor = readCursor(query.cursor, 2);
  const rows = await readGroups(ctx.platform.db.read(tenant), tenant, {
    pattern: patternOf(query.search),
    after: cursor && { name: String(cursor[0]), id: Number(cursor[1]) },
    limit: limit + 1,
  });
  return toPage(rows, limit, (last) => [last.name, last.id]);
}

/** One group with its number of members. Throws `notFound`. */
export async function getGroup(ctx: Context, ref: GroupRef): Promise<Group> {
  const tenant = tenantIn(ctx, ref);
  authorize(ctx.actor, 'arrange', { tenant });
  const found = await readGroup(ctx.platform.db.read(tenant), tenant, ref.group);
  ensure(found, 'notFound', 'platform.notFound');
  return found;
}

async function arrange<T>(ctx: Context, tenant: number, work: (tx: Tx) => Promise<T>): Promise<T> {
  authorize(ctx.actor, 'arrange', { tenant });
  return ctx.platform.db.write(tenant, work);
}

/** Makes an empty group; resolves with its id. Throws `invalid`, `conflict` when the name is taken. */
export async function createGroup(ctx: Context, input: { readonly tenant?: number; readonly name: string }): Promise<number> {
  const tenant = tenantIn(ctx, input);
  const name = oneLine(input.name, 'name');
  return arrange(ctx, tenant, async (tx) => {
    const isRoom = (await countGroups(tx, tenant)) < limits.groupsPerTenant;
    ensure(isRoom, 'conflict', 'accounts.tooManyGroups', { limit: limits.groupsPerTenant });
    const group = await insertGroup(tx, tenant, name);
    if (group === null) throw new Failure('conflict', 'accounts.groupTaken', { field: 'name', name });
    await audit(tx, ctx, [{ action: 'accounts.createGroup', thing: thingOf(group), details: { name } }]);
    return group;
  });
}

/** Gives a group another name. Throws `notFound`, `conflict` when the name is taken. */
export async function renameGroup(ctx: Context, ref: GroupRef, text: string): Promise<void> {
  const tenant = tenantIn(ctx, ref);
  const name = oneLine(text, 'name');
  await arrange(ctx, tenant, async (tx) => {
    const done = await rename(tx, tenant, { id: ref.group, name });
    ensure(done !== null, 'conflict', 'accounts.groupTaken', { field: 'name', name });
    ensure(done, 'notFound', 'platform.notFound');
    await audit(tx, ctx, [{ action: 'accounts.renameGroup', thing: thingOf(ref.group), details: { name } }]);
  });
}

/** Removes a group; its members keep their accounts and lose what they could do through it. Throws `notFound`. */
export async function removeGroup(ctx: Context, ref: GroupRef): Promise<void> {
  const tenant = tenantIn(ctx, ref);
  await arrange(ctx, tenant, async (tx) => {
    const accounts = await readMembers(tx, tenant, ref.group);
    const group = await readGroup(tx, tenant, ref.group);
    ensure(group && (await deleteGroup(tx, tenant, ref.group)), 'notFound', 'platform.notFound');
    await emit(tx, ctx, groupsChanged, { tenant, accounts });
    await emit(tx, ctx, principalRemoved, { tenant, principal: ref.group, by: actingIn(ctx) });
    const details = { name: group.name, members: accounts.length };
    await audit(tx, ctx, [{ action: 'accounts.removeGroup', thing: thingOf(ref.group), details }]);
  });
}

/** The person who acts; null for the house itself. */
export const actingIn = ({ actor }: Context) => (actor.kind === 'account' ? actor.account : null);

export type MemberRef = GroupRef & { readonly account: number };

/** Puts a person into a group; twice is once. Throws `notFound` when one of the two is not there. */
export async function addMember(ctx: Context, ref: MemberRef): Promise<void> {
  const tenant = tenantIn(ctx, ref);
  await arrange(ctx, tenant, async (tx) => {
    // Held, not only looked at: the group may be removed in this very moment, and then the answer is that it is gone.
    const isThere = (await hold(tx, tenant, ref.group)) === 'group' && (await readAccount(tx, tenant, ref.account));
    ensure(isThere, 'notFound', 'platform.notFound');
    if (await insertMember(tx, tenant, ref)) await tell(tx, ctx, { ...ref, tenant, action: 'accounts.addMember' });
  });
}

type Joining = { readonly tenant: number; readonly account: number; readonly groups: readonly number[] };

/** Puts a newcomer into groups, in the transaction that makes the account. Throws `invalid` when one of them is not there. */
export async function joinGroups(tx: Tx, ctx: Context, { tenant, account, groups }: Joining): Promise<void> {
  if (groups.length === 0) return;
  authorize(ctx.actor, 'arrange', { tenant });
  ensure(groups.length <= limits.groupsAtOnce, 'invalid', 'accounts.tooManyGroups', { limit: limits.groupsAtOnce });
  // In one order, so that two who do so at the same moment do not wait for each other.
  for (const group of [...new Set(groups)].sort((a, b) => a - b)) {
    ensure((await hold(tx, tenant, group)) === 'group', 'invalid', 'accounts.groupGone', { field: 'groups' });
    await insertMember(tx, tenant, { account, group });
    await tell(tx, ctx, { tenant, account, group, action: 'accounts.addMember' });
  }
}

/** Takes a person out of a group; twice is once. */
export async function removeMember(ctx: Context, ref: MemberRef): Promise<void> {
  const tenant = tenantIn(ctx, ref);
  await arrange(ctx, tenant, async (tx) => {
    if (await deleteMember(tx, tenant, ref)) await tell(tx, ctx, { ...ref, tenant, action: 'accounts.removeMember' });
  });
}

type Change = { readonly tenant: number; readonly account: number; readonly group: number; readonly action: string };

async function tell(tx: Tx, ctx: Context, { tenant, account, group, action }: Change): Promise<void> {
  await emit(tx, ctx, groupsChanged, { tenant, accounts: [account] });
  await audit(tx, ctx, [{ action, thing: thingOf(group), details: { account } }]);
}
