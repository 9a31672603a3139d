import type { Sql, Tx } from '#platform/db';
import type { Locale } from '#platform/words';
import type { Outcome, TraySort, TrayState } from '../rules.ts';

/** What lies in the trays. */

export type Item = {
  readonly tenant: number;
  readonly submission: number;
  readonly edition: number;
  readonly reference: string;
  readonly form: string;
  readonly title: Readonly<Record<Locale, string>>;
  readonly applicant: string;
  readonly locale: Locale;
  readonly works: number | null;
  readonly state: TrayState;
  readonly handler: number | null;
  readonly handlerName: string;
  readonly receivedAt: Date;
  /** As it stands without what is awaited now, see `movedDay`. */
  readonly dueOn: string;
  /** The day it was put in with. */
  readonly firstDueOn: string;
  /** Since when an answer of the applicant's is awaited, and until when; null: none is. */
  readonly pausedOn: string | null;
  readonly awaitedUntil: string | null;
  readonly decidedAt: Date | null;
  readonly closedAt: Date | null;
  readonly outcome: Outcome | null;
};

/**
 * Puts a submission into the tray, or brings it up to date. What is older than what is known changes nothing; the first deadline stays
 * the one it was put in with, and so does an outcome. A deadline that has moved is reminded of anew. `isNew`: it was not there before; null: nothing changed.
 */
export async function putItem(tx: Tx, row: Item): Promise<{ readonly isNew: boolean } | null> {
  const [made] = await tx<{ isNew: boolean }[]>`
    insert into intake.item as known (tenant, submission, edition, reference, form, title, applicant, locale, works, state, handler,
      handler_name, received_at, due_on, first_due_on, paused_on, awaited_until, decided_at, closed_at, outcome)
    values (${row.tenant}, ${row.submission}, ${row.edition}, ${row.reference}, ${row.form}, ${JSON.stringify(row.title)}::text::jsonb,
      ${row.applicant}, ${row.locale}, ${row.works}, ${row.state}, ${row.handler}, ${row.handlerName}, ${row.receivedAt}, ${row.dueOn},
      ${row.firstDueOn}, ${row.pausedOn}, ${row.awaitedUntil}, ${row.decidedAt}, ${row.closedAt}, ${row.outcome})
    on conflict (tenant, submission) do update set edition = excluded.edition, works = excluded.works, state = excluded.state,
      applicant = excluded.applicant,
      handler = excluded.handler, handler_name = excluded.handler_name, awaited_until = excluded.awaited_until,
      due_on = excluded.due_on, paused_on = excluded.paused_on, first_due_on = excluded.first_due_on,
      reminded = case when excluded.due_on > known.due_on then 0 else known.reminded end,
      decided_at = excluded.decided_at, closed_at = coalesce(known.closed_at, excluded.closed_at),
      outcome = coalesce(excluded.outcome, known.outcome)
    where known.edition < excluded.edition
    returning (xmax = 0) as "isNew"`;
  return made ?? null;
}

export async function readItem(sql: Sql | Tx, tenant: number, submission: number): Promise<Item | null> {
  const [row] = await (sql as Sql)<Item>`
    select tenant, submission, edition, reference, form, title, applicant, locale, works, state, handler, handler_name as "handlerName",
      received_at as "receivedAt", due_on::text as "dueOn", coalesce(first_due_on, due_on)::text as "firstDueOn",
      paused_on::text as "pausedOn", awaited_until::text as "awaitedUntil", decided_at as "decidedAt", closed_at as "closedAt", outcome
    from intake.item where tenant = ${tenant} and submission = ${submission}`;
  return row ?? null;
}

/** Whose trays: those of these offices (principals), and what no office was set for. */
export type Trays = { readonly offices: readonly number[]; readonly withUnset: boolean };

export type ItemFilter = Trays & {
  readonly states: readonly TrayState[];
  /** Only what these people work on; null: whoever does. */
  readonly handlers: readonly number[] | null;
  readonly onlyUnassigned: boolean;
  /** Only what is worked on elsewhere, or only what is not; null: both. */
  readonly isAway: boolean | null;
  readonly onlyOverdue: boolean;
  readonly today: string;
  /** Pattern for the name, the number and what the service is called. */
  readonly pattern: string;
  readonly form: string | null;
  readonly sort: TraySort;
  readonly isDescending: boolean;
  readonly after: { readonly key: string; readonly submission: number } | null;
  readonly limit: number;
};

export type ItemLine = Item & { readonly key: string };

