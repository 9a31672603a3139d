import { actorOf } from '#modules/accounts';
import { notify } from '#modules/notifications';
import { isAllowed } from '#platform/authorize';
import type { Context } from '#platform/context';
import { asFailure, ensure, type Failure } from '#platform/errors';
import { enqueue, type Job } from '#platform/jobs';
import { type Change, changeSpaces } from './change.ts';
import { nodeMoved } from './events.ts';
import type { Node } from './node.ts';
import { highestRole, nameKey, permissions } from './rules.ts';
import { mayPass, type OperationState, operationLimits } from './rules-operation.ts';
import { shareBlobs } from './store/change.ts';
import { moveNode } from './store/contents.ts';
import * as store from './store/operations.ts';
import { readRoles } from './store/spaces.ts';
import { deleteTrash } from './store/trash.ts';
import { readChild, readNode } from './store/tree.ts';
import { freeName, homeFor, purgeStepOf, putIntoTrash } from './trash.ts';

/**
 * Works on an operation, step by step, each in a transaction of its own: whenever it is killed, the next run goes on behind the
 * last step. After a while it lets other jobs go first.
 */
export const operate: Job<{ operation: number }> = {
  name: 'files.operate',
  run: async (ctx, payload) => {
    const began = performance.now();
    while (performance.now() - began < operationLimits.sliceMilliseconds) if (await takeStep(ctx, payload.operation)) return;
    await ctx.platform.db.write(ctx.actor.tenant, (tx) => enqueue(tx, operate, payload));
  },
};

/** What the person has to hear of when it cannot go on; anything else is tried again. */
const endings = new Set<Failure['kind']>(['quotaExceeded', 'forbidden', 'notFound', 'conflict', 'tooLarge']);

/** True when there is nothing left to do. */
async function takeStep(ctx: Context, id: number): Promise<boolean> {
  const { tenant } = ctx.actor;
  const now = await store.readOperation(ctx.platform.db.read(tenant), tenant, id);
  if (!now || now.endedAt) return true;
  const spaces = now.kind === 'move' ? [now.space, now.sourceSpace as number] : [now.space];
  try {
    if (now.kind === 'copy' && now.state === 'running') await checkRights(ctx, now);
    return await changeSpaces(ctx, spaces, async (change) => {
      const held = await store.holdOperation(change.tx, tenant, id);
      if (!held || held.endedAt) return true;
      return stepOf(ctx, change, held);
    });
  } catch (error) {
    const failure = asFailure(error);
    if (now.kind !== 'copy' || now.state !== 'running' || !endings.has(failure.kind)) throw error;
    await giveUp(ctx, id, failure);
    return false;
  }
}

/** Permission is a matter of now: whoever lost a role while a copy ran gets nothing more of it. */
async function checkRights(ctx: Context, { account, space, sourceSpace }: store.Operation): Promise<void> {
  const { tenant } = ctx.actor;
  const actor = await actorOf(ctx.platform, tenant, account);
  ensure(actor, 'forbidden', 'platform.forbidden');
  const sql = ctx.platform.db.read(tenant);
  for (const [where, action] of [
    [sourceSpace ?? space, 'read'],
    [space, 'create'],
  ] as const) {
    const role = highestRole(await readRoles(sql, tenant, where, actor));
    ensure(isAllowed(permissions, actor, { action, thing: { role } }), 'forbidden', 'platform.forbidden');
  }
}

async function giveUp(ctx: Context, id: number, failure: Failure): Promise<void> {
  const { tenant } = ctx.actor;
  await ctx.platform.db.write(tenant, async (tx) => {
    const held = await store.holdOperation(tx, tenant, id);
    if (held && mayPass(held.state, 'undoing', 'house'))
      await store.updateOperation(tx, tenant, id, { ...held, state: 'undoing', failure: failure.code });
  });
}

function stepOf(ctx: Context, change: Change, operation: store.Operation): Promise<boolean> {
  if (operation.state === 'undoing' || operation.kind === 'purge') return removeStep(ctx, change, operation);
  return carryStep(ctx, change, operation);
}

