import type { Sql, Tx } from '#platform/db';

/** Submissions that wait at our delivery service for a receiver who fetches. */

/** Those that were submitted before a moment, the oldest first. */
export async function readUnfetched(sql: Sql, tenant: number, before: Date, limit: number): Promise<string[]> {
  const rows = await sql<{ id: string }>`
    select a.id from delivery.arrival a join delivery.inbox i on i.tenant = a.tenant and i.id = a.inbox
    where a.tenant = ${tenant} and a.state = 'submitted' and a.submitted_at < ${before} and i.kind = 'kept'
    order by a.submitted_at, a.id limit ${limit}`;
  return rows.map(({ id }) => id);
}

export type Unwarned = { readonly inbox: string; readonly title: string; readonly count: number };

/** Destinations with such submissions that nobody was told of yet, and how many; from now on somebody was. */
export async function takeUnwarned(tx: Tx, tenant: number, { before, now }: { before: Date; now: Date }): Promise<Unwarned[]> {
  const rows = await tx<Unwarned[]>`
    with told as (
      update delivery.arrival a set warned_at = ${now} from delivery.inbox i
      where a.tenant = ${tenant} and i.tenant = a.tenant and i.id = a.inbox and i.kind = 'kept' and a.state = 'submitted'
        and a.submitted_at < ${before} and a.warned_at is null
      returning i.id, i.title)
    select id as inbox, title, count(*)::int as count from told group by id, title order by title, id`;
  return [...rows];
}
