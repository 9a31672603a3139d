import { administratorsOf, getPerson, hold, type Person, peopleBehind, principalRemoved } from '#modules/accounts';
import { profile } from '#modules/tenants';
import { audit } from '#platform/audit';
import type { Context } from '#platform/context';
import type { Tx } from '#platform/db';
import { ensure, Failure } from '#platform/errors';
import { type Handler, on } from '#platform/events';
import { queueMails } from '#platform/mail';
import { oneLine } from '#platform/text';
import { authorizeAdministration } from './access.ts';
import { membersChanged } from './events.ts';
import { writeHandOver } from './leaving-mail.ts';
import type { Space } from './node.ts';
import { limits, nameKey, numberedName, spaceNameFor } from './rules.ts';
import { manageable } from './space.ts';
import * as store from './store/leaving.ts';
import { deleteMember, lockSpaces, putMember, readMembers, readPersonalSpace } from './store/spaces.ts';
import { tellHandOver } from './tell.ts';

/** What stays when somebody leaves: the files of a person, the spaces of a group or unit that is no more. */

/** Names that are tried for a space that was handed over. */
const mostNames = 100;

export type HandOver = {
  /** Whose files; the account must be disabled, so that nobody works in them at that moment. */
  readonly account: number;
  /** Who gets them: somebody active in the same tenant. */
  readonly to: number;
  /** For the audit trail, and told to both. */
  readonly reason: string;
};

/**
 * Hands the own files of somebody who left over to a colleague: the personal space becomes a shared one, at once and whatever
 * its size, with versions, comments, trash and ids as they were; the colleague manages it. Should the person come back, they
 * begin with an empty space. Both are told by mail, the colleague by a notice too. Tenant administrators only; they see nothing of the content.
 * Throws `conflict` when the person is not disabled, or the colleague not active or the administrator who does it, `notFound` when there is nothing.
 */
export async function handOver(ctx: Context, { account, to, reason: given }: HandOver): Promise<Space> {
  authorizeAdministration(ctx.actor, 'administer', null);
  const reason = oneLine(given, 'reason', { most: 500 });
  const { tenant } = ctx.actor;
  const [leaver, heir] = await Promise.all([getPerson(ctx, { account }), getPerson(ctx, { account: to })]);
  ensure(leaver.state === 'disabled', 'conflict', 'files.handOverActive', { name: leaver.name });
  ensure(heir.state === 'active', 'conflict', 'files.handOverTo', { name: heir.name });
  // Administrators read only what is shared with them: two of them are needed for one of them to inherit.
  ensure(ctx.actor.kind !== 'account' || ctx.actor.account !== to, 'conflict', 'files.handOverSelf');
  const space = await ctx.platform.db.write(tenant, async (tx) => {
    const own = await readPersonalSpace(tx, tenant, account);
    ensure(own, 'notFound', 'files.handOverNothing', { name: leaver.name });
    await lockSpaces(tx, tenant, [own.id]);
    const shared = { ...own, kind: 'shared' as const, owner: null, name: await shareAs(tx, ctx, own, leaver.name) };
    await putMember(tx, tenant, own.id, { principal: to, role: 'manager' });
    await tellBoth(tx, ctx, { leaver, heir, space: shared, reason });
    await audit(tx, ctx, [
      { action: 'files.handOver', thing: `space:${own.id}`, details: { from: account, to, reason, bytes: own.used } },
    ]);
    return shared;
  });
  ctx.platform.signals.send({ topic: membersChanged, tenant, about: space.id, ids: [] });
  return space;
}

/** What a hand-over would hand over, counted and not looked into. */
export type HandOverView = store.Contents & {
  /** Bytes, versions and trash included. */
  readonly used: number;
  /** The name the space gets, unless another one has it by then. */
  readonly spaceName: string;
};

