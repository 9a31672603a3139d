import type { Sql, Tx } from '#platform/db';

/** That a content was brought back: it is the one with this blob. */
export type Restoration = {
  readonly blob: string;
  readonly restoredAt: Date;
  /** Who brought it back. */
  readonly account: number;
  /** Who had written it. */
  readonly author: number | null;
};

/** Notes that a content is there again; a second time takes the place of the first. */
export async function putRestoration(tx: Tx, tenant: number, node: number, to: Restoration): Promise<void> {
  await tx`
    insert into files.restoration (tenant, node, blob, restored_at, account, author)
    values (${tenant}, ${node}, ${to.blob}, ${to.restoredAt}, ${to.account}, ${to.author})
    on conflict (tenant, node, blob) do update set restored_at = excluded.restored_at, account = excluded.account`;
}

/** The contents of a file that were brought back, as many as it can have versions. */
export async function readRestorations(sql: Sql, tenant: number, node: number, limit: number): Promise<Restoration[]> {
  return sql<Restoration>`
    select blob, restored_at as "restoredAt", account, author from files.restoration
    where tenant = ${tenant} and node = ${node} order by restored_at desc limit ${limit}`;
}
