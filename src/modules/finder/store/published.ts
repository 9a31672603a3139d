import type { Sql, Tx } from '#platform/db';
import type { Rule } from '../rules-competence.ts';
import type { AuthorityContent, CompetenceContent, Level, ServiceContent, SupplementContent } from '../rules-content.ts';

/** What the public sees; every row belongs to the state's tenant. */

export type PublicService = {
  readonly id: number;
  readonly key: string;
  readonly content: ServiceContent;
  readonly publishedAt: Date;
  readonly checkedOn: string | null;
};

/** Where a published row comes from and how long it holds. */
export type Origin = {
  readonly source: number;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly publishedAt: Date;
};

export async function upsertService(
  tx: Tx,
  tenant: number,
  row: Origin & { readonly key: string; readonly version: number; readonly content: ServiceContent; readonly checkedOn: string },
): Promise<number> {
  const [made] = await tx<{ id: number }[]>`
    insert into finder.public_service (tenant, key, source, version, content, title, life_events, valid_from, valid_to, checked_on, published_at)
    values (${tenant}, ${row.key}, ${row.source}, ${row.version}, ${JSON.stringify(row.content)}::text::jsonb, ${row.content.title},
      ${row.content.lifeEvents as string[]}, ${row.validFrom}, ${row.validTo}, ${row.checkedOn}, ${row.publishedAt})
    on conflict (tenant, key) do update set version = excluded.version, content = excluded.content, title = excluded.title,
      life_events = excluded.life_events, valid_from = excluded.valid_from, valid_to = excluded.valid_to,
      checked_on = excluded.checked_on, published_at = excluded.published_at
    returning id`;
  return made?.id ?? 0;
}

/** Id of what was removed; null when nothing was there. */
export async function deleteService(tx: Tx, tenant: number, key: string): Promise<number | null> {
  const [row] = await tx<
    { id: number }[]
  >`delete from finder.public_service where tenant = ${tenant} and key = ${key} returning id`;
  return row?.id ?? null;
}

/** What a line of the search needs of a service. */
export type ServiceHead = {
  readonly id: number;
  readonly key: string;
  readonly title: string;
  readonly titleEn: string;
  readonly summary: string;
  readonly summaryEn: string;
  readonly form: string | null;
  readonly level: Level;
};

export async function readServiceHeads(sql: Sql, tenant: number, ids: readonly number[], today: string): Promise<ServiceHead[]> {
  const rows = await sql<ServiceHead>`
    select id, key, title, title_en as "titleEn", summary, summary_en as "summaryEn", form, level from finder.public_service
    where tenant = ${tenant} and id = any(${ids as number[]}::int[])
      and (valid_from is null or valid_from <= ${today}::date) and (valid_to is null or valid_to >= ${today}::date)`;
  return [...rows];
}

export async function readService(sql: Sql, tenant: number, key: string, today: string): Promise<PublicService | null> {
  const [row] = await sql<PublicService>`
    select id, key, content, published_at as "publishedAt", checked_on::text as "checkedOn" from finder.public_service
    where tenant = ${tenant} and key = ${key}
      and (valid_from is null or valid_from <= ${today}::date) and (valid_to is null or valid_to >= ${today}::date)`;
  return row ?? null;
}

/** False when another tenant has published it with better right: an area's own tenant goes before the state. */
export async function upsertAuthority(
  tx: Tx,
  tenant: number,
  {
    key,
    content,
    source,
    publishedAt,
    state,
  }: Pick<Origin, 'source' | 'publishedAt'> & { key: string; content: AuthorityContent; state: number },
): Promise<boolean> {
  const done = await tx`
    insert into finder.public_authority as p (tenant, key, source, content, name, published_at)
    values (${tenant}, ${key}, ${source}, ${JSON.stringify(content)}::text::jsonb, ${content.name}, ${publishedAt})
    on conflict (tenant, key) do update set source = excluded.source, content = excluded.content, name = excluded.name,
      published_at = excluded.published_at
    where p.source in (excluded.source, ${state}::int) returning key`;
  if (done.length === 0) return false;
  await tx`delete from finder.administration where tenant = ${tenant} and authority = ${key}`;
  await tx`
    insert into finder.administration (tenant, area, authority, source)
    select ${tenant}, area, ${key}, ${source} from unnest(${content.represents as string[]}::text[]) area on conflict do nothing`;
  return true;
}

export async function deleteAuthority(tx: Tx, tenant: number, key: string, source: number): Promise<void> {
  const done = await tx`
    delete from finder.public_authority where tenant = ${tenant} and key = ${key} and source = ${source} returning key`;
  if (done.length > 0) await tx`delete from finder.administration where tenant = ${tenant} and authority = ${key}`;
}

export type PublicAuthority = { readonly key: string; readonly content: AuthorityContent; readonly publishedAt: Date };

export async function readAuthorities(sql: Sql, tenant: number, keys: readonly string[]): Promise<PublicAuthority[]> {
  const rows = await sql<PublicAuthority>`
    select key, content, published_at as "publishedAt" from finder.public_authority
    where tenant = ${tenant} and key = any(${keys as string[]}::text[])`;
  return [...rows];
}

/** The administrations of the areas of one line, at most one each; a tenant's own before the state's. */
export async function readAdministrations(
  sql: Sql,
  tenant: number,
  areas: readonly string[],
  state: number,
): Promise<Map<string, string>> {
  const rows = await sql<{ area: string; authority: string }>`
    select distinct on (area) area, authority from finder.administration
    where tenant = ${tenant} and area = any(${areas as string[]}::text[]) order by area, (source = ${state}::int), authority`;
  return new Map(rows.map(({ area, authority }) => [area, authority]));
}

