import type { Sql, Tx } from '#platform/db';
import type { RefundState } from '../rules-refund.ts';

/** Money that goes back, or is asked to. */
export type Refund = {
  readonly id: number;
  readonly payment: number;
  /** Through which attempt the money came; null: by bank transfer. */
  readonly attempt: number | null;
  /** Our own id for it at the gateway. */
  readonly request: string;
  readonly state: RefundState;
  /** False: the treasury transfers it by hand. */
  readonly byGateway: boolean;
  readonly cents: number;
  readonly reason: string;
  readonly requestedBy: string;
  readonly requestedByName: string;
  readonly decidedBy: string | null;
  readonly decidedByName: string | null;
  readonly requestedAt: Date;
  readonly decidedAt: Date | null;
  readonly doneAt: Date | null;
  readonly fourEyes: boolean;
};

type Row = {
  id: number;
  payment: number;
  attempt: number | null;
  request: string;
  state: RefundState;
  by_gateway: boolean;
  cents: number;
  reason: string;
  requested_by: string;
  requested_by_name: string;
  decided_by: string | null;
  decided_by_name: string | null;
  requested_at: Date;
  decided_at: Date | null;
  done_at: Date | null;
  four_eyes: boolean;
};

const toRefund = (row: Row): Refund => ({
  id: row.id,
  payment: row.payment,
  attempt: row.attempt,
  request: row.request,
  state: row.state,
  byGateway: row.by_gateway,
  cents: row.cents,
  reason: row.reason,
  fourEyes: row.four_eyes,
  requestedBy: row.requested_by,
  requestedByName: row.requested_by_name,
  requestedAt: row.requested_at,
  decidedBy: row.decided_by,
  decidedByName: row.decided_by_name,
  decidedAt: row.decided_at,
  doneAt: row.done_at,
});

export async function insertRefund(tx: Tx, tenant: number, refund: Omit<Refund, 'id'>): Promise<Refund> {
  const [row] = await tx<Row[]>`
    insert into payments.refund (tenant, payment, attempt, request, state, by_gateway, cents, reason, requested_by,
      requested_by_name, decided_by, decided_by_name, requested_at, decided_at, done_at, four_eyes)
    values (${tenant}, ${refund.payment}, ${refund.attempt}, ${refund.request}, ${refund.state}, ${refund.byGateway},
      ${refund.cents}, ${refund.reason}, ${refund.requestedBy}, ${refund.requestedByName}, ${refund.decidedBy},
      ${refund.decidedByName}, ${refund.requestedAt}, ${refund.decidedAt}, ${refund.doneAt}, ${refund.fourEyes})
    returning *`;
  return toRefund(row as Row);
}

export async function updateRefund(tx: Tx, tenant: number, refund: Refund): Promise<void> {
  await tx`
    update payments.refund set
      state = ${refund.state}, by_gateway = ${refund.byGateway}, decided_by = ${refund.decidedBy},
      decided_by_name = ${refund.decidedByName}, decided_at = ${refund.decidedAt}, done_at = ${refund.doneAt}
    where tenant = ${tenant} and id = ${refund.id}`;
}

/** The refunds of a payment, oldest first. */
export async function readRefunds(sql: Sql | Tx, tenant: number, payment: number): Promise<Refund[]> {
  const rows = await (sql as Sql)<Row>`
    select * from payments.refund where tenant = ${tenant} and payment = ${payment} order by id`;
  return rows.map(toRefund);
}

export async function readRefund(sql: Sql | Tx, tenant: number, id: number): Promise<Refund | null> {
  const [row] = await (sql as Sql)<Row>`select * from payments.refund where tenant = ${tenant} and id = ${id}`;
  return row ? toRefund(row) : null;
}
