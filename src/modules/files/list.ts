import type { Context } from '#platform/context';
import { sha256 } from '#platform/crypto';
import { largestPage, pageLimit } from '#platform/page';
import { authorize, type Mount, mountSuffix, personOf, readMounts } from './access.ts';
import type { Entry, Node } from './node.ts';
import { nameKey } from './rules.ts';
import { ensurePersonalSpace } from './space.ts';
import type { FolderOrder } from './store/tree.ts';
import * as tree from './store/tree.ts';

export type { FolderOrder } from './store/tree.ts';

/** Entries read before the first is sent: few, so that the client sees something soon. */
const firstPage = 250;

/**
 * The children of a folder as a sync client needs them: each one there throughout the listing comes exactly once, although it
 * is read in pages and others may rename and move meanwhile. Something moved in during the listing may be missing; the
 * folder's ETag, taken before, is then outdated, and the client looks again.
 */
export async function* streamChildren(ctx: Context, folder: Entry): AsyncGenerator<Node[]> {
  authorize(ctx.actor, 'read', folder);
  const { tenant } = ctx.actor;
  const sql = ctx.platform.db.read(tenant);
  const given = new Set<number>();
  let after = '';
  for (let limit = firstPage; ; limit = largestPage) {
    const page = await tree.readChildren(sql, tenant, folder.node.id, { after, limit });
    const fresh = page.filter((node) => !given.has(node.id));
    for (const node of fresh) given.add(node.id);
    yield fresh;
    if (page.length < limit) break;
    after = nameKey((page.at(-1) as Node).name);
  }
  if (given.size < firstPage) return; // one statement sees one moment
  // A rename to an earlier name may have slipped past the pages; such a node has changed since the folder was looked up.
  const late = await tree.readChangedChildren(sql, tenant, folder.node, folder.space.seq);
  yield late.filter((node) => !given.has(node.id));
}

export type FolderView = {
  readonly order?: FolderOrder;
  readonly isDescending?: boolean;
  readonly offset?: number;
  readonly limit?: number;
};

/** One page of a folder for people, and how many entries it has in all. */
export async function listFolder(ctx: Context, folder: Entry, view: FolderView = {}): Promise<{ nodes: Node[]; total: number }> {
  authorize(ctx.actor, 'read', folder);
  const { tenant } = ctx.actor;
  const sql = ctx.platform.db.read(tenant);
  const limit = pageLimit(view.limit);
  const offset = Math.max(0, Math.floor(view.offset ?? 0));
  const sorted = { order: view.order ?? 'name', isDescending: view.isDescending ?? false, offset, limit };
  const [nodes, total] = await Promise.all([
    tree.readSorted(sql, tenant, folder.node.id, sorted),
    tree.countChildren(sql, tenant, folder.node.id),
  ]);
  return { nodes, total };
}

/** The folders directly inside a folder, for choosing a place to move or copy to. */
export async function listFolders(ctx: Context, folder: Entry, limit = 500): Promise<Node[]> {
  authorize(ctx.actor, 'read', folder);
  return tree.readFolders(ctx.platform.db.read(ctx.actor.tenant), ctx.actor.tenant, folder.node.id, pageLimit(limit));
}

/** The person's root folder: their own files, and the shared spaces they belong to as folders among them. */
export type Home = {
  readonly own: Entry;
  readonly mounts: readonly Mount[];
};

/**
 * Reads the root folder; makes the person's own space when it is not there yet. A shared space whose name an own file or
 * folder has taken appears with a suffix.
 */
export async function readHome(ctx: Context): Promise<Home> {
  let mounts = await readMounts(ctx);
  if (!mounts.some(({ space }) => space.kind === 'personal')) {
    await ensurePersonalSpace(ctx);
    mounts = await readMounts(ctx);
  }
  const { space, root, role } = mounts.find((mount) => mount.space.kind === 'personal') as Mount;
  const shared = mounts.filter((mount) => mount.space.kind === 'shared');
  const { tenant } = personOf(ctx);
  const keys = shared.map(({ name }) => nameKey(name));
  const taken = keys.length === 0 ? [] : await tree.readTakenNames(ctx.platform.db.read(tenant), tenant, root.id, keys);
  const named = shared.map((mount) =>
    taken.includes(nameKey(mount.name)) ? { ...mount, name: mount.name + mountSuffix } : mount,
  );
  return { own: { node: root, space, role, isRoot: true }, mounts: named };
}

/** Two short texts by which an open page sees whether it is still up to date. */
export type HomeStamps = {
  /** Changes when other spaces are the person's, or other roles in them. */
  readonly spaces: string;
  /** Changes also with whatever happens in any of them. */
  readonly contents: string;
};

/** The stamps of what {@link readHome} read. */
export function stampsOf({ own, mounts }: Home): HomeStamps {
  const all = [{ ...own, name: '' }, ...mounts];
  const stamp = (texts: readonly string[]) => sha256(texts.join('\n')).toString('base64url').slice(0, 16);
  return {
    spaces: stamp(all.map(({ space, role, name }) => `${space.id} ${role} ${name} ${space.description} ${space.quota}`)),
    contents: stamp(all.map(({ space, role, name }) => `${space.id} ${role} ${name} ${space.seq} ${space.used}`)),
  };
}
