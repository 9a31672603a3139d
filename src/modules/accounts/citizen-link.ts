import { provider } from '#modules/tenants';
import { audit } from '#platform/audit';
import type { Context } from '#platform/context';
import { randomToken } from '#platform/crypto';
import type { Tx } from '#platform/db';
import { ensure } from '#platform/errors';
import { queueMail } from '#platform/mail';
import { identityName, isFresh, requestOfBrowser } from './citizen-identity.ts';
import { writeCitizenMail } from './citizen-mails.ts';
import { type CitizenSignedIn, citizenIn, openCitizenSession } from './citizen-session.ts';
import { type IdentityFacts, type IdentityLevel, identityLimits } from './rules-identity.ts';
import { readCitizen } from './store/citizen.ts';
import {
  deleteIdentity,
  type IdentityRequest,
  insertIdentity,
  type LinkedIdentity,
  noteIdentityUse,
  readIdentities,
  readOwner,
  spendRequest,
} from './store/identity.ts';

/** What a confirmed identity is used for: signing in, linking an account, showing who applies. Each answer serves for one of them, once. */

const portal = provider;

type Fresh = IdentityRequest & { readonly pseudonymHash: Buffer; readonly reached: IdentityLevel; readonly answeredAt: Date };

/** A confirmed answer of this browser, for one of these purposes; null: there is none. */
async function freshAnswer(ctx: Context, secret: string, purposes: readonly IdentityRequest['purpose'][]): Promise<Fresh | null> {
  const row = await requestOfBrowser(ctx, secret);
  return row && purposes.includes(row.purpose) && isFresh(ctx.platform, row) ? (row as Fresh) : null;
}

/**
 * Signs a citizen in whose account is linked with whoever was confirmed in this browser; null: no account is, so that one has to be
 * linked first. Throws `conflict` when the answer was used already, or there is none.
 */
export async function signInByIdentity(ctx: Context, secret: string): Promise<CitizenSignedIn | null> {
  const row = await freshAnswer(ctx, secret, ['signIn']);
  ensure(row, 'conflict', 'accounts.identityGone');
  const { pseudonymHash } = row;
  const at = ctx.platform.clock.now();
  const owner = await ctx.platform.db.write(portal, async (tx) => {
    const citizen = await readOwner(tx, portal, pseudonymHash);
    if (citizen === null) return null;
    // A word of its own each time: nobody signs in twice with one answer.
    ensure(
      await spendRequest(tx, portal, { id: row.id, usedFor: `session ${randomToken()}` }),
      'conflict',
      'accounts.identityGone',
    );
    await noteIdentityUse(tx, portal, { pseudonymHash, at });
    return citizen;
  });
  const known = owner === null ? null : await readCitizen(ctx.platform.db.read(portal), portal, owner);
  if (!known) return null;
  ctx.platform.metrics.count('sign_in_total', { outcome: 'done' });
  return openCitizenSession(ctx, known);
}

/**
 * Links the account that is signed in with whoever was confirmed in this browser. Once more changes nothing. Throws `unauthenticated`,
 * `conflict` when it is linked with another account, was begun by another one, or there is nothing to link.
 */
export async function linkIdentity(ctx: Context, secret: string): Promise<void> {
  const { citizen } = citizenIn(ctx);
  const row = await freshAnswer(ctx, secret, ['link', 'signIn']);
  ensure(row, 'conflict', 'accounts.identityGone');
  ensure(row.purpose === 'signIn' || row.citizen === citizen, 'conflict', 'accounts.identityGone');
  await ctx.platform.db.write(portal, async (tx) => {
    const isMine = await spendRequest(tx, portal, { id: row.id, usedFor: `citizen:${citizen}` });
    ensure(isMine, 'conflict', 'accounts.identityGone');
    await link(tx, ctx, { citizen, pseudonymHash: row.pseudonymHash });
  });
}

async function link(tx: Tx, ctx: Context, { citizen, pseudonymHash }: { citizen: number; pseudonymHash: Buffer }): Promise<void> {
  const { config, clock } = ctx.platform;
  const linked = await readIdentities(tx, portal, citizen);
  const owner = await readOwner(tx, portal, pseudonymHash);
  if (owner === citizen) return;
  ensure(owner === null, 'conflict', 'accounts.identityTaken');
  ensure(linked.length < identityLimits.links, 'conflict', 'accounts.identityMost', { limit: identityLimits.links });
  const row = { citizen, pseudonymHash, issuer: config.identity?.issuer ?? '', at: clock.now() };
  ensure(await insertIdentity(tx, portal, row), 'conflict', 'accounts.identityTaken');
  await audit(tx, ctx, [{ action: 'accounts.linkIdentity', thing: `citizen:${citizen}` }]);
  await tell(tx, ctx, citizen);
}

/** Whoever gets into somebody's account must not be able to leave a second way in behind without a word. */
async function tell(tx: Tx, ctx: Context, citizen: number): Promise<void> {
  const known = await readCitizen(ctx.platform.db.read(portal), portal, citizen);
  const link = `${ctx.platform.config.url}/postfach/konto`;
  if (known) await queueMail(tx, ctx, writeCitizenMail('linked', known.locale, { to: known.address, link }));
}

/** The state identities the own account is linked with. Throws `unauthenticated`. */
export async function listIdentities(ctx: Context): Promise<readonly LinkedIdentity[]> {
  const { citizen } = citizenIn(ctx);
  return readIdentities(ctx.platform.db.read(portal), portal, citizen);
}

/** Ends a link of the own account; mail address and password stay. Throws `unauthenticated`, `notFound`. */
export async function unlinkIdentity(ctx: Context, id: number): Promise<void> {
  const { citizen } = citizenIn(ctx);
  await ctx.platform.db.write(portal, async (tx) => {
    const isGone = Number.isSafeInteger(id) && (await deleteIdentity(tx, portal, { citizen, id }));
    ensure(isGone, 'notFound', 'platform.notFound');
    await audit(tx, ctx, [{ action: 'accounts.unlinkIdentity', thing: `citizen:${citizen}` }]);
  });
}

/** That somebody is who they say they are: how surely, by whom, when, and what was asked for about them. */
export type IdentityProof = {
  readonly level: IdentityLevel;
  readonly source: string;
  readonly at: Date;
  readonly facts: IdentityFacts;
};

/**
 * Takes what was confirmed in this browser for one thing, named by the room that asks; for the same thing it can be taken again, so
 * that nothing is lost when the power fails in between. Null: there is nothing to take, or it was for something else.
 */
export async function takeProof(
  ctx: Context,
  { secret, usedFor }: { secret: string; usedFor: string },
): Promise<IdentityProof | null> {
  const row = await freshAnswer(ctx, secret, ['prove']);
  const name = identityName(ctx);
  if (!row || name === null) return null;
  const isOurs = await ctx.platform.db.write(portal, (tx) => spendRequest(tx, portal, { id: row.id, usedFor }));
  return isOurs ? { level: row.reached, source: name, at: row.answeredAt, facts: row.facts ?? {} } : null;
}
