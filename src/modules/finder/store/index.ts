import type { Sql, Tx } from '#platform/db';
import type { Postings } from '../rules-hits.ts';
import type { Posting } from '../rules-index.ts';

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
  const more = new Map<string, number>();
  for (const { term } of gone) more.set(term, (more.get(term) ?? 0) - 1);
  for (const { term, surface } of rows) {
    const known = surfaces.get(term) ?? '';
    if (known === '' || (surface !== '' && surface.length < known.length)) surfaces.set(term, surface);
    more.set(term, (more.get(term) ?? 0) + 1);
  }
  const terms = [...surfaces.keys()];
  // By how many more, not by counting: a word that stands everywhere would be counted through with every batch.
  await tx`
    insert into finder.term as known (tenant, term, surface, services)
    select ${tenant}, t.term, t.surface, t.more
    from unnest(${terms}::text[], ${[...surfaces.values()]}::text[], ${terms.map((term) => more.get(term) ?? 0)}::int[])
      as t(term, surface, more)
    on conflict (tenant, term) do update set services = known.services + excluded.services, surface = case
      when excluded.surface = '' or (known.surface <> '' and length(known.surface) <= length(excluded.surface)) then known.surface
      else excluded.surface end`;
  await tx`delete from finder.term where tenant = ${tenant} and services <= 0 and term = any(${terms}::text[])`;
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

/** Beyond any catalogue: a word that stands in more services says nothing. */
const mostPerTerm = 50_000;

/** Where some terms stand, with how much they count there; terms that stand nowhere have empty lists. */
export async function readPostings(
  sql: Sql,
  tenant: number,
  terms: readonly string[],
): Promise<(Postings & { readonly term: string })[]> {
  const rows = await sql<Postings & { term: string }>`
    select wanted.term, coalesce(found.services, '{}') as services, coalesce(found.weights, '{}') as weights
    from unnest(${terms as string[]}::text[]) as wanted(term) cross join lateral (
      select array_agg(service) as services, array_agg(weight) as weights from (
        select service, weight from finder.posting where tenant = ${tenant} and term = wanted.term limit ${mostPerTerm}
      ) as posting
    ) as found`;
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
