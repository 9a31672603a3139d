import { audit } from '#platform/audit';
import type { Context } from '#platform/context';
import { ensure } from '#platform/errors';
import { enqueue } from '#platform/jobs';
import { authorize, personOf } from './access.ts';
import { type Change, changeSpaces } from './change.ts';
import { ensureMovable } from './folder.ts';
import { holdFolder, holdInPlace } from './hold.ts';
import { checkFree } from './lock.ts';
import { checkPlace } from './move.ts';
import type { Entry, Node } from './node.ts';
import { operate } from './operation-step.ts';
import { checkName, nameKey } from './rules.ts';
import { mayStop, operationLimits } from './rules-operation.ts';
import { reserveNodeIds } from './store/change.ts';
import { moveNode } from './store/contents.ts';
import { countLocks, deleteLocksWithin } from './store/locks.ts';
import * as store from './store/operations.ts';
import { insertDeparture } from './store/trash.ts';
import { readChild } from './store/tree.ts';
import type { Target } from './write.ts';

/** Copies, moves between spaces and removals that are too large to wait for: begun here, done by {@link operate}. */

const minute = 60_000;

/** What the person who began it sees of an operation. */
export type OperationView = Pick<store.Operation, 'id' | 'kind' | 'state' | 'name' | 'total' | 'done' | 'failure'> & {
  readonly mayStop: boolean;
};

/** The person's operations that run or ended a moment ago, the latest first. */
export async function listOperations(ctx: Context): Promise<OperationView[]> {
  const { tenant, account } = personOf(ctx);
  const since = new Date(ctx.platform.clock.now().getTime() - operationLimits.shownMinutes * minute);
  const found = await store.readOperationsOf(ctx.platform.db.read(tenant), tenant, account, since, 50);
  return found.map(({ id, kind, state, name, total, done, failure }) => ({
    id,
    kind,
    state,
    name,
    total,
    done,
    failure,
    mayStop: mayStop(kind, state),
  }));
}

/** Stops a copy; what was copied so far goes again. Throws `notFound`, `conflict` when it is over or cannot be stopped. */
export async function stopOperation(ctx: Context, id: number): Promise<void> {
  const { tenant, account } = personOf(ctx);
  await ctx.platform.db.write(tenant, async (tx) => {
    const found = await store.holdOperation(tx, tenant, id);
    ensure(found?.account === account, 'notFound', 'platform.notFound');
    ensure(mayStop(found.kind, found.state), 'conflict', 'files.operationOver');
    await store.updateOperation(tx, tenant, id, { ...found, state: 'undoing' });
    await audit(tx, ctx, [{ action: 'files.stopOperation', thing: `operation:${id}` }]);
  });
}

type Begun = Omit<store.NewOperation, 'account' | 'startedAt'>;

async function begin(ctx: Context, change: Change, begun: Begun): Promise<number> {
  const { tx, tenant, now } = change;
  const { account } = personOf(ctx);
  const isLimited = begun.kind !== 'purge'; // whatever came in must be able to go
  ensure(!isLimited || begun.total <= operationLimits.nodes, 'tooLarge', 'files.tooManyAtOnce', { limit: operationLimits.nodes });
  const running = await store.countRunning(tx, tenant, account);
  ensure(running < operationLimits.perAccount, 'conflict', 'files.tooManyOperations', { limit: operationLimits.perAccount });
  const id = await store.insertOperation(tx, tenant, { ...begun, account, startedAt: now });
  await enqueue(tx, operate, { operation: id });
  return id;
}

/** Under which conditions something large may be put somewhere; they are looked at when it begins, and the place again at its end. */
async function checkTarget(ctx: Context, change: Change, { node, folder, name, replaces, role }: Placing): Promise<void> {
  await checkPlace(change, node, folder);
  const existing = await readChild(change.tx, change.tenant, folder.id, nameKey(name));
  await checkFree(change, existing ?? folder, { ctx }, existing ? 'subtree' : 'self');
  if (!existing) return;
  ensure(replaces, 'conflict', 'files.exists', { name: existing.name });
  authorize(ctx.actor, 'delete', { role });
}

type Placing = {
  readonly node: Node;
  readonly folder: Node;
  readonly name: string;
  readonly replaces: boolean;
  readonly role: Entry['role'];
};

/**
 * Begins to copy a folder of whatever size. The copy appears when it is whole; its bytes are reserved in the space from now on.
 * Resolves with the operation. Throws like `copy`.
 */
