import type { Sql, Tx } from '#platform/db';

/** A WebDAV lock (RFC 4918, 6). */
export type Lock = {
  readonly token: string;
  readonly node: number;
  readonly account: number;
  /** Covers everything below the folder as well. */
  readonly isInfinite: boolean;
  readonly isShared: boolean;
  /** What the client calls its owner, as XML. */
  readonly owner: string;
  readonly seconds: number;
  readonly expiresAt: Date;
};

type LockRow = {
  token: string;
  node: number;
  account: number;
  is_infinite: boolean;
  is_shared: boolean;
  owner: string;
  seconds: number;
  expires_at: Date;
};

function toLock(row: LockRow): Lock {
  return {
    token: row.token,
    node: row.node,
    account: row.account,
    isInfinite: row.is_infinite,
    isShared: row.is_shared,
    owner: row.owner,
    seconds: row.seconds,
    expiresAt: row.expires_at,
  };
}

/** A lock that covers a node, and how many folders above it was taken (0: on the node itself). */
export type LockOver = Lock & { readonly levels: number };

/** Locks in force on a node: its own, and infinite ones of the folders above. */
export async function readLocksOver(sql: Sql | Tx, tenant: number, node: number, now: Date): Promise<LockOver[]> {
  const rows = await (sql as Sql)<LockRow & { levels: number }>`
    select l.*, up.levels - 1 as levels
    from files.lineage(${tenant}, ${node}) with ordinality as up (tenant, id, space, parent, name, name_key, is_folder, size, etag,
      changed, modified, created, author, blob, sha256, sha1, levels)
    join files.lock l on l.tenant = ${tenant} and l.node = up.id
    where l.expires_at > ${now} and (l.node = ${node} or l.is_infinite) order by l.token`;
  return rows.map((row) => ({ ...toLock(row), levels: row.levels }));
}

/** Locks in force on anything below a folder, itself excluded. */
export async function readLocksBelow(sql: Sql | Tx, tenant: number, space: number, node: number, now: Date): Promise<Lock[]> {
  const rows = await (sql as Sql)<LockRow>`
    with recursive up as (
      select l.token, n.id, n.parent from files.lock l join files.node n on n.tenant = ${tenant} and n.id = l.node
      where l.tenant = ${tenant} and l.space = ${space} and l.expires_at > ${now} and l.node <> ${node}
      union all
      select up.token, n.id, n.parent from up join files.node n on n.tenant = ${tenant} and n.id = up.parent
    )
    select l.* from files.lock l where l.tenant = ${tenant} and l.token in (select token from up where up.id = ${node})`;
  return rows.map(toLock);
}

export async function insertLock(tx: Tx, tenant: number, space: number, lock: Lock): Promise<void> {
  await tx`
    insert into files.lock (tenant, token, space, node, account, is_infinite, is_shared, owner, seconds, expires_at)
    values (${tenant}, ${lock.token}, ${space}, ${lock.node}, ${lock.account}, ${lock.isInfinite}, ${lock.isShared}, ${lock.owner},
      ${lock.seconds}, ${lock.expiresAt})`;
}

export async function extendLock(tx: Tx, tenant: number, token: string, seconds: number, expiresAt: Date): Promise<void> {
  await tx`update files.lock set seconds = ${seconds}, expires_at = ${expiresAt} where tenant = ${tenant} and token = ${token}`;
}

export async function deleteLock(tx: Tx, tenant: number, token: string): Promise<boolean> {
  const rows = await tx`delete from files.lock where tenant = ${tenant} and token = ${token} returning token`;
  return rows.length > 0;
}

/** Locks that lapsed, and those of a subtree that goes away, are removed; the space's count follows in {@link countLocks}. */
export async function deleteLapsedLocks(tx: Tx, tenant: number, space: number, now: Date): Promise<void> {
  await tx`delete from files.lock where tenant = ${tenant} and space = ${space} and expires_at <= ${now}`;
}

/** Removes the locks on a node and everything below it: RFC 4918, 9.6.1 and 9.9, a lock does not outlive or follow its resource. */
export async function deleteLocksWithin(tx: Tx, tenant: number, space: number, node: number): Promise<void> {
  await tx`
    with recursive up as (
      select l.token, n.id, n.parent from files.lock l join files.node n on n.tenant = ${tenant} and n.id = l.node
      where l.tenant = ${tenant} and l.space = ${space}
      union all
      select up.token, n.id, n.parent from up join files.node n on n.tenant = ${tenant} and n.id = up.parent
    )
    delete from files.lock l where l.tenant = ${tenant} and l.token in (select token from up where up.id = ${node})`;
}

/** Brings the space's count of locks up to date; every change of its locks ends with this. */
export async function countLocks(tx: Tx, tenant: number, space: number): Promise<void> {
  await tx`
    update files.space set locks = (select count(*) from files.lock l where l.tenant = ${tenant} and l.space = ${space})
    where tenant = ${tenant} and id = ${space}`;
}

export async function readLock(
  sql: Sql | Tx,
  tenant: number,
  token: string,
  now: Date,
): Promise<(Lock & { space: number }) | null> {
  const [row] = await (sql as Sql)<LockRow & { space: number }>`
    select * from files.lock where tenant = ${tenant} and token = ${token} and expires_at > ${now}`;
  return row ? { ...toLock(row), space: row.space } : null;
}
