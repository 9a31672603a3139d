import { actorOf } from '#modules/accounts';
import { audit } from '#platform/audit';
import type { Context } from '#platform/context';
import { randomToken, sha256 } from '#platform/crypto';
import { ensure, Failure } from '#platform/errors';
import { authorize, type Located, locate, personOf } from './access.ts';
import type { Entry } from './node.ts';
import * as store from './store/direct.ts';

/** Seconds a link is good for at most: a long film, with breaks. */
export const directSeconds = 4 * 3_600;

const tokenForm = /^([0-9a-z]{1,6})\.[\w-]{43}$/;

/** The tenant a token names, so that it is looked up under that tenant's row-level security; null when it is none of ours. */
function tenantOf(token: string): number | null {
  const [, prefix] = tokenForm.exec(token) ?? [];
  const tenant = prefix === undefined ? 0 : Number.parseInt(prefix, 36);
  return tenant > 0 && tenant <= 2_147_483_647 ? tenant : null;
}

const gone = () => new Failure('notFound', 'platform.notFound');

/**
 * Makes a link with which a programme that cannot sign in (a player) reads one file in the person's name, for some hours. Only its
 * hash is kept. Throws `conflict` for a folder.
 * @param seconds how long it is good for, at most {@link directSeconds}
 */
export async function makeDirectLink(ctx: Context, file: Entry, seconds = directSeconds): Promise<string> {
  authorize(ctx.actor, 'read', file);
  ensure(!file.node.isFolder, 'conflict', 'files.isAFolder', { name: file.node.name });
  const { tenant, account } = personOf(ctx);
  const token = `${tenant.toString(36)}.${randomToken()}`;
  const bounded = Math.min(Math.max(1, Math.floor(seconds)), directSeconds);
  const expiresAt = new Date(ctx.platform.clock.now().getTime() + bounded * 1_000);
  await ctx.platform.db.write(tenant, async (tx) => {
    await store.insertLink(tx, tenant, { hash: sha256(token), node: file.node.id, account, expiresAt });
    await audit(tx, ctx, [{ action: 'files.makeDirectLink', thing: `node:${file.node.id}`, details: { seconds: bounded } }]);
  });
  return token;
}

/**
 * The file behind such a link, and the context of the person in whose name it is read: what they may no longer read, or when
 * they may no longer sign in, it no longer shows. Throws `notFound` for every other token.
 */
export async function openDirectLink(ctx: Context, token: string): Promise<{ ctx: Context; file: Located }> {
  const { platform } = ctx;
  const tenant = tenantOf(token);
  if (tenant === null) throw gone();
  const link = await store.readLink(platform.db.read(tenant), tenant, sha256(token), platform.clock.now());
  const actor = link && (await actorOf(platform, tenant, link.account));
  if (!actor) throw gone();
  const theirs: Context = { ...ctx, actor };
  return { ctx: theirs, file: await locate(theirs, link.node) };
}

/** Removes links whose time is over. */
export async function expireDirectLinks(ctx: Context): Promise<void> {
  const { tenant } = ctx.actor;
  await ctx.platform.db.write(tenant, (tx) => store.deleteExpired(tx, tenant, ctx.platform.clock.now()));
}
