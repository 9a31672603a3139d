import type { Sql, Tx } from '#platform/db';

/** A content a file had before. */
export type Version = {
  readonly id: number;
  readonly node: number;
  readonly size: number;
  readonly blob: string;
  readonly sha256: string;
  readonly sha1: string;
  readonly modified: number;
  readonly author: number | null;
  readonly replacedAt: Date;
  /** A version with a label is kept until somebody removes it. */
  readonly label: string | null;
};

type VersionRow = Omit<Version, 'sha256' | 'sha1' | 'replacedAt'> & { sha256: Buffer; sha1: Buffer; replaced_at: Date };

function toVersion({ replaced_at, sha256, sha1, ...row }: VersionRow): Version {
  return { ...row, sha256: sha256.toString('hex'), sha1: sha1.toString('hex'), replacedAt: replaced_at };
}

/** The versions of a file, newest first. */
export async function readVersions(sql: Sql | Tx, tenant: number, node: number, limit: number): Promise<Version[]> {
  const rows = await (sql as Sql)<VersionRow>`
    select id, node, size, blob, sha256, sha1, modified, author, replaced_at, label from files.version
    where tenant = ${tenant} and node = ${node} order by id desc limit ${limit}`;
  return rows.map(toVersion);
}

export async function readVersion(sql: Sql | Tx, tenant: number, node: number, id: number): Promise<Version | null> {
  const [row] = await (sql as Sql)<VersionRow>`
    select id, node, size, blob, sha256, sha1, modified, author, replaced_at, label from files.version
    where tenant = ${tenant} and node = ${node} and id = ${id}`;
  return row ? toVersion(row) : null;
}

/** Removes versions of one file and returns them. */
export async function deleteVersions(tx: Tx, tenant: number, node: number, ids: readonly number[]): Promise<Version[]> {
  const rows = await tx<VersionRow[]>`
    delete from files.version where tenant = ${tenant} and node = ${node} and id = any(${ids as number[]}::bigint[])
    returning id, node, size, blob, sha256, sha1, modified, author, replaced_at, label`;
  return rows.map(toVersion);
}

export async function setLabel(tx: Tx, tenant: number, node: number, id: number, label: string | null): Promise<void> {
  await tx`update files.version set label = ${label} where tenant = ${tenant} and node = ${node} and id = ${id}`;
}

/** Files that have versions, in the order of their ids; for thinning. */
export async function readVersionedFiles(
  sql: Sql,
  tenant: number,
  after: number,
  limit: number,
): Promise<{ node: number; space: number }[]> {
  return sql<{ node: number; space: number }>`
    select distinct v.node, n.space from files.version v join files.node n on n.tenant = v.tenant and n.id = v.node
    where v.tenant = ${tenant} and v.node > ${after} order by v.node limit ${limit}`;
}
