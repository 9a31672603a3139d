import type { Tx } from '#platform/db';
import type { Node, Space } from '../node.ts';
import type { SpaceRole } from '../rules.ts';
import { fromJson, type JsonNodeRow, type SpaceRow, toNode, toSpace } from './rows.ts';

/** A place in the tree: a folder, and a name in it as `nameKey` folds it. */
export type Place = { readonly folder: number; readonly key: string };

/** What is at a place: its folder (null: gone), what has the name (null: nothing), and an id for something new there. */
export type FoundPlace = { readonly id: number; readonly folder: Node | null; readonly child: Node | null };

export type Preparation = {
  readonly spaces: readonly Space[];
  readonly grants: readonly { readonly space: number; readonly principal: number; readonly role: SpaceRole }[];
  /** In the order of the places asked for. */
  readonly places: readonly FoundPlace[];
};

type PreparedRow = {
  spaces: SpaceRow[] | null;
  grants: Preparation['grants'] | null;
  places: { id: number; folder: JsonNodeRow | null; child: JsonNodeRow | null }[] | null;
};

/** Locks spaces and looks at places in them; see `files.prepare_arrivals` in the migrations. */
export async function prepareArrivals(
  tx: Tx,
  tenant: number,
  spaces: readonly number[],
  { principals, places }: { principals: readonly number[]; places: readonly Place[] },
): Promise<Preparation> {
  const [row] = await tx<{ found: PreparedRow }[]>`
    select files.prepare_arrivals(${tenant}, ${spaces as number[]}::bigint[], ${principals as number[]}::bigint[],
      ${places.map((place) => place.folder)}::bigint[], ${places.map((place) => place.key)}::text[]) as found`;
  const found = row?.found;
  return {
    spaces: (found?.spaces ?? []).map(toSpace),
    grants: found?.grants ?? [],
    places: (found?.places ?? []).map(({ id, folder, child }) => ({
      id,
      folder: folder && toNode(fromJson(folder)),
      child: child && toNode(fromJson(child)),
    })),
  };
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
