import type { Sql, Tx } from '#platform/db';
import type { Jwk } from '../keys.ts';

/** What our delivery service signs with, and what it has said. */

export type ServiceKey = { readonly jwk: Jwk; readonly secret: Uint8Array; readonly secretKey: number; readonly createdAt: Date };

export async function readServiceKey(sql: Sql | Tx, tenant: number): Promise<ServiceKey | null> {
  const [row] = await (sql as Sql)<ServiceKey>`
    select jwk, secret, secret_key as "secretKey", created_at as "createdAt" from delivery.service_key where tenant = ${tenant}`;
  return row ?? null;
}

/** Somebody who was faster has made the one that counts. */
export async function insertServiceKey(tx: Tx, tenant: number, row: ServiceKey): Promise<void> {
  await tx`
    insert into delivery.service_key (tenant, jwk, secret, secret_key, created_at)
    values (${tenant}, ${JSON.stringify(row.jwk)}::text::jsonb, ${row.secret}, ${row.secretKey}, ${row.createdAt})
    on conflict (tenant) do nothing`;
}

/** The caller holds the arrival. */
export async function insertServiceEvent(
  tx: Tx,
  tenant: number,
  row: { readonly arrival: string; readonly token: string; readonly at: Date },
): Promise<void> {
  await tx`
    insert into delivery.service_event (tenant, arrival, seq, token, at)
    select ${tenant}, ${row.arrival}, coalesce(max(seq), 0) + 1, ${row.token}, ${row.at}
    from delivery.service_event where tenant = ${tenant} and arrival = ${row.arrival}`;
}

export async function readServiceEvents(sql: Sql, tenant: number, arrival: string): Promise<string[]> {
  const rows = await sql<{ token: string }>`
    select token from delivery.service_event where tenant = ${tenant} and arrival = ${arrival} order by seq limit 20`;
  return rows.map(({ token }) => token);
}
