import type { Tx } from '#platform/db';

/** A folder below which something changed: the number of the change, and by how many bytes its content grew. */
export type Touch = { readonly folder: number; readonly seq: number; readonly bytes: number };

/**
 * Stamps every folder from the given ones up to the roots; see `files.stamp_upwards` in the migrations. Once per
 * transaction, and last but the books: done twice, two transactions would wait for each other in a circle.
 */
export async function stampUpwards(tx: Tx, tenant: number, touches: readonly Touch[]): Promise<void> {
  if (touches.length === 0) return;
  await tx`
    select files.stamp_upwards(${tenant}, ${touches.map((touch) => touch.folder)}::bigint[],
      ${touches.map((touch) => touch.seq)}::bigint[], ${touches.map((touch) => touch.bytes)}::bigint[])`;
}

/** What a change did to a space's books. */
export type SpaceBooks = { readonly id: number; readonly seq: number; readonly used: number };

/** Writes the spaces' new numbers; the caller holds their locks. */
export async function writeSpaceBooks(tx: Tx, tenant: number, books: readonly SpaceBooks[]): Promise<void> {
  await tx`
    update files.space s set seq = b.seq, used = b.used
    from unnest(${books.map((book) => book.id)}::bigint[], ${books.map((book) => book.seq)}::bigint[],
      ${books.map((book) => book.used)}::bigint[]) as b (id, seq, used)
    where s.tenant = ${tenant} and s.id = b.id`;
}

/**
 * Adds to the bytes the tenant uses; false when that would be more than its quota. Taken late: this row is the one all
 * changes of a tenant share.
 */
export async function addUsage(tx: Tx, tenant: number, bytes: number, quota: number | null): Promise<boolean> {
  const rows = await tx`
    insert into files.usage as u (tenant, used) select ${tenant}, ${bytes}::bigint where ${quota}::bigint is null or ${bytes} <= ${quota}::bigint or ${bytes} <= 0
    on conflict (tenant) do update set used = u.used + excluded.used
      where ${quota}::bigint is null or excluded.used <= 0 or u.used + excluded.used <= ${quota}::bigint
    returning used`;
  return rows.length > 0;
}

/** Ids for nodes that are about to be made. */
export async function reserveNodeIds(tx: Tx, count: number): Promise<number[]> {
  const rows = await tx<{ id: number }[]>`select nextval('files.node_id') as id from generate_series(1, ${count})`;
  return rows.map((row) => row.id);
}

/** One more reference to each blob, for copies and restored versions. */
export async function shareBlobs(tx: Tx, tenant: number, blobs: readonly string[]): Promise<void> {
  if (blobs.length === 0) return;
  await tx`
    insert into files.blob_share as s (tenant, blob, extra)
    select ${tenant}, blob, count(*) from unnest(${blobs as string[]}::text[]) as b (blob) group by blob
    on conflict (tenant, blob) do update set extra = s.extra + excluded.extra`;
}

/** One reference less to each blob (a blob named twice loses two); what has none left is released. */
export async function releaseBlobs(tx: Tx, tenant: number, blobs: readonly string[], now: Date): Promise<void> {
  if (blobs.length === 0) return;
  await tx`
    with lost as (
      select blob, count(*)::integer as count from unnest(${blobs as string[]}::text[]) as b (blob) group by blob
    ), kept as (
      update files.blob_share s set extra = s.extra - lost.count from lost
      where s.tenant = ${tenant} and s.blob = lost.blob and s.extra > lost.count returning s.blob
    ), ended as (
      delete from files.blob_share s using lost
      where s.tenant = ${tenant} and s.blob = lost.blob and s.extra <= lost.count
      returning s.blob, lost.count - s.extra as beyond
    )
    insert into files.blob_release (tenant, blob, released_at)
    select ${tenant}, lost.blob, ${now}
    from lost left join ended on ended.blob = lost.blob
    where not exists (select 1 from kept where kept.blob = lost.blob) and (ended.blob is null or ended.beyond > 0)
    on conflict (tenant, blob) do nothing`;
}
