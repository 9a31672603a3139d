import type { Sql, Tx } from '#platform/db';
import type { Params } from '#platform/errors';

/** What is worked on elsewhere, or was meant to be. */
export type Elsewhere = {
  readonly receiver: string;
  readonly isAway: boolean;
  readonly code: string | null;
  readonly params: Params;
  readonly at: Date;
};

export async function upsertElsewhere(tx: Tx, tenant: number, submission: number, row: Elsewhere): Promise<void> {
  await tx`
    insert into intake.elsewhere (tenant, submission, receiver, is_away, code, params, at)
    values (${tenant}, ${submission}, ${row.receiver}, ${row.isAway}, ${row.code}, ${JSON.stringify(row.params)}::text::jsonb, ${row.at})
    on conflict (tenant, submission) do update set
      receiver = excluded.receiver, is_away = excluded.is_away, code = excluded.code, params = excluded.params, at = excluded.at`;
}

export async function readElsewhere(sql: Sql | Tx, tenant: number, submission: number): Promise<Elsewhere | null> {
  const [row] = await (sql as Sql)<Elsewhere>`
    select receiver, is_away as "isAway", code, params, at from intake.elsewhere
    where tenant = ${tenant} and submission = ${submission}`;
  return row ?? null;
}
