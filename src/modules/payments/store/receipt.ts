import type { Sql, Tx } from '#platform/db';

/** Money that came in. */
export type Receipt = {
  readonly id: number;
  readonly payment: number;
  /** Null: by bank transfer. */
  readonly attempt: number | null;
  readonly cents: number;
  readonly bookedOn: string;
  readonly note: string;
  readonly createdAt: Date;
};

export type NewReceipt = Omit<Receipt, 'id'> & { readonly tenant: number };

/** False: this attempt has brought its money already. */
export async function insertReceipt(tx: Tx, receipt: NewReceipt): Promise<boolean> {
  const { tenant, payment, attempt, cents, bookedOn, note, createdAt } = receipt;
  const done = await tx`
    insert into payments.receipt (tenant, payment, attempt, cents, booked_on, note, created_at)
    values (${tenant}, ${payment}, ${attempt}, ${cents}, ${bookedOn}, ${note}, ${createdAt})
    on conflict (tenant, attempt) do nothing returning id`;
  return done.length > 0;
}

export async function readReceipts(sql: Sql | Tx, tenant: number, payment: number): Promise<Receipt[]> {
  const rows = await (sql as Sql)<Receipt>`
    select id, payment, attempt, cents, booked_on::text as "bookedOn", note, created_at as "createdAt"
    from payments.receipt where tenant = ${tenant} and payment = ${payment} order by id`;
  return [...rows];
}
