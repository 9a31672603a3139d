import type { Sql, Tx } from '#platform/db';
import type { Jwk } from '../keys.ts';

/** Where the applications of a form go. */
export type Destination = {
  readonly form: string;
  readonly title: string;
  readonly address: string;
  readonly tokenAddress: string;
  readonly destination: string;
  readonly service: string;
  readonly client: string;
  readonly secret: Uint8Array;
  readonly secretKey: number;
  readonly encryptionKey: Jwk;
  readonly eventKey: Jwk;
  readonly isActive: boolean;
  readonly changedAt: Date;
};

export async function readDestinations(sql: Sql, tenant: number): Promise<Destination[]> {
  const rows = await sql<Destination>`
    select form, title, address, token_address as "tokenAddress", destination, service, client, secret, secret_key as "secretKey",
      encryption_key as "encryptionKey", event_key as "eventKey", is_active as "isActive", changed_at as "changedAt"
    from delivery.destination where tenant = ${tenant} order by title, form limit 500`;
  return [...rows];
}

export async function readDestination(sql: Sql | Tx, tenant: number, form: string): Promise<Destination | null> {
  const [row] = await (sql as Sql)<Destination>`
    select form, title, address, token_address as "tokenAddress", destination, service, client, secret, secret_key as "secretKey",
      encryption_key as "encryptionKey", event_key as "eventKey", is_active as "isActive", changed_at as "changedAt"
    from delivery.destination where tenant = ${tenant} and form = ${form}`;
  return row ?? null;
}

export async function upsertDestination(tx: Tx, tenant: number, row: Destination): Promise<void> {
  await tx`
    insert into delivery.destination (tenant, form, title, address, token_address, destination, service, client, secret, secret_key,
      encryption_key, event_key, is_active, changed_at)
    values (${tenant}, ${row.form}, ${row.title}, ${row.address}, ${row.tokenAddress}, ${row.destination}, ${row.service},
      ${row.client}, ${row.secret}, ${row.secretKey}, ${JSON.stringify(row.encryptionKey)}::text::jsonb,
      ${JSON.stringify(row.eventKey)}::text::jsonb, ${row.isActive}, ${row.changedAt})
    on conflict (tenant, form) do update set
      title = excluded.title, address = excluded.address, token_address = excluded.token_address, destination = excluded.destination,
      service = excluded.service, client = excluded.client, secret = excluded.secret, secret_key = excluded.secret_key,
      encryption_key = excluded.encryption_key, event_key = excluded.event_key, is_active = excluded.is_active,
      changed_at = excluded.changed_at`;
}
