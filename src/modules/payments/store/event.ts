import type { Sql, Tx } from '#platform/db';
import type { PaymentState } from '../rules.ts';

/** One thing that happened to a payment. */
export type PaymentEvent = {
  readonly id: number;
  /** A step of the table, or what else was done to it. */
  readonly step: string;
  readonly state: PaymentState;
  readonly byName: string;
  readonly details: Readonly<Record<string, string | number>>;
  readonly at: Date;
};

export type NewEvent = Omit<PaymentEvent, 'id'> & { readonly tenant: number; readonly payment: number };

export async function insertEvent(tx: Tx, event: NewEvent): Promise<void> {
  await tx`
    insert into payments.event (tenant, payment, step, state, by_name, details, at)
    values (${event.tenant}, ${event.payment}, ${event.step}, ${event.state}, ${event.byName}, ${tx.json(event.details)}, ${event.at})`;
}

/** The newest events of a payment, in the order in which they happened. */
export async function readEvents(sql: Sql | Tx, tenant: number, payment: number, limit: number): Promise<PaymentEvent[]> {
  const rows = await (sql as Sql)<PaymentEvent>`
    select id, step, state, by_name as "byName", details, at from payments.event
    where tenant = ${tenant} and payment = ${payment} order by id desc limit ${limit}`;
  return [...rows].reverse();
}
