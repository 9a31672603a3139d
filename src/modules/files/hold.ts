import { ensure } from '#platform/errors';
import type { Change } from './change.ts';
import type { Node } from './node.ts';
import { readLineage } from './store/tree.ts';

/**
 * What somebody found is looked at again under the lock of its space: meanwhile another one may have moved it, or put it or a folder above
 * it into the trash. What is then done to it would be acknowledged and lie where nobody looks.
 */

/** The node as it is now; null when it is gone, lies in the trash or below something that does. */
async function readInTree(change: Change, id: number): Promise<Node | null> {
  const lineage = await readLineage(change.tx, change.tenant, id);
  const [node] = lineage;
  return node && lineage.at(-1)?.id === change.space(node.space).root ? node : null;
}

/** The node as it is under the space's lock, in the tree. Throws `notFound` when it is gone or in the trash, itself or what it lies in. */
export async function holdNode(change: Change, id: number): Promise<Node> {
  const node = await readInTree(change, id);
  ensure(node, 'notFound', 'platform.notFound');
  return node;
}

/** Like {@link holdNode}. Throws `conflict` when it no longer lies where it was found: meant was what is there. */
export async function holdInPlace(change: Change, found: Pick<Node, 'id' | 'parent' | 'name'>): Promise<Node> {
  const node = await holdNode(change, found.id);
  ensure(node.parent === found.parent && node.name === found.name, 'conflict', 'files.movedMeanwhile');
  return node;
}

/** The folder as it is under the space's lock. Throws `notFound` when it went meanwhile, `conflict` when it is a file. */
export async function holdFolder(change: Change, id: number): Promise<Node> {
  const folder = await readInTree(change, id);
  ensure(folder, 'notFound', 'files.folderGone');
  ensure(folder.isFolder, 'conflict', 'files.notAFolder', { name: folder.name });
  return folder;
}
