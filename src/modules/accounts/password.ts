import { audit } from '#platform/audit';
import { checkAll } from '#platform/checks';
import type { Context } from '#platform/context';
import { hashPassword, isPassword, longestPassword } from '#platform/crypto';
import type { Tx } from '#platform/db';
import { ensure } from '#platform/errors';
import { emit } from '#platform/events';
import { queueMail } from '#platform/mail';
import { clearThrottle, takeAttempt } from '#platform/throttle';
import { credentialsRevoked } from './events.ts';
import { home, inNameOf, person, thingOf } from './gate.ts';
import { consume, findLink } from './link.ts';
import { writeMail } from './mail-texts.ts';
import { checkEdge, throttles } from './rules.ts';
import { checkPassword, checkPasswordLength } from './rules-password.ts';
import { type Account, lockAccount, readAccount, updateAccount } from './store/account.ts';
import { deleteAppPasswords, deleteSessions } from './store/session.ts';

/** A password as somebody chose it. */
export type ChosenPassword = {
  readonly password: string;
  /** The same once more, where it was asked for: nobody sees what they type. */
  readonly repeat?: string | undefined;
};

/** Checks a new password against the tenant's policy and what is known of its owner, then hashes it. Throws `invalid`. */
export async function makePassword(
  ctx: Context,
  { password, repeat = password }: ChosenPassword,
  owner: Pick<Account, 'tenant' | 'address' | 'name' | 'handle'>,
): Promise<string> {
  const { policies } = await home(ctx, owner.tenant);
  const personal = [owner.address, owner.name, owner.handle];
  await checkAll({
    password: () => checkPassword(password, { least: policies.passwordLength, most: longestPassword, personal }),
    repeat: () => ensure(repeat === password, 'invalid', 'accounts.passwordsDiffer'),
  });
  return hashPassword(password);
}

/** Hashes a password that whoever runs the machine chose: only its length is checked. Throws `invalid`. */
export async function trustedPassword(ctx: Context, tenant: number, password: string): Promise<string> {
  const { policies } = await home(ctx, tenant);
  checkPasswordLength(password, { least: policies.passwordLength, most: longestPassword });
  return hashPassword(password);
}

/** Tells the owner by mail: a change they did not make must not stay unnoticed. */
async function tellOwner(tx: Tx, ctx: Context, owner: Account): Promise<void> {
  const { name: tenant } = await home(ctx, owner.tenant);
  const facts = { to: owner.address, name: owner.name, tenant, link: '', until: null };
  await queueMail(tx, ctx, writeMail('passwordChanged', owner.locale, facts));
}

/** Throws `invalid` when this is not the owner's password, `tooMany` after too many attempts. */
async function proveOwner(ctx: Context, owner: Account, current: string): Promise<void> {
  const subject = `password of ${owner.id}`;
  await takeAttempt(ctx, throttles.signInPair, subject);
  const isRight = await isPassword(current, owner.passwordHash);
  ensure(isRight, 'invalid', 'accounts.passwordWrong');
  await clearThrottle(ctx, throttles.signInPair, subject);
}

export type PasswordChange = { readonly current: string; readonly next: string; readonly repeat?: string | undefined };

/**
 * Changes one's own password and ends all other browser sessions. App passwords stay, each can be revoked by itself.
 * Throws `invalid` (`accounts.passwordWrong` for the current one), `tooMany`.
 */
export async function changePassword(ctx: Context, { current, next, repeat }: PasswordChange): Promise<void> {
  const { tenant, account, credential } = person(ctx);
  const owner = await readAccount(ctx.platform.db.read(tenant), tenant, account);
  ensure(owner, 'notFound', 'platform.notFound');
  const { passwordHash } = await checkAll({
    current: () => proveOwner(ctx, owner, current),
    passwordHash: () => makePassword(ctx, { password: next, repeat }, owner),
  });
  await ctx.platform.db.write(tenant, async (tx) => {
    const now = await lockAccount(tx, tenant, account);
    // Somebody else who knew the password was faster: the one who proved less recently must not win.
    ensure(now?.passwordHash === owner.passwordHash, 'conflict', 'accounts.passwordChangedMeanwhile');
    await updateAccount(tx, now, { passwordHash });
    await deleteSessions(tx, tenant, { account, except: credential });
    await emit(tx, ctx, credentialsRevoked, { tenant, account });
    await tellOwner(tx, ctx, now);
    await audit(tx, ctx, [{ action: 'accounts.changePassword', thing: thingOf(account) }]);
  });
}

export type AcceptInput = ChosenPassword & { readonly token: string };

/** Chooses the first password with the link of an invitation; from then on the person can sign in. Throws as `findLink`, `invalid`. */
export async function acceptInvitation(ctx: Context, input: AcceptInput): Promise<{ address: string }> {
  const found = await findLink(ctx, input.token, 'invitation');
  const { tenant, account } = found;
  ensure(account, 'notFound', 'accounts.linkUnknown');
  const passwordHash = await makePassword(ctx, input, account);
  await ctx.platform.db.write(tenant, async (tx) => {
    const now = await lockAccount(tx, tenant, account.id);
    ensure(now, 'notFound', 'accounts.linkUnknown');
    checkEdge(now.state, 'active');
    ensure(now.state === 'invited', 'conflict', 'accounts.stays.disabled');
    await consume(tx, ctx, found);
    await updateAccount(tx, now, { state: 'active', passwordHash });
    await audit(tx, inNameOf(ctx, now), [{ action: 'accounts.accept', thing: thingOf(now.id) }]);
  });
  return { address: account.address };
}

export type ResetInput = AcceptInput & {
  /** Ends the access of sync clients and network drives as well: for whoever fears that somebody else got in. */
  readonly revokeAppPasswords?: boolean;
};

/** Chooses a new password with the link of a reset and ends all browser sessions. Throws as `findLink`, `invalid`. */
export async function resetPassword(ctx: Context, input: ResetInput): Promise<{ address: string }> {
  const { token, revokeAppPasswords = false } = input;
  const found = await findLink(ctx, token, 'reset');
  const { tenant, account } = found;
  ensure(account, 'notFound', 'accounts.linkUnknown');
  const passwordHash = await makePassword(ctx, input, account);
  await ctx.platform.db.write(tenant, async (tx) => {
    const now = await lockAccount(tx, tenant, account.id);
    ensure(now?.state === 'active', 'conflict', 'accounts.stays.disabled');
    await consume(tx, ctx, found);
    await updateAccount(tx, now, { passwordHash });
    await deleteSessions(tx, tenant, { account: now.id, except: 0 });
    await emit(tx, ctx, credentialsRevoked, { tenant, account: now.id });
    if (revokeAppPasswords) await deleteAppPasswords(tx, tenant, now.id);
    await tellOwner(tx, ctx, now);
    const details = { revokeAppPasswords };
    await audit(tx, inNameOf(ctx, now), [{ action: 'accounts.resetPassword', thing: thingOf(now.id), details }]);
  });
  return { address: account.address };
}
