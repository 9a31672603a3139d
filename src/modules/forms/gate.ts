import { joinToken, tenantOfToken } from '#modules/accounts';
import { provider } from '#modules/tenants';
import { authorizer } from '#platform/authorize';
import type { Context } from '#platform/context';
import { randomToken, sha256 } from '#platform/crypto';
import { Failure } from '#platform/errors';
import { formsPermissions } from './rules-status.ts';

export const authorize = authorizer(formsPermissions);

/** The tenant that keeps the catalogue of forms for the whole state. */
export const stateTenant = provider;

/** What the link of an applicant opens: a draft of this tenant, found by the hash of the token. */
export type Opener = { readonly tenant: number; readonly hash: Buffer };

/** Makes the secret of a draft: 256 bits, behind the number of its tenant (docs/decisions/0001). */
export function makeToken(tenant: number): { token: string; hash: Buffer } {
  const token = joinToken(tenant, randomToken());
  return { token, hash: sha256(token) };
}

/** Reads an applicant's token. Throws `notFound`, alike for what is no token and for one nobody has. */
export function readToken(token: string): Opener {
  const tenant = tenantOfToken(token);
  if (tenant === null) throw new Failure('notFound', 'forms.linkUnknown');
  return { tenant, hash: sha256(token) };
}

/**
 * The same request, at work in the tenant whose draft it is about. Whoever holds the link is nobody there: a citizen's account
 * belongs to the state's tenant, and its number would be another person's here.
 */
export function within(ctx: Context, tenant: number): Context {
  return { ...ctx, actor: { kind: 'nobody', tenant } };
}