/** Keys of the services with this key or exactly this title; a key that is meant goes first. */
export async function readServiceKeys(sql: Sql, tenant: number, typed: string): Promise<string[]> {
  const rows = await sql<{ key: string }>`
    select key from finder.public_service where tenant = ${tenant} and (key = ${typed} or lower(title) = lower(${typed}))
    order by (key = ${typed}) desc, key limit 5`;
  return rows.map(({ key }) => key);
}

/** Titles of published services by their keys. */
export async function readServiceTitles(sql: Sql, tenant: number, keys: readonly string[]): Promise<Map<string, string>> {
  const rows = await sql<{ key: string; title: string }>`
    select key, title from finder.public_service where tenant = ${tenant} and key = any(${keys as string[]}::text[])`;
  return new Map(rows.map(({ key, title }) => [key, title]));
}

/** Keys of the authorities of exactly this name. */
export async function readAuthorityKeys(sql: Sql, tenant: number, name: string): Promise<string[]> {
  const rows = await sql<{ key: string }>`
    select key from finder.public_authority where tenant = ${tenant} and lower(name) = lower(${name}) order by key limit 5`;
  return rows.map(({ key }) => key);
}

/** How old what one authority has published is; days as numbers. */
export type SourceAge = {
  readonly source: number;
  readonly total: number;
  /** Days since publishing: on average, and of the oldest. */
  readonly meanAge: number;
  readonly oldest: number;
  /** Authorities without opening hours: nobody can tell when they are there. */
  readonly withoutHours: number;
};

/** What every tenant has published, and how long ago; those with the oldest first. */
export async function readSourceAges(sql: Sql, tenant: number, now: Date): Promise<SourceAge[]> {
  const rows = await sql<SourceAge>`
    select source, count(*)::int as total, coalesce(avg(${now}::date - published_at::date), 0)::int as "meanAge",
      coalesce(max(${now}::date - published_at::date), 0)::int as oldest, count(*) filter (where no_hours)::int as "withoutHours"
    from (
      select source, coalesce(checked_on, published_at::date) as published_at, false as no_hours
      from finder.public_service where tenant = ${tenant}
      union all select source, published_at::date, content ->> 'hours' = '' from finder.public_authority where tenant = ${tenant}
      union all select source, published_at::date, false from finder.public_supplement where tenant = ${tenant}
    ) shown group by source order by oldest desc, source limit 1000`;
  return [...rows];
}

export async function upsertSupplement(
  tx: Tx,
  tenant: number,
  { content, source, publishedAt }: Pick<Origin, 'source' | 'publishedAt'> & { content: SupplementContent },
): Promise<void> {
  await tx`
    insert into finder.public_supplement (tenant, service, area, source, content, published_at)
    values (${tenant}, ${content.service}, ${content.area}, ${source}, ${JSON.stringify(content)}::text::jsonb, ${publishedAt})
    on conflict (tenant, service, area, source) do update set content = excluded.content, published_at = excluded.published_at`;
}

export async function deleteSupplement(
  tx: Tx,
  tenant: number,
  { service, area, source }: { readonly service: string; readonly area: string; readonly source: number },
): Promise<void> {
  await tx`
    delete from finder.public_supplement
    where tenant = ${tenant} and service = ${service} and area = ${area} and source = ${source}`;
}

/** What the areas of one line add to a service, the nearest first. */
export async function readSupplements(
  sql: Sql,
  tenant: number,
  service: string,
  areas: readonly string[],
): Promise<SupplementContent[]> {
  const rows = await sql<{ content: SupplementContent }>`
    select content from finder.public_supplement
    where tenant = ${tenant} and service = ${service} and area = any(${areas as string[]}::text[]) order by length(area) desc, source`;
  return rows.map(({ content }) => content);
}

export async function upsertCompetence(
  tx: Tx,
  tenant: number,
  row: Origin & { readonly entry: number; readonly content: CompetenceContent },
): Promise<void> {
  const { content } = row;
  await tx`
    insert into finder.competence (tenant, source, entry, service, area, authority, level, unit, except_areas, reason, valid_from, valid_to)
    values (${tenant}, ${row.source}, ${row.entry}, ${content.service}, ${content.area}, ${content.authority}, ${content.level},
      ${content.unit}, ${content.except as string[]}, ${content.source}, ${row.validFrom}, ${row.validTo})
    on conflict (tenant, source, entry) do update set service = excluded.service, area = excluded.area, authority = excluded.authority,
      level = excluded.level, unit = excluded.unit, except_areas = excluded.except_areas, reason = excluded.reason,
      valid_from = excluded.valid_from, valid_to = excluded.valid_to`;
}

export async function deleteCompetence(tx: Tx, tenant: number, source: number, entry: number): Promise<void> {
  await tx`delete from finder.competence where tenant = ${tenant} and source = ${source} and entry = ${entry}`;
}

/** The rules that may concern some services in the areas of one line, as they hold today. */
export async function readRules(
  sql: Sql,
  tenant: number,
  { services, areas, today }: { readonly services: readonly string[]; readonly areas: readonly string[]; readonly today: string },
): Promise<Rule[]> {
  const rows = await sql<Rule>`
    select c.id, c.service, c.area, c.authority, c.level, c.unit, c.except_areas as except, c.reason as source
    from unnest(${[...services, '*']}::text[]) s cross join unnest(${areas as string[]}::text[]) a
      join finder.competence c on c.tenant = ${tenant} and c.service = s and c.area = a
    where (c.valid_from is null or c.valid_from <= ${today}::date) and (c.valid_to is null or c.valid_to >= ${today}::date)`;
  return [...rows];
}
