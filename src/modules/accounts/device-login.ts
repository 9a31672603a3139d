import { audit } from '#platform/audit';
import { type Context, systemContext } from '#platform/context';
import { randomToken, sha256 } from '#platform/crypto';
import { ensure, Failure } from '#platform/errors';
import { oneLine } from '#platform/text';
import { networkOf, takeAttempt } from '#platform/throttle';
import { putAppPassword } from './app-password.ts';
import { activeHome, person } from './gate.ts';
import { actorOf } from './identify.ts';
import { throttles } from './rules.ts';
import { describeClient } from './rules-device.ts';
import {
  type DeviceLogin,
  deleteByPage,
  grantDeviceLogin,
  insertDeviceLogin,
  readByPage,
  readByPoll,
  takeCarried,
  takeDeviceLogin,
} from './store/device.ts';

/**
 * How a programme is let in without ever seeing a password (Nextcloud's login flow v2): it asks, gets an address to open in the
 * browser and a secret to come back with; the person signs in as always and says yes; the programme fetches an app password, once.
 * Older apps know the first login flow only: they show our pages themselves, and read the app password from the address to which
 * the last one leads. The address of the page on which the person decides is the state of it all: random, for one answer, 20 minutes.
 */

export const deviceLoginSeconds = 20 * 60;

const tokenForm = /^[\w-]{43}$/;

export type DeviceLoginBegun = {
  /** For the programme alone: with it the app password is fetched. */
  readonly pollToken: string;
  /** For the browser: in the address of the page on which the person decides. */
  readonly pageToken: string;
};

/** A programme asks to be let in. `userAgent`: what it says it is. Throws `tooMany`. */
export async function beginDeviceLogin(ctx: Context, userAgent: string | undefined): Promise<DeviceLoginBegun> {
  return ask(ctx, userAgent, false);
}

/**
 * An app asks to be let in that shows our pages itself. Comes back: the token in the address of its page. Nobody can come for what
 * is granted there: it goes to the browser that says yes. Throws `tooMany`.
 */
export async function beginCarriedLogin(ctx: Context, userAgent: string | undefined): Promise<string> {
  const { pageToken } = await ask(ctx, userAgent, true);
  return pageToken;
}

async function ask(ctx: Context, userAgent: string | undefined, isCarried: boolean): Promise<DeviceLoginBegun> {
  await takeAttempt(ctx, throttles.deviceLogin, networkOf(ctx.network));
  const [pollToken, pageToken] = [randomToken(), randomToken()];
  const createdAt = ctx.platform.clock.now();
  await insertDeviceLogin(ctx.platform.db.instance, {
    pollHash: sha256(pollToken),
    pageHash: sha256(pageToken),
    client: describeClient(userAgent),
    network: ctx.network,
    createdAt,
    expiresAt: new Date(createdAt.getTime() + deviceLoginSeconds * 1000),
    isCarried,
  });
  return { pollToken, pageToken };
}

/** What the page shows: who asks, from where, since when. */
export type DeviceLoginView = Pick<DeviceLogin, 'client' | 'network' | 'createdAt' | 'expiresAt'>;

type Way = Pick<DeviceLogin, 'isCarried'>;

async function findByPage(ctx: Context, pageToken: string, { isCarried }: Way): Promise<DeviceLogin> {
  const found = tokenForm.test(pageToken) ? await readByPage(ctx.platform.db.instance, sha256(pageToken)) : null;
  const isOpen = found && found.isCarried === isCarried && found.tenant === null && found.expiresAt > ctx.platform.clock.now();
  if (!isOpen) throw new Failure('notFound', 'accounts.deviceLoginGone');
  return found;
}

/**
 * Looks a request to be let in up. Throws `notFound` when it was never made, was answered, its 20 minutes are over, or it is to be
 * answered on the page of the other way.
 */
export async function viewDeviceLogin(ctx: Context, pageToken: string, way: Way): Promise<DeviceLoginView> {
  const { client, network, createdAt, expiresAt } = await findByPage(ctx, pageToken, way);
  return { client, network, createdAt, expiresAt };
}

