import { audit } from '#platform/audit';
import { checkAll } from '#platform/checks';
import type { Context } from '#platform/context';
import { ensure } from '#platform/errors';
import { fetchSoon } from './fetch.ts';
import { findInbox } from './inbox.ts';
import { type AccessInput, accessChecks, checkAt, sealSecret, secretFor, serviceAt, sourcePlace } from './remote.ts';
import type { Inbox } from './store/inbox.ts';
import { readSource, type Source, upsertSource } from './store/source.ts';

/** Destinations of ours that live at another delivery service, as an administrator sets them up. */

async function find(ctx: Context, id: string): Promise<Inbox> {
  const inbox = await findInbox(ctx, id);
  ensure(inbox.kind === 'foreign', 'notFound', 'platform.notFound');
  return inbox;
}

/**
 * Says where it lives and how we are known there; from then on it is fetched from. Throws `invalid` with everything that is wrong at
 * once; also when another address is set without the secret: it was given for the one there was.
 */
export async function setSource(ctx: Context, id: string, input: AccessInput): Promise<void> {
  await find(ctx, id);
  const { tenant } = ctx.actor;
  const { secret: _checked, ...given } = await checkAll(accessChecks(ctx.platform, input));
  const checked = { ...given, tokenAddress: given.tokenAddress || `${given.address}/token` };
  const sealed = await sealSecret(ctx, input.secret, sourcePlace(id));
  await ctx.platform.db.write(tenant, async (tx) => {
    const secret = secretFor(sealed, await readSource(tx, tenant, id), checked);
    await upsertSource(tx, tenant, { inbox: id, ...checked, ...secret });
    const details = { address: checked.address, destination: checked.destination, hasNewSecret: sealed !== null };
    await audit(tx, ctx, [{ action: 'delivery.setSource', thing: `inbox:${id}`, details }]);
    await fetchSoon(tx, tenant, id);
  });
}

async function sourceOf(ctx: Context, id: string): Promise<{ readonly inbox: Inbox; readonly source: Source }> {
  const inbox = await find(ctx, id);
  const source = await readSource(ctx.platform.db.read(ctx.actor.tenant), ctx.actor.tenant, id);
  ensure(source, 'conflict', 'delivery.sourceMissing');
  return { inbox, source };
}

/** Whether the delivery service answers, knows us and the destination, and names our key. Throws `conflict` with a sentence when not. */
export async function checkSource(ctx: Context, id: string): Promise<void> {
  const { inbox, source } = await sourceOf(ctx, id);
  const service = await serviceAt(ctx, ctx.actor.tenant, source, sourcePlace(id));
  await checkAt(service, source.destination, inbox.encryptionKey.kid);
}

/** Has it fetched from now, whatever pause there was. */
export async function fetchNow(ctx: Context, id: string): Promise<void> {
  await sourceOf(ctx, id);
  const { tenant } = ctx.actor;
  await ctx.platform.db.write(tenant, async (tx) => {
    await fetchSoon(tx, tenant, id);
    await audit(tx, ctx, [{ action: 'delivery.fetchNow', thing: `inbox:${id}` }]);
  });
}
