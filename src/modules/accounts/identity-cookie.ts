import type { Context } from '#platform/context';
import { readCookie } from '#platform/http';
import { isLinkToken } from './rules-citizen.ts';
import { identityLimits } from './rules-identity.ts';

/** What a browser knows of a sign-in with the state identity: the secret that binds it to this browser, and where it leads back to. */
export type IdentityCookie = { readonly secret: string; readonly onward: string };

const isSecure = ({ platform }: Pick<Context, 'platform'>) => platform.config.url.startsWith('https:');
const names = { begun: 'identitaet', answered: 'identitaet-antwort' } as const;
type Kind = keyof typeof names;

const nameOf = (ctx: Pick<Context, 'platform'>, kind: Kind) => `${isSecure(ctx) ? '__Host-' : ''}${names[kind]}`;

type Written = { readonly value: string; readonly seconds: number };

const written = (ctx: Pick<Context, 'platform'>, kind: Kind, { value, seconds }: Written) =>
  `${nameOf(ctx, kind)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${isSecure(ctx) ? '; Secure' : ''}`;

/**
 * The value of `Set-Cookie`. The way back stands in the cookie and not with us: it may hold the link to a draft, of which we keep a
 * hash only. `Lax` is enough, because the page that reads it is reached by a redirect, and the address the answer is posted to reads
 * no cookie at all.
 */
export function identityCookie(ctx: Pick<Context, 'platform'>, { secret, onward }: IdentityCookie): string {
  const way = Buffer.from(onward.length > identityLimits.onwardLength ? '/' : onward).toString('base64url');
  return written(ctx, 'begun', { value: `${secret}.${way}`, seconds: identityLimits.requestSeconds });
}

/**
 * The value of `Set-Cookie` for the browser that brought an answer. A browser takes it although the answer was posted by another site,
 * because the whole window comes to us.
 */
export const answerCookie = (ctx: Pick<Context, 'platform'>, secret: string): string =>
  written(ctx, 'answered', { value: secret, seconds: identityLimits.answerSeconds });

/** Headers that take both cookies away. */
export function clearedIdentityCookies(ctx: Pick<Context, 'platform'>): Headers {
  const headers = new Headers();
  for (const kind of ['begun', 'answered'] as const) headers.append('Set-Cookie', written(ctx, kind, { value: '', seconds: 0 }));
  return headers;
}

/** The secret of the browser that brought an answer; null without it. */
export function readAnswerCookie(ctx: Pick<Context, 'platform'>, header: string | null): string | null {
  const secret = readCookie(header ?? undefined, nameOf(ctx, 'answered')) ?? '';
  return isLinkToken(secret) ? secret : null;
}

/** What came with a request; null without it. The page still has to check that `onward` is a path of ours. */
export function readIdentityCookie(ctx: Pick<Context, 'platform'>, header: string | null): IdentityCookie | null {
  const [secret = '', way = ''] = (readCookie(header ?? undefined, nameOf(ctx, 'begun')) ?? '').split('.');
  return isLinkToken(secret) ? { secret, onward: Buffer.from(way, 'base64url').toString() } : null;
}
