import type { Tx } from '#platform/db';

/** A folder below which something changed: the number of the change, and by how many bytes its content grew. */
export type Touch = { readonly folder: number; readonly seq: number; readonly bytes: number };

/** What a change did to a space's books. */
export type SpaceBooks = { readonly id: number; readonly seq: number; readonly used: number };

export type Books = {
  readonly touches: readonly Touch[];
  readonly spaces: readonly SpaceBooks[];
  /** Bytes the tenant uses more (or less) than before, and how many it may; null: as many as it likes. */
  readonly growth: number;
  readonly quota: number | null;
  /** Entries as {@link auditTexts} makes them. */
  readonly audit: readonly string[];
};

/**
 * Writes the books of a change; see `files.write_books` in the migrations. Once per transaction and last: done twice, two
 * transactions would wait for each other in a circle. False when the tenant's quota does not allow the change.
 */
export async function writeBooks(tx: Tx, tenant: number, { touches, spaces, growth, quota, audit }: Books): Promise<boolean> {
  const [row] = await tx<{ fits: boolean }[]>`
    select files.write_books(${tenant}, ${touches.map((touch) => touch.folder)}::bigint[], ${touches.map((touch) => touch.seq)}::bigint[],
      ${touches.map((touch) => touch.bytes)}::bigint[], ${spaces.map((space) => space.id)}::bigint[],
      ${spaces.map((space) => space.seq)}::bigint[], ${spaces.map((space) => space.used)}::bigint[], ${growth}, ${quota}, ${audit as string[]}::text[]) as fits`;
  return row?.fits === true;
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
