import { provider } from '#modules/tenants';
import { audit } from '#platform/audit';
import { checkAll } from '#platform/checks';
import type { Context } from '#platform/context';
import { hashPassword, isPassword, longestPassword, randomToken, sha256 } from '#platform/crypto';
import type { Tx } from '#platform/db';
import { ensure, Failure } from '#platform/errors';
import { emit } from '#platform/events';
import { queueMail } from '#platform/mail';
import { oneLine } from '#platform/text';
import { networkOf, takeAttempt } from '#platform/throttle';
import { writeCitizenMail } from './citizen-mails.ts';
import { citizenIn } from './citizen-session.ts';
import { citizenRemoved } from './events.ts';
import { checkAddress, throttles } from './rules.ts';
import { type CitizenKind, type CitizenLinkPurpose, citizenLimits, isLinkToken } from './rules-citizen.ts';
import { checkPassword } from './rules-password.ts';
import {
  type Citizen,
  type CitizenLink,
  deleteCitizen,
  insertCitizen,
  readCitizen,
  readCitizenByAddress,
  readCitizenLink,
  replaceCitizenLink,
  spendCitizenLink,
  updateCitizenPassword,
} from './store/citizen.ts';

/** The accounts of the portal belong to the state's tenant, wherever the page was opened. */
const portal = provider;

const within = (ctx: Context): Context => ({ ...ctx, actor: { kind: 'nobody', tenant: portal } });

export type RegisterInput = { readonly address: string; readonly name: string; readonly kind: CitizenKind };

const secondsOf: Readonly<Record<CitizenLinkPurpose, number>> = {
  register: citizenLimits.registerSeconds,
  reset: citizenLimits.resetSeconds,
};

/** Puts a link and the mail with it into the outbox. */
async function mailLink(tx: Tx, ctx: Context, row: Omit<CitizenLink, 'id' | 'usedAt' | 'expiresAt'>): Promise<void> {
  const token = randomToken();
  const expiresAt = new Date(ctx.platform.clock.now().getTime() + secondsOf[row.purpose] * 1000);
  await replaceCitizenLink(tx, portal, { ...row, tokenHash: sha256(token), expiresAt });
  const link = `${ctx.platform.config.url}/postfach/link/${token}`;
  await queueMail(tx, within(ctx), writeCitizenMail(row.purpose, row.locale, { to: row.address, link }));
}

const signInPage = (ctx: Context) => `${ctx.platform.config.url}/postfach/anmelden`;

/**
 * Asks for an account of the portal: a mail with a link goes to the address, and the account comes into being when it is opened. Answers
 * alike whether or not there is one already (its owner is told by mail). Throws `invalid`, `tooMany`.
 */
export async function registerCitizen(ctx: Context, { address: given, name: typed, kind }: RegisterInput): Promise<void> {
  const { address, name } = await checkAll({ address: () => checkAddress(given), name: () => oneLine(typed, 'name') });
  ensure(kind === 'person' || kind === 'company', 'invalid', 'platform.invalid', { detail: 'kind' });
  await takeAttempt(ctx, throttles.resetNetwork, `citizen ${networkOf(ctx.network)}`);
  await takeAttempt(ctx, throttles.resetAddress, `citizen ${address}`);
  const { locale } = ctx;
  await ctx.platform.db.write(portal, async (tx) => {
    const known = await readCitizenByAddress(tx, portal, address);
    if (known) await queueMail(tx, within(ctx), writeCitizenMail('known', known.locale, { to: address, link: signInPage(ctx) }));
    else await mailLink(tx, ctx, { purpose: 'register', address, name, kind, locale });
  });
}

/** Sends a link with which a new password is chosen. Answers alike whether or not there is such an account. Throws `invalid`, `tooMany`. */
export async function requestCitizenReset(ctx: Context, given: string): Promise<void> {
  const address = checkAddress(given);
  await takeAttempt(ctx, throttles.resetNetwork, `citizen ${networkOf(ctx.network)}`);
  await takeAttempt(ctx, throttles.resetAddress, `citizen ${address}`);
  await ctx.platform.db.write(portal, async (tx) => {
    const known = await readCitizenByAddress(tx, portal, address);
    if (known) await mailLink(tx, ctx, { purpose: 'reset', address, name: '', kind: known.kind, locale: known.locale });
  });
}

/**
 * Looks a link up without using it up (mail programmes look at links). Throws `notFound` for one that was never given out, `conflict` for
 * one that was used or is over.
 */
export async function viewCitizenLink(ctx: Context, token: string): Promise<CitizenLink> {
  const link = isLinkToken(token) ? await readCitizenLink(ctx.platform.db.read(portal), portal, sha256(token)) : null;
  if (!link) {
    await takeAttempt(ctx, throttles.linkNetwork, networkOf(ctx.network));
    throw new Failure('notFound', 'accounts.linkUnknown');
  }
  ensure(link.usedAt === null, 'conflict', 'accounts.linkUsed');
  ensure(link.expiresAt.getTime() > ctx.platform.clock.now().getTime(), 'conflict', 'accounts.citizenLinkExpired');
  return link;
}

export type ChooseInput = { readonly token: string; readonly password: string; readonly repeat: string };

