import type { Node, Space } from '../node.ts';

/** A row of `files.node`, as `select n.*` gives it. */
export type NodeRow = {
  id: number;
  space: number;
  parent: number | null;
  name: string;
  is_folder: boolean;
  size: number;
  etag: number;
  changed: number;
  modified: number;
  created: number;
  author: number | null;
  blob: string | null;
  sha256: Buffer | null;
  sha1: Buffer | null;
};

/** The same as JSON, where bytes are `\\x` and hexadecimal. */
export type JsonNodeRow = Omit<NodeRow, 'sha256' | 'sha1'> & { sha256: string | null; sha1: string | null };

const bytesOf = (text: string | null) => (text === null ? null : Buffer.from(text.slice(2), 'hex'));

/** A row that came as JSON. */
export function fromJson(row: JsonNodeRow): NodeRow {
  return { ...row, sha256: bytesOf(row.sha256), sha1: bytesOf(row.sha1) };
}

export type SpaceRow = {
  id: number;
  kind: 'personal' | 'shared';
  owner: number | null;
  name: string;
  description: string;
  root: number;
  trash: number;
  seq: number;
  used: number;
  quota: number | null;
  locks: number;
};

export function toNode(row: NodeRow): Node {
  return {
    id: row.id,
    space: row.space,
    parent: row.parent,
    name: row.name,
    isFolder: row.is_folder,
    size: row.size,
    etag: row.etag,
    changed: row.changed,
    modified: row.modified,
    created: row.created,
    author: row.author,
    blob: row.blob,
    sha256: row.sha256 === null ? null : row.sha256.toString('hex'),
    sha1: row.sha1 === null ? null : row.sha1.toString('hex'),
  };
}

export function toSpace(row: SpaceRow): Space {
  return {
    id: row.id,
    kind: row.kind,
    owner: row.owner,
    name: row.name,
    description: row.description,
    root: row.root,
    trash: row.trash,
    seq: row.seq,
    used: row.used,
    quota: row.quota,
    locks: row.locks,
  };
}

/** A row of a node joined with its space: `select n.*, s.kind as space_kind, …`. */
export type NodeInSpaceRow = NodeRow &
  Omit<SpaceRow, 'id' | 'kind' | 'owner' | 'name'> & {
    space_kind: Space['kind'];
    space_owner: number | null;
    space_name: string;
  };

/** The space half of a joined row. */
export function toSpaceOf(row: NodeInSpaceRow): Space {
  return toSpace({ ...row, id: row.space, kind: row.space_kind, owner: row.space_owner, name: row.space_name });
}
