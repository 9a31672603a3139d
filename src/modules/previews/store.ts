import type { Sql, Tx } from '#platform/db';

/** Something that was drawn; without a blob: that could not be drawn. */
export type Picture = { readonly blob: string | null; readonly size: number };

export async function readPicture(sql: Sql, tenant: number, source: string, step: number): Promise<Picture | null> {
  const [row] = await sql<Picture>`
    select blob, size from previews.picture where tenant = ${tenant} and source = ${source} and step = ${step}`;
  return row ?? null;
}

/** Remembers a picture; the blob of one that it takes the place of comes back, to be removed. */
export async function putPicture(
  tx: Tx,
  tenant: number,
  { source, step, blob, size, at }: Picture & { source: string; step: number; at: Date },
): Promise<string | null> {
  const [old] = await tx<{ blob: string | null }[]>`
    select blob from previews.picture where tenant = ${tenant} and source = ${source} and step = ${step} for update`;
  await tx`
    insert into previews.picture (tenant, source, step, blob, size, made_at)
    values (${tenant}, ${source}, ${step}, ${blob}, ${size}, ${at})
    on conflict (tenant, source, step) do update set blob = excluded.blob, size = excluded.size, made_at = excluded.made_at`;
  return old?.blob ?? null;
}

/** Forgets all pictures of some contents; their blobs come back. */
export async function deleteOf(tx: Tx, tenant: number, sources: readonly string[]): Promise<string[]> {
  const rows = await tx<{ blob: string | null }[]>`
    delete from previews.picture where tenant = ${tenant} and source = any (${sources as string[]}::text[]) returning blob`;
  return rows.flatMap(({ blob }) => blob ?? []);
}

/** Forgets what was made before a time, at most so many; their blobs come back. `count`: how many rows that were. */
export async function deleteOld(
  tx: Tx,
  tenant: number,
  before: Date,
  limit: number,
): Promise<{ count: number; blobs: string[] }> {
  const rows = await tx<{ blob: string | null }[]>`
    delete from previews.picture p using (
      select source, step from previews.picture where tenant = ${tenant} and made_at < ${before} limit ${limit}
    ) old
    where p.tenant = ${tenant} and p.source = old.source and p.step = old.step returning p.blob`;
  return { count: rows.length, blobs: rows.flatMap(({ blob }) => blob ?? []) };
}

/** Which of some blobs are pictures of ours. */
export async function readKept(sql: Sql, tenant: number, blobs: readonly string[]): Promise<string[]> {
  const rows = await sql<{ blob: string }>`
    select blob from previews.picture where tenant = ${tenant} and blob = any (${blobs as string[]}::text[])`;
  return rows.map(({ blob }) => blob);
}