/** What there is to hand over of a person's own files; null when they have none. Administrators only. Throws `notFound`. */
export async function viewHandOver(ctx: Context, account: number): Promise<HandOverView | null> {
  authorizeAdministration(ctx.actor, 'administer', null);
  const { name } = await getPerson(ctx, { account });
  const { tenant } = ctx.actor;
  const sql = ctx.platform.db.read(tenant);
  const own = await readPersonalSpace(sql, tenant, account);
  return own && { ...(await store.countContents(sql, tenant, own)), used: own.used, spaceName: spaceNameFor(name) };
}

/** Gives the space the first free name; resolves with it. */
async function shareAs(tx: Tx, ctx: Context, own: Space, person: string): Promise<string> {
  const wanted = spaceNameFor(person);
  for (let number = 1; number <= mostNames; number += 1) {
    const name = number === 1 ? wanted : numberedName(wanted, number);
    if (await store.shareSpace(tx, ctx.actor.tenant, own.id, { name, nameKey: nameKey(name) })) return name;
  }
  throw new Failure('conflict', 'files.spaceNameTaken', { name: wanted });
}

type Told = { readonly leaver: Person; readonly heir: Person; readonly space: Space; readonly reason: string };

/** Both by mail; the heir, who can still sign in, in the house too. */
async function tellBoth(tx: Tx, ctx: Context, { leaver, heir, space, reason }: Told): Promise<void> {
  const { platform, actor } = ctx;
  const tenant = (await profile(platform, actor.tenant))?.name ?? '';
  const facts = { leaver: leaver.name, heir: heir.name, space: space.name, reason, tenant, link: platform.config.url };
  await queueMails(tx, ctx, [writeHandOver('heir', heir, facts), writeHandOver('leaver', leaver, facts)]);
  await tellHandOver(tx, ctx, { leaver: leaver.name, heir: heir.id, space });
}

/** Whether somebody with an active account manages a space; managers may have left, and groups be empty. */
export async function isLed(ctx: Context, id: number): Promise<boolean> {
  await manageable(ctx, id);
  const { tenant } = ctx.actor;
  const members = await readMembers(ctx.platform.db.read(tenant), tenant, id);
  for (const { principal, role } of members)
    if (role === 'manager' && (await peopleBehind(ctx, principal)).length > 0) return true;
  return false;
}

/**
 * A group or unit is gone: so are its roles in spaces. A space that it alone managed is not left without anybody: the
 * administrator who removed it manages it from then on (or all of them), and can hand that on.
 */
export const whenPrincipalRemoved: Handler = on(principalRemoved, 'files.dropPrincipal', async (ctx, { principal, by }) => {
  const { tenant } = ctx.actor;
  for (;;) {
    const spaces = await store.readSpacesOf(ctx.platform.db.read(tenant), tenant, principal, limits.members);
    for (const space of spaces) {
      await ctx.platform.db.write(tenant, (tx) => dropMember(tx, ctx, { space, principal, by }));
      ctx.platform.signals.send({ topic: membersChanged, tenant, about: space, ids: [] });
    }
    if (spaces.length < limits.members) return;
  }
});

type Drop = { readonly space: number; readonly principal: number; readonly by: number | null };

async function dropMember(tx: Tx, ctx: Context, { space, principal, by }: Drop): Promise<void> {
  const { tenant } = ctx.actor;
  await lockSpaces(tx, tenant, [space]);
  if (!(await deleteMember(tx, tenant, space, principal))) return; // handled before
  const isManaged = (await readMembers(tx, tenant, space)).some(({ role }) => role === 'manager');
  const heirs = isManaged ? [] : by !== null && (await hold(tx, tenant, by)) ? [by] : await administratorsOf(tx, tenant);
  for (const heir of heirs) await putMember(tx, tenant, space, { principal: heir, role: 'manager' });
  const thing = `space:${space}`;
  await audit(tx, ctx, [
    { action: 'files.removeMember', thing, details: { principal, reason: 'principal removed' } },
    ...heirs.map((heir) => ({ action: 'files.setMember', thing, details: { principal: heir, role: 'manager' } })),
  ]);
}
