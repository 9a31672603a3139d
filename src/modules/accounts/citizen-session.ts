import { provider } from '#modules/tenants';
import { audit } from '#platform/audit';
import type { AccountActor, CitizenActor, Context, Platform } from '#platform/context';
import { isPassword, randomToken, sha256 } from '#platform/crypto';
import { Failure } from '#platform/errors';
import type { Job } from '#platform/jobs';
import { clearThrottle, giveBackAttempt, networkOf, takeAttempt } from '#platform/throttle';
import type { Locale } from '#platform/words';
import { bySession } from './identify.ts';
import { limits, throttles } from './rules.ts';
import { citizenLimits, citizenToken, isCitizenToken } from './rules-citizen.ts';
import {
  type Citizen,
  deleteCitizenSession,
  deleteOldCitizenTraces,
  insertCitizenSession,
  noteCitizenUse,
  readCitizenByAddress,
  readCitizenCaller,
} from './store/citizen.ts';

const portal = provider;

/** A citizen as an actor. */
const asCitizen = ({ id, address, name, kind }: Omit<Citizen, 'locale' | 'createdAt'>, session: number): CitizenActor => ({
  kind: 'citizen',
  tenant: portal,
  citizen: id,
  address,
  name,
  isCompany: kind === 'company',
  credential: session,
});

/** The citizen who asks. Throws `unauthenticated` for everybody else. */
export function citizenIn({ actor }: Pick<Context, 'actor'>): CitizenActor {
  if (actor.kind !== 'citizen') throw new Failure('unauthenticated', 'platform.signInFirst');
  return actor;
}

export type CitizenSignedIn = { readonly token: string; readonly locale: Locale; readonly seconds: number };

/**
 * Signs a citizen in. Answers alike and takes alike whether the address or the password is wrong (`unauthenticated`,
 * `accounts.signInRefused`). Throws `tooMany` with the honest wait.
 */
export async function signInCitizen(
  ctx: Context,
  { address, password }: { readonly address: string; readonly password: string },
): Promise<CitizenSignedIn> {
  const login = address.trim().toLowerCase().slice(0, limits.address);
  const network = networkOf(ctx.network);
  const [byAddress, byPair] = [`citizen ${login}`, `citizen ${login} ${network}`];
  await takeAttempt(ctx, throttles.signInNetwork, network);
  await takeAttempt(ctx, throttles.signInAddress, byAddress);
  await takeAttempt(ctx, throttles.signInPair, byPair);
  const known = await readCitizenByAddress(ctx.platform.db.read(portal), portal, login);
  if (!(await isPassword(password, known?.passwordHash ?? null)) || !known) {
    ctx.platform.metrics.count('sign_in_total', { outcome: 'refused' });
    throw new Failure('unauthenticated', 'accounts.signInRefused');
  }
  await clearThrottle(ctx, throttles.signInPair, byPair);
  await giveBackAttempt(ctx, throttles.signInAddress, byAddress);
  await giveBackAttempt(ctx, throttles.signInNetwork, network);
  ctx.platform.metrics.count('sign_in_total', { outcome: 'done' });
  return openCitizenSession(ctx, known);
}

/** Begins a session of somebody who has just shown who they are. */
export async function openCitizenSession(ctx: Context, citizen: Citizen): Promise<CitizenSignedIn> {
  const token = citizenToken(randomToken());
  const at = ctx.platform.clock.now();
  await ctx.platform.db.write(portal, async (tx) => {
    const row = { citizen: citizen.id, tokenHash: sha256(token), at, most: citizenLimits.sessions };
    const session = await insertCitizenSession(tx, portal, row);
    const as: Context = { ...ctx, actor: asCitizen(citizen, session) };
    await audit(tx, as, [{ action: 'accounts.signIn', thing: `session:${session}`, details: { network: ctx.network } }]);
  });
  return { token, locale: citizen.locale, seconds: citizenLimits.longestSeconds };
}

/** The citizen behind a session's secret; null when it is unknown, ended or over. */
export async function citizenBySession(platform: Platform, token: string): Promise<CitizenActor | null> {
  if (!isCitizenToken(token)) return null;
  const sql = platform.db.read(portal);
  const row = await readCitizenCaller(sql, portal, sha256(token));
  if (!row) return null;
  const now = platform.clock.now();
  const since = (at: Date) => (now.getTime() - at.getTime()) / 1000;
  if (since(row.usedAt) > citizenLimits.idleSeconds || since(row.begunAt) > citizenLimits.longestSeconds) return null;
  if (since(row.usedAt) >= citizenLimits.noteUseSeconds) await noteCitizenUse(sql, portal, { session: row.session, at: now });
  return asCitizen(row, row.session);
}

/** Whoever a browser's session belongs to: somebody who works here, or a citizen. The tokens cannot be taken for each other. */
export function callerBySession(platform: Platform, token: string, network: string): Promise<AccountActor | CitizenActor | null> {
  return isCitizenToken(token) ? citizenBySession(platform, token) : bySession(platform, token, network);
}

/** Ends the citizen's session of this browser. */
export async function signOutCitizen(ctx: Context): Promise<void> {
  const { credential } = citizenIn(ctx);
  await ctx.platform.db.write(portal, async (tx) => {
    await deleteCitizenSession(tx, portal, credential);
    await audit(tx, ctx, [{ action: 'accounts.signOut', thing: `session:${credential}` }]);
  });
}

/** Removes what no citizen can use any more. */
export const sweepCitizens: Job = {
  name: 'accounts.sweepCitizens',
  every: '28 2 * * *',
  run: async ({ platform }) => {
    const now = platform.clock.now().getTime();
    await deleteOldCitizenTraces(platform.db.read(portal), portal, {
      idleSince: new Date(now - citizenLimits.idleSeconds * 1000),
      expiredBefore: new Date(now - 7 * 86_400_000),
    });
  },
};
