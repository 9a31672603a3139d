import type { Sql, Tx } from '#platform/db';
import type { AttemptState } from '../rules-attempt.ts';
import type { GatewayKind } from './settings.ts';

/** One try at the gateway. */
export type Attempt = {
  readonly id: number;
  readonly payment: number;
  /** Our own id for it. */
  readonly request: string;
  readonly gateway: GatewayKind;
  readonly state: AttemptState;
  readonly cents: number;
  readonly transaction: string | null;
  readonly payAddress: string | null;
  readonly reportedCents: number | null;
  readonly method: string;
  readonly startedAt: Date;
  readonly changedAt: Date;
};

export type NewAttempt = Pick<Attempt, 'payment' | 'request' | 'gateway' | 'cents' | 'startedAt'>;

type Row = Omit<Attempt, 'transaction' | 'payAddress' | 'reportedCents' | 'startedAt' | 'changedAt'> & {
  transaction_id: string | null;
  pay_address: string | null;
  reported_cents: number | null;
  started_at: Date;
  changed_at: Date;
};

const toAttempt = (row: Row): Attempt => ({
  id: row.id,
  payment: row.payment,
  request: row.request,
  gateway: row.gateway,
  state: row.state,
  cents: row.cents,
  transaction: row.transaction_id,
  payAddress: row.pay_address,
  reportedCents: row.reported_cents,
  method: row.method,
  startedAt: row.started_at,
  changedAt: row.changed_at,
});

export async function insertAttempt(tx: Tx, tenant: number, attempt: NewAttempt): Promise<Attempt> {
  const { payment, request, gateway, cents, startedAt } = attempt;
  const [row] = await tx<Row[]>`
    insert into payments.attempt (tenant, payment, request, gateway, state, cents, started_at, changed_at)
    values (${tenant}, ${payment}, ${request}, ${gateway}, 'starting', ${cents}, ${startedAt}, ${startedAt}) returning *`;
  return toAttempt(row as Row);
}

/** The attempts of a payment, oldest first. */
export async function readAttempts(sql: Sql | Tx, tenant: number, payment: number): Promise<Attempt[]> {
  const rows = await (sql as Sql)<Row>`
    select * from payments.attempt where tenant = ${tenant} and payment = ${payment} order by id`;
  return rows.map(toAttempt);
}

export async function readAttempt(sql: Sql | Tx, tenant: number, id: number): Promise<Attempt | null> {
  const [row] = await (sql as Sql)<Row>`select * from payments.attempt where tenant = ${tenant} and id = ${id}`;
  return row ? toAttempt(row) : null;
}

export async function readAttemptByRequest(sql: Sql, tenant: number, request: string): Promise<Attempt | null> {
  const [row] = await sql<Row>`select * from payments.attempt where tenant = ${tenant} and request = ${request}`;
  return row ? toAttempt(row) : null;
}

export async function updateAttempt(tx: Tx, tenant: number, attempt: Attempt): Promise<void> {
  await tx`
    update payments.attempt set
      state = ${attempt.state}, transaction_id = ${attempt.transaction}, pay_address = ${attempt.payAddress},
      reported_cents = ${attempt.reportedCents}, method = ${attempt.method}, changed_at = ${attempt.changedAt}
    where tenant = ${tenant} and id = ${attempt.id}`;
}

/** Whether any payment is under way: then the gateway cannot be changed. */
export async function hasLiveAttempts(tx: Tx, tenant: number): Promise<boolean> {
  const rows = await tx`
    select 1 from payments.attempt where tenant = ${tenant} and state in ('starting', 'open') limit 1`;
  return rows.length > 0;
}

/** Attempts the gateway may still have something to say about: live ones, and those that ended after a moment. */
export async function readToAsk(
  sql: Sql,
  tenant: number,
  { endedAfter, most }: { endedAfter: Date; most: number },
): Promise<Attempt[]> {
  const rows = await sql<Row>`
    select * from payments.attempt
    where tenant = ${tenant}
      and (state in ('starting', 'open') or (state in ('declined', 'cancelled', 'expired') and changed_at > ${endedAfter}))
    order by id limit ${most}`;
  return rows.map(toAttempt);
}
