import type { Sql } from '#platform/db';
import type { SitemapKind, SitemapLine } from '../rules-sitemap.ts';

/** Published pages of one kind by their keys, with what search engines are told of them. */

type Query = { readonly kind: SitemapKind; readonly from: string; readonly today: string; readonly limit: number };

/** The keys with which the parts of the list begin. */
export async function readSitemapStarts(
  sql: Sql,
  tenant: number,
  { kind, every }: { readonly kind: SitemapKind; readonly every: number },
): Promise<string[]> {
  const rows = await sql<{ key: string }>`
    select key from (
      select key, row_number() over (order by key) as number from (
        select key from finder.public_service where tenant = ${tenant} and ${kind}::text = 'leistungen'
        union all select key from finder.public_authority where tenant = ${tenant} and ${kind}::text = 'stellen'
        union all select key from finder.public_life_event where tenant = ${tenant} and ${kind}::text = 'lebenslagen'
      ) as page
    ) as numbered where number % ${every}::int = 1 order by key`;
  return rows.map(({ key }) => key);
}

/** Pages from a key on, by key; those that hold on a day. */
export async function readSitemapLines(sql: Sql, tenant: number, { kind, from, today, limit }: Query): Promise<SitemapLine[]> {
  const rows = await sql<SitemapLine>`
    select key, published_at as "publishedAt", has_english as "hasEnglish" from (
      select key, published_at, title_en <> '' as has_english, valid_from, valid_to from finder.public_service
      where tenant = ${tenant} and ${kind}::text = 'leistungen' and key >= ${from}
      union all select key, published_at, true, null, null from finder.public_authority
      where tenant = ${tenant} and ${kind}::text = 'stellen' and key >= ${from}
      union all select key, published_at, content ->> 'titleEn' <> '', valid_from, valid_to from finder.public_life_event
      where tenant = ${tenant} and ${kind}::text = 'lebenslagen' and key >= ${from}
    ) as page
    where (valid_from is null or valid_from <= ${today}::date) and (valid_to is null or valid_to >= ${today}::date)
    order by key limit ${limit}`;
  return [...rows];
}
