import type { Sql, Tx } from '#platform/db';
import type { Locale } from '#platform/words';
import type { TrayState } from '../rules.ts';
import type { ConsultationState, ShownSection, StatementState } from '../rules-statement.ts';

/** Statements on the side that asks, consultations on the side that is asked. */

export type Statement = {
  readonly tenant: number;
  readonly id: number;
  readonly submission: number;
  readonly askedTenant: number;
  readonly askedOffice: number;
  readonly officeName: string;
  readonly question: string;
  readonly shown: readonly ShownSection[];
  readonly dueOn: string;
  readonly state: StatementState;
  readonly askedAt: Date;
  readonly askedBy: string;
  readonly remindedAt: Date | null;
  readonly answer: string;
  readonly answeredAt: Date | null;
  readonly answeredBy: string;
};

type NewStatement = Omit<Statement, 'id' | 'state' | 'remindedAt' | 'answer' | 'answeredAt' | 'answeredBy'>;

export async function insertStatement(tx: Tx, row: NewStatement): Promise<number> {
  const [made] = await tx<{ id: number }[]>`
    insert into intake.statement (tenant, submission, asked_tenant, asked_office, office_name, question, shown, due_on, state, asked_at, asked_by)
    values (${row.tenant}, ${row.submission}, ${row.askedTenant}, ${row.askedOffice}, ${row.officeName}, ${row.question},
      ${JSON.stringify(row.shown)}::text::jsonb, ${row.dueOn}, 'asked', ${row.askedAt}, ${row.askedBy})
    returning id`;
  return made?.id ?? 0;
}

/** The statements of a submission, or one by its number. */
export async function readStatements(
  sql: Sql | Tx,
  tenant: number,
  { submission = null, id = null }: { readonly submission?: number | null; readonly id?: number | null },
): Promise<Statement[]> {
  const rows = await (sql as Sql)<Statement>`
    select tenant, id, submission, asked_tenant as "askedTenant", asked_office as "askedOffice", office_name as "officeName", question,
      shown, due_on::text as "dueOn", state, asked_at as "askedAt", asked_by as "askedBy", reminded_at as "remindedAt", answer,
      answered_at as "answeredAt", answered_by as "answeredBy"
    from intake.statement
    where tenant = ${tenant} and (${submission}::bigint is null or submission = ${submission}::bigint)
      and (${id}::bigint is null or id = ${id}::bigint)
    order by id limit 200`;
  return [...rows];
}

/** Moves a statement; false: it is elsewhere by now. `remindedAt` and the answer are kept where they are not given. */
export async function moveStatement(
  tx: Tx,
  tenant: number,
  change: {
    readonly id: number;
    readonly from: readonly StatementState[];
    readonly to: StatementState | null;
    readonly remindedAt?: Date;
    readonly answer?: { readonly text: string; readonly at: Date; readonly by: string };
  },
): Promise<boolean> {
  const { id, from, to, remindedAt = null, answer = null } = change;
  const rows = await tx`
    update intake.statement set state = coalesce(${to}::text, state), reminded_at = coalesce(${remindedAt}::timestamptz, reminded_at),
      answer = coalesce(${answer?.text ?? null}::text, answer), answered_at = coalesce(${answer?.at ?? null}::timestamptz, answered_at),
      answered_by = coalesce(${answer?.by ?? null}::text, answered_by)
    where tenant = ${tenant} and id = ${id} and state = any(${from as string[]}::text[]) returning id`;
  return rows.length > 0;
}

/** Submissions that are done with, and for which an office is still asked. */
export async function readSubmissionsLeft(
  sql: Sql | Tx,
  tenant: number,
  done: readonly TrayState[],
): Promise<{ submission: number; state: TrayState }[]> {
  const rows = await (sql as Sql)<{ submission: number; state: TrayState }>`
    select distinct i.submission, i.state
    from intake.statement s join intake.item i on i.tenant = s.tenant and i.submission = s.submission
    where s.tenant = ${tenant} and s.state = 'asked' and i.state = any(${done as TrayState[]}::text[]) limit 200`;
  return [...rows];
}

/** Statements nobody has given in time, and whose handler was not told so far: marks them. */
export async function takeOverdue(
  tx: Tx,
  tenant: number,
  today: string,
): Promise<Pick<Statement, 'id' | 'submission' | 'officeName'>[]> {
  const rows = await tx<Pick<Statement, 'id' | 'submission' | 'officeName'>[]>`
    update intake.statement set is_overdue_told = true
    where tenant = ${tenant} and state = 'asked' and due_on < ${today}::date and not is_overdue_told
    returning id, submission, office_name as "officeName"`;
  return [...rows];
}

