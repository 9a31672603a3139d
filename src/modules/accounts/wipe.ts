import { audit } from '#platform/audit';
import { type Context, systemContext } from '#platform/context';
import { sha256 } from '#platform/crypto';
import { ensure } from '#platform/errors';
import { emit } from '#platform/events';
import { credentialsRevoked } from './events.ts';
import { person } from './gate.ts';
import { actorOf } from './identify.ts';
import { readAppPassword } from './rules-token.ts';
import { noteWiped, orderWipe, readWipe, takeBackWipe } from './store/wipe.ts';

/**
 * Remote wipe, as Nextcloud's clients know it: the app password of a lost device opens nothing from now on; when its programme
 * comes next and is refused, it asks whether it shall remove what it holds, does so, and says so. Only programmes that know this
 * obey; what was copied out of them stays where it is.
 */

/** Orders the data of one's own device to be removed. Throws `notFound`, also for what was ordered before. */
export async function wipeDevice(ctx: Context, id: number): Promise<void> {
  const { tenant, account } = person(ctx);
  const at = ctx.platform.clock.now();
  await ctx.platform.db.write(tenant, async (tx) => {
    ensure(await orderWipe(tx, tenant, { account, id, at }), 'notFound', 'platform.notFound');
    await emit(tx, ctx, credentialsRevoked, { tenant, account });
    await audit(tx, ctx, [{ action: 'accounts.wipeDevice', thing: `appPassword:${id}` }]);
  });
}

/** Takes the order back while the device has not carried it out: it was found again. Its app password works as before. */
export async function takeBackDeviceWipe(ctx: Context, id: number): Promise<void> {
  const { tenant, account } = person(ctx);
  await ctx.platform.db.write(tenant, async (tx) => {
    ensure(await takeBackWipe(tx, tenant, { account, id }), 'notFound', 'platform.notFound');
    await audit(tx, ctx, [{ action: 'accounts.takeBackDeviceWipe', thing: `appPassword:${id}` }]);
  });
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
