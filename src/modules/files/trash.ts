import type { Context } from '#platform/context';
import { ensure, Failure } from '#platform/errors';
import { type Page, pageLimit, readCursor, toPage } from '#platform/page';
import { authorize, locateAnywhere } from './access.ts';
import { type Change, changeSpaces } from './change.ts';
import { nodePurged, nodeTrashed } from './events.ts';
import { ensureMovable } from './folder.ts';
import { holdInPlace } from './hold.ts';
import { checkFree } from './lock.ts';
import type { Entry, Node } from './node.ts';
import { checkPrecondition, type Precondition } from './precondition.ts';
import { nameKey, numberedName } from './rules.ts';
import { releaseBlobs } from './store/change.ts';
import { moveNode } from './store/contents.ts';
import { countLocks, deleteLocksWithin } from './store/locks.ts';
import type { Trashed } from './store/trash.ts';
import * as store from './store/trash.ts';
import { readChild, readLineage, readNode } from './store/tree.ts';

export type { Trashed } from './store/trash.ts';

export type DeleteOptions = { readonly precondition?: Precondition; readonly tokens?: readonly string[] };

/** Nodes that are removed for good in one transaction. */
const purgeStep = 5_000;

/**
 * Puts a file or folder into the trash of its space, whatever its size, in one step.
 * Throws `locked`, `precondition`, `forbidden` (the root of a space).
 */
export async function trash(ctx: Context, target: Entry, options: DeleteOptions = {}): Promise<void> {
  authorize(ctx.actor, 'delete', target);
  ensureMovable(target);
  await changeSpaces(ctx, [target.node.space], async (change) => {
    const node = await holdInPlace(change, target.node);
    checkPrecondition(options.precondition ?? {}, node);
    await checkFree(change, node, { ctx, tokens: options.tokens }, 'subtree');
    await checkFree(change, { id: node.parent as number, space: node.space }, { ctx, tokens: options.tokens });
    await putIntoTrash(ctx, change, node);
  });
}

/** The step of {@link trash} inside a larger change, e.g. when something is moved over it. */
export async function putIntoTrash(ctx: Context, change: Change, node: Node): Promise<void> {
  const { tx, tenant, now } = change;
  const space = change.space(node.space);
  const lineage = (await readLineage(tx, tenant, node.id)).reverse();
  ensure(lineage[0]?.id === space.root, 'notFound', 'platform.notFound');
  const path = lineage
    .slice(1)
    .map((each) => each.name)
    .join('/');
  const account = ctx.actor.kind === 'account' ? ctx.actor.account : null;
  const parent = node.parent as number;
  const seq = change.next(node.space);
  // In the trash the key is the id: two things of one name deleted in the same second both stay.
  await moveNode(tx, tenant, node.id, { parent: space.trash, name: node.name, key: String(node.id), seq });
  await store.insertTrash(tx, tenant, { node: node.id, space: node.space, parent, path, now, account });
  if (space.locks > 0) {
    await deleteLocksWithin(tx, tenant, node.space, node.id);
    await countLocks(tx, tenant, node.space);
  }
  change.touch(parent, seq, -node.size);
  change.touch(space.trash, seq, node.size);
  change.changed(node.space, node.id);
  change.audit(ctx, { action: 'files.trash', thing: `node:${node.id}`, details: { space: node.space } });
  change.emit(ctx, nodeTrashed, { node: node.id, space: node.space });
}

/** What lies in the trash of a space, newest first. */
export async function listTrash(
  ctx: Context,
  space: Entry,
  cursor: string | null = null,
  asked?: number,
): Promise<Page<Trashed>> {
  authorize(ctx.actor, 'read', space);
  const limit = pageLimit(asked);
  const position = readCursor(cursor, 2);
  const before = position && { at: new Date(Number(position[0])), node: Number(position[1]) };
  const sql = ctx.platform.db.read(ctx.actor.tenant);
  const rows = await store.readTrash(sql, ctx.actor.tenant, space.node.space, { before, limit: limit + 1 });
  return toPage(rows, limit, (last) => [last.deletedAt.getTime(), last.node.id]);
}