/** Ordered by day of the deadline, moment of arrival, or name; texts compare as they stand, so that a page has one end. */
export async function readItems(sql: Sql, tenant: number, filter: ItemFilter): Promise<ItemLine[]> {
  const { states, offices, withUnset, handlers, onlyUnassigned, isAway, onlyOverdue, today, pattern, form, sort } = filter;
  const { isDescending, after, limit } = filter;
  const rows = await sql<ItemLine>`
    select * from (
      select tenant, submission, edition, reference, form, title, applicant, locale, works, state, handler, handler_name as "handlerName",
        received_at as "receivedAt", due_on::text as "dueOn", coalesce(first_due_on, due_on)::text as "firstDueOn",
        paused_on::text as "pausedOn", awaited_until::text as "awaitedUntil", decided_at as "decidedAt", closed_at as "closedAt", outcome,
        (case ${sort}::text when 'due' then intake.due_day(due_on, paused_on, awaited_until, ${today}::date)::text
          when 'received' then to_char(received_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')
          else lower(applicant) end) collate "C" as key
      from intake.item
      where tenant = ${tenant} and state = any(${states as string[]}::text[])
        and (works = any(${offices as number[]}::bigint[]) or (${withUnset} and works is null))
        and (${handlers === null} or handler = any(${(handlers ?? []) as number[]}::bigint[]))
        and (${!onlyUnassigned} or handler is null)
        and (${isAway === null} or ${isAway ?? false} = exists (
          select from intake.elsewhere e where e.tenant = ${tenant} and e.submission = item.submission and e.is_away))
        and (${!onlyOverdue} or intake.due_day(due_on, paused_on, awaited_until, ${today}::date) < ${today}::date)
        and (${form}::text is null or form = ${form}::text)
        and (applicant ilike ${pattern} or reference ilike ${pattern} or title->>'de' ilike ${pattern} or title->>'en' ilike ${pattern})
    ) as found
    where ${after === null}
      or (not ${isDescending} and (key, submission) > (${after?.key ?? ''}::text collate "C", ${after?.submission ?? 0}::bigint))
      or (${isDescending} and (key, submission) < (${after?.key ?? ''}::text collate "C", ${after?.submission ?? 0}::bigint))
    order by (case when not ${isDescending} then key end), (case when not ${isDescending} then submission end),
      (case when ${isDescending} then key end) desc, (case when ${isDescending} then submission end) desc
    limit ${limit}`;
  return [...rows];
}

export type TrayCounts = { readonly open: number; readonly mine: number; readonly unassigned: number; readonly overdue: number };

/** How much lies in the trays. @param me the reader and those they stand in for */
export async function countItems(
  sql: Sql,
  tenant: number,
  { offices, withUnset, me, today }: Trays & { readonly me: readonly number[]; readonly today: string },
): Promise<TrayCounts> {
  const [row] = await sql<TrayCounts>`
    select count(*)::int as open, (count(*) filter (where handler = any(${me as number[]}::bigint[])))::int as mine,
      (count(*) filter (where handler is null))::int as unassigned,
      (count(*) filter (where intake.due_day(due_on, paused_on, awaited_until, ${today}::date) < ${today}::date))::int as overdue
    from intake.item
    where tenant = ${tenant} and state in ('received', 'inProgress', 'evidenceRequested')
      and not exists (select from intake.elsewhere e where e.tenant = ${tenant} and e.submission = item.submission and e.is_away)
      and (works = any(${offices as number[]}::bigint[]) or (${withUnset} and works is null))`;
  return row ?? { open: 0, mine: 0, unassigned: 0, overdue: 0 };
}

/** Figures of one service. */
export type Figure = {
  readonly form: string;
  readonly title: Readonly<Record<Locale, string>>;
  readonly received: number;
  readonly inProgress: number;
  readonly evidenceRequested: number;
  readonly decided: number;
  readonly closed: number;
  readonly withdrawn: number;
  readonly overdue: number;
  /** Seconds from arrival to decision; null: nothing was decided yet. */
  readonly medianSeconds: number | null;
};

export async function readFigures(
  sql: Sql,
  tenant: number,
  { offices, withUnset, today }: Trays & { readonly today: string },
): Promise<Figure[]> {
  const rows = await sql<Figure>`
    select form, (array_agg(title order by submission desc))[1] as title,
      (count(*) filter (where state = 'received'))::int as received,
      (count(*) filter (where state = 'inProgress'))::int as "inProgress",
      (count(*) filter (where state = 'evidenceRequested'))::int as "evidenceRequested",
      (count(*) filter (where state = 'decided'))::int as decided,
      (count(*) filter (where state = 'closed'))::int as closed,
      (count(*) filter (where state = 'withdrawn'))::int as withdrawn,
      (count(*) filter (where intake.due_day(due_on, paused_on, awaited_until, ${today}::date) < ${today}::date
        and state in ('received', 'inProgress', 'evidenceRequested')))::int as overdue,
      (percentile_cont(0.5) within group (order by extract(epoch from decided_at - received_at))
        filter (where decided_at is not null))::float8 as "medianSeconds"
    from intake.item
    where tenant = ${tenant} and (works = any(${offices as number[]}::bigint[]) or (${withUnset} and works is null))
    group by form order by form limit 500`;
  return [...rows];
}

/**
 * What is open, due until a day, and was not reminded of so far: stage 1 due soon, stage 2 overdue. As long as an answer is awaited nothing
 * becomes due.
 */
export async function readDue(
  sql: Sql,
  tenant: number,
  { until, today, limit }: { readonly until: string; readonly today: string; readonly limit: number },
): Promise<Pick<Item, 'submission' | 'dueOn'>[]> {
  const rows = await sql<Pick<Item, 'submission' | 'dueOn'>>`
    select submission, due::text as "dueOn" from (
      select *, intake.due_day(due_on, paused_on, awaited_until, ${today}::date) as due from intake.item
      where tenant = ${tenant} and state in ('received', 'inProgress', 'evidenceRequested')) as item
    where due <= ${until}::date and reminded < (case when due < ${today}::date then 2 else 1 end)
      and (paused_on is null or awaited_until < ${today}::date or due < ${today}::date)
      and not exists (select from intake.elsewhere e where e.tenant = ${tenant} and e.submission = item.submission and e.is_away)
    order by due, submission limit ${limit}`;
  return [...rows];
}

/** Notes that it was reminded of; null: somebody was faster, or it is no longer open. */
export async function markReminded(tx: Tx, tenant: number, submission: number, stage: number): Promise<Item | null> {
  const rows = await tx`
    update intake.item set reminded = ${stage}
    where tenant = ${tenant} and submission = ${submission} and reminded < ${stage}
      and state in ('received', 'inProgress', 'evidenceRequested') returning submission`;
  return rows.length > 0 ? readItem(tx, tenant, submission) : null;
}