export async function beginCopy(ctx: Context, source: Entry, target: Target, replaces: boolean): Promise<number> {
  authorize(ctx.actor, 'read', source);
  authorize(ctx.actor, 'create', target.folder);
  const name = checkName(target.name);
  return changeSpaces(ctx, [source.node.space, target.folder.node.space], async (change) => {
    const { tx, tenant } = change;
    const node = await holdInPlace(change, source.node);
    const folder = await holdFolder(change, target.folder.node.id);
    await checkTarget(ctx, change, { node, folder, name, replaces, role: target.folder.role });
    const { nodes, bytes } = await store.measureSubtree(tx, tenant, node.id, operationLimits.nodes + 1);
    change.charge(folder.space, bytes);
    const facts = {
      kind: 'copy',
      name,
      space: folder.space,
      sourceSpace: node.space,
      source: node.id,
      folder: folder.id,
    } as const;
    const id = await begin(ctx, change, { ...facts, replaces, total: nodes, reserved: bytes });
    const [top = 0] = await reserveNodeIds(tx, 1);
    const { trash } = change.space(folder.space);
    const seq = change.next(folder.space);
    const { account } = personOf(ctx);
    const made = { id: top, source: node.id, space: folder.space, parent: trash, name, seq, now: change.now.getTime(), account };
    await store.insertCopyTop(tx, tenant, made);
    await store.insertHidden(tx, tenant, { node: top, space: folder.space, parent: folder.id, now: change.now, operation: id });
    await store.insertFront(tx, tenant, id, { source: node.id, target: top });
    change.touch(trash, seq, 0);
    change.audit(ctx, { action: 'files.copy', thing: `node:${top}`, details: { from: node.id, to: folder.id, operation: id } });
    return id;
  });
}

/**
 * Begins to move a folder of whatever size to another space. It is gone from its old place at once and appears at the new one
 * when all of it has arrived; ids, versions and comments stay. Resolves with the operation. Throws like `move`.
 */
export async function beginMove(ctx: Context, source: Entry, target: Target, replaces: boolean): Promise<number> {
  authorize(ctx.actor, 'move', source);
  authorize(ctx.actor, 'create', target.folder);
  ensureMovable(source);
  const name = checkName(target.name);
  return changeSpaces(ctx, [source.node.space, target.folder.node.space], async (change) => {
    const { tx, tenant } = change;
    const node = await holdInPlace(change, source.node);
    const from = node.parent as number;
    const folder = await holdFolder(change, target.folder.node.id);
    await checkTarget(ctx, change, { node, folder, name, replaces, role: target.folder.role });
    await checkFree(change, node, { ctx }, 'subtree');
    await checkFree(change, { id: from, space: node.space }, { ctx });
    const { nodes, bytes, older } = await store.measureSubtree(tx, tenant, node.id, operationLimits.nodes + 1);
    change.charge(folder.space, bytes + older);
    const facts = { kind: 'move', name, space: folder.space, sourceSpace: node.space, source: null, folder: folder.id } as const;
    const id = await begin(ctx, change, { ...facts, replaces, total: nodes, reserved: bytes + older });
    await detach(change, node, { operation: id, space: folder.space, folder: folder.id });
    change.audit(ctx, { action: 'files.move', thing: `node:${node.id}`, details: { from, to: folder.id, operation: id } });
    return id;
  });
}

/** Takes the folder out of its space and lays it, unseen, into the trash of the other one; what is in it follows step by step. */
async function detach(change: Change, node: Node, to: { operation: number; space: number; folder: number }): Promise<void> {
  const { tx, tenant, now } = change;
  const { trash } = change.space(to.space);
  const left = change.next(node.space);
  const arrived = change.next(to.space);
  // RFC 4918, 7.7: a lock does not move with its resource.
  await deleteLocksWithin(tx, tenant, node.space, node.id);
  await countLocks(tx, tenant, node.space);
  await moveNode(tx, tenant, node.id, { parent: trash, name: node.name, key: String(node.id), seq: arrived });
  await store.setSpace(tx, tenant, node.id, { space: to.space, seq: arrived });
  await store.insertHidden(tx, tenant, { node: node.id, space: to.space, parent: to.folder, now, operation: to.operation });
  await store.insertFront(tx, tenant, to.operation, { source: node.id, target: node.id });
  await insertDeparture(tx, tenant, node.space, left, node.id);
  change.touch(node.parent as number, left, -node.size);
  change.touch(trash, arrived, node.size);
  change.changed(node.space, node.id);
}

/**
 * Begins to remove things in a trash for good; they are out of it at once. The caller has asked whether the person may.
 * Resolves with how many there were.
 * @param nodes null: everything that lies in it
 */
export async function beginPurge(ctx: Context, space: number, { nodes, name, total }: Purging): Promise<number> {
  return changeSpaces(ctx, [space], async (change) => {
    const facts = { kind: 'purge', name, space, sourceSpace: null, source: null, folder: null } as const;
    const id = await begin(ctx, change, { ...facts, replaces: false, total, reserved: 0 });
    const count = await store.hideTrashed(change.tx, change.tenant, space, nodes, id);
    change.changed(space, change.space(space).trash);
    change.audit(ctx, { action: 'files.beginPurge', thing: `space:${space}`, details: { operation: id, nodes: total } });
    return count;
  });
}

type Purging = { readonly nodes: readonly number[] | null; readonly name: string; readonly total: number };
