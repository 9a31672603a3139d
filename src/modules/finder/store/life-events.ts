import type { Sql, Tx } from '#platform/db';
import type { LifeEventContent } from '../rules-content.ts';
import type { Origin } from './published.ts';

/** Situations in life as the public sees them; every row belongs to the state's tenant. */

export type PublicLifeEvent = { readonly key: string; readonly content: LifeEventContent };

export async function upsertLifeEvent(
  tx: Tx,
  tenant: number,
  row: Origin & { readonly key: string; readonly content: LifeEventContent },
): Promise<void> {
  await tx`
    insert into finder.public_life_event (tenant, key, source, content, position, title, valid_from, valid_to, published_at)
    values (${tenant}, ${row.key}, ${row.source}, ${JSON.stringify(row.content)}::text::jsonb, ${row.content.order},
      ${row.content.title}, ${row.validFrom}, ${row.validTo}, ${row.publishedAt})
    on conflict (tenant, key) do update set content = excluded.content, position = excluded.position, title = excluded.title,
      valid_from = excluded.valid_from, valid_to = excluded.valid_to, published_at = excluded.published_at`;
}

export async function deleteLifeEvent(tx: Tx, tenant: number, key: string): Promise<void> {
  await tx`delete from finder.public_life_event where tenant = ${tenant} and key = ${key}`;
}

/** Those that hold on a day, in their order. */
export async function readLifeEvents(
  sql: Sql,
  tenant: number,
  { today, limit }: { readonly today: string; readonly limit: number },
): Promise<PublicLifeEvent[]> {
  const rows = await sql<PublicLifeEvent>`
    select key, content from finder.public_life_event
    where tenant = ${tenant}
      and (valid_from is null or valid_from <= ${today}::date) and (valid_to is null or valid_to >= ${today}::date)
    order by position, title limit ${limit}`;
  return [...rows];
}
