import { profile, provider } from '#modules/tenants';
import { audit } from '#platform/audit';
import { checkAll } from '#platform/checks';
import type { Context, Role } from '#platform/context';
import type { Tx } from '#platform/db';
import { ensure, Failure } from '#platform/errors';
import { emit } from '#platform/events';
import { enqueue, type Job } from '#platform/jobs';
import { queueMail } from '#platform/mail';
import { oneLine } from '#platform/text';
import { networkOf, takeAttempt } from '#platform/throttle';
import { accountDisabled, accountEnabled, groupsChanged } from './events.ts';
import { authorize, home, isSelf, type PersonRef, person, tenantIn, thingOf } from './gate.ts';
import { mailLinks } from './link.ts';
import { writeMail } from './mail-texts.ts';
import { checkAddress, checkEdge, checkLocale, checkRoles, limits, neverNobody, throttles } from './rules.ts';
import {
  type Account,
  findLogin,
  type Holder,
  lockAccount,
  lockHolders,
  lockNames,
  readAccount,
  takenAddresses,
  updateAccount,
} from './store/account.ts';
import { deleteSessions } from './store/session.ts';
import { lockUnits, readUnits } from './store/unit.ts';
import { unitLimit } from './unit.ts';

type Target = { readonly tx: Tx; readonly tenant: number; readonly now: Account; readonly holders: readonly Holder[] };

/** Checks that the actor may manage the person, holds the person's row, and runs the change in one transaction. */
async function manage<T>(ctx: Context, ref: PersonRef, change: (target: Target) => Promise<T>): Promise<T> {
  const tenant = tenantIn(ctx, ref);
  authorize(ctx.actor, 'manage', { tenant });
  return ctx.platform.db.write(tenant, async (tx) => {
    // Holders first and in one order: two administrators who disable each other at the same moment must not both succeed.
    const holders = await lockHolders(tx, tenant);
    const now = await lockAccount(tx, tenant, ref.account);
    if (!now) throw new Failure('notFound', 'platform.notFound');
    authorize(ctx.actor, 'manage', { tenant, account: now.id, roles: now.roles });
    return change({ tx, tenant, now, holders });
  });
}

/** Refuses to take a role from its last active holder. Throws `conflict`. */
function keepOneHolder({ now, holders }: Target, after: readonly Role[]): void {
  if (now.state !== 'active') return;
  const lost = neverNobody.filter((role) => now.roles.includes(role) && !after.includes(role));
  const orphan = lost.find((role) => !holders.some(({ id, roles }) => id !== now.id && roles.includes(role)));
  if (orphan) throw new Failure('conflict', `accounts.last.${orphan}`);
}

/** Gives and takes roles. Throws `forbidden` for roles the actor may not give, `conflict` for the last one who has it. */
export async function setRoles(ctx: Context, ref: PersonRef, given: readonly string[]): Promise<void> {
  await manage(ctx, ref, async (target) => {
    const { tx, tenant, now } = target;
    const roles = checkRoles(given, { isProvider: tenant === provider });
    authorize(ctx.actor, 'manage', { tenant, account: now.id, roles });
    keepOneHolder(target, roles);
    await updateAccount(tx, now, { roles });
    await audit(tx, ctx, [{ action: 'accounts.setRoles', thing: thingOf(now.id), details: { from: now.roles, to: roles } }]);
  });
}

/**
 * Ends a person's access everywhere within a second; what they have stays. Throws `conflict` for the last administrator, and for
 * oneself: whoever is out cannot take it back.
 */
export async function disable(ctx: Context, ref: PersonRef, reason = ''): Promise<void> {
  await manage(ctx, ref, async (target) => {
    const { tx, tenant, now } = target;
    checkEdge(now.state, 'disabled');
    keepOneHolder(target, []);
    ensure(!isSelf(ctx, { tenant, account: now.id }), 'conflict', 'accounts.disableSelf');
    await updateAccount(tx, now, { state: 'disabled' });
    await deleteSessions(tx, tenant, { account: now.id, except: 0 });
    await emit(tx, ctx, accountDisabled, { tenant, account: now.id });
    const details = reason.trim() === '' ? {} : { reason: oneLine(reason, 'reason') };
    await audit(tx, ctx, [{ action: 'accounts.disable', thing: thingOf(now.id), details }]);
  });
}

/** Gives a disabled person their access back, with the password and the app passwords they had. */
export async function enable(ctx: Context, ref: PersonRef): Promise<void> {
  await manage(ctx, ref, async ({ tx, tenant, now }) => {
    const state = now.passwordHash === null ? 'invited' : 'active';
    checkEdge(now.state, state);
    await updateAccount(tx, now, { state });
    await emit(tx, ctx, accountEnabled, { tenant, account: now.id });
    await audit(tx, ctx, [{ action: 'accounts.enable', thing: thingOf(now.id), details: { state } }]);
  });
}

export type PersonChange = { readonly name?: string; readonly address?: string };