/** Goes on with a copy or a move; at the end of it everything appears. */
async function carryStep(ctx: Context, change: Change, operation: store.Operation): Promise<boolean> {
  const { tx, tenant } = change;
  const front = await store.readFront(tx, tenant, operation.id, operationLimits.folders);
  if (front.length === 0) return finish(ctx, change, operation);
  const { id, space, account } = operation;
  const seq = change.next(space);
  const options = { operation: id, front, space, seq, limit: operationLimits.step };
  const made = { now: change.now.getTime(), account };
  const isCopy = operation.kind === 'copy';
  const entries = await (isCopy ? store.copyEntries(tx, tenant, options, made) : store.moveEntries(tx, tenant, options));
  const bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  const fromReserve = Math.min(operation.reserved, bytes);
  change.charge(space, bytes - fromReserve);
  if (isCopy)
    await shareBlobs(
      tx,
      tenant,
      entries.flatMap(({ blob }) => blob ?? []),
    );
  else change.charge(operation.sourceSpace as number, -bytes);
  // A moved folder has its size; a copied one grows with what arrives in it.
  for (const [folder, inside] of Map.groupBy(entries, ({ target }) => target))
    change.touch(folder, seq, isCopy ? inside.reduce((sum, entry) => sum + entry.bytes, 0) : 0);
  await advance(change, operation, front, entries);
  const done = operation.done + entries.length;
  ensure(done <= operationLimits.nodes, 'tooLarge', 'files.tooManyAtOnce', { limit: operationLimits.nodes });
  await store.updateOperation(tx, tenant, id, { ...operation, done, reserved: operation.reserved - fromReserve });
  return false;
}

/** Entries come folder by folder: all folders before the last one's are done with, and when fewer came than asked for, all are. */
async function advance(
  { tx, tenant }: Change,
  { id }: store.Operation,
  front: readonly store.Front[],
  entries: readonly store.Stepped[],
): Promise<void> {
  const last = entries.at(-1);
  const isAll = entries.length < operationLimits.step || last === undefined;
  const until = isAll ? front.length : front.findIndex(({ source }) => source === last.source);
  await store.deleteFront(
    tx,
    tenant,
    id,
    front.slice(0, until).map(({ source }) => source),
  );
  if (!isAll) await store.advanceFront(tx, tenant, id, { source: last.source, after: last.id });
}

/** Puts what is whole now where it belongs: like something that comes out of the trash, wherever it can be by now. */
async function finish(ctx: Context, change: Change, operation: store.Operation): Promise<boolean> {
  const { tx, tenant } = change;
  const { id, space, kind, reserved } = operation;
  const top = (await store.readHidden(tx, tenant, id)) ?? 0;
  const node = (await readNode(tx, tenant, top)) as Node;
  const folder = await homeFor(change, node, operation.folder ?? 0);
  const existing = operation.replaces ? await readChild(tx, tenant, folder.id, nameKey(operation.name)) : null;
  if (existing) await putIntoTrash(ctx, change, existing);
  const name = await freeName(change, folder.id, operation.name);
  const seq = change.next(space);
  await moveNode(tx, tenant, top, { parent: folder.id, name, key: nameKey(name), seq });
  await deleteTrash(tx, tenant, top);
  change.charge(space, -reserved);
  change.touch(change.space(space).trash, seq, -node.size);
  change.touch(folder.id, seq, node.size);
  change.changed(space, top);
  if (kind === 'move') change.emit(ctx, nodeMoved, { node: top, from: node.parent as number, to: folder.id });
  await end(ctx, change, { ...operation, reserved: 0 }, 'done');
  await notify(tx, ctx, {
    accounts: [operation.account],
    code: kind === 'copy' ? 'files.toldCopied' : 'files.toldMoved',
    params: { name },
    link: `/dateien/${top}`,
    about: `operation:${id}`,
  });
  return true;
}

async function end(ctx: Context, change: Change, operation: store.Operation, state: OperationState): Promise<void> {
  const { tx, tenant, now } = change;
  await store.updateOperation(tx, tenant, operation.id, { ...operation, state, endedAt: now });
  const details = { state, done: operation.done, ...(operation.failure ? { failure: operation.failure } : {}) };
  change.audit(ctx, { action: 'files.endOperation', thing: `operation:${operation.id}`, details });
}

/** Removes for good what is hidden: what was to be purged, or a copy that is not wanted any more. */
async function removeStep(ctx: Context, change: Change, operation: store.Operation): Promise<boolean> {
  const { tx, tenant } = change;
  await store.deleteFront(tx, tenant, operation.id, null);
  if (operation.reserved > 0) change.charge(operation.space, -operation.reserved);
  const free = { ...operation, reserved: 0 };
  const top = await store.readHidden(tx, tenant, operation.id);
  const node = top === null ? null : await readNode(tx, tenant, top);
  if (!node) {
    await endRemoval(ctx, change, free);
    return true;
  }
  const { count } = await purgeStepOf(ctx, change, node);
  const done = operation.kind === 'purge' ? operation.done + count : operation.done;
  await store.updateOperation(tx, tenant, operation.id, { ...free, done });
  return false;
}

async function endRemoval(ctx: Context, change: Change, operation: store.Operation): Promise<void> {
  if (operation.kind === 'purge') return end(ctx, change, operation, 'done');
  await end(ctx, change, operation, operation.failure ? 'failed' : 'cancelled');
  if (!operation.failure) return; // whoever stopped it knows
  await notify(change.tx, ctx, {
    accounts: [operation.account],
    code: 'files.toldCopyFailed',
    params: { name: operation.name },
    link: `/dateien/${operation.source}`,
    about: `operation:${operation.id}`,
  });
}
