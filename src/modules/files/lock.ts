import { randomUUID } from 'node:crypto';
import type { Context } from '#platform/context';
import { ensure, Failure } from '#platform/errors';
import { authorize, locate, personOf } from './access.ts';
import { type Change, changeSpaces } from './change.ts';
import { holdInPlace } from './hold.ts';
import type { Entry, Node } from './node.ts';
import { checkPrecondition, type Precondition } from './precondition.ts';
import { limits } from './rules.ts';
import type { Lock, LockOver } from './store/locks.ts';
import * as store from './store/locks.ts';

export type { Lock, LockOver } from './store/locks.ts';

/** Longest time a lock is given for; clients refresh. */
const longestSeconds = 3_600;

export type LockRequest = {
  readonly isShared: boolean;
  readonly isInfinite: boolean;
  readonly owner: string;
  /** Null: as long as we give. */
  readonly seconds: number | null;
  readonly precondition?: Precondition;
};

/**
 * Refuses a change of a node that somebody else has locked. RFC 4918, 7: a write lock's holder must submit its token; being
 * the same person is not enough, since the lock keeps one client from overwriting what another one is editing.
 * @param by who changes it, and the tokens that came along: several people may change a space in one transaction
 * @param reach `self`: its content or name changes; `subtree`: everything below goes or moves with it
 */
export async function checkFree(
  change: Change,
  node: Pick<Node, 'id' | 'space'>,
  by: { readonly ctx: Context; readonly tokens?: readonly string[] | undefined },
  reach: 'self' | 'subtree' = 'self',
): Promise<void> {
  if (change.space(node.space).locks === 0) return;
  const over = await store.readLocksOver(change.tx, change.tenant, node.id, change.now);
  checkTokens(over, by);
  if (reach === 'self') return;
  const below = await store.readLocksBelow(change.tx, change.tenant, node.space, node.id, change.now);
  for (const lock of below) checkTokens([lock], by);
}

/**
 * RFC 4918, 7.2: of several shared locks the token of one is enough. 6.4: it counts only from who made the lock; everybody who may
 * read the file can read the token.
 */
function checkTokens(locks: readonly Lock[], { ctx: { actor }, tokens = [] }: Parameters<typeof checkFree>[2]): void {
  const account = actor.kind === 'account' ? actor.account : null;
  if (locks.length === 0 || locks.some((lock) => lock.account === account && tokens.includes(lock.token))) return;
  throw new Failure('locked', 'files.locked', { until: (locks[0] as Lock).expiresAt.toISOString() });
}

function grantedSeconds(asked: number | null): number {
  return Math.min(longestSeconds, Math.max(1, asked ?? longestSeconds));
}

/**
 * Locks a node. Throws `locked` when a lock in force does not allow another one (RFC 4918, 6.2), and `notFound` or `conflict` when
 * the node was deleted or moved meanwhile, `precondition`.
 */
export async function lock(ctx: Context, target: Entry, request: LockRequest): Promise<Lock> {
  authorize(ctx.actor, 'lock', target);
  return changeSpaces(ctx, [target.node.space], async (change) => {
    checkPrecondition(request.precondition ?? {}, await holdInPlace(change, target.node));
    return grantLock(change, ctx, target.node, request);
  });
}

/**
 * The lock on a node of a space that is held. Throws `locked` when a lock in force does not allow another one (RFC 4918, 6.2), and
 * `conflict` when there are too many.
 */
export async function grantLock(
  change: Change,
  ctx: Context,
  node: Pick<Node, 'id' | 'space'>,
  request: Omit<LockRequest, 'precondition'>,
): Promise<Lock> {
  const { tx, tenant, now } = change;
  const { account } = personOf(ctx);
  const over = await store.readLocksOver(tx, tenant, node.id, now);
  const below = request.isInfinite ? await store.readLocksBelow(tx, tenant, node.space, node.id, now) : [];
  const others = [...over, ...below];
  if (others.some((other) => !other.isShared || !request.isShared)) throw new Failure('locked', 'files.locked', { until: '' });
  ensure(others.length < limits.locksPerNode, 'conflict', 'files.tooManyLocks', { limit: limits.locksPerNode });
  const seconds = grantedSeconds(request.seconds);
  const made: Lock = {
    token: `urn:uuid:${randomUUID()}`,
    node: node.id,
    account,
    isInfinite: request.isInfinite,
    isShared: request.isShared,
    owner: request.owner,
    seconds,
    expiresAt: new Date(now.getTime() + seconds * 1000),
  };
  await store.insertLock(tx, tenant, node.space, made);
  await store.deleteLapsedLocks(tx, tenant, node.space, now);
  await store.countLocks(tx, tenant, node.space);
  change.audit(ctx, { action: 'files.lock', thing: `node:${node.id}` });
  return made;
}

/** A lock in force that covers the node; `precondition` when there is none of that token. */
async function findLock(ctx: Context, target: Pick<Node, 'id'>, token: string): Promise<Lock & { space: number }> {
  const { tenant } = personOf(ctx);
  const sql = ctx.platform.db.read(tenant);
  const found = await store.readLock(sql, tenant, token, ctx.platform.clock.now());
  const covers = found && (found.node === target.id || (found.isInfinite && (await isBelow(ctx, target.id, found.node))));
  if (!found || !covers) throw new Failure('precondition', 'files.noSuchLock');
  return found;
}

async function isBelow(ctx: Context, id: number, folder: number): Promise<boolean> {
  const { lineage } = await locate(ctx, id);
  return lineage.some((node) => node.id === folder);
}

/** Gives a lock more time (RFC 4918, 9.10.2). Throws `locked` for somebody else's. */
export async function refreshLock(ctx: Context, target: Entry, token: string, seconds: number | null): Promise<Lock> {
  authorize(ctx.actor, 'lock', target);
  const found = await findLock(ctx, target.node, token);
  ensure(found.account === personOf(ctx).account, 'locked', 'files.locked', { until: found.expiresAt.toISOString() });
  const granted = grantedSeconds(seconds);
  return ctx.platform.db.write(ctx.actor.tenant, async (tx) => {
    const expiresAt = new Date(ctx.platform.clock.now().getTime() + granted * 1000);
    await store.extendLock(tx, ctx.actor.tenant, token, granted, expiresAt);
    return { ...found, seconds: granted, expiresAt };
  });
}

/** Removes a lock; throws `precondition` when there is none. Its creator may, and whoever manages the space: a lock must not outlive the person who went home. */
export async function unlock(ctx: Context, target: Entry, token: string): Promise<void> {
  const found = await findLock(ctx, target.node, token);
  const { account } = personOf(ctx);
  authorize(ctx.actor, found.account === account ? 'lock' : 'manage', target);
  await changeSpaces(ctx, [found.space], async (change) => {
    const isGone = await store.deleteLock(change.tx, change.tenant, token);
    ensure(isGone, 'precondition', 'files.noSuchLock'); // of two who remove the same one, one is told that it was gone
    await store.countLocks(change.tx, change.tenant, found.space);
    change.audit(ctx, { action: 'files.unlock', thing: `node:${found.node}` });
  });
}

/** Locks in force on a node, those of folders above included. */
export async function listLocks(ctx: Context, target: Entry): Promise<LockOver[]> {
  authorize(ctx.actor, 'see', target);
  if (target.space.locks === 0) return [];
  return store.readLocksOver(ctx.platform.db.read(ctx.actor.tenant), ctx.actor.tenant, target.node.id, ctx.platform.clock.now());
}
