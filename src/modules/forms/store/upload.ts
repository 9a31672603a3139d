import type { Sql, Tx } from '#platform/db';

/** Files of applicants that are still arriving; rows of the tenant whose office gets them. */

export type Upload = {
  /** Below which its pieces are stored. */
  readonly id: string;
  readonly draft: number;
  readonly page: string;
  readonly field: string;
  readonly name: string;
  readonly length: number;
  readonly received: number;
  /** When the file was last changed where it comes from, milliseconds since 1970; null: not known. */
  readonly modified: number | null;
  /** It is an attachment by now. */
  readonly isDone: boolean;
  readonly expiresAt: Date;
};

export type UploadPart = { readonly part: number; readonly position: number; readonly size: number };

type Row = Omit<Upload, 'isDone' | 'expiresAt'> & { readonly is_done: boolean; readonly expires_at: Date };

const toUpload = ({ is_done: isDone, expires_at: expiresAt, ...row }: Row): Upload => ({
  id: row.id,
  draft: row.draft,
  page: row.page,
  field: row.field,
  name: row.name,
  length: row.length,
  received: row.received,
  modified: row.modified,
  isDone,
  expiresAt,
});

export async function insertUpload(tx: Tx, tenant: number, row: Upload): Promise<void> {
  await tx`
    insert into forms.upload (tenant, id, draft, page, field, name, length, modified, expires_at)
    values (${tenant}, ${row.id}, ${row.draft}, ${row.page}, ${row.field}, ${row.name}, ${row.length}, ${row.modified}, ${row.expiresAt})`;
}

export async function readUpload(sql: Sql | Tx, tenant: number, draft: number, id: string): Promise<Upload | null> {
  const [row] = await (sql as Sql)<Row>`
    select * from forms.upload where tenant = ${tenant} and draft = ${draft} and id = ${id}`;
  return row ? toUpload(row) : null;
}

/** Those of a draft that have not become attachments and have not expired, the oldest first. */
export async function readUnfinished(sql: Sql | Tx, tenant: number, draft: number, now: Date): Promise<Upload[]> {
  const rows = await (sql as Sql)<Row>`
    select * from forms.upload where tenant = ${tenant} and draft = ${draft} and not is_done and expires_at > ${now}
    order by expires_at, id limit 100`;
  return rows.map(toUpload);
}

/** A number for a piece that is about to be stored; never given twice. Null when the upload is gone or over. */
export async function reservePart(sql: Sql, tenant: number, id: string): Promise<number | null> {
  const [row] = await sql<{ next_part: number }>`
    update forms.upload set next_part = next_part + 1 where tenant = ${tenant} and id = ${id} and not is_done returning next_part`;
  return row ? row.next_part - 1 : null;
}

/** Adds a stored piece at its place; false when that is not the end of what is there (any more). */
export async function putPart(tx: Tx, tenant: number, id: string, piece: UploadPart & { expiresAt: Date }): Promise<boolean> {
  const grown = await tx`
    update forms.upload set received = received + ${piece.size}, expires_at = ${piece.expiresAt}
    where tenant = ${tenant} and id = ${id} and not is_done and received = ${piece.position} returning id`;
  if (grown.length === 0) return false;
  await tx`
    insert into forms.upload_part (tenant, upload, part, position, size)
    values (${tenant}, ${id}, ${piece.part}, ${piece.position}, ${piece.size})`;
  return true;
}

export async function readParts(sql: Sql | Tx, tenant: number, id: string): Promise<UploadPart[]> {
  const rows = await (sql as Sql)<UploadPart>`
    select part, position, size from forms.upload_part where tenant = ${tenant} and upload = ${id} order by position`;
  return [...rows];
}

/** It is an attachment now: its pieces, which are to go after the commit. */
export async function closeUpload(tx: Tx, tenant: number, id: string): Promise<number[]> {
  await tx`update forms.upload set is_done = true where tenant = ${tenant} and id = ${id}`;
  const rows = await tx<{ part: number }[]>`
    delete from forms.upload_part where tenant = ${tenant} and upload = ${id} returning part`;
  return rows.map(({ part }) => part);
}

export type GonePiece = { readonly upload: string; readonly part: number };

/** Forgets uploads; their pieces, which are to go after the commit. */
export async function deleteUploads(tx: Tx, tenant: number, ids: readonly string[]): Promise<GonePiece[]> {
  const pieces = await tx<GonePiece[]>`
    delete from forms.upload_part where tenant = ${tenant} and upload = any(${ids as string[]}::text[]) returning upload, part`;
  await tx`delete from forms.upload where tenant = ${tenant} and id = any(${ids as string[]}::text[])`;
  return [...pieces];
}

/** The pieces of everything that is still arriving for a draft. */
export async function readPiecesOf(tx: Tx, tenant: number, draft: number): Promise<GonePiece[]> {
  const rows = await tx<GonePiece[]>`
    select p.upload, p.part from forms.upload u join forms.upload_part p on p.tenant = ${tenant} and p.upload = u.id
    where u.tenant = ${tenant} and u.draft = ${draft}`;
  return [...rows];
}

export async function readExpired(sql: Sql, tenant: number, now: Date, limit: number): Promise<string[]> {
  const rows = await sql<{ id: string }>`
    select id from forms.upload where tenant = ${tenant} and expires_at <= ${now} order by expires_at limit ${limit}`;
  return rows.map(({ id }) => id);
}

/** Which of some blobs are uploads that are still arriving. */
export async function readArriving(sql: Sql, tenant: number, blobs: readonly string[]): Promise<string[]> {
  const rows = await sql<{ id: string }>`
    select id from forms.upload where tenant = ${tenant} and id = any(${blobs as string[]}::text[]) and not is_done`;
  return rows.map(({ id }) => id);
}