/**
 * The person at the browser says yes; from now on the programme can fetch an app password of this name.
 * Throws `notFound` as {@link viewDeviceLogin}, `forbidden` when the tenant allows no app passwords.
 */
export async function grantDevice(ctx: Context, pageToken: string, { name }: { name: string }): Promise<void> {
  const { tenant, account } = person(ctx);
  const checked = oneLine(name, 'name');
  const { policies } = await activeHome(ctx, tenant);
  ensure(policies.appPasswords, 'forbidden', 'accounts.appPasswordsOff');
  const { client, network } = await findByPage(ctx, pageToken, { isCarried: false });
  const now = ctx.platform.clock.now();
  await ctx.platform.db.write(tenant, async (tx) => {
    const isOurs = await grantDeviceLogin(tx, sha256(pageToken), { tenant, account, name: checked, now });
    ensure(isOurs, 'notFound', 'accounts.deviceLoginGone');
    const details = { name: checked, client, network };
    await audit(tx, ctx, [{ action: 'accounts.grantDevice', thing: `account:${account}`, details }]);
  });
}

/**
 * The person says yes in a page that the app shows: its app password, which the answer carries to it, this one time. Throws as
 * {@link grantDevice}.
 */
export async function grantCarried(ctx: Context, pageToken: string, { name }: { name: string }): Promise<DeviceCredentials> {
  const { tenant, account, handle } = person(ctx);
  const { client, network } = await findByPage(ctx, pageToken, { isCarried: true });
  return ctx.platform.db.write(tenant, async (tx) => {
    const isOurs = await takeCarried(tx, sha256(pageToken), ctx.platform.clock.now());
    ensure(isOurs, 'notFound', 'accounts.deviceLoginGone');
    const { secret } = await putAppPassword(tx, ctx, { tenant, account, name });
    const details = { name: oneLine(name, 'name'), client, network };
    await audit(tx, ctx, [{ action: 'accounts.grantDevice', thing: `account:${account}`, details }]);
    return { loginName: handle, secret };
  });
}

/** The person says no; the programme hears nothing more. */
export async function refuseDevice(ctx: Context, pageToken: string, way: Way): Promise<void> {
  const { tenant, account } = person(ctx);
  const { client, network } = await findByPage(ctx, pageToken, way);
  await ctx.platform.db.write(tenant, async (tx) => {
    if (!(await deleteByPage(tx, sha256(pageToken)))) return;
    await audit(tx, ctx, [{ action: 'accounts.refuseDevice', thing: `account:${account}`, details: { client, network } }]);
  });
}

export type DeviceCredentials = { readonly loginName: string; readonly secret: string };

/**
 * The programme comes back: null while nobody has decided; once somebody has said yes, the app password, which is made now and
 * given out this one time. Throws `notFound` when there is nothing (more) to wait for. Guesses are not counted: clients go on
 * asking for minutes after a no, and 256 random bits are not guessed.
 */
export async function pollDeviceLogin(ctx: Context, pollToken: string): Promise<DeviceCredentials | null> {
  const { db, clock } = ctx.platform;
  const pollHash = sha256(pollToken);
  const found = tokenForm.test(pollToken) ? await readByPoll(db.instance, pollHash) : null;
  if (!found || found.expiresAt <= clock.now()) throw new Failure('notFound', 'accounts.deviceLoginGone');
  const { tenant, account, name } = found;
  if (tenant === null || account === null || name === null) return null;
  const actor = await actorOf(ctx.platform, tenant, account);
  if (!actor) throw new Failure('notFound', 'accounts.deviceLoginGone');
  // In the person's name: they have said yes a moment ago.
  const granted: Context = {
    ...systemContext(ctx.platform, tenant, 'deviceLogin'),
    request: ctx.request,
    network: ctx.network,
    actor,
  };
  const secret = await db.write(tenant, async (tx) => {
    ensure(await takeDeviceLogin(tx, pollHash), 'notFound', 'accounts.deviceLoginGone');
    return (await putAppPassword(tx, granted, { tenant, account, name })).secret;
  });
  return { loginName: actor.handle, secret };
}
