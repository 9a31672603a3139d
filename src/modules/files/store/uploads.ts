import type { Sql, Tx } from '#platform/db';

/** An upload that arrives in pieces. */
export type Upload = {
  /** Also the id of the blob to be. */
  readonly id: string;
  readonly account: number;
  /** How the client calls it. */
  readonly name: string;
  readonly folder: number;
  readonly fileName: string | null;
  readonly length: number | null;
  readonly received: number;
  readonly options: Readonly<Record<string, unknown>>;
  readonly expiresAt: Date;
};

type UploadRow = Omit<Upload, 'fileName' | 'expiresAt'> & { file_name: string | null; expires_at: Date };

function toUpload(row: UploadRow): Upload {
  const { id, account, name, folder, length, received, options } = row;
  return { id, account, name, folder, length, received, options, fileName: row.file_name, expiresAt: row.expires_at };
}

/** False when the account has an upload of that name already. */
export async function insertUpload(tx: Tx, tenant: number, upload: Upload): Promise<boolean> {
  const rows = await tx`
    insert into files.upload (tenant, id, account, name, folder, file_name, length, options, expires_at)
    values (${tenant}, ${upload.id}, ${upload.account}, ${upload.name}, ${upload.folder}, ${upload.fileName}, ${upload.length},
      ${tx.json(upload.options as never)}, ${upload.expiresAt})
    on conflict do nothing returning id`;
  return rows.length > 0;
}

export async function readUpload(sql: Sql | Tx, tenant: number, account: number, name: string): Promise<Upload | null> {
  const [row] = await (sql as Sql)<UploadRow>`
    select * from files.upload where tenant = ${tenant} and account = ${account} and name = ${name}`;
  return row ? toUpload(row) : null;
}

/** The upload, held against others who add to it or finish it. */
export async function holdUpload(tx: Tx, tenant: number, id: string): Promise<Upload | null> {
  const [row] = await tx<UploadRow[]>`select * from files.upload where tenant = ${tenant} and id = ${id} for update`;
  return row ? toUpload(row) : null;
}

/** Those of some uploads that are still there, held against others. */
export async function holdUploads(tx: Tx, tenant: number, ids: readonly string[]): Promise<string[]> {
  const rows = await tx<{ id: string }[]>`
    select id from files.upload where tenant = ${tenant} and id = any(${ids as string[]}::text[]) order by id for update`;
  return rows.map((row) => row.id);
}

/** A number for a part that is about to be stored; never given twice. Null when the upload is gone. */
export async function reservePart(sql: Sql, tenant: number, id: string): Promise<number | null> {
  const [row] = await sql<{ next_part: number }>`
    update files.upload set next_part = next_part + 1 where tenant = ${tenant} and id = ${id} returning next_part`;
  return row ? row.next_part - 1 : null;
}

export type UploadPart = {
  readonly part: number;
  readonly position: number;
  readonly size: number;
  readonly sha256: string;
  readonly sha1: string;
};

/** Adds a stored part; the one that had its position before is returned, so that its bytes can go. */
export async function putPart(
  tx: Tx,
  tenant: number,
  id: string,
  change: { part: UploadPart; expiresAt: Date },
): Promise<UploadPart | null> {
  const { part, expiresAt } = change;
  const [old] = await tx<UploadPart[]>`
    delete from files.upload_part where tenant = ${tenant} and upload = ${id} and position = ${part.position} returning part, position, size, sha256, sha1`;
  await tx`
    insert into files.upload_part (tenant, upload, part, position, size, sha256, sha1)
    values (${tenant}, ${id}, ${part.part}, ${part.position}, ${part.size}, ${part.sha256}, ${part.sha1})`;
  await tx`
    update files.upload set received = received + ${part.size - (old?.size ?? 0)}, expires_at = ${expiresAt}
    where tenant = ${tenant} and id = ${id}`;
  return old ?? null;
}

/** The parts in the order of their positions. */
export async function readParts(sql: Sql | Tx, tenant: number, id: string): Promise<UploadPart[]> {
  const rows = await (sql as Sql)<UploadPart>`
    select part, position, size, sha256, sha1 from files.upload_part where tenant = ${tenant} and upload = ${id} order by position`;
  return [...rows];
}

/** Forgets uploads: they were finished, given up, or have expired. Returns those that were still there. */
export async function deleteUploads(tx: Tx, tenant: number, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await tx<{ id: string }[]>`
    delete from files.upload where tenant = ${tenant} and id = any(${ids as string[]}::text[]) returning id`;
  return rows.map((row) => row.id);
}

export async function readExpiredUploads(sql: Sql, tenant: number, now: Date, limit: number): Promise<string[]> {
  const rows = await sql<{ id: string }>`
    select id from files.upload where tenant = ${tenant} and expires_at < ${now} order by expires_at limit ${limit}`;
  return rows.map((row) => row.id);
}

/** {@link readUnfinished}, while nobody else adds to them until the transaction ends. */
export async function holdUnfinished(tx: Tx, tenant: number, account: number): Promise<{ bytes: number; count: number }> {
  await tx`select pg_advisory_xact_lock(hashtextextended('files.upload', ${account}::bigint))`;
  return readUnfinished(tx, tenant, account);
}

/** Bytes of unfinished uploads of an account, and how many there are. */
export async function readUnfinished(sql: Sql | Tx, tenant: number, account: number): Promise<{ bytes: number; count: number }> {
  const [row] = await (sql as Sql)<{ bytes: number; count: number }>`
    select coalesce(sum(received), 0)::bigint as bytes, count(*) as count from files.upload where tenant = ${tenant} and account = ${account}`;
  return row ?? { bytes: 0, count: 0 };
}
