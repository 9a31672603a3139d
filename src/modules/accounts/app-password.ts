import { randomBytes } from 'node:crypto';
import { audit } from '#platform/audit';
import type { Context } from '#platform/context';
import { sha256 } from '#platform/crypto';
import type { Tx } from '#platform/db';
import { ensure } from '#platform/errors';
import { emit } from '#platform/events';
import { oneLine } from '#platform/text';
import { credentialsRevoked } from './events.ts';
import { activeHome, authorize, type PersonRef, person, tenantIn, thingOf } from './gate.ts';
import { limits } from './rules.ts';
import { appPasswordLetters, joinAppPassword } from './rules-token.ts';
import { lockAccount } from './store/account.ts';
import { type AppPassword, deleteAppPassword, insertAppPassword, readAppPasswords } from './store/session.ts';

export type NewAppPassword = {
  readonly id: number;
  /** To be shown once; only its hash is stored. */
  readonly secret: string;
};

/** Makes an app password for oneself. Throws `forbidden` when the tenant does not allow them, `conflict` when there are too many. */
export async function createAppPassword(ctx: Context, { name }: { name: string }): Promise<NewAppPassword> {
  const { tenant, account } = person(ctx);
  return make(ctx, { tenant, account, name });
}

/** Makes an app password for somebody, for whoever runs the machine. Throws as {@link createAppPassword}, `notFound`. */
export async function createAppPasswordFor(ctx: Context, ref: PersonRef, name: string): Promise<NewAppPassword> {
  const tenant = tenantIn(ctx, ref);
  authorize(ctx.actor, 'house', { tenant });
  return make(ctx, { tenant, account: ref.account, name });
}

async function make(ctx: Context, input: NewSecret): Promise<NewAppPassword> {
  return ctx.platform.db.write(input.tenant, (tx) => putAppPassword(tx, ctx, input));
}

type NewSecret = { readonly tenant: number; readonly account: number; readonly name: string };

/** The step of {@link createAppPassword} inside a larger change; the caller has decided who may have one. */
export async function putAppPassword(tx: Tx, ctx: Context, { tenant, account, name: given }: NewSecret): Promise<NewAppPassword> {
  const name = oneLine(given, 'name');
  const { policies } = await activeHome(ctx, tenant);
  ensure(policies.appPasswords, 'forbidden', 'accounts.appPasswordsOff');
  const secret = joinAppPassword(tenant, randomBytes(appPasswordLetters));
  const owner = await lockAccount(tx, tenant, account);
  ensure(owner, 'notFound', 'platform.notFound');
  ensure(owner.state === 'active', 'conflict', `accounts.stays.${owner.state}`);
  const { length } = await readAppPasswords(tx, tenant, account);
  const most = limits.appPasswordsPerAccount;
  ensure(length < most, 'conflict', 'accounts.tooManyAppPasswords', { limit: most });
  const at = ctx.platform.clock.now();
  const id = await insertAppPassword(tx, tenant, { account, name, secretHash: sha256(secret), at });
  await audit(tx, ctx, [
    { action: 'accounts.createAppPassword', thing: `appPassword:${id}`, details: { name, of: thingOf(account) } },
  ]);
  return { id, secret };
}

/** One's own app passwords, the newest first; never their secrets. */
export async function listAppPasswords(ctx: Context): Promise<AppPassword[]> {
  const { tenant, account } = person(ctx);
  return readAppPasswords(ctx.platform.db.read(tenant), tenant, account);
}

/**
 * Ends one of one's own app passwords: its client is without access within a second. Throws `notFound`, also while its device is
 * still to be wiped (without the app password it would never hear of it).
 */
export async function revokeAppPassword(ctx: Context, id: number): Promise<void> {
  const { tenant, account } = person(ctx);
  await ctx.platform.db.write(tenant, async (tx) => {
    ensure(await deleteAppPassword(tx, tenant, { account, id }), 'notFound', 'platform.notFound');
    await emit(tx, ctx, credentialsRevoked, { tenant, account });
    await audit(tx, ctx, [{ action: 'accounts.revokeAppPassword', thing: `appPassword:${id}` }]);
  });
}