/** Corrects a person's name or address; the handle stays. A new address is told to the old one. Throws `conflict` when it is taken. */
export async function updatePerson(ctx: Context, ref: PersonRef, change: PersonChange): Promise<void> {
  await manage(ctx, ref, async ({ tx, tenant, now }) => {
    const { name, address } = await checkAll({
      name: () => (change.name === undefined ? now.name : oneLine(change.name, 'name')),
      address: () => (change.address === undefined ? now.address : freeAddress(tx, now, change.address)),
    });
    if (address !== now.address) await tellOldAddress(tx, ctx, now);
    await updateAccount(tx, now, { name, address });
    const details = { nameChanged: name !== now.name, addressChanged: address !== now.address };
    await audit(tx, ctx, [{ action: 'accounts.updatePerson', thing: `account:${now.id}`, details: { ...details, tenant } }]);
  });
}

/** The address, which nobody else has. Throws `invalid`, `conflict`. */
async function freeAddress(tx: Tx, now: Account, text: string): Promise<string> {
  const address = checkAddress(text);
  if (address === now.address) return address;
  await lockNames(tx);
  const taken = await takenAddresses(tx, [address]);
  ensure(taken.size === 0, 'conflict', 'accounts.addressTaken', { field: 'address', address });
  return address;
}

async function tellOldAddress(tx: Tx, ctx: Context, now: Account): Promise<void> {
  const { name: tenant } = await home(ctx, now.tenant);
  const facts = { to: now.address, name: now.name, tenant, link: '', until: null };
  await queueMail(tx, ctx, writeMail('addressChanged', now.locale, facts));
}

/** Moves a person to another unit of their tenant, or to none. Throws `invalid` when there is no such unit. */
export async function moveToUnit(ctx: Context, ref: PersonRef, unit: number | null): Promise<void> {
  await manage(ctx, ref, async ({ tx, tenant, now }) => {
    await lockUnits(tx, tenant); // the unit must not be removed between the look and the move
    const units = await readUnits(tx, tenant, unitLimit);
    const isThere = unit === null || units.some(({ id }) => id === unit);
    ensure(isThere, 'invalid', 'accounts.unitUnknown', { field: 'unit', unit: unit ?? 0 });
    if (unit === now.unit) return;
    await updateAccount(tx, now, { unit });
    await emit(tx, ctx, groupsChanged, { tenant, accounts: [now.id] });
    await audit(tx, ctx, [{ action: 'accounts.moveToUnit', thing: thingOf(now.id), details: { from: now.unit, to: unit } }]);
  });
}

/** Sends a person a fresh link: an invitation to whoever has not accepted one yet, otherwise one for a new password. */
export async function sendLink(ctx: Context, ref: PersonRef): Promise<'invitation' | 'reset'> {
  return manage(ctx, ref, async ({ tx, tenant, now }) => {
    ensure(now.state !== 'disabled', 'conflict', 'accounts.stays.disabled');
    const purpose = now.state === 'invited' ? 'invitation' : 'reset';
    await mailLinks(tx, ctx, { tenant, purpose, people: [now] });
    await audit(tx, ctx, [{ action: 'accounts.sendLink', thing: thingOf(now.id), details: { purpose } }]);
    return purpose;
  });
}

/** Changes one's own name and language. */
export async function updateProfile(ctx: Context, change: { readonly name?: string; readonly locale?: string }): Promise<void> {
  const { tenant, account } = person(ctx);
  await ctx.platform.db.write(tenant, async (tx) => {
    const now = await lockAccount(tx, tenant, account);
    if (!now) throw new Failure('notFound', 'platform.notFound');
    const { name, locale } = await checkAll({
      name: () => (change.name === undefined ? now.name : oneLine(change.name, 'name')),
      locale: () => (change.locale === undefined ? now.locale : checkLocale(change.locale)),
    });
    await updateAccount(tx, now, { name, locale });
    const details = { nameChanged: name !== now.name, locale };
    await audit(tx, ctx, [{ action: 'accounts.updateProfile', thing: thingOf(account), details }]);
  });
}

/**
 * Asks for a link to choose a new password. Always answers alike and takes alike: whether there is such an account, only its
 * mailbox learns. Throws `tooMany`.
 */
export async function requestReset(ctx: Context, given: string): Promise<void> {
  const login = given.trim().toLowerCase().slice(0, limits.address);
  await takeAttempt(ctx, throttles.resetNetwork, networkOf(ctx.network));
  await takeAttempt(ctx, throttles.resetAddress, login);
  const found = (await findLogin(ctx.platform.db.instance, login)) ?? { tenant: provider, account: 0 };
  await ctx.platform.db.write(found.tenant, (tx) => enqueue(tx, sendReset, { account: found.account }));
}

/** Does what a request for a reset asked for, out of sight of whoever asked. */
export const sendReset: Job<{ account: number }> = {
  name: 'accounts.sendReset',
  run: async (ctx, { account }) => {
    const { tenant } = ctx.actor;
    const owner = await readAccount(ctx.platform.db.read(tenant), tenant, account);
    const home = await profile(ctx.platform, tenant);
    if (!owner || owner.state === 'disabled' || home?.state !== 'active') return;
    // Whoever has lost their invitation asks for a new password too.
    const purpose = owner.state === 'invited' ? 'invitation' : 'reset';
    await ctx.platform.db.write(tenant, async (tx) => {
      await mailLinks(tx, ctx, { tenant, purpose, people: [owner] });
      await audit(tx, ctx, [{ action: 'accounts.sendReset', thing: thingOf(account), details: { purpose } }]);
    });
  },
};
