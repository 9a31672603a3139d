import type { Sql, Tx } from '#platform/db';

/** A square picture of a person. */
export type PictureRow = { readonly size: number; readonly jpeg: Buffer; readonly etag: string };

export async function readPicture(sql: Sql, tenant: number, account: number, size: number): Promise<PictureRow | null> {
  const [row] = await sql<PictureRow>`
    select size, jpeg, etag from accounts.picture where tenant = ${tenant} and account = ${account} and size = ${size}`;
  return row ?? null;
}

/** Puts all sizes of a picture in the place of whatever was there. The caller holds the account's row. */
export async function putPictures(tx: Tx, tenant: number, account: number, rows: readonly PictureRow[]): Promise<void> {
  await deletePictures(tx, tenant, account);
  for (const { size, jpeg, etag } of rows)
    await tx`
      insert into accounts.picture (tenant, account, size, jpeg, etag)
      values (${tenant}, ${account}, ${size}, ${jpeg}, ${etag})`;
}

/** Whether there was one. */
export async function deletePictures(tx: Tx, tenant: number, account: number): Promise<boolean> {
  const done = await tx`delete from accounts.picture where tenant = ${tenant} and account = ${account} returning size`;
  return done.length > 0;
}

/** Removes the pictures of people who have no access any more. */
export async function deletePicturesOfLeavers(sql: Sql, tenant: number): Promise<void> {
  await sql`
    delete from accounts.picture p using accounts.account a
    where p.tenant = ${tenant} and a.tenant = ${tenant} and a.id = p.account and a.state = 'disabled'`;
}
