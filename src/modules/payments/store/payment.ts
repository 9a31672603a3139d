import type { Sql, Tx } from '#platform/db';
import type { Locale } from '#platform/words';
import type { PaymentState } from '../rules.ts';
import type { Item } from '../rules-money.ts';

/** Who owes it. Lines that are not known are empty. */
export type Debtor = {
  readonly name: string;
  readonly street: string;
  readonly postcode: string;
  readonly town: string;
  /** For reminders; empty: none. */
  readonly mail: string;
};

export type Payment = {
  readonly id: number;
  readonly tenant: number;
  /** The payment reference (Kassenzeichen). */
  readonly reference: string;
  readonly kind: string;
  readonly thing: string;
  /** What people call the thing; empty: asked for before that was kept. */
  readonly thingName: string;
  readonly state: PaymentState;
  readonly purpose: string;
  /** Null: an official has still to say what it costs. */
  readonly items: readonly Item[] | null;
  readonly cents: number | null;
  readonly debtor: Debtor;
  readonly locale: Locale;
  readonly returnTo: string;
  readonly receivedCents: number;
  readonly refundedCents: number;
  readonly openedAt: Date;
  readonly changedAt: Date;
  readonly expiresAt: Date | null;
  readonly paidAt: Date | null;
  readonly invoicedAt: Date | null;
  /** `2026-12-31`. */
  readonly dueOn: string | null;
  readonly reminders: number;
};

type Row = {
  id: number;
  tenant: number;
  reference: string;
  kind: string;
  thing: string;
  thing_name: string | null;
  state: PaymentState;
  purpose: string;
  items: Item[] | null;
  cents: number | null;
  debtor: Debtor;
  locale: Locale;
  return_to: string;
  received_cents: number;
  refunded_cents: number;
  opened_at: Date;
  changed_at: Date;
  expires_at: Date | null;
  paid_at: Date | null;
  invoiced_at: Date | null;
  due_on: Date | null;
  reminders: number;
};

const isoDay = (day: Date) => day.toISOString().slice(0, 10);

const toPayment = (row: Row): Payment => ({
  id: row.id,
  tenant: row.tenant,
  reference: row.reference,
  kind: row.kind,
  thing: row.thing,
  thingName: row.thing_name ?? '',
  state: row.state,
  purpose: row.purpose,
  items: row.items,
  cents: row.cents,
  debtor: row.debtor,
  locale: row.locale,
  returnTo: row.return_to,
  receivedCents: row.received_cents,
  refundedCents: row.refunded_cents,
  openedAt: row.opened_at,
  changedAt: row.changed_at,
  expiresAt: row.expires_at,
  paidAt: row.paid_at,
  invoicedAt: row.invoiced_at,
  dueOn: row.due_on && isoDay(row.due_on),
  reminders: row.reminders,
});

/** The number of the next payment, of which its reference is made. */
export async function nextNumber(tx: Tx): Promise<number> {
  const [row] = await tx<{ number: number }[]>`select nextval('payments.number') as number`;
  return (row as { number: number }).number;
}

/** False: this thing has a payment already. */
export async function insertPayment(tx: Tx, payment: Payment): Promise<boolean> {
  const { id, tenant, reference, kind, thing, thingName, state, purpose, items, cents, debtor } = payment;
  const done = await tx`
    insert into payments.payment (tenant, id, reference, kind, thing, thing_name, state, purpose, items, cents, debtor, debtor_name,
      locale, return_to, opened_at, changed_at, expires_at)
    values (${tenant}, ${id}, ${reference}, ${kind}, ${thing}, ${thingName}, ${state}, ${purpose},
      ${items && tx.json(items as never)}, ${cents}, ${tx.json(debtor)}, ${debtor.name}, ${payment.locale}, ${payment.returnTo}, ${payment.openedAt},
      ${payment.changedAt}, ${payment.expiresAt})
    on conflict (tenant, kind, thing) do nothing returning id`;
  return done.length > 0;
}

export async function readPayment(sql: Sql | Tx, tenant: number, id: number): Promise<Payment | null> {
  const [row] = await (sql as Sql)<Row>`select * from payments.payment where tenant = ${tenant} and id = ${id}`;
  return row ? toPayment(row) : null;
}

/** Holds the payment until the transaction ends: whoever changes it goes through here. */
export async function lockPayment(tx: Tx, tenant: number, id: number): Promise<Payment | null> {
  const [row] = await tx<Row[]>`select * from payments.payment where tenant = ${tenant} and id = ${id} for update`;
  return row ? toPayment(row) : null;
}

export async function readByThing(
  sql: Sql | Tx,
  tenant: number,
  { kind, id }: { kind: string; id: string },
): Promise<Payment | null> {
  const [row] = await (sql as Sql)<Row>`
    select * from payments.payment where tenant = ${tenant} and kind = ${kind} and thing = ${id}`;
  return row ? toPayment(row) : null;
}

/** Of some things of a kind, those whose fee has not been set. */
export async function readAwaitingFee(sql: Sql, tenant: number, kind: string, things: readonly string[]): Promise<string[]> {
  const rows = await sql<{ thing: string }>`
    select thing from payments.payment
    where tenant = ${tenant} and kind = ${kind} and thing = any(${things as string[]}::text[]) and state = 'awaitingFee'`;
  return rows.map(({ thing }) => thing);
}

/** Writes what can change. */
export async function updatePayment(tx: Tx, payment: Payment): Promise<void> {
  const { tenant, id, items } = payment;
  await tx`
    update payments.payment set
      state = ${payment.state}, items = ${items && tx.json(items as never)}, cents = ${payment.cents},
      received_cents = ${payment.receivedCents}, refunded_cents = ${payment.refundedCents}, changed_at = ${payment.changedAt},
      expires_at = ${payment.expiresAt}, paid_at = ${payment.paidAt}, invoiced_at = ${payment.invoicedAt},
      due_on = ${payment.dueOn}, reminders = ${payment.reminders}
    where tenant = ${tenant} and id = ${id}`;
}

/** Who owes it; the caller holds the payment. */
export async function updateDebtor(tx: Tx, tenant: number, id: number, debtor: Debtor): Promise<void> {
  await tx`
    update payments.payment set debtor = ${tx.json(debtor)}, debtor_name = ${debtor.name} where tenant = ${tenant} and id = ${id}`;
}

/**
 * Adds a link, and takes the oldest ones away when there are more than `most`; but never the first: it stands in a mail or a letter, the
 * later ones were made by clicks.
 */
export async function insertLink(
  tx: Tx,
  { tenant, payment, hash, at, most }: { tenant: number; payment: number; hash: Uint8Array; at: Date; most: number },
): Promise<void> {
  await tx`insert into payments.link (tenant, hash, payment, created_at) values (${tenant}, ${hash}, ${payment}, ${at})`;
  await tx`
    delete from payments.link where tenant = ${tenant} and hash in (
      select hash from payments.link where tenant = ${tenant} and payment = ${payment}
      order by created_at desc, hash offset ${most})
    and created_at > (select min(created_at) from payments.link where tenant = ${tenant} and payment = ${payment})`;
}

/** The payment behind a link. */
export async function readLink(sql: Sql, tenant: number, hash: Uint8Array): Promise<number | null> {
  const [row] = await sql<{ payment: number }>`
    select payment from payments.link where tenant = ${tenant} and hash = ${hash}`;
  return row?.payment ?? null;
}
