import type { HeldFile } from '#modules/mailbox';
import type { Sql, Tx } from '#platform/db';

/** Shown along and answered, on the side that asks; received and written, on the side that is asked. */
export type FileHolder = 'shown' | 'answer' | 'received' | 'written';

export type StatementFile = HeldFile & { readonly id: number; readonly of: number };

export async function insertStatementFiles(
  tx: Tx,
  tenant: number,
  { holder, id, files }: { readonly holder: FileHolder; readonly id: number; readonly files: readonly HeldFile[] },
): Promise<void> {
  for (const { position, blob, name, type, size, sha256 } of files)
    await tx`
      insert into intake.statement_file (tenant, holder, holder_id, position, blob, name, type, size, sha256)
      values (${tenant}, ${holder}, ${id}, ${position}, ${blob}, ${name}, ${type}, ${size}, ${sha256})`;
}

export async function readStatementFiles(
  sql: Sql | Tx,
  tenant: number,
  { holder, ids }: { readonly holder: FileHolder; readonly ids: readonly number[] },
): Promise<StatementFile[]> {
  const rows = await (sql as Sql)<StatementFile>`
    select id, holder_id as "of", position, blob, name, type, size, sha256 from intake.statement_file
    where tenant = ${tenant} and holder = ${holder} and holder_id = any(${ids as number[]}::bigint[]) order by holder_id, position`;
  return [...rows];
}

/** Forgets the files of a holder; their blobs. */
export async function deleteStatementFiles(tx: Tx, tenant: number, holder: FileHolder, id: number): Promise<string[]> {
  const rows = await tx<{ blob: string }[]>`
    delete from intake.statement_file where tenant = ${tenant} and holder = ${holder} and holder_id = ${id} returning blob`;
  return rows.map(({ blob }) => blob);
}

/** Which of some blobs belong to statements. */
export async function readStatementBlobs(sql: Sql, tenant: number, blobs: readonly string[]): Promise<string[]> {
  const rows = await sql<{ blob: string }>`
    select blob from intake.statement_file where tenant = ${tenant} and blob = any(${blobs as string[]}::text[])`;
  return rows.map(({ blob }) => blob);
}
