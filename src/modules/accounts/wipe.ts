import { audit } from '#platform/audit';
import { type Context, systemContext } from '#platform/context';
import { sha256 } from '#platform/crypto';
import type { Tx } from '#platform/db';
import { ensure } from '#platform/errors';
import { emit } from '#platform/events';
import { credentialsRevoked, deviceWipeOrdered } from './events.ts';
import { authorize, type PersonRef, person, tenantIn, thingOf } from './gate.ts';
import { actorOf } from './identify.ts';
import { readAppPassword } from './rules-token.ts';
import { type Account, lockAccount, readAccount } from './store/account.ts';
import { type AppPassword, readAppPasswords } from './store/session.ts';
import { noteWiped, orderWipe, readWipe, takeBackWipe } from './store/wipe.ts';

/**
 * Remote wipe, as Nextcloud's clients know it: the app password of a lost device opens nothing from now on; when its programme
 * comes next and is refused, it asks whether it shall remove what it holds, does so, and says so. Only programmes that know this
 * obey; what was copied out of them stays where it is.
 */

/** Names a device by its app password. */
export type DeviceRef = PersonRef & { readonly id: number };

type Deed = { readonly tenant: number; readonly account: number; readonly id: number };

async function order(tx: Tx, ctx: Context, { tenant, account, id }: Deed): Promise<void> {
  const { actor, platform } = ctx;
  const device = await orderWipe(tx, tenant, { account, id, at: platform.clock.now() });
  ensure(device !== null, 'notFound', 'platform.notFound');
  await emit(tx, ctx, credentialsRevoked, { tenant, account });
  // Nobody's device is wiped behind their back.
  const isForOther = actor.kind === 'account' && actor.account !== account;
  if (isForOther) await emit(tx, ctx, deviceWipeOrdered, { tenant, account, id, device, by: actor.name });
  const details = { of: thingOf(account) };
  await audit(tx, ctx, [{ action: 'accounts.wipeDevice', thing: `appPassword:${id}`, details }]);
}

async function takeBack(tx: Tx, ctx: Context, { tenant, account, id }: Deed): Promise<void> {
  ensure(await takeBackWipe(tx, tenant, { account, id }), 'notFound', 'platform.notFound');
  const details = { of: thingOf(account) };
  await audit(tx, ctx, [{ action: 'accounts.takeBackDeviceWipe', thing: `appPassword:${id}`, details }]);
}

/** Orders the data of one's own device to be removed. Throws `notFound`, also for what was ordered before. */
export async function wipeDevice(ctx: Context, id: number): Promise<void> {
  const { tenant, account } = person(ctx);
  await ctx.platform.db.write(tenant, (tx) => order(tx, ctx, { tenant, account, id }));
}

/** Takes the order back while the device has not carried it out: it was found again. Its app password works as before. */
export async function takeBackDeviceWipe(ctx: Context, id: number): Promise<void> {
  const { tenant, account } = person(ctx);
  await ctx.platform.db.write(tenant, (tx) => takeBack(tx, ctx, { tenant, account, id }));
}

/** A device of somebody else, with what has to be known to find the lost one: not from where it was used. */
export type Device = Omit<AppPassword, 'network'>;

/**
 * The devices and programmes of a person, the newest first, for who manages people; also of somebody who is disabled, whose devices
 * still hold what they have loaded. Throws `notFound`, `forbidden`.
 */
export async function listDevicesOf(ctx: Context, ref: PersonRef): Promise<Device[]> {
  const tenant = tenantIn(ctx, ref);
  authorize(ctx.actor, 'manage', { tenant });
  const sql = ctx.platform.db.read(tenant);
  checkManaged(ctx, tenant, await readAccount(sql, tenant, ref.account));
  return (await readAppPasswords(sql, tenant, ref.account)).map(({ network: _network, ...device }) => device);
}

/** Who manages people may not manage everybody: operators are left to operators. */
function checkManaged(ctx: Context, tenant: number, found: Account | null): void {
  ensure(found, 'notFound', 'platform.notFound');
  authorize(ctx.actor, 'manage', { tenant, account: found.id, roles: found.roles });
}

async function changeTheirs(ctx: Context, ref: DeviceRef, change: typeof order): Promise<void> {
  const tenant = tenantIn(ctx, ref);
  authorize(ctx.actor, 'manage', { tenant });
  await ctx.platform.db.write(tenant, async (tx) => {
    checkManaged(ctx, tenant, await lockAccount(tx, tenant, ref.account));
    await change(tx, ctx, { tenant, account: ref.account, id: ref.id });
  });
}

/** Orders the data of a person's device to be removed, for who manages people; the person is told. Throws as {@link wipeDevice}, `forbidden`. */
export async function wipeDeviceOf(ctx: Context, ref: DeviceRef): Promise<void> {
  await changeTheirs(ctx, ref, order);
}

/** Takes such an order back, whoever gave it. Throws as {@link takeBackDeviceWipe}, `forbidden`. */
export async function takeBackDeviceWipeOf(ctx: Context, ref: DeviceRef): Promise<void> {
  await changeTheirs(ctx, ref, takeBack);
}

/** Whether the programme with this app password shall remove what it holds. It has nothing else to say who it is. */
export async function mustWipe(ctx: Context, secret: string): Promise<boolean> {
  const given = readAppPassword(secret);
  if (!given) return false;
  const found = await readWipe(ctx.platform.db.read(given.tenant), given.tenant, sha256(given.secret));
  return found?.wipedAt === null;
}

/** The programme says it has removed everything; false when nobody asked it to. */
export async function reportWiped(ctx: Context, secret: string): Promise<boolean> {
  const given = readAppPassword(secret);
  const found = given && (await readWipe(ctx.platform.db.read(given.tenant), given.tenant, sha256(given.secret)));
  if (!given || !found || found.wipedAt !== null) return false;
  const { tenant } = given;
  const actor = await actorOf(ctx.platform, tenant, found.account);
  const base = systemContext(ctx.platform, tenant, 'wipe');
  const inTheirName: Context = { ...base, request: ctx.request, network: ctx.network, actor: actor ?? base.actor };
  await ctx.platform.db.write(tenant, async (tx) => {
    await noteWiped(tx, tenant, { id: found.id, at: ctx.platform.clock.now() });
    await audit(tx, inTheirName, [
      { action: 'accounts.deviceWiped', thing: `appPassword:${found.id}`, details: { network: ctx.network } },
    ]);
  });
  return true;
}
