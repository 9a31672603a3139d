import { randomBytes } from 'node:crypto';
import { provider } from '#modules/tenants';
import { audit } from '#platform/audit';
import type { Context, Platform } from '#platform/context';
import { hmac, isSameSecret, randomToken, sha256 } from '#platform/crypto';
import { ensure, Failure } from '#platform/errors';
import type { Job } from '#platform/jobs';
import { networkOf, type ThrottleRule, takeAttempt } from '#platform/throttle';
import { citizenIn } from './citizen-session.ts';
import { type Answer, type Identity, metadataOf, openAnswer, requestAddress, requestIn } from './identity-saml.ts';
import { isLinkToken } from './rules-citizen.ts';
import {
  factsOf,
  type IdentityAttribute,
  type IdentityLevel,
  type IdentityPurpose,
  type IdentityRefusal,
  identityLimits,
  reaches,
} from './rules-identity.ts';
import { AnswerRefused } from './rules-saml.ts';
import {
  answerRequest,
  claimRequest,
  deleteOldRequests,
  type IdentityAnswer,
  type IdentityRequest,
  insertRequest,
  readRequest,
  readRequestOfBrowser,
} from './store/identity.ts';

const portal = provider;

/** A household, a library, a town hall behind one address: many; a robot: more. */
const beginning: ThrottleRule = {
  name: 'accounts.identity',
  free: 60,
  windowSeconds: 600,
  firstWaitSeconds: 30,
  longestWaitSeconds: 3_600,
};
const answering: ThrottleRule = { ...beginning, name: 'accounts.identityAnswer' };

/** The state identity of this instance. Throws `notFound` when there is none. */
function identityOf({ config }: Platform): Identity {
  ensure(config.identity, 'notFound', 'accounts.identityOff');
  return config.identity;
}

/** What people call the state identity; null: there is none. */
export const identityName = ({ platform }: Pick<Context, 'platform'>): string | null => platform.config.identity?.name ?? null;

export type BeginIdentity = {
  readonly purpose: IdentityPurpose;
  /** The lowest that suffices. */
  readonly level: IdentityLevel;
  /** What may be taken over about the person; nothing else is kept of the answer. */
  readonly attributes?: readonly IdentityAttribute[];
};

const inName = (ctx: Context): Context =>
  ctx.actor.kind === 'citizen' ? ctx : { ...ctx, actor: { kind: 'nobody', tenant: portal } };

/**
 * Begins a sign-in with the state identity. Resolves with the secret that binds it to this browser and that is kept nowhere else.
 * Throws `notFound` when there is no state identity, `unauthenticated` for a link without an account, `tooMany`.
 */
export async function beginIdentity(ctx: Context, { purpose, level, attributes = [] }: BeginIdentity): Promise<string> {
  identityOf(ctx.platform);
  const citizen = purpose === 'link' ? citizenIn(ctx).citizen : null;
  await takeAttempt(ctx, beginning, networkOf(ctx.network));
  const secret = randomToken();
  // An XML name must not begin with a digit (SAML 2.0 Core, 1.3.4).
  const row = { id: `_${randomBytes(20).toString('hex')}`, browserHash: sha256(secret), begunAt: ctx.platform.clock.now() };
  await ctx.platform.db.write(portal, (tx) => insertRequest(tx, portal, { ...row, purpose, level, attributes, citizen }));
  return secret;
}

/** The relay state of a request: whoever posts an answer has to know it, and nothing of it is stored. */
const relayOf = ({ keys }: Platform, request: string): string =>
  hmac(keys.derive('accounts.identityRelay'), request).toString('base64url');

/** How a sign-in stands that was begun in this browser. */
export type IdentityView = Pick<IdentityRequest, 'purpose' | 'level' | 'attributes'> & {
  readonly name: string;
  readonly state:
    | { readonly kind: 'begun'; readonly address: string }
    | { readonly kind: 'refused'; readonly reason: IdentityRefusal }
    | { readonly kind: 'confirmed' }
    | { readonly kind: 'used' };
};

