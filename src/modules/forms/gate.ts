import { joinToken, tenantOfToken } from '#modules/accounts';
import { provider } from '#modules/tenants';
import { authorizer } from '#platform/authorize';
import type { AccountActor, Actor, Context } from '#platform/context';
import { hmac, randomToken, sha256 } from '#platform/crypto';
import { Failure } from '#platform/errors';
import { formsPermissions } from './rules-status.ts';

export const authorize = authorizer(formsPermissions);

/** The tenant that keeps the catalogue of forms for the whole state. */
export const stateTenant = provider;

/**
 * What opens a draft of this tenant: the hash of a link's token; or its number, for the citizen in whose account it is, or for the
 * clerk who fills it in at the counter.
 */
export type Opener = {
  readonly tenant: number;
  readonly hash: Buffer | null;
  readonly draft: number | null;
  readonly citizen: number | null;
  readonly clerk: number | null;
};

/** Stands in addresses where no secret has to: whoever uses it must be signed in. */
const ownKey = /^(konto|schalter)-([1-9]\d{0,8})\.([1-9]\d{0,14})$/;

/** The key of a draft in somebody's account. */
export const accountKey = (tenant: number, draft: number): string => `konto-${tenant}.${draft}`;

/** The key of a draft for the clerk at the counter. */
export const counterKey = (tenant: number, draft: number): string => `schalter-${tenant}.${draft}`;

/** The tenant a key is about; null when it is none. */
export function tenantOfKey(key: string): number | null {
  const [, , tenant] = ownKey.exec(key) ?? [];
  return tenant ? Number(tenant) : tenantOfToken(key);
}

/** Makes the secret of a draft: 256 bits, behind the number of its tenant (docs/decisions/0001). */
export function makeToken(tenant: number): { token: string; hash: Buffer } {
  const token = joinToken(tenant, randomToken());
  return { token, hash: sha256(token) };
}

/** The link to something a clerk has filled in: made anew for each paper from the house's own key, and kept nowhere. */
export function counterToken({ platform }: Pick<Context, 'platform'>, tenant: number, draft: number): string {
  return joinToken(tenant, hmac(platform.keys.derive('forms.counter'), `${tenant} ${draft}`).toString('base64url'));
}

/** The tenant a key is about. Throws `notFound`, alike for what is no key and for one nobody has. */
export function tenantFor(key: string): number {
  const tenant = tenantOfKey(key);
  if (tenant === null) throw new Failure('notFound', 'forms.linkUnknown');
  return tenant;
}

const isClerkOf = (actor: Actor, tenant: number): actor is AccountActor =>
  actor.kind === 'account' && actor.tenant === tenant && actor.roles.includes('counter');

/** Reads an applicant's key. Throws `notFound` as {@link tenantFor}, `unauthenticated` where somebody has to be signed in. */
export function readKey({ actor }: Pick<Context, 'actor'>, key: string): Opener {
  const tenant = tenantFor(key);
  const [, whose, , draft] = ownKey.exec(key) ?? [];
  if (!whose) return { tenant, hash: sha256(key), draft: null, citizen: null, clerk: null };
  if (actor.kind === 'nobody') throw new Failure('unauthenticated', 'platform.signInFirst');
  const citizen = whose === 'konto' && actor.kind === 'citizen' ? actor.citizen : null;
  const clerk = whose === 'schalter' && isClerkOf(actor, tenant) ? actor.account : null;
  return { tenant, hash: null, draft: Number(draft), citizen, clerk };
}

/**
 * The same request, at work in the tenant whose draft it is about. Whoever holds the link is nobody there: a citizen's account
 * belongs to the state's tenant, and its number would be another person's here.
 */
export function within(ctx: Context, tenant: number): Context {
  return { ...ctx, actor: { kind: 'nobody', tenant } };
}

/** Like {@link within}; but the clerk who fills something in at the counter is named. */
export function onRecord(ctx: Context, { tenant, clerk }: { readonly tenant: number; readonly clerk: number | null }): Context {
  const { actor } = ctx;
  const isClerk = actor.kind === 'account' && actor.tenant === tenant && actor.account === clerk;
  return isClerk ? ctx : within(ctx, tenant);
}

/** Who did it, as the history names them: the applicant, or the clerk at the counter. */
export function whoActs(ctx: Context, draft: Parameters<typeof onRecord>[1]): string {
  const { actor } = onRecord(ctx, draft);
  return actor.kind === 'account' ? actor.name : 'applicant';
}
