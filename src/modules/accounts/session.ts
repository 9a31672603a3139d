import { provider } from '#modules/tenants';
import { audit } from '#platform/audit';
import type { Context } from '#platform/context';
import { isPassword, randomToken, sha256 } from '#platform/crypto';
import { ensure, Failure } from '#platform/errors';
import { emit } from '#platform/events';
import { clearThrottle, giveBackAttempt, networkOf, takeAttempt } from '#platform/throttle';
import type { Locale } from '#platform/words';
import { credentialsRevoked, newDeviceUsed } from './events.ts';
import { activeHome, authorize, inNameOf, type PersonRef, person, tenantIn, thingOf } from './gate.ts';
import { limits, throttles } from './rules.ts';
import { describeDevice } from './rules-device.ts';
import { joinToken } from './rules-token.ts';
import { type Account, findLogin, lockAccount, noteDevice, noteSignIn, readAccount } from './store/account.ts';
import {
  deleteAppPassword,
  deleteSession,
  deleteSessions,
  insertSession,
  readSessions,
  type Session,
  trimSessions,
} from './store/session.ts';

export type SignInInput = {
  /** Address or handle, in any case. */
  readonly address: string;
  readonly password: string;
  /** What the browser says it is. */
  readonly userAgent?: string | undefined;
};

export type SignedIn = {
  /** The session's secret for the cookie; only its hash is stored. */
  readonly token: string;
  readonly tenant: number;
  readonly account: number;
  readonly locale: Locale;
  /** Longest life of the session, for the cookie. */
  readonly seconds: number;
};

/**
 * Signs somebody in. Answers alike and takes alike whether the address, the password or the account's state is the reason
 * (`unauthenticated`, `accounts.signInRefused`). Throws `tooMany` with the honest wait; `forbidden` when the password was right
 * but the tenant is suspended.
 */
export async function signIn(ctx: Context, { address, password, userAgent }: SignInInput): Promise<SignedIn> {
  const login = address.trim().toLowerCase().slice(0, limits.address);
  const network = networkOf(ctx.network);
  const pair = `${login} ${network}`;
  // The network first: one that has to wait must not go on filling the table with addresses it makes up.
  await takeAttempt(ctx, throttles.signInNetwork, network);
  await takeAttempt(ctx, throttles.signInAddress, login);
  await takeAttempt(ctx, throttles.signInPair, pair);
  const account = await prove(ctx, login, password);
  if (!account) {
    ctx.platform.metrics.count('sign_in_total', { outcome: 'refused' });
    ctx.platform.log.warn({ request: ctx.request, network: ctx.network }, 'sign-in refused');
    throw new Failure('unauthenticated', 'accounts.signInRefused');
  }
  await clearThrottle(ctx, throttles.signInPair, pair);
  await giveBackAttempt(ctx, throttles.signInAddress, login);
  await giveBackAttempt(ctx, throttles.signInNetwork, network);
  const signedIn = await openSession(ctx, account, userAgent);
  ctx.platform.metrics.count('sign_in_total', { outcome: 'done' });
  return signedIn;
}

/** The active account if the password is right. The same statements and the same hash for an address that nobody has. */
async function prove(ctx: Context, login: string, password: string): Promise<Account | null> {
  const found = (await findLogin(ctx.platform.db.instance, login)) ?? { tenant: provider, account: 0 };
  const account = await readAccount(ctx.platform.db.read(found.tenant), found.tenant, found.account);
  const hash = account?.state === 'active' ? account.passwordHash : null;
  return (await isPassword(password, hash)) ? account : null;
}

