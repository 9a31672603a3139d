import type { Sql, Tx } from '#platform/db';
import type { AttemptState } from '../rules-attempt.ts';

/** More payments than any instance asks for between two looks at its backup. */
const gap = 100_000;

/** Moves the number of the next payment far ahead. */
export async function skipNumbers(tx: Tx): Promise<void> {
  await tx`select setval('payments.number', (select last_value from payments.number) + ${gap}::bigint)`;
}

/** An attempt the gateway may have more to say about than we know, with the reference its payment is known by outside. */
export type Unsettled = {
  readonly id: number;
  readonly reference: string;
  readonly state: AttemptState;
  readonly cents: number;
  readonly startedAt: Date;
};

type Row = Omit<Unsettled, 'startedAt'> & { readonly started_at: Date };

/** Attempts that are not over, and those of the last days that ended without money; oldest first. */
export async function readUnsettled(
  sql: Sql,
  tenant: number,
  { endedAfter, most }: { endedAfter: Date; most: number },
): Promise<Unsettled[]> {
  const rows = await sql<Row>`
    select a.id, p.reference, a.state, a.cents, a.started_at
    from payments.attempt a join payments.payment p on p.tenant = ${tenant} and p.id = a.payment
    where a.tenant = ${tenant}
      and (a.state in ('starting', 'open')
        or (a.state in ('declined', 'cancelled', 'expired', 'lost') and a.changed_at > ${endedAfter}))
    order by a.id limit ${most}`;
  return rows.map(({ started_at, ...row }) => ({ ...row, startedAt: started_at }));
}
