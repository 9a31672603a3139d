import type { Sql, Tx } from '#platform/db';

export type DirectLink = { readonly hash: Buffer; readonly node: number; readonly account: number; readonly expiresAt: Date };

export async function insertLink(tx: Tx, tenant: number, { hash, node, account, expiresAt }: DirectLink): Promise<void> {
  await tx`
    insert into files.direct_link (tenant, hash, node, account, expires_at)
    values (${tenant}, ${hash}, ${node}, ${account}, ${expiresAt})`;
}

/** A link that is still good; null when there is none. */
export async function readLink(
  sql: Sql,
  tenant: number,
  hash: Buffer,
  now: Date,
): Promise<{ node: number; account: number } | null> {
  const [row] = await sql<{ node: number; account: number }>`
    select node, account from files.direct_link where tenant = ${tenant} and hash = ${hash} and expires_at > ${now}`;
  return row ?? null;
}

export async function deleteExpired(tx: Tx, tenant: number, now: Date): Promise<void> {
  await tx`delete from files.direct_link where tenant = ${tenant} and expires_at <= ${now}`;
}
