import type { Sql } from '#platform/db';
import type { PaymentState } from '../rules.ts';
import type { RefundState } from '../rules-refund.ts';

/** One line of the treasury's list. */
export type PaymentLine = {
  readonly id: number;
  readonly reference: string;
  readonly state: PaymentState;
  readonly purpose: string;
  readonly thingName: string;
  readonly debtorName: string;
  readonly cents: number | null;
  readonly receivedCents: number;
  readonly refundedCents: number;
  readonly openedAt: Date;
  readonly expiresAt: Date | null;
  readonly paidAt: Date | null;
  /** `2026-12-31`. */
  readonly dueOn: string | null;
  readonly reminders: number;
};

/** Which payments. `needsCare`: somebody of the treasury has to do something. */
export type LineFilter = {
  readonly states: readonly PaymentState[];
  readonly needsCare: boolean;
  /** Invoices whose day is over before this one (`2026-11-23`); null: does not matter. */
  readonly dueBefore: string | null;
  /** As `ilike` takes it. */
  readonly pattern: string;
  /** Opened from the first moment on, before the second. */
  readonly since: Date;
  readonly until: Date;
  /** Only those older than this id. */
  readonly before: number;
  readonly limit: number;
};

/** The treasury's list, newest first. */
export async function readLines(sql: Sql, tenant: number, filter: LineFilter): Promise<PaymentLine[]> {
  const { states, needsCare, dueBefore, pattern, since, until, before, limit } = filter;
  const rows = await sql<PaymentLine>`
    select p.id, p.reference, p.state, p.purpose, coalesce(p.thing_name, '') as "thingName", p.debtor_name as "debtorName",
      p.cents, p.received_cents as "receivedCents", p.refunded_cents as "refundedCents", p.opened_at as "openedAt",
      p.expires_at as "expiresAt", p.paid_at as "paidAt", p.due_on::text as "dueOn", p.reminders
    from payments.payment p
    where p.tenant = ${tenant} and p.id < ${before} and p.state = any (${[...states]}::text[])
      and p.opened_at >= ${since} and p.opened_at < ${until}
      and (${dueBefore}::date is null or (p.due_on < ${dueBefore}::date and p.state in ('open', 'underWay')))
      and (${pattern} = '%%' or p.reference ilike ${pattern} or p.debtor_name ilike ${pattern} or p.purpose ilike ${pattern})
      and (not ${needsCare}::boolean or p.state = 'disputed'
        or (p.received_cents - p.refunded_cents > case when p.state in ('paid', 'open', 'underWay') then p.cents else 0 end)
        or exists (
          select 1 from payments.refund r where r.tenant = ${tenant} and r.payment = p.id
            and (r.state in ('requested', 'failed') or (r.state = 'approved' and not r.by_gateway))))
    order by p.id desc limit ${limit}`;
  return [...rows];
}

/** Money that came in or went back. */
export type Movement = {
  readonly kind: 'receipt' | 'refund';
  readonly id: number;
  readonly at: Date;
  /** The day on which it is booked. */
  readonly day: string;
  /** Negative when it went back. */
  readonly cents: number;
  readonly reference: string;
  readonly purpose: string;
  readonly debtorName: string;
  readonly thingKind: string;
  readonly thingName: string;
  /** How the gateway calls it; null: by bank transfer. */
  readonly transaction: string | null;
  readonly method: string;
  readonly note: string;
};

/** All movements of a time, oldest first, after a position. */
export async function readMovements(
  sql: Sql,
  tenant: number,
  { since, until, after, limit }: { since: Date; until: Date; after: { at: Date; kind: string; id: number }; limit: number },
): Promise<Movement[]> {
  const rows = await sql<Movement>`
    select m.kind, m.id, m.at, m.day, m.cents, p.reference, p.purpose, p.debtor_name as "debtorName", p.kind as "thingKind",
      coalesce(p.thing_name, '') as "thingName", a.transaction_id as transaction, coalesce(a.method, '') as method, m.note
    from (
      select 'receipt' as kind, id, payment, attempt, created_at as at, booked_on::text as day, cents, note
      from payments.receipt where tenant = ${tenant} and created_at >= ${since} and created_at < ${until}
      union all
      select 'refund', id, payment, attempt, done_at, (done_at at time zone 'Europe/Berlin')::date::text, -cents, reason
      from payments.refund where tenant = ${tenant} and state = 'done' and done_at >= ${since} and done_at < ${until}
    ) m
    join payments.payment p on p.tenant = ${tenant} and p.id = m.payment
    left join payments.attempt a on a.tenant = ${tenant} and a.id = m.attempt
    where (m.at, m.kind, m.id) > (${after.at}::timestamptz, ${after.kind}::text, ${after.id}::bigint)
    order by m.at, m.kind, m.id limit ${limit}`;
  return [...rows];
}

/** How many payments there are of each state, and how much money is in them. */
export type StateSum = {
  readonly state: PaymentState;
  readonly count: number;
  readonly cents: number;
  readonly heldCents: number;
};

export async function readStateSums(sql: Sql, tenant: number): Promise<StateSum[]> {
  const rows = await sql<StateSum>`
    select state, count(*)::int as count, coalesce(sum(cents), 0)::bigint as cents,
      sum(received_cents - refunded_cents)::bigint as "heldCents"
    from payments.payment where tenant = ${tenant} group by state`;
  return [...rows];
}

/** Refunds that wait for a second person, for the treasury's first page. */
export async function countRefunds(sql: Sql, tenant: number, state: RefundState): Promise<number> {
  const [row] = await sql<{ count: number }>`
    select count(*)::int as count from payments.refund where tenant = ${tenant} and state = ${state}`;
  return row?.count ?? 0;
}
