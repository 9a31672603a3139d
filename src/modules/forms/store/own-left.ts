import type { Sql, Tx } from '#platform/db';
import type { Left } from '../rules-fim-form.ts';

/** What a schema says and a form cannot, with whoever has looked at it. */

export type LeftLine = Left & {
  readonly number: number;
  /** Empty: nobody has looked at it. */
  readonly doneName: string;
  readonly doneAt: Date | null;
};

export async function insertLeft(tx: Tx, tenant: number, form: string, left: readonly Left[]): Promise<void> {
  if (left.length === 0) return;
  await tx`
    insert into forms.own_left (tenant, form, number, place, what, why)
    select ${tenant}, ${form}, one.number, one.place, one.what, one.why
    from unnest(${left.map((_one, index) => index + 1)}::integer[], ${left.map(({ where }) => where)}::text[],
      ${left.map(({ what }) => what)}::text[], ${left.map(({ why }) => why)}::text[]) as one (number, place, what, why)`;
}

export async function readLeft(sql: Sql, tenant: number, form: string): Promise<LeftLine[]> {
  const rows = await sql<LeftLine>`
    select number, place as "where", what, why, done_name as "doneName", done_at as "doneAt"
    from forms.own_left where tenant = ${tenant} and form = ${form} order by number`;
  return [...rows];
}

export type LeftCount = { readonly all: number; readonly open: number };

export async function countLeft(sql: Sql, tenant: number, form: string): Promise<LeftCount> {
  const [row] = await sql<LeftCount>`
    select count(*)::integer as all, count(*) filter (where done_at is null)::integer as open
    from forms.own_left where tenant = ${tenant} and form = ${form}`;
  return row ?? { all: 0, open: 0 };
}

export type Tick = { readonly number: number; readonly doneName: string; readonly doneAt: Date | null };

/** False: there is no such line. */
export async function updateLeft(tx: Tx, tenant: number, form: string, { number, doneName, doneAt }: Tick): Promise<boolean> {
  const rows = await tx`
    update forms.own_left set done_name = ${doneName}, done_at = ${doneAt}
    where tenant = ${tenant} and form = ${form} and number = ${number} returning number`;
  return rows.length > 0;
}

export async function deleteLeft(tx: Tx, tenant: number, form: string): Promise<void> {
  await tx`delete from forms.own_left where tenant = ${tenant} and form = ${form}`;
}