/** Opens the account, or chooses a new password for it, with the link from the mail. Throws as {@link viewCitizenLink}, `invalid`. */
export async function openCitizenLink(ctx: Context, { token, password, repeat }: ChooseInput): Promise<{ address: string }> {
  const link = await viewCitizenLink(ctx, token);
  const { address } = link;
  const rule = { least: citizenLimits.passwordLength, most: longestPassword, personal: [address, link.name] };
  await checkAll({
    password: () => checkPassword(password, rule),
    repeat: () => ensure(password === repeat, 'invalid', 'accounts.passwordsDiffer'),
  });
  const passwordHash = await hashPassword(password);
  const at = ctx.platform.clock.now();
  await ctx.platform.db.write(portal, async (tx) => {
    ensure(await spendCitizenLink(tx, portal, { id: link.id, at }), 'conflict', 'accounts.linkUsed');
    const citizen = await openAccount(tx, link, { passwordHash, at });
    if (link.purpose === 'reset')
      await queueMail(tx, within(ctx), writeCitizenMail('changed', link.locale, { to: address, link: signInPage(ctx) }));
    const action = link.purpose === 'register' ? 'accounts.registerCitizen' : 'accounts.resetCitizen';
    await audit(tx, within(ctx), [{ action, thing: `citizen:${citizen}` }]);
  });
  return { address };
}

async function openAccount(tx: Tx, link: CitizenLink, made: { passwordHash: string; at: Date }): Promise<number> {
  const { address, name, kind, locale } = link;
  if (link.purpose === 'register') {
    const row = { address, name, kind, locale, passwordHash: made.passwordHash, createdAt: made.at };
    const id = await insertCitizen(tx, portal, row);
    ensure(id !== null, 'conflict', 'accounts.linkUsed');
    return id;
  }
  const known = await readCitizenByAddress(tx, portal, address);
  ensure(known, 'conflict', 'accounts.linkUsed');
  await updateCitizenPassword(tx, portal, known.id, made.passwordHash);
  return known.id;
}

/**
 * Deletes one's own account for good, with everything the rooms keep for it. Throws `unauthenticated` when no citizen asks, `invalid` for
 * a wrong password, `tooMany`.
 */
export async function removeCitizen(ctx: Context, password: string): Promise<void> {
  const { citizen } = citizenIn(ctx);
  await takeAttempt(ctx, throttles.signInPair, `citizen ${citizen}`);
  const known = await readCitizen(ctx.platform.db.read(portal), portal, citizen);
  const isRight = await isPassword(password, known?.passwordHash ?? null);
  ensure(isRight, 'invalid', 'accounts.passwordWrong', { field: 'password' });
  await ctx.platform.db.write(portal, async (tx) => {
    ensure(await deleteCitizen(tx, portal, citizen), 'notFound', 'platform.notFound');
    await emit(tx, ctx, citizenRemoved, { citizen });
    await audit(tx, ctx, [{ action: 'accounts.removeCitizen', thing: `citizen:${citizen}` }]);
  });
}

/**
 * The account with exactly this address, for whoever writes a letter; null when there is none. There is no list and no search. For people
 * of an authority and the house only: that somebody has asked is on record, and whoever asks for one after the other waits. Throws
 * `unauthenticated`, `forbidden`, `invalid`, `tooMany`.
 */
export async function findCitizen(ctx: Context, given: string): Promise<Citizen | null> {
  const { actor } = ctx;
  if (actor.kind === 'nobody') throw new Failure('unauthenticated', 'platform.signInFirst');
  ensure(actor.kind !== 'citizen', 'forbidden', 'platform.forbidden');
  const address = checkAddress(given);
  if (actor.kind === 'account') await takeAttempt(ctx, throttles.findCitizen, `${actor.tenant} ${actor.account}`);
  const found = await readCitizenByAddress(ctx.platform.db.read(portal), portal, address);
  const entry = { action: 'accounts.findCitizen', thing: `citizen:${found?.id ?? 'none'}` };
  if (actor.kind === 'account') await ctx.platform.db.write(actor.tenant, (tx) => audit(tx, ctx, [entry]));
  return found && plain(found);
}

/** An account by its number, for the house: whom to notify of a letter. Null when it is gone. Throws `forbidden`. */
export async function getCitizen(ctx: Context, id: number): Promise<Citizen | null> {
  ensure(ctx.actor.kind === 'system', 'forbidden', 'platform.forbidden');
  const found = await readCitizen(ctx.platform.db.read(portal), portal, id);
  return found && plain(found);
}

const plain = ({ id, address, name, kind, locale, createdAt }: Citizen): Citizen => ({
  id,
  address,
  name,
  kind,
  locale,
  createdAt,
});

/** An account without the way by mail, for demonstrations and tests. Throws `forbidden`, `conflict`. */
export async function addCitizen(ctx: Context, input: RegisterInput & { readonly password: string }): Promise<number> {
  ensure(ctx.actor.kind === 'system', 'forbidden', 'platform.forbidden');
  const { address, name } = { address: checkAddress(input.address), name: oneLine(input.name, 'name') };
  const passwordHash = await hashPassword(input.password);
  return ctx.platform.db.write(portal, async (tx) => {
    const row = { address, name, kind: input.kind, locale: 'de' as const, passwordHash, createdAt: ctx.platform.clock.now() };
    const id = await insertCitizen(tx, portal, row);
    ensure(id !== null, 'conflict', 'accounts.addressTaken', { field: 'address', address });
    await audit(tx, within(ctx), [{ action: 'accounts.registerCitizen', thing: `citizen:${id}` }]);
    return id;
  });
}
