import { randomBytes } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { hmac, isSameSecret, sha256 } from './crypto.ts';
import { Failure } from './errors.ts';
import type { Keys } from './keys.ts';

/** Content security policy of every answer that is not a page of ours: what a user stored must never run in our origin. */
const lockedPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox";

/** Headers of every answer. `isSecure`: people reach us by https. */
export function securityHeaders(isSecure: boolean): readonly (readonly [string, string])[] {
  return [
    ['Content-Security-Policy', lockedPolicy],
    ['X-Content-Type-Options', 'nosniff'],
    ['X-Frame-Options', 'DENY'],
    ['Referrer-Policy', 'same-origin'],
    ['Cross-Origin-Opener-Policy', 'same-origin'],
    ['Cross-Origin-Resource-Policy', 'same-origin'],
    ['X-Robots-Tag', 'noindex, nofollow'],
    ...(isSecure ? [['Strict-Transport-Security', 'max-age=31536000; includeSubDomains'] as const] : []),
  ];
}

/** Schemes of apps to which the answer to a form may lead; browsers hold the policy's `form-action` against that, too. */
export type AppScheme = 'nc:';

/** What a page asks for beyond what every page may. */
export type PageWishes = {
  /** The app in which its form ends. */
  readonly formsLeadTo?: AppScheme | undefined;
  /** Other sites may show it in a frame. Only for pages that know nobody and change nothing: nothing can be had by hiding them. */
  readonly isFramed?: boolean | undefined;
};

/** The policy of a page: its own scripts by nonce, its own styles and pictures, no one else's anything. */
export function pagePolicy(nonce: string | null, { formsLeadTo, isFramed }: PageWishes = {}): string {
  const script = nonce === null ? "script-src 'none'" : `script-src 'nonce-${nonce}' 'strict-dynamic'`;
  const style = nonce === null ? "style-src 'self'" : `style-src 'self' 'nonce-${nonce}'`;
  return [
    "default-src 'none'",
    script,
    style,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    formsLeadTo ? `form-action 'self' ${formsLeadTo}` : "form-action 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    isFramed ? 'frame-ancestors *' : "frame-ancestors 'none'",
  ].join('; ');
}

export function makeNonce(): string {
  return randomBytes(18).toString('base64url');
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS', 'PROPFIND', 'REPORT', 'SEARCH']);

/**
 * Refuses a changing request that another site made a browser send. Browsers tell where a request comes from
 * (`Sec-Fetch-Site`, `Origin`); one that tells neither is refused as well, since our pages always send both or one.
 */
export function checkSameSite(request: FastifyRequest): void {
  if (safeMethods.has(request.method)) return;
  const site = request.headers['sec-fetch-site'];
  const { origin } = request.headers;
  const isSameOrigin = origin !== undefined && URL.canParse(origin) && new URL(origin).host === request.host;
  const isFromHere = site === 'same-origin' && (origin === undefined || isSameOrigin);
  if (isFromHere || (site === undefined && isSameOrigin)) return;
  throw new Failure('forbidden', 'platform.crossSite');
}

/** The token a form of this session must carry, as its first field `_csrf` or as header `x-csrf-token`. */
export function csrfToken(keys: Keys, sessionToken: string): string {
  return hmac(keys.derive('csrf'), sha256(sessionToken)).toString('base64url');
}

/** Refuses a form that does not carry its session's token. */
export function checkCsrf(keys: Keys, sessionToken: string, given: string | undefined): void {
  const expected = Buffer.from(csrfToken(keys, sessionToken));
  if (!isSameSecret(expected, Buffer.from(given ?? ''))) throw new Failure('forbidden', 'platform.crossSite');
}

/** What proxies add to a request. */
const forwarded = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'];

/** Whether a proxy passed a request on, as far as it says so. Only ever a reason to be more careful: anybody can send these headers. */
export function isProxied(headers: FastifyRequest['headers']): boolean {
  return forwarded.some((name) => headers[name] !== undefined);
}
