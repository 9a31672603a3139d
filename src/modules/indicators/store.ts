import type { Sql, Tx } from '#platform/db';
import type { Measure } from './rules.ts';

export type Fact = {
  readonly source: number;
  readonly day: string;
  readonly service: string;
  readonly what: Measure;
  readonly count: number;
  readonly total: number;
  readonly heard: string | null;
};

/** Notes facts; what was heard before is left out. */
export async function insertFacts(tx: Tx, tenant: number, at: Date, facts: readonly Fact[]): Promise<void> {
  await tx`
    insert into indicators.fact (tenant, source, day, service, what, count, total, heard, noted_at)
    select ${tenant}, source, day, service, what, count, total, heard, ${at}
    from jsonb_to_recordset(${JSON.stringify(facts)}::text::jsonb)
      as given (source integer, day date, service text, what text, count integer, total bigint, heard text)
    on conflict do nothing`;
}

/** Adds up by day what was noted before a moment: news that cannot come again, and numbers that are none. */
export async function foldFacts(tx: Tx, tenant: number, before: Date): Promise<void> {
  await tx`
    with gone as (
      delete from indicators.fact where tenant = ${tenant} and (heard is null or noted_at < ${before})
      returning source, day, service, what, count, total
    )
    insert into indicators.day as known (tenant, day, source, service, what, count, total)
    select ${tenant}, day, source, service, what, sum(count), sum(total) from gone group by day, source, service, what
    on conflict (tenant, day, source, service, what) do update
    set count = known.count + excluded.count, total = known.total + excluded.total`;
}

export type Span = {
  readonly from: string;
  readonly until: string;
  readonly service: string | null;
  readonly source: number | null;
};

/** One sum; by service, by month or by source, whichever is not null. */
export type SumRow = {
  readonly service: string | null;
  readonly month: string | null;
  readonly source: number | null;
  readonly what: Measure;
  readonly count: number;
  readonly total: number;
};

/** The sums of a span of days, first and last one included: by service, by month, by authority, and all together. */
export async function readSums(
  sql: Sql,
  tenant: number,
  { from, until, service, source }: Span & { readonly service: string | null },
): Promise<SumRow[]> {
  const rows = await sql<SumRow>`
    select service, month, source, what, sum(count)::bigint as count, sum(total)::bigint as total from (
      select source, to_char(day, 'YYYY-MM') as month, service, what, count, total from indicators.day
      where tenant = ${tenant} and day between ${from}::date and ${until}::date
      union all
      select source, to_char(day, 'YYYY-MM') as month, service, what, count, total from indicators.fact
      where tenant = ${tenant} and day between ${from}::date and ${until}::date
    ) as known
    where (${service}::text is null or service = ${service}::text) and (${source}::integer is null or source = ${source}::integer)
    group by grouping sets ((service, what), (month, what), (source, what), (what)) limit 50000`;
  return [...rows];
}

/** The sums of every service of every authority in a span of days. */
export async function readSumsOfEach(sql: Sql, tenant: number, { from, until, service, source }: Span): Promise<SumRow[]> {
  const rows = await sql<SumRow>`
    select service, null as month, source, what, sum(count)::bigint as count, sum(total)::bigint as total from (
      select source, service, what, count, total from indicators.day where tenant = ${tenant} and day between ${from}::date and ${until}::date
      union all
      select source, service, what, count, total from indicators.fact where tenant = ${tenant} and day between ${from}::date and ${until}::date
    ) as known
    where (${service}::text is null or service = ${service}::text) and (${source}::integer is null or source = ${source}::integer)
    group by source, service, what order by source, service limit 500000`;
  return [...rows];
}

/** False: this application was asked already. */
export async function insertAsked(tx: Tx, tenant: number, link: Buffer, month: string): Promise<boolean> {
  const rows = await tx`
    insert into indicators.asked (tenant, link, month) values (${tenant}, ${link}, ${month}) on conflict do nothing returning month`;
  return rows.length > 0;
}

export async function wasAsked(sql: Sql, tenant: number, link: Buffer): Promise<boolean> {
  const rows = await sql`select 1 as one from indicators.asked where tenant = ${tenant} and link = ${link}`;
  return rows.length > 0;
}

export type Remark = { readonly id: number; readonly month: string; readonly service: string; readonly text: string };

export async function insertRemark(tx: Tx, tenant: number, row: Omit<Remark, 'id'>): Promise<void> {
  await tx`insert into indicators.remark (tenant, month, service, text) values (${tenant}, ${row.month}, ${row.service}, ${row.text})`;
}

/** By month, newest first; within one in no order that says who wrote first. */
export async function readRemarks(sql: Sql, tenant: number, limit: number): Promise<Remark[]> {
  const rows = await sql<Remark>`
    select id, month, service, text from indicators.remark where tenant = ${tenant}
    order by month desc, md5(text), id limit ${limit}`;
  return [...rows];
}

/** False: it was gone. */
export async function deleteRemark(tx: Tx, tenant: number, id: number): Promise<boolean> {
  const rows = await tx`delete from indicators.remark where tenant = ${tenant} and id = ${id} returning id`;
  return rows.length > 0;
}

/** Removes what people wrote before a month, and which applications were asked then. */
export async function forgetBefore(tx: Tx, tenant: number, month: string): Promise<void> {
  await tx`delete from indicators.remark where tenant = ${tenant} and month < ${month}`;
  await tx`delete from indicators.asked where tenant = ${tenant} and month < ${month}`;
}
