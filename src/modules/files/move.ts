import type { Context } from '#platform/context';
import { ensure, Failure } from '#platform/errors';
import { authorize, checkNoSpaceIsCalled, personOf } from './access.ts';
import { type Change, changeSpaces } from './change.ts';
import { nodeMoved } from './events.ts';
import { checkDepth, ensureMovable } from './folder.ts';
import { holdFolder, holdInPlace } from './hold.ts';
import { checkFree } from './lock.ts';
import type { Entry, Node } from './node.ts';
import { checkPrecondition, type Precondition } from './precondition.ts';
import { checkName, limits, nameKey } from './rules.ts';
import { shareBlobs } from './store/change.ts';
import { moveNode } from './store/contents.ts';
import { countLocks, deleteLocksWithin } from './store/locks.ts';
import { changeSubtreeSpace, copySubtree } from './store/subtree.ts';
import { insertDeparture } from './store/trash.ts';
import { countSubtree, readChild, readNode, subtreeDepth } from './store/tree.ts';
import { putIntoTrash } from './trash.ts';
import type { Target } from './write.ts';

export type MoveOptions = {
  /** What has the name already goes to the trash; without it the move is refused. */
  readonly overwrites?: boolean;
  /** What has the name in another spelling of upper and lower case is meant as well; otherwise it is in the way, as for {@link writeFile}. */
  readonly ignoresCase?: boolean;
  readonly precondition?: Precondition;
  readonly tokens?: readonly string[];
};

export type Moved = { readonly node: Node; readonly replaced: boolean };

/**
 * Moves or renames a file or folder; the id stays. Within a space that is one step whatever the size; to another space the
 * nodes are counted first. Throws `conflict` (name taken, into itself, too deep), `locked`, `tooLarge`, `quotaExceeded`.
 */
export async function move(ctx: Context, source: Entry, target: Target, options: MoveOptions = {}): Promise<Moved> {
  const isRename = source.node.parent === target.folder.node.id;
  authorize(ctx.actor, isRename ? 'rename' : 'move', source);
  if (!isRename) authorize(ctx.actor, 'create', target.folder);
  ensureMovable(source);
  const name = checkName(target.name);
  await checkNoSpaceIsCalled(ctx, target.folder, name);
  return changeSpaces(ctx, [source.node.space, target.folder.node.space], async (change) => {
    const node = await holdInPlace(change, source.node);
    const folder = await holdFolder(change, target.folder.node.id);
    checkPrecondition(options.precondition ?? {}, node);
    await checkPlace(change, node, folder);
    await checkFree(change, node, { ctx, tokens: options.tokens }, 'subtree');
    await checkFree(change, { id: node.parent as number, space: node.space }, { ctx, tokens: options.tokens });
    const replaced = await clearPlace(ctx, change, { folder, name, moving: node, role: target.folder.role, options });
    await dropLocks(change, node);
    await (node.space === folder.space ? moveWithin(change, node, folder, name) : moveAcross(change, node, folder, name));
    change.audit(ctx, { action: 'files.move', thing: `node:${node.id}`, details: { from: node.parent, to: folder.id } });
    change.emit(ctx, nodeMoved, { node: node.id, from: node.parent as number, to: folder.id });
    return { node: (await readNode(change.tx, change.tenant, node.id)) as Node, replaced };
  });
}

/**
 * A folder cannot be put into itself, nor deeper than the tree may be.
 * @param isAlone without what is in it: then it fits anywhere
 */
export async function checkPlace(change: Change, node: Node, folder: Node, { isAlone = false } = {}): Promise<void> {
  const below = node.isFolder && !isAlone ? await subtreeDepth(change.tx, change.tenant, node.id) : 0;
  const lineage = await checkDepth(change, folder.id, below + 1);
  ensure(isAlone || !lineage.some((above) => above.id === node.id), 'conflict', 'files.intoItself', { name: node.name });
}

type Clearing = { folder: Node; name: string; moving: Node | null; role: Entry['role']; options: MoveOptions };

/** Makes room for the name; true when something had to go to the trash for it. */
async function clearPlace(ctx: Context, change: Change, { folder, name, moving, role, options }: Clearing): Promise<boolean> {
  const existing = await readChild(change.tx, change.tenant, folder.id, nameKey(name));
  await checkFree(change, existing ?? folder, { ctx, tokens: options.tokens }, existing ? 'subtree' : 'self');
  // Renaming `a.txt` to `A.txt` meets itself; that is no conflict.
  if (!existing || existing.id === moving?.id) return false;
  ensure(existing.name === name || options.ignoresCase, 'conflict', 'files.nameDiffersInCase', { name, other: existing.name });
  if (!options.overwrites) throw new Failure('conflict', 'files.exists', { name: existing.name });
  authorize(ctx.actor, 'delete', { role });
  await putIntoTrash(ctx, change, existing);
  return true;
}

