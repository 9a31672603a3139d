import type { Sql } from '#platform/db';

/** What a list shows of a published service. */
export type ServiceRow = {
  readonly key: string;
  readonly title: string;
  readonly titleEn: string;
  readonly summary: string;
  readonly summaryEn: string;
  readonly form: string | null;
  /** Its place among those that come first; behind all of them by title. */
  readonly rank: number;
};

/** Behind every service that has a place of its own. */
const behind = 1_000_000;

export type ServiceLineQuery = {
  /** Only those of this situation in life, and those named in `first`; null: all. */
  readonly event: string | null;
  /** Keys of those that come first, in this order. */
  readonly first: readonly string[];
  /** Part of a title or key, as a pattern. */
  readonly pattern: string;
  readonly today: string;
  readonly after: { readonly rank: number; readonly title: string; readonly key: string } | null;
  readonly limit: number;
};

/** Published services that hold on a day: those that come first, then by title. */
export async function readServiceLines(sql: Sql, tenant: number, query: ServiceLineQuery): Promise<ServiceRow[]> {
  const { event, first, pattern, today, after, limit } = query;
  const rows = await sql<ServiceRow>`
    select * from (
      select key, title, title_en as "titleEn", summary, summary_en as "summaryEn", form, coalesce(array_position(${first as string[]}::text[], key), ${behind}::int) as rank
      from finder.public_service
      where tenant = ${tenant} and (${event}::text is null or life_events @> array[${event}::text] or key = any(${first as string[]}::text[]))
        and (${pattern}::text = '%%' or title ilike ${pattern} or key ilike ${pattern})
        and (valid_from is null or valid_from <= ${today}::date) and (valid_to is null or valid_to >= ${today}::date)
    ) as line
    where ${after === null} or (rank, title, key) > (${after?.rank ?? 0}::int, ${after?.title ?? ''}::text, ${after?.key ?? ''}::text)
    order by rank, title, key limit ${limit}`;
  return [...rows];
}

/** How many published services each situation in life has, by its key. */
export async function countByLifeEvent(sql: Sql, tenant: number): Promise<Map<string, number>> {
  const rows = await sql<{ key: string; count: number }>`
    select event.key, count(service.id)::int as count
    from finder.public_life_event event left join finder.public_service service on service.tenant = ${tenant}
      and (service.life_events @> array[event.key] or event.content -> 'services' ? service.key)
    where event.tenant = ${tenant} group by event.key`;
  return new Map(rows.map(({ key, count }) => [key, count]));
}

/** For which of some services an authority has written a supplement, with the number of that entry. */
export async function readSupplementEntries(
  sql: Sql,
  tenant: number,
  services: readonly string[],
): Promise<{ readonly service: string; readonly entry: number }[]> {
  const rows = await sql<{ service: string; entry: number }>`
    select service, min(id)::int as entry from (
      select id, regexp_replace(key, '[.][^.]*$', '') as service from finder.entry where tenant = ${tenant} and kind = 'supplement'
    ) as supplement where service = any(${services as string[]}::text[]) group by service`;
  return [...rows];
}
