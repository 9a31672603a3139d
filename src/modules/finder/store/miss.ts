import type { Sql, Tx } from '#platform/db';

export type Miss = { readonly words: string; readonly count: number; readonly last: string };

export async function countMisses(tx: Tx, tenant: number, day: string): Promise<number> {
  const [row] = await tx<
    { count: number }[]
  >`select count(*)::int as count from finder.miss where tenant = ${tenant} and day = ${day}::date`;
  return row?.count ?? 0;
}

export async function insertMiss(
  tx: Tx,
  tenant: number,
  { words, day }: { readonly words: string; readonly day: string },
): Promise<void> {
  await tx`
    insert into finder.miss as m (tenant, words, day, count) values (${tenant}, ${words}, ${day}::date, 1)
    on conflict (tenant, words, day) do update set count = m.count + 1`;
}

/** Words that were searched for at least so often and are not done, or were searched for again since. */
export async function readMisses(
  sql: Sql,
  tenant: number,
  { least, limit }: { readonly least: number; readonly limit: number },
): Promise<Miss[]> {
  const rows = await sql<Miss>`
    select m.words, sum(m.count)::int as count, max(m.day)::text as last
    from finder.miss m left join finder.miss_done d on d.tenant = ${tenant} and d.words = m.words
    where m.tenant = ${tenant} and (d.done_at is null or m.day > d.done_at::date)
    group by m.words having sum(m.count) >= ${least} order by count desc, m.words limit ${limit}`;
  return [...rows];
}

export async function doneMiss(
  tx: Tx,
  tenant: number,
  { words, by, at }: { readonly words: string; readonly by: string; readonly at: Date },
): Promise<void> {
  await tx`
    insert into finder.miss_done (tenant, words, done_by, done_at) values (${tenant}, ${words}, ${by}, ${at})
    on conflict (tenant, words) do update set done_by = excluded.done_by, done_at = excluded.done_at`;
}

export async function deleteOldMisses(tx: Tx, tenant: number, before: string): Promise<void> {
  await tx`delete from finder.miss where tenant = ${tenant} and day < ${before}::date`;
}
