import type { Sql, Tx } from '#platform/db';

export type Holder = 'sent' | 'answer' | 'letter' | 'reply';

/** An attachment, without whose it is. */
export type HeldFile = {
  readonly position: number;
  readonly blob: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly sha256: string;
};

export async function insertFiles(
  tx: Tx,
  tenant: number,
  { holder, id, files }: { holder: Holder; id: number; files: readonly HeldFile[] },
): Promise<void> {
  for (const { position, blob, name, type, size, sha256 } of files)
    await tx`
      insert into mailbox.file (tenant, holder, holder_id, position, blob, name, type, size, sha256)
      values (${tenant}, ${holder}, ${id}, ${position}, ${blob}, ${name}, ${type}, ${size}, ${sha256})`;
}

export async function readFiles(
  sql: Sql,
  tenant: number,
  holder: Holder,
  ids: readonly number[],
): Promise<(HeldFile & { id: number })[]> {
  const rows = await sql<HeldFile & { id: number }>`
    select holder_id as id, position, blob, name, type, size, sha256 from mailbox.file
    where tenant = ${tenant} and holder = ${holder} and holder_id = any (${ids as number[]}::bigint[]) order by holder_id, position`;
  return [...rows];
}

/** Deletes the files of some holders; their blobs. */
export async function deleteFiles(tx: Tx, tenant: number, holder: Holder, ids: readonly number[]): Promise<string[]> {
  const rows = await tx<{ blob: string }[]>`
    delete from mailbox.file where tenant = ${tenant} and holder = ${holder} and holder_id = any (${ids as number[]}::bigint[])
    returning blob`;
  return rows.map(({ blob }) => blob);
}

export async function readKept(sql: Sql, tenant: number, blobs: readonly string[]): Promise<string[]> {
  const rows = await sql<{ blob: string }>`
    select blob from mailbox.file where tenant = ${tenant} and blob = any (${blobs as string[]}::text[])`;
  return rows.map(({ blob }) => blob);
}