/** RFC 4918, 7.7: a lock does not move with its resource. Whoever moves holds the locks on it, or was refused before. */
async function dropLocks(change: Change, { id, space }: Node): Promise<void> {
  if (change.space(space).locks === 0) return;
  await deleteLocksWithin(change.tx, change.tenant, space, id);
  await countLocks(change.tx, change.tenant, space);
}

async function moveWithin(change: Change, node: Node, folder: Node, name: string): Promise<void> {
  const seq = change.next(node.space);
  await moveNode(change.tx, change.tenant, node.id, { parent: folder.id, name, key: nameKey(name), seq });
  change.touch(node.parent as number, seq, -node.size);
  change.touch(folder.id, seq, node.size);
  change.changed(node.space, node.id);
}

async function moveAcross(change: Change, node: Node, folder: Node, name: string): Promise<void> {
  const { tx, tenant } = change;
  await checkCount(change, node.id);
  const left = change.next(node.space);
  const arrived = change.next(folder.space);
  await moveNode(tx, tenant, node.id, { parent: folder.id, name, key: nameKey(name), seq: arrived });
  const bytes = await changeSubtreeSpace(tx, tenant, node.id, { space: folder.space, seq: arrived });
  await insertDeparture(tx, tenant, node.space, left, node.id);
  change.charge(node.space, -bytes);
  change.charge(folder.space, bytes);
  change.touch(node.parent as number, left, -node.size);
  change.touch(folder.id, arrived, node.size);
  change.changed(node.space, node.id);
  change.changed(folder.space, node.id);
}

async function checkCount(change: Change, id: number): Promise<void> {
  const count = await countSubtree(change.tx, change.tenant, id, limits.nodesAtOnce + 1);
  ensure(count <= limits.nodesAtOnce, 'tooLarge', 'files.tooManyHere', { limit: limits.nodesAtOnce });
}

export type CopyOptions = MoveOptions & {
  /** A folder with its properties, without what is in it. */
  readonly isAlone?: boolean;
};

/**
 * Copies a file or folder: new ids, the bytes shared until one side changes. Versions, comments and favourites stay with the
 * original. Throws like {@link move}; `conflict` also for a copy that would take the place of its original.
 */
export async function copy(ctx: Context, source: Entry, target: Target, options: CopyOptions = {}): Promise<Moved> {
  const isAlone = options.isAlone === true && source.node.isFolder;
  authorize(ctx.actor, 'read', source);
  authorize(ctx.actor, 'create', target.folder);
  const name = checkName(target.name);
  await checkNoSpaceIsCalled(ctx, target.folder, name);
  return changeSpaces(ctx, [source.node.space, target.folder.node.space], async (change) => {
    const { tx, tenant } = change;
    const node = await holdInPlace(change, source.node);
    const folder = await holdFolder(change, target.folder.node.id);
    checkPrecondition(options.precondition ?? {}, node);
    await checkPlace(change, node, folder, { isAlone });
    if (!isAlone) await checkCount(change, node.id);
    checkNotOnto(node, folder, name);
    const replaced = await clearPlace(ctx, change, { folder, name, moving: null, role: target.folder.role, options });
    const seq = change.next(folder.space);
    const made = { parent: folder.id, space: folder.space, name, key: nameKey(name), seq, now: change.now.getTime(), isAlone };
    const copied = await copySubtree(tx, tenant, node.id, { ...made, account: personOf(ctx).account });
    change.charge(folder.space, copied.bytes);
    await shareBlobs(tx, tenant, copied.blobs);
    change.touch(folder.id, seq, copied.bytes);
    change.changed(folder.space, copied.id);
    change.audit(ctx, { action: 'files.copy', thing: `node:${copied.id}`, details: { from: node.id, to: folder.id } });
    return { node: (await readNode(tx, tenant, copied.id)) as Node, replaced };
  });
}

/** Under its own name, also one that only Windows and macOS take for it, a copy would put its original into the trash. */
function checkNotOnto(node: Node, folder: Node, name: string): void {
  if (node.parent !== folder.id || nameKey(node.name) !== nameKey(name)) return;
  throw new Failure('conflict', node.name === name ? 'files.exists' : 'files.nameDiffersInCase', { name, other: node.name });
}