/** The request that was begun with a browser's secret; null: none, or it is gone. */
export async function requestOfBrowser(ctx: Context, secret: string): Promise<IdentityRequest | null> {
  if (!isLinkToken(secret)) return null;
  return readRequestOfBrowser(ctx.platform.db.read(portal), portal, sha256(secret));
}

const begunAfter = ({ clock }: Platform) => new Date(clock.now().getTime() - identityLimits.requestSeconds * 1_000);
const answeredAfter = ({ clock }: Platform) => new Date(clock.now().getTime() - identityLimits.answerSeconds * 1_000);

/** A confirmed answer that can still be picked up. */
export const isFresh = (platform: Platform, { answeredAt, refusal, reached, isClaimed }: IdentityRequest): boolean =>
  answeredAt !== null && refusal === null && reached !== null && isClaimed && answeredAt > answeredAfter(platform);

async function stateOf({ platform }: Context, identity: Identity, row: IdentityRequest): Promise<IdentityView['state']> {
  if (row.refusal !== null) return { kind: 'refused', reason: row.refusal };
  if (row.usedFor !== null) return { kind: 'used' };
  if (isFresh(platform, row)) return { kind: 'confirmed' };
  if (row.answeredAt !== null && !row.isClaimed) return { kind: 'refused', reason: 'otherBrowser' };
  if (row.answeredAt !== null || row.begunAt <= begunAfter(platform)) return { kind: 'refused', reason: 'late' };
  const { id, level, attributes } = row;
  const address = await requestAddress(platform, identity, { id, level, attributes, relayState: relayOf(platform, id) });
  return { kind: 'begun', address };
}

/** How the sign-in of this browser stands, with the way to the state identity while it is not answered; null: none was begun. */
export async function viewIdentity(ctx: Context, secret: string): Promise<IdentityView | null> {
  const identity = identityOf(ctx.platform);
  const row = await requestOfBrowser(ctx, secret);
  if (!row) return null;
  const { purpose, level, attributes } = row;
  return { name: identity.name, purpose, level, attributes, state: await stateOf(ctx, identity, row) };
}

/** Our metadata, for the state identity. Public. Throws `notFound` when there is none. */
export async function identityMetadata({ platform }: Context): Promise<string> {
  return metadataOf(platform, identityOf(platform));
}

/** What comes in with the browser from the state identity. */
export type Posted = { readonly answer: string; readonly relayState: string };

/** What became of an answer: why it was not taken, or the secret of the browser that brought it, which is kept nowhere else. */
export type Received = { readonly refusal: IdentityRefusal } | { readonly refusal: null; readonly secret: string };

/**
 * Takes an answer of the state identity, from whichever browser: it serves nobody until the browser that began shows that the answer
 * came with it, by {@link claimIdentity}. What is not right in every respect changes nothing. A right one is taken once, on whatever
 * process it arrives. Throws `notFound` when there is no state identity, `tooMany`.
 */
export async function receiveIdentity(ctx: Context, posted: Posted): Promise<Received> {
  const identity = identityOf(ctx.platform);
  await takeAttempt(ctx, answering, networkOf(ctx.network));
  const secret = randomToken();
  const refusal = await judge(ctx, identity, { ...posted, secret });
  ctx.platform.metrics.count('identity_answers_total', { outcome: refusal ?? 'confirmed' });
  return refusal === null ? { refusal, secret } : { refusal };
}

/** The two secrets of a browser that comes back: that it began, and that the answer came with it. */
export type IdentityClaim = { readonly secret: string; readonly answer: string };

/**
 * A browser shows that it began and that the answer came with it. Without this, whoever begins a sign-in and gets somebody else to
 * finish it would be signed in as them. Two secrets that do not belong together change nothing; twice is once.
 */
export async function claimIdentity({ platform }: Context, { secret, answer }: IdentityClaim): Promise<void> {
  if (!isLinkToken(secret) || !isLinkToken(answer)) return;
  await claimRequest(platform.db.read(portal), portal, { browserHash: sha256(secret), answerHash: sha256(answer) });
}

type Brought = Posted & { readonly secret: string };

