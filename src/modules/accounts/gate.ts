import { profile, provider, type TenantProfile } from '#modules/tenants';
import { authorizer } from '#platform/authorize';
import type { AccountActor, Context } from '#platform/context';
import { ensure, Failure } from '#platform/errors';
import { peoplePermissions } from './rules.ts';
import type { Account } from './store/account.ts';

/** The one gate of this room. */
export const authorize = authorizer(peoplePermissions);

/** Names a person: in the actor's own tenant unless another one is named. */
export type PersonRef = { readonly account: number; readonly tenant?: number };

/** The tenant something is to be done in. */
export const tenantIn = (ctx: Context, { tenant }: { readonly tenant?: number }): number => tenant ?? ctx.actor.tenant;

/** Whether it is themselves somebody names. */
export const isSelf = ({ actor }: Context, ref: { readonly tenant: number; readonly account: number }): boolean =>
  actor.kind === 'account' && actor.account === ref.account && actor.tenant === ref.tenant;

/**
 * The person at the browser, for what belongs to them alone. An app password is for files: with one that was stolen nobody
 * can make another one, see the sessions or change the password.
 */
export function person(ctx: Context): AccountActor {
  const { actor } = ctx;
  if (actor.kind !== 'account') throw new Failure('unauthenticated', 'platform.signInFirst');
  authorize(actor, 'own', { tenant: actor.tenant, account: actor.account });
  ensure(actor.via === 'session', 'forbidden', 'accounts.browserOnly');
  return actor;
}

/** The tenant's profile. Throws `notFound`. */
export async function home(ctx: Context, tenant: number): Promise<TenantProfile> {
  const found = await profile(ctx.platform, tenant);
  ensure(found, 'notFound', 'platform.notFound');
  return found;
}

/** Refuses people whose tenant is suspended. Throws `forbidden`. */
export async function activeHome(ctx: Context, tenant: number): Promise<TenantProfile> {
  const found = await home(ctx, tenant);
  ensure(found.state === 'active', 'forbidden', 'platform.tenantSuspended');
  return found;
}

/** The context of somebody who has just proved who they are, so that the audit trail names them and not "nobody". */
export function inNameOf(ctx: Context, account: Account): Context {
  const { id, tenant, handle, name, address, roles } = account;
  const actor: AccountActor = {
    kind: 'account',
    tenant,
    account: id,
    principals: [id],
    roles,
    handle,
    name,
    address,
    via: 'session',
    credential: 0,
  };
  return { ...ctx, actor };
}

/** The context of the house itself, for what nobody is asked for. */
export const asHouse = (ctx: Context, job: string): Context => ({ ...ctx, actor: { kind: 'system', tenant: provider, job } });

/** As the audit trail names an account. */
export const thingOf = (account: number) => `account:${account}`;

/** A word somebody searches for, as a pattern for `like` in which nothing else is special. */
export const patternOf = (search: string | undefined) =>
  `%${(search ?? '')
    .trim()
    .slice(0, 100)
    .replaceAll(/[\\%_]/g, '\\$&')}%`;
