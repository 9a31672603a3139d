import { namesOf } from '#modules/accounts';
import type { Context } from '#platform/context';
import { type Located, locate, readMounts } from './access.ts';
import { favouritesAmong } from './describe.ts';
import { type FolderView, listFolder } from './list.ts';
import type { Entry, Node, Space } from './node.ts';
import { readRecent } from './store/tree.ts';

/** A file or folder as a list shows it: small, because a list can have ten thousand. */
export type Row = {
  readonly id: number;
  readonly name: string;
  readonly isFolder: boolean;
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
  /** Who changed it last; null when nobody knows any more. */
  readonly by: string | null;
  readonly isFavourite: boolean;
};

/** Rows for nodes the caller has listed, in their order. */
async function rowsOf(ctx: Context, nodes: readonly Node[]): Promise<Row[]> {
  const authors = [...new Set(nodes.flatMap(({ author }) => author ?? []))];
  const [names, favourites] = await Promise.all([
    authors.length === 0 ? new Map<number, string>() : namesOf(ctx, authors),
    favouritesAmong(
      ctx,
      nodes.map(({ id }) => id),
    ),
  ]);
  return nodes.map(({ id, name, isFolder, size, modified, author }) => ({
    id,
    name,
    isFolder,
    size,
    modified,
    by: author === null ? null : (names.get(author) ?? null),
    isFavourite: favourites.has(id),
  }));
}

/** A row outside of its folder, with the names of the folders above it, the space first. */
export type PlacedRow = Row & { readonly space: Space; readonly parent: number; readonly path: readonly string[] };

/** Rows of files and folders from anywhere, each with its place. */
export async function placedRows(ctx: Context, entries: readonly Located[]): Promise<PlacedRow[]> {
  const rows = await rowsOf(
    ctx,
    entries.map(({ node }) => node),
  );
  return rows.map((row, index) => {
    const { space, lineage, node } = entries[index] as Located;
    const path = lineage.slice(0, -1).map(({ name }) => name || space.name);
    return { ...row, space, parent: node.parent ?? node.id, path };
  });
}

/** Spaces that are looked through for what changed last, and files that are looked at for one that is shown. */
const recently = { spaces: 50, spare: 2 };

/** What changed last wherever the person may read, newest first; what lies in a trash is left out. */
export async function listRecent(ctx: Context, limit = 10): Promise<PlacedRow[]> {
  const mounts = await readMounts(ctx);
  const spaces = mounts.slice(0, recently.spaces).map(({ space }) => space.id);
  const { tenant } = ctx.actor;
  const nodes = await readRecent(ctx.platform.db.read(tenant), tenant, spaces, limit * recently.spare);
  const found = await Promise.allSettled(nodes.map(({ id }) => locate(ctx, id)));
  const entries = found.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  return placedRows(ctx, entries.slice(0, limit));
}

/** One page of a folder as rows, and how many entries it has in all. */
export async function listRows(ctx: Context, folder: Entry, view: FolderView = {}): Promise<{ rows: Row[]; total: number }> {
  const { nodes, total } = await listFolder(ctx, folder, view);
  return { rows: await rowsOf(ctx, nodes), total };
}