async function judge(ctx: Context, identity: Identity, { answer, relayState, secret }: Brought): Promise<IdentityRefusal | null> {
  try {
    if (answer.length > identityLimits.answerLength) throw new AnswerRefused('too large');
    const request = requestIn(ctx.platform, identity, answer);
    if (!isSameSecret(Buffer.from(relayOf(ctx.platform, request)), Buffer.from(relayState))) return 'unknown';
    const row = await readRequest(ctx.platform.db.read(portal), portal, request);
    if (!row) return 'unknown';
    if (row.answeredAt !== null) return 'used';
    return await take(ctx, row, answerFor(ctx, row, { ...(await openAnswer(ctx, identity, { answer, request })), secret }));
  } catch (error) {
    if (!(error instanceof AnswerRefused)) throw error;
    // Why stands in the log, for whoever connects the two; people are not told what an attacker would like to know.
    ctx.platform.log.warn(
      { request: ctx.request, reason: error.message.slice(0, 200) },
      'an answer of the state identity was refused',
    );
    return error.isLate ? 'late' : 'untrusted';
  }
}

const nothing = { reached: null, pseudonymHash: null, facts: null, answerHash: null } as const;

function answerFor({ platform }: Context, row: IdentityRequest, answer: Answer & { readonly secret: string }): IdentityAnswer {
  const at = platform.clock.now();
  if (answer.kind === 'refused') return { at, refusal: refusalOf(answer.codes), ...nothing };
  const { level, pseudonym, attributes } = answer.confirmed;
  if (!reaches(level, row.level)) return { at, refusal: 'tooLow', ...nothing };
  const { issuer } = identityOf(platform);
  // Not the pseudonym itself: with a copy of the database nobody can tell who of another one is the same person.
  const pseudonymHash = hmac(platform.keys.derive('accounts.identity'), `${issuer}\n${pseudonym}`);
  return {
    at,
    refusal: null,
    reached: level,
    pseudonymHash,
    facts: factsOf(attributes, row.attributes),
    answerHash: sha256(answer.secret),
  };
}

/** SAML 2.0 Core, 3.2.2.2: the second code says more. */
function refusalOf(codes: readonly string[]): IdentityRefusal {
  const last = codes.at(-1);
  if (last === 'NoAuthnContext') return 'tooLow';
  return last === 'AuthnFailed' || last === 'RequestDenied' ? 'cancelled' : 'technical';
}

async function take(ctx: Context, row: IdentityRequest, answer: IdentityAnswer): Promise<IdentityRefusal | null> {
  const nobody: Context = { ...ctx, actor: { kind: 'nobody', tenant: portal } };
  const details = {
    purpose: row.purpose,
    ...(answer.reached && { level: answer.reached }),
    ...(answer.refusal && { why: answer.refusal }),
  };
  return ctx.platform.db.write(portal, async (tx) => {
    const isTaken = await answerRequest(tx, portal, { id: row.id, begunAfter: begunAfter(ctx.platform), answer });
    if (!isTaken) return row.begunAt <= begunAfter(ctx.platform) ? 'late' : 'used';
    const action = answer.refusal === null ? 'accounts.confirmIdentity' : 'accounts.refuseIdentity';
    await audit(tx, nobody, [{ action, thing: `identity:${row.id.slice(1, 13)}`, details }]);
    return answer.refusal;
  });
}

/** Begins anew what went wrong or took too long. Throws as {@link beginIdentity}; `notFound` when nothing was begun. */
export async function beginIdentityAgain(ctx: Context, secret: string): Promise<string> {
  const row = await requestOfBrowser(ctx, secret);
  if (!row) throw new Failure('notFound', 'accounts.identityGone');
  return beginIdentity(inName(ctx), row);
}

/** Removes sign-ins nobody can pick up any more, and with them everything that was said about a person. */
export const sweepIdentities: Job = {
  name: 'accounts.sweepIdentities',
  every: '*/10 * * * *',
  run: async ({ platform }) => {
    const limits = { begunBefore: new Date(begunAfter(platform).getTime() - identityLimits.answerSeconds * 1_000) };
    await deleteOldRequests(platform.db.read(portal), portal, { ...limits, answeredBefore: answeredAfter(platform) });
  },
};
