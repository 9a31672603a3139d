import type { Context } from '#platform/context';
import { ensure, Failure } from '#platform/errors';
import { authorize, checkNoSpaceIsCalled, personOf } from './access.ts';
import { type Change, changeSpaces } from './change.ts';
import { holdFolder } from './hold.ts';
import { checkFree } from './lock.ts';
import type { Entry, Node } from './node.ts';
import { checkPrecondition, type Precondition } from './precondition.ts';
import { checkName, limits, nameKey } from './rules.ts';
import { reserveNodeIds } from './store/change.ts';
import { insertNodes } from './store/contents.ts';
import { readChild, readLineage } from './store/tree.ts';
import type { Target } from './write.ts';

/** The folder and those above it, the root last. Throws `conflict` when something put there would be nested too deep. */
export async function checkDepth(change: Change, folder: number, below: number): Promise<Node[]> {
  const lineage = await readLineage(change.tx, change.tenant, folder);
  ensure(lineage.length + below <= limits.depth, 'conflict', 'files.tooDeep', { limit: limits.depth });
  return lineage;
}

export type FolderOptions = {
  readonly modified?: number | null;
  readonly precondition?: Precondition;
  readonly tokens?: readonly string[];
};

/** Makes a folder. Throws `conflict` with code `files.exists` when the name is taken. */
export async function createFolder(ctx: Context, target: Target, options: FolderOptions = {}): Promise<Node> {
  authorize(ctx.actor, 'create', target.folder);
  const name = checkName(target.name);
  await checkNoSpaceIsCalled(ctx, target.folder, name);
  return changeSpaces(ctx, [target.folder.node.space], async (change) => {
    const { tx, tenant, now } = change;
    const folder = await holdFolder(change, target.folder.node.id);
    const [existing, [id]] = await Promise.all([
      readChild(tx, tenant, folder.id, nameKey(name)),
      reserveNodeIds(tx, 1),
      checkDepth(change, folder.id, 1),
      checkFree(change, folder, { ctx, tokens: options.tokens }),
    ]);
    if (existing) throw new Failure('conflict', 'files.exists', { name: existing.name });
    checkPrecondition(options.precondition ?? {}, null);
    const seq = change.next(folder.space);
    const created = now.getTime();
    const fresh = {
      modified: options.modified ?? created,
      created,
      author: personOf(ctx).account,
      size: 0,
      blob: null,
      sha256: null,
      sha1: null,
    };
    const node = { ...fresh, id: id as number, space: folder.space, parent: folder.id, name, seq };
    await insertNodes(tx, tenant, [{ ...node, key: nameKey(name) }]);
    change.touch(folder.id, seq, 0);
    change.changed(folder.space, node.id);
    change.audit(ctx, { action: 'files.createFolder', thing: `node:${node.id}`, details: { space: node.space } });
    return { ...fresh, id: node.id, space: node.space, parent: node.parent, name, isFolder: true, etag: seq, changed: seq };
  });
}

/** Throws unless the node may be moved, renamed or deleted at all: the root of a space stays where it is. */
export function ensureMovable(entry: Entry): void {
  ensure(!entry.isRoot && entry.node.parent !== null, 'forbidden', 'files.rootStays');
}