async function openSession(
  ctx: Context,
  { tenant, id, passwordHash }: Account,
  userAgent: string | undefined,
): Promise<SignedIn> {
  const { policies } = await activeHome(ctx, tenant);
  const token = joinToken(tenant, randomToken());
  const at = ctx.platform.clock.now();
  const device = describeDevice(userAgent);
  const locale = await ctx.platform.db.write(tenant, async (tx) => {
    const now = await lockAccount(tx, tenant, id);
    // Disabled, or given another password, while we were hashing.
    const isStill = now?.state === 'active' && now.passwordHash === passwordHash;
    ensure(isStill, 'unauthenticated', 'accounts.signInRefused');
    const session = await insertSession(tx, tenant, { account: id, tokenHash: sha256(token), device, network: ctx.network, at });
    await trimSessions(tx, tenant, { account: id, most: limits.sessionsPerAccount });
    await noteSignIn(tx, now, at);
    if (await noteDevice(tx, tenant, { account: id, device, at }))
      await emit(tx, ctx, newDeviceUsed, { tenant, account: id, session, device, network: ctx.network });
    await audit(tx, inNameOf(ctx, now), [
      { action: 'accounts.signIn', thing: `session:${session}`, details: { network: ctx.network } },
    ]);
    return now.locale;
  });
  return { token, tenant, account: id, locale, seconds: policies.sessionLongestSeconds };
}

/** Ends what this request was made with: the browser's session, or the app password of a client that is removed. */
export async function signOut(ctx: Context): Promise<void> {
  const { actor } = ctx;
  if (actor.kind !== 'account') return;
  const { tenant, account, credential: id, via } = actor;
  await ctx.platform.db.write(tenant, async (tx) => {
    if (via === 'session') await deleteSession(tx, tenant, { account, id });
    else await deleteAppPassword(tx, tenant, { account, id });
    await audit(tx, ctx, [{ action: 'accounts.signOut', thing: `${via}:${id}` }]);
  });
}

/** One's own sessions, the last used first. `isThis`: the one that asks. */
export async function listSessions(ctx: Context): Promise<(Session & { readonly isThis: boolean })[]> {
  const { tenant, account, credential } = person(ctx);
  const sessions = await readSessions(ctx.platform.db.read(tenant), tenant, { account, limit: limits.sessionsPerAccount });
  return sessions.map((session) => ({ ...session, isThis: session.id === credential }));
}

/** Ends one of one's own sessions. Throws `notFound`. */
export async function revokeSession(ctx: Context, id: number): Promise<void> {
  const { tenant, account } = person(ctx);
  await ctx.platform.db.write(tenant, async (tx) => {
    ensure(await deleteSession(tx, tenant, { account, id }), 'notFound', 'platform.notFound');
    await emit(tx, ctx, credentialsRevoked, { tenant, account });
    await audit(tx, ctx, [{ action: 'accounts.revokeSession', thing: `session:${id}` }]);
  });
}

/** Ends all of one's own sessions but the one that asks; resolves with how many that were. */
export async function revokeOtherSessions(ctx: Context): Promise<number> {
  const { tenant, account, credential } = person(ctx);
  return ctx.platform.db.write(tenant, async (tx) => {
    const count = await deleteSessions(tx, tenant, { account, except: credential });
    await emit(tx, ctx, credentialsRevoked, { tenant, account });
    await audit(tx, ctx, [{ action: 'accounts.revokeOtherSessions', thing: thingOf(account), details: { count } }]);
    return count;
  });
}

/** Ends all sessions of somebody else, for administrators: after a lost laptop. Resolves with how many that were. */
export async function endSessions(ctx: Context, ref: PersonRef): Promise<number> {
  const tenant = tenantIn(ctx, ref);
  authorize(ctx.actor, 'manage', { tenant });
  return ctx.platform.db.write(tenant, async (tx) => {
    const target = await lockAccount(tx, tenant, ref.account);
    ensure(target, 'notFound', 'platform.notFound');
    authorize(ctx.actor, 'manage', { tenant, account: target.id, roles: target.roles });
    const count = await deleteSessions(tx, tenant, { account: target.id, except: 0 });
    await emit(tx, ctx, credentialsRevoked, { tenant, account: target.id });
    await audit(tx, ctx, [{ action: 'accounts.endSessions', thing: thingOf(target.id), details: { count } }]);
    return count;
  });
}
