import { namesOf } from '#modules/accounts';
import type { Context } from '#platform/context';
import { favouritesAmong } from './describe.ts';
import { type FolderView, listFolder } from './list.ts';
import type { Entry, Node } from './node.ts';

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
export async function rowsOf(ctx: Context, nodes: readonly Node[]): Promise<Row[]> {
  const authors = [...new Set(nodes.flatMap(({ author }) => author ?? []))];
  const [names, favourites] = await Promise.all([
    authors.length === 0 ? new Map<number, string>() : namesOf(ctx, authors),
    favouritesAmong(
      ctx,
      nodes.map(({ id }) => id),
    ),
  ]);
  return nodes.map(({ id, name, isFolder, size, modified, author }) => ({
    ...{ id, name, isFolder, size, modified },
    by: author === null ? null : (names.get(author) ?? null),
    isFavourite: favourites.has(id),
  }));
}

/** One page of a folder as rows, and how many entries it has in all. */
export async function listRows(ctx: Context, folder: Entry, view: FolderView = {}): Promise<{ rows: Row[]; total: number }> {
  const { nodes, total } = await listFolder(ctx, folder, view);
  return { rows: await rowsOf(ctx, nodes), total };
}
