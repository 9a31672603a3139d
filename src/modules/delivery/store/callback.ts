import type { Sql, Tx } from '#platform/db';

/** How new submissions are announced, to others and to us. */

export type Callback = {
  /** Null: it is we who are called. */
  readonly address: string | null;
  readonly secret: Uint8Array;
  readonly secretKey: number;
};

export async function readCallbackOf(sql: Sql | Tx, tenant: number, inbox: string): Promise<Callback | null> {
  const [row] = await (sql as Sql)<Callback>`
    select callback_address as address, callback_secret as secret, callback_secret_key as "secretKey"
    from delivery.inbox where tenant = ${tenant} and id = ${inbox} and callback_secret is not null`;
  return row ?? null;
}

/** @param row null: nobody is called any more */
export async function setCallbackOf(tx: Tx, tenant: number, inbox: string, row: Callback | null): Promise<void> {
  await tx`
    update delivery.inbox set callback_address = ${row?.address ?? null}, callback_secret = ${row?.secret ?? null},
      callback_secret_key = ${row?.secretKey ?? null}
    where tenant = ${tenant} and id = ${inbox}`;
}

/** False: this very call was heard before. */
export async function insertHeard(tx: Tx, tenant: number, row: { inbox: string; mac: Uint8Array; at: Date }): Promise<boolean> {
  const rows = await tx`
    insert into delivery.heard_callback (tenant, inbox, mac, at) values (${tenant}, ${row.inbox}, ${row.mac}, ${row.at})
    on conflict (tenant, inbox, mac) do nothing returning mac`;
  return rows.length > 0;
}

/** Forgets calls whose time is over: they are not believed any more. */
export async function forgetHeard(tx: Tx, tenant: number, before: Date): Promise<void> {
  await tx`delete from delivery.heard_callback where tenant = ${tenant} and at < ${before}`;
}
