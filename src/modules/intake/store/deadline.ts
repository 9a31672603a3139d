import type { Sql, Tx } from '#platform/db';

export type Deadline = { readonly form: string; readonly workingDays: number };

export async function readDeadlines(sql: Sql, tenant: number): Promise<Deadline[]> {
  const rows = await sql<Deadline>`
    select form, working_days as "workingDays" from intake.deadline where tenant = ${tenant} order by form limit 1000`;
  return [...rows];
}

/** Null: the form's own day holds. */
export async function readDeadline(sql: Sql | Tx, tenant: number, form: string): Promise<number | null> {
  const [row] = await (sql as Sql)<{ days: number }>`
    select working_days as days from intake.deadline where tenant = ${tenant} and form = ${form}`;
  return row?.days ?? null;
}

export async function upsertDeadline(tx: Tx, tenant: number, { form, workingDays }: Deadline): Promise<void> {
  await tx`
    insert into intake.deadline (tenant, form, working_days) values (${tenant}, ${form}, ${workingDays})
    on conflict (tenant, form) do update set working_days = excluded.working_days`;
}

export async function deleteDeadline(tx: Tx, tenant: number, form: string): Promise<void> {
  await tx`delete from intake.deadline where tenant = ${tenant} and form = ${form}`;
}
