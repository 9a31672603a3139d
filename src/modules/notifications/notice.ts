import { audit } from '#platform/audit';
import type { AccountActor, Context } from '#platform/context';
import type { Tx } from '#platform/db';
import { ensure, Failure, type Params } from '#platform/errors';
import { emit } from '#platform/events';
import { say } from '#platform/words';
import { noticesChanged } from './events.ts';
import { checkLink, type KeptNotice, limits, type Notice, shorten } from './rules.ts';
import * as store from './store.ts';

/** What is told to whom. */
export type Telling = {
  /** Whoever does it themselves is left out: nobody is told what they have just done. */
  readonly accounts: readonly number[];
  /** A sentence in the words of the room that tells. */
  readonly code: string;
  readonly params?: Params;
  /** A path of ours where it can be seen. */
  readonly link: string;
  /** Kind and id of the thing, e.g. `node:4711`: a newer notice about the same takes the place of the older one. */
  readonly about: string;
};

/** The person who reads. Throws `unauthenticated` for anybody else: only accounts are told something. */
function reader(ctx: Context): AccountActor {
  if (ctx.actor.kind !== 'account') throw new Failure('unauthenticated', 'platform.signInFirst');
  return ctx.actor;
}

const toNotice = (ctx: Context, { code, params, ...kept }: KeptNotice): Notice => ({
  ...kept,
  sentence: say(ctx.platform.words, ctx.locale, code, params),
});

/**
 * Tells people something, in the transaction of what it is about. The caller has made sure that they may know of it.
 * Throws `internal` when the link is no path of ours.
 */
export async function notify(tx: Tx, ctx: Context, { accounts, code, params = {}, link, about }: Telling): Promise<void> {
  const self = ctx.actor.kind === 'account' ? ctx.actor.account : null;
  const told = [...new Set(accounts)].filter((account) => account !== self).slice(0, limits.accounts);
  if (told.length === 0) return;
  const { tenant } = ctx.actor;
  const at = ctx.platform.clock.now();
  await store.insertNotices(tx, tenant, { accounts: told, code, params: shorten(params), link: checkLink(link), about, at });
  await store.trimNotices(tx, tenant, told, limits.perAccount);
  await emit(tx, ctx, noticesChanged, { tenant, accounts: told });
}

/**
 * The person's own notices, newest first; there are never more than a page of them.
 * @param withRead also those the person has followed; they wait no longer, but are kept until they are done with or old
 */
export async function listNotices(ctx: Context, { withRead = false }: { readonly withRead?: boolean } = {}): Promise<Notice[]> {
  const { tenant, account } = reader(ctx);
  const filter = { withRead, limit: limits.perAccount };
  const kept = await store.readNotices(ctx.platform.db.read(tenant), tenant, account, filter);
  return kept.map((notice) => toNotice(ctx, notice));
}

/**
 * Follows one of the person's own notices: from now on it counts as read. Resolves with the path of ours it leads to.
 * Nothing goes into the audit trail: what somebody reads of what concerns only them is nobody's business. Throws `notFound`.
 */
export async function follow(ctx: Context, id: number): Promise<string> {
  const { tenant, account } = reader(ctx);
  return ctx.platform.db.write(tenant, async (tx) => {
    const kept = await store.readNotice(tx, tenant, account, id);
    ensure(kept, 'notFound', 'platform.notFound');
    const isNew = await store.markRead(tx, tenant, account, { id, at: ctx.platform.clock.now() });
    if (isNew) await emit(tx, ctx, noticesChanged, { tenant, accounts: [account] });
    return checkLink(kept.link);
  });
}

/** One of the person's own notices. Throws `notFound`. */
export async function getNotice(ctx: Context, id: number): Promise<Notice> {
  const { tenant, account } = reader(ctx);
  const kept = await store.readNotice(ctx.platform.db.read(tenant), tenant, account, id);
  ensure(kept, 'notFound', 'platform.notFound');
  return toNotice(ctx, kept);
}

/** Which of some notices still wait for the person, for clients that keep them on the screen. */
export async function existing(ctx: Context, ids: readonly number[]): Promise<number[]> {
  const { tenant, account } = reader(ctx);
  return store.readIds(ctx.platform.db.read(tenant), tenant, account, ids.slice(0, 2 * limits.perAccount));
}

/** How many notices wait for the person. */
export async function countNotices(ctx: Context): Promise<number> {
  const { tenant, account } = reader(ctx);
  return store.countNotices(ctx.platform.db.read(tenant), tenant, account);
}

/** Removes one of the person's own notices. Throws `notFound`. */
export async function dismiss(ctx: Context, id: number): Promise<void> {
  const { tenant, account } = reader(ctx);
  await ctx.platform.db.write(tenant, async (tx) => {
    ensure(await store.deleteNotice(tx, tenant, account, id), 'notFound', 'platform.notFound');
    await emit(tx, ctx, noticesChanged, { tenant, accounts: [account] });
    await audit(tx, ctx, [{ action: 'notifications.dismiss', thing: `notice:${id}` }]);
  });
}

/** Removes all of the person's own notices; resolves with how many that were. */
export async function dismissAll(ctx: Context): Promise<number> {
  const { tenant, account } = reader(ctx);
  return ctx.platform.db.write(tenant, async (tx) => {
    const count = await store.deleteNotices(tx, tenant, account);
    if (count === 0) return 0;
    await emit(tx, ctx, noticesChanged, { tenant, accounts: [account] });
    await audit(tx, ctx, [{ action: 'notifications.dismissAll', thing: `account:${account}`, details: { count } }]);
    return count;
  });
}
