import type { Context } from '#platform/context';
import { readCookie } from '#platform/http';
import { isLinkToken } from './rules-citizen.ts';
import { identityLimits } from './rules-identity.ts';

/** What a browser knows of a sign-in with the state identity: the secret that binds it to this browser, and where it leads back to. */
export type IdentityCookie = { readonly secret: string; readonly onward: string };

const isSecure = ({ platform }: Pick<Context, 'platform'>) => platform.config.url.startsWith('https:');
const nameOf = (ctx: Pick<Context, 'platform'>) => (isSecure(ctx) ? '__Host-identitaet' : 'identitaet');

const written = (ctx: Pick<Context, 'platform'>, value: string, seconds: number) =>
  `${nameOf(ctx)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${isSecure(ctx) ? '; Secure' : ''}`;

/**
 * The value of `Set-Cookie`. The way back stands in the cookie and not with us: it may hold the link to a draft, of which we keep a
 * hash only. `Lax` is enough, because the page that reads it is reached by a redirect, and the address the answer is posted to reads
 * no cookie at all.
 */
export function identityCookie(ctx: Pick<Context, 'platform'>, { secret, onward }: IdentityCookie): string {
  const way = Buffer.from(onward.length > identityLimits.onwardLength ? '/' : onward).toString('base64url');
  return written(ctx, `${secret}.${way}`, identityLimits.requestSeconds);
}

/** Takes the cookie away. */
export const clearedIdentityCookie = (ctx: Pick<Context, 'platform'>): string => written(ctx, '', 0);

/** What came with a request; null without it. The page still has to check that `onward` is a path of ours. */
export function readIdentityCookie(ctx: Pick<Context, 'platform'>, header: string | null): IdentityCookie | null {
  const [secret = '', way = ''] = (readCookie(header ?? undefined, nameOf(ctx)) ?? '').split('.');
  return isLinkToken(secret) ? { secret, onward: Buffer.from(way, 'base64url').toString() } : null;
}