/** Something in the trash, with what the person may do in its space. Throws `notFound`. */
export async function locateTrashed(ctx: Context, id: number): Promise<Entry & { readonly trashed: Trashed }> {
  const found = await locateAnywhere(ctx, id);
  const trashed = await store.readTrashed(ctx.platform.db.read(ctx.actor.tenant), ctx.actor.tenant, id);
  if (!trashed) throw new Failure('notFound', 'platform.notFound');
  return { ...found, trashed };
}

/**
 * Brings something back from the trash: to its folder, or to the top of the space when that is gone, or where the person
 * wants it in the same space. A name that is taken meanwhile gets a number.
 */
export async function restore(ctx: Context, id: number, to: { folder: number; name?: string } | null = null): Promise<Node> {
  const entry = await locateTrashed(ctx, id);
  authorize(ctx.actor, 'restore', entry);
  return changeSpaces(ctx, [entry.node.space], async (change) => {
    const { tx, tenant } = change;
    const trashed = await store.readTrashed(tx, tenant, id);
    ensure(trashed, 'notFound', 'platform.notFound');
    const { node } = trashed;
    const folder = await homeFor(change, node, to?.folder ?? trashed.parent);
    const name = await freeName(change, folder.id, to?.name ?? node.name);
    await checkFree(change, folder, { ctx });
    const seq = change.next(node.space);
    await moveNode(tx, tenant, id, { parent: folder.id, name, key: nameKey(name), seq });
    await store.deleteTrash(tx, tenant, id);
    change.touch(change.space(node.space).trash, seq, -node.size);
    change.touch(folder.id, seq, node.size);
    change.changed(node.space, id);
    change.audit(ctx, { action: 'files.restore', thing: `node:${id}`, details: { space: node.space } });
    return { ...node, parent: folder.id, name, changed: seq };
  });
}

/** The folder if it still stands in the tree of the node's space, otherwise the top of the space. */
export async function homeFor(change: Change, node: Node, folder: number): Promise<Node> {
  const lineage = await readLineage(change.tx, change.tenant, folder);
  const { root } = change.space(node.space);
  const [wanted] = lineage;
  if (wanted?.isFolder && lineage.at(-1)?.id === root) return wanted;
  return (await readNode(change.tx, change.tenant, root)) as Node;
}

/** The name, or with the first free number behind it. */
export async function freeName(change: Change, folder: number, name: string): Promise<string> {
  for (let number = 1; number <= 1_000; number += 1) {
    const candidate = number === 1 ? name : numberedName(name, number);
    if (!(await readChild(change.tx, change.tenant, folder, nameKey(candidate)))) return candidate;
  }
  throw new Failure('conflict', 'files.exists', { name });
}

/**
 * Removes something in a trash for good, without the question who may: that is the caller's. False when it did not lie there (any
 * more): somebody else was faster, or brought it back.
 */
export async function purgeTrashed(ctx: Context, id: number, space: number): Promise<boolean> {
  for (let wasThere = false; ; wasThere = true) {
    const step = await changeSpaces(ctx, [space], async (change) => {
      const trashed = await store.readTrashed(change.tx, change.tenant, id);
      return trashed ? (await purgeStepOf(ctx, change, trashed.node)).isGone : null;
    });
    if (step === null) return wasThere;
    if (step) return true;
  }
}

/** Removes the next nodes of something that lies in a trash; how many, and whether that was all of it. */
export async function purgeStepOf(ctx: Context, change: Change, node: Node): Promise<{ count: number; isGone: boolean }> {
  const { tx, tenant, now } = change;
  const gone = await store.deleteSubtree(tx, tenant, node.id, purgeStep);
  await releaseBlobs(tx, tenant, gone.blobs, now);
  change.charge(node.space, -gone.bytes);
  const seq = change.next(node.space);
  change.changed(node.space, node.id);
  // After every step the books are right: the purge may break off, and what is left may be brought back.
  for (const [folder, bytes] of gone.shrunk) change.touch(folder, seq, -bytes);
  if (gone.isGone) {
    await store.insertDeparture(tx, tenant, node.space, seq, node.id);
    change.audit(ctx, { action: 'files.purge', thing: `node:${node.id}`, details: { space: node.space } });
    change.emit(ctx, nodePurged, { node: node.id, space: node.space });
  }
  return { count: gone.count, isGone: gone.isGone };
}
