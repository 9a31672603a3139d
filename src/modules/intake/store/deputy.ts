import type { Sql, Tx } from '#platform/db';

export type Deputy = {
  readonly account: number;
  readonly deputy: number;
  readonly fromDay: string;
  readonly untilDay: string;
};

export async function upsertDeputy(tx: Tx, tenant: number, { account, deputy, fromDay, untilDay }: Deputy): Promise<void> {
  await tx`
    insert into intake.deputy (tenant, account, deputy, from_day, until_day)
    values (${tenant}, ${account}, ${deputy}, ${fromDay}, ${untilDay})
    on conflict (tenant, account) do update set deputy = excluded.deputy, from_day = excluded.from_day, until_day = excluded.until_day`;
}

/** False: there was none. */
export async function deleteDeputy(tx: Tx, tenant: number, account: number): Promise<boolean> {
  const rows = await tx`delete from intake.deputy where tenant = ${tenant} and account = ${account} returning account`;
  return rows.length > 0;
}

/** What concerns a person: who stands in for them, and for whom they do, from a day on. */
export async function readDeputiesAround(
  sql: Sql,
  tenant: number,
  { account, day }: { account: number; day: string },
): Promise<Deputy[]> {
  const rows = await sql<Deputy>`
    select account, deputy, from_day::text as "fromDay", until_day::text as "untilDay" from intake.deputy
    where tenant = ${tenant} and (account = ${account} or deputy = ${account}) and until_day >= ${day}::date
    order by from_day, account limit 200`;
  return [...rows];
}

/** For whom somebody stands in on a day. */
export async function readAbsentees(
  sql: Sql,
  tenant: number,
  { deputy, day }: { deputy: number; day: string },
): Promise<number[]> {
  const rows = await sql<{ account: number }>`
    select account from intake.deputy
    where tenant = ${tenant} and deputy = ${deputy} and ${day}::date between from_day and until_day limit 200`;
  return rows.map(({ account }) => account);
}

/** Who stands in for somebody on a day; null: nobody. */
export async function readDeputyOf(
  sql: Sql | Tx,
  tenant: number,
  { account, day }: { account: number; day: string },
): Promise<number | null> {
  const [row] = await (sql as Sql)<{ deputy: number }>`
    select deputy from intake.deputy
    where tenant = ${tenant} and account = ${account} and ${day}::date between from_day and until_day`;
  return row?.deputy ?? null;
}
