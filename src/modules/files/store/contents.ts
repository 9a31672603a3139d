import type { Tx } from '#platform/db';
import type { Node } from '../node.ts';
import { type NodeRow, toNode } from './rows.ts';

/** A place in the tree: a folder, and a name in it as {@link nameKey} folds it. */
export type Place = { readonly parent: number; readonly key: string };

/** What stands at each of the places, in their order; null where nothing does. Folders that are gone give null as well. */
export async function readPlaces(
  tx: Tx,
  tenant: number,
  places: readonly Place[],
): Promise<{ parent: Node | null; child: Node | null }[]> {
  const parents = places.map((place) => place.parent);
  const [folders, children] = await Promise.all([
    tx<NodeRow[]>`
      select n.* from unnest(${[...new Set(parents)]}::bigint[]) as p (id), lateral (
        select * from files.node n where n.tenant = ${tenant} and n.id = p.id offset 0
      ) n`,
    tx<(NodeRow & { key: string })[]>`
      select n.*, n.name_key as key
      from unnest(${parents}::bigint[], ${places.map((place) => place.key)}::text[]) as p (parent, key), lateral (
        select * from files.node n where n.tenant = ${tenant} and n.parent = p.parent and n.name_key = p.key offset 0
      ) n`,
  ]);
  const folderOf = new Map(folders.map((row) => [row.id, toNode(row)]));
  const childOf = new Map(children.map((row) => [`${row.parent} ${row.key}`, toNode(row)]));
  return places.map(({ parent, key }) => ({
    parent: folderOf.get(parent) ?? null,
    child: childOf.get(`${parent} ${key}`) ?? null,
  }));
}

/** A node that is about to be made. */
export type NewNode = {
  readonly id: number;
  readonly space: number;
  readonly parent: number;
  readonly name: string;
  readonly key: string;
  readonly seq: number;
  readonly modified: number;
  readonly created: number;
  readonly author: number | null;
  readonly size: number;
  readonly blob: string | null;
  readonly sha256: string | null;
  readonly sha1: string | null;
};

/** Adds nodes; their names are free and their parents exist, both looked up under the space's lock. */
export async function insertNodes(tx: Tx, tenant: number, nodes: readonly NewNode[]): Promise<void> {
  if (nodes.length === 0) return;
  const column = <K extends keyof NewNode>(name: K) => nodes.map((node) => node[name]);
  await tx`
    insert into files.node (tenant, id, space, parent, name, name_key, is_folder, size, etag, changed, modified, created, author, blob, sha256, sha1)
    select ${tenant}, id, space, parent, name, key, blob is null, size, seq, seq, modified, created, author, blob,
      decode(sha256, 'hex'), decode(sha1, 'hex')
    from unnest(${column('id')}::bigint[], ${column('space')}::bigint[], ${column('parent')}::bigint[], ${column('name')}::text[],
      ${column('key')}::text[], ${column('size')}::bigint[], ${column('seq')}::bigint[], ${column('modified')}::bigint[],
      ${column('created')}::bigint[], ${column('author')}::bigint[], ${column('blob')}::text[], ${column('sha256')}::text[], ${column('sha1')}::text[])
      as n (id, space, parent, name, key, size, seq, modified, created, author, blob, sha256, sha1)`;
}

/** The content a file is about to get. */
export type NewContent = {
  readonly id: number;
  readonly seq: number;
  readonly modified: number;
  readonly author: number | null;
  readonly size: number;
  readonly blob: string;
  readonly sha256: string;
  readonly sha1: string;
};

/** Keeps the present contents of files as versions. */
export async function keepVersions(tx: Tx, tenant: number, nodes: readonly number[], now: Date): Promise<void> {
  if (nodes.length === 0) return;
  await tx`
    insert into files.version (tenant, node, size, blob, sha256, sha1, modified, author, replaced_at)
    select tenant, id, size, blob, sha256, sha1, modified, author, ${now}
    from files.node where tenant = ${tenant} and id = any(${nodes as number[]}::bigint[])`;
}

/** Gives files new contents. The old ones were kept or released before. */
export async function replaceContents(tx: Tx, tenant: number, contents: readonly NewContent[]): Promise<void> {
  if (contents.length === 0) return;
  const column = <K extends keyof NewContent>(name: K) => contents.map((content) => content[name]);
  await tx`
    update files.node n set etag = c.seq, changed = c.seq, modified = c.modified, author = c.author, size = c.size, blob = c.blob,
      sha256 = decode(c.sha256, 'hex'), sha1 = decode(c.sha1, 'hex')
    from unnest(${column('id')}::bigint[], ${column('seq')}::bigint[], ${column('modified')}::bigint[], ${column('author')}::bigint[],
      ${column('size')}::bigint[], ${column('blob')}::text[], ${column('sha256')}::text[], ${column('sha1')}::text[])
      as c (id, seq, modified, author, size, blob, sha256, sha1)
    where n.tenant = ${tenant} and n.id = c.id`;
}

/** Sets when a file or folder was modified, as its client says. */
export async function setModified(tx: Tx, tenant: number, id: number, change: { modified: number; seq: number }): Promise<void> {
  await tx`
    update files.node set modified = ${change.modified}, changed = ${change.seq}, etag = ${change.seq}
    where tenant = ${tenant} and id = ${id}`;
}

/** Moves or renames one node; what is below follows by itself. */
export async function moveNode(
  tx: Tx,
  tenant: number,
  id: number,
  to: { parent: number; name: string; key: string; seq: number },
): Promise<void> {
  await tx`
    update files.node set parent = ${to.parent}, name = ${to.name}, name_key = ${to.key}, changed = ${to.seq}
    where tenant = ${tenant} and id = ${id}`;
}