export type Consultation = {
  readonly tenant: number;
  readonly id: number;
  readonly source: number;
  readonly statement: number;
  readonly office: number;
  readonly fromName: string;
  readonly fromPerson: string;
  readonly reference: string;
  readonly title: Readonly<Record<Locale, string>>;
  readonly question: string;
  readonly shown: readonly ShownSection[];
  readonly dueOn: string;
  readonly state: ConsultationState;
  readonly receivedAt: Date;
  readonly answer: string;
  readonly answeredAt: Date | null;
  readonly answeredBy: string;
};

/** Null: it is there already. */
export async function insertConsultation(
  tx: Tx,
  row: Omit<Consultation, 'id' | 'state' | 'answer' | 'answeredAt' | 'answeredBy'>,
): Promise<number | null> {
  const [made] = await tx<{ id: number }[]>`
    insert into intake.consultation (tenant, source, statement, office, from_name, from_person, reference, title, question, shown, due_on,
      state, received_at)
    values (${row.tenant}, ${row.source}, ${row.statement}, ${row.office}, ${row.fromName}, ${row.fromPerson}, ${row.reference},
      ${JSON.stringify(row.title)}::text::jsonb, ${row.question}, ${JSON.stringify(row.shown)}::text::jsonb, ${row.dueOn}, 'open',
      ${row.receivedAt})
    on conflict (tenant, source, statement) do nothing returning id`;
  return made?.id ?? null;
}

export type ConsultationFilter = {
  /** One by its number. */
  readonly id?: number;
  /** One by the statement it belongs to. */
  readonly of?: { readonly source: number; readonly statement: number };
  /** Those of these offices. */
  readonly offices?: readonly number[];
};

/** Open ones first, the most urgent on top. */
export async function readConsultations(sql: Sql | Tx, tenant: number, filter: ConsultationFilter): Promise<Consultation[]> {
  const { id = null, of, offices = null } = filter;
  const rows = await (sql as Sql)<Consultation>`
    select tenant, id, source, statement, office, from_name as "fromName", from_person as "fromPerson", reference, title, question, shown,
      due_on::text as "dueOn", state, received_at as "receivedAt", answer, answered_at as "answeredAt", answered_by as "answeredBy"
    from intake.consultation
    where tenant = ${tenant} and (${id}::bigint is null or id = ${id}::bigint)
      and (${of?.source ?? null}::integer is null or (source = ${of?.source ?? null}::integer and statement = ${of?.statement ?? null}::bigint))
      and (${offices === null} or office = any(${(offices ?? []) as number[]}::bigint[]))
    order by (state <> 'open'), due_on, id limit 200`;
  return [...rows];
}

/** False: it is elsewhere by now. */
export async function moveConsultation(
  tx: Tx,
  tenant: number,
  change: {
    readonly id: number;
    readonly from: readonly ConsultationState[];
    readonly to: ConsultationState;
    readonly answer?: { readonly text: string; readonly at: Date; readonly by: string };
  },
): Promise<boolean> {
  const { id, from, to, answer } = change;
  const rows = await tx`
    update intake.consultation set state = ${to}, answer = ${answer?.text ?? ''}, answered_at = ${answer?.at ?? null},
      answered_by = ${answer?.by ?? ''}
    where tenant = ${tenant} and id = ${id} and state = any(${from as string[]}::text[]) returning id`;
  return rows.length > 0;
}

/** Open ones that are due until a day and were not reminded of by the house: marks them. */
export async function takeDue(tx: Tx, tenant: number, until: string): Promise<Pick<Consultation, 'id'>[]> {
  const rows = await tx<Pick<Consultation, 'id'>[]>`
    update intake.consultation set is_due_told = true
    where tenant = ${tenant} and state = 'open' and due_on <= ${until}::date and not is_due_told returning id`;
  return [...rows];
}

export async function countOpen(sql: Sql, tenant: number, offices: readonly number[]): Promise<number> {
  const [row] = await sql<{ count: number }>`
    select count(*)::int as count from intake.consultation
    where tenant = ${tenant} and state = 'open' and office = any(${offices as number[]}::bigint[])`;
  return row?.count ?? 0;
}
