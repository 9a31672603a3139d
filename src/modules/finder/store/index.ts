import type { Sql, Tx } from '#platform/db';
import type { Hit, Posting } from '../rules-index.ts';
import type { Wanted } from '../rules-query.ts';

/** One change of the index at a time: two at once would count terms wrongly. */
export async function lockIndex(tx: Tx): Promise<void> {
  await tx`select pg_advisory_xact_lock(hashtext('finder.index'))`;
}

/** Replaces the words of some services; without postings it forgets them. Counts of terms follow. */
export async function replacePostings(
  tx: Tx,
  tenant: number,
  services: readonly { readonly service: number; readonly postings: readonly Posting[] }[],
): Promise<void> {
  const ids = services.map(({ service }) => service);
  const rows = services.flatMap(({ service, postings }) =>
    postings.map(({ term, weight, surface }) => ({ service, term, weight, surface })),
  );
  const gone = await tx<{ term: string }[]>`
    delete from finder.posting where tenant = ${tenant} and service = any(${ids}::int[]) returning term`;
  await tx`
    insert into finder.posting (tenant, term, service, weight)
    select ${tenant}, p.term, p.service, p.weight
    from unnest(${rows.map(({ term }) => term)}::text[], ${rows.map(({ service }) => service)}::int[], ${rows.map(({ weight }) => weight)}::real[])
      as p(term, service, weight)`;
  const surfaces = new Map<string, string>(gone.map(({ term }) => [term, '']));
  for (const { term, surface } of rows) {
    const known = surfaces.get(term) ?? '';
    if (known === '' || (surface !== '' && surface.length < known.length)) surfaces.set(term, surface);
  }
  const terms = [...surfaces.keys()];
  await tx`
    insert into finder.term as known (tenant, term, surface, services)
    select ${tenant}, t.term, t.surface, (select count(*) from finder.posting p where p.tenant = ${tenant} and p.term = t.term)
    from unnest(${terms}::text[], ${[...surfaces.values()]}::text[]) as t(term, surface)
    on conflict (tenant, term) do update set services = excluded.services, surface = case
      when excluded.surface = '' or (known.surface <> '' and length(known.surface) <= length(excluded.surface)) then known.surface
      else excluded.surface end`;
  await tx`delete from finder.term where tenant = ${tenant} and services = 0 and term = any(${terms}::text[])`;
  await raiseGeneration(tx, tenant);
}

/** Tells every process that what searches know has changed. */
export async function raiseGeneration(tx: Tx, tenant: number): Promise<void> {
  await tx`
    insert into finder.generation as g (tenant, number) values (${tenant}, 1)
    on conflict (tenant) do update set number = g.number + 1`;
}

export async function readGeneration(sql: Sql, tenant: number): Promise<number> {
  const [row] = await sql<{ number: number }>`select number from finder.generation where tenant = ${tenant}`;
  return row?.number ?? 0;
}

export type TermRow = { readonly term: string; readonly surface: string; readonly services: number };

export async function readTerms(sql: Sql, tenant: number): Promise<TermRow[]> {
  return [...(await sql<TermRow>`select term, surface, services from finder.term where tenant = ${tenant}`)];
}

export async function countServices(sql: Sql, tenant: number): Promise<number> {
  const [row] = await sql<{ count: number }>`select count(*)::int as count from finder.public_service where tenant = ${tenant}`;
  return row?.count ?? 0;
}

const mostPerTerm = 3_000;

/** The services in which the wanted words stand: for each word of the question its best alternative counts. */
export async function findHits(sql: Sql, tenant: number, wanted: readonly Wanted[], limit: number): Promise<Hit[]> {
  if (wanted.length === 0) return [];
  const rows = await sql<Hit>`
    with wanted as (
      select * from unnest(${wanted.map(({ term }) => term)}::text[], ${wanted.map(({ slot }) => slot)}::int[],
        ${wanted.map(({ factor }) => factor)}::float8[]) as w(term, slot, factor)
    ), best as (
      select p.service, w.slot, max(p.weight * w.factor) as score
      from wanted w cross join lateral (
        select service, weight from finder.posting where tenant = ${tenant} and term = w.term limit ${mostPerTerm}
      ) p group by p.service, w.slot
    )
    select service, sum(score)::float8 as score, count(*)::int as covered from best
    group by service order by count(*) * sum(score) desc limit ${limit}`;
  return [...rows];
}

export type SynonymRow = {
  readonly id: number;
  readonly says: string;
  readonly means: string;
  readonly changedBy: string;
  readonly changedAt: Date;
};

export async function readSynonyms(sql: Sql, tenant: number): Promise<SynonymRow[]> {
  return [
    ...(await sql<SynonymRow>`
      select id, says, means, changed_by as "changedBy", changed_at as "changedAt" from finder.synonym
      where tenant = ${tenant} order by says, means`),
  ];
}

/** Adds pairs that are not there yet; resolves with how many were new. */
export async function insertSynonyms(
  tx: Tx,
  tenant: number,
  { pairs, by, at }: { readonly pairs: readonly { says: string; means: string }[]; readonly by: string; readonly at: Date },
): Promise<number> {
  const done = await tx`
    insert into finder.synonym (tenant, says, means, changed_by, changed_at)
    select ${tenant}, s.says, s.means, ${by}, ${at}
    from unnest(${pairs.map(({ says }) => says)}::text[], ${pairs.map(({ means }) => means)}::text[]) as s(says, means)
    on conflict (tenant, says, means) do nothing returning id`;
  return done.length;
}

/** False when there is none. */
export async function deleteSynonym(tx: Tx, tenant: number, id: number): Promise<boolean> {
  return (await tx`delete from finder.synonym where tenant = ${tenant} and id = ${id} returning id`).length > 0;
}
