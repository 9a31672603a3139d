import type { Sql, Tx } from '#platform/db';
import type { Jwk } from '../keys.ts';

/** Our own destinations and who may deliver there. */

export type Inbox = {
  readonly id: string;
  readonly title: string;
  readonly works: number | null;
  readonly isOpen: boolean;
  readonly encryptionKey: Jwk;
  readonly encryptionSecret: Uint8Array;
  readonly encryptionSecretKey: number;
  readonly signingKey: Jwk;
  readonly signingSecret: Uint8Array;
  readonly signingSecretKey: number;
  readonly createdAt: Date;
};

export async function insertInbox(tx: Tx, tenant: number, row: Inbox): Promise<void> {
  await tx`
    insert into delivery.inbox (tenant, id, title, works, is_open, encryption_key, encryption_secret, encryption_secret_key, signing_key,
      signing_secret, signing_secret_key, created_at)
    values (${tenant}, ${row.id}, ${row.title}, ${row.works}, ${row.isOpen}, ${JSON.stringify(row.encryptionKey)}::text::jsonb,
      ${row.encryptionSecret}, ${row.encryptionSecretKey}, ${JSON.stringify(row.signingKey)}::text::jsonb, ${row.signingSecret},
      ${row.signingSecretKey}, ${row.createdAt})`;
}

export async function updateInbox(
  tx: Tx,
  tenant: number,
  row: Pick<Inbox, 'id' | 'title' | 'works' | 'isOpen'>,
): Promise<boolean> {
  const rows = await tx`
    update delivery.inbox set title = ${row.title}, works = ${row.works}, is_open = ${row.isOpen}
    where tenant = ${tenant} and id = ${row.id} returning id`;
  return rows.length > 0;
}

export async function readInboxes(sql: Sql | Tx, tenant: number, id: string | null = null): Promise<Inbox[]> {
  const rows = await (sql as Sql)<Inbox>`
    select id, title, works, is_open as "isOpen", encryption_key as "encryptionKey", encryption_secret as "encryptionSecret",
      encryption_secret_key as "encryptionSecretKey", signing_key as "signingKey", signing_secret as "signingSecret",
      signing_secret_key as "signingSecretKey", created_at as "createdAt"
    from delivery.inbox where tenant = ${tenant} and (${id}::uuid is null or id = ${id}::uuid) order by created_at, id limit 200`;
  return [...rows];
}

export type Sender = {
  readonly id: string;
  readonly inbox: string;
  readonly name: string;
  readonly secretHash: Uint8Array;
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
};

export async function insertSender(tx: Tx, tenant: number, row: Omit<Sender, 'revokedAt'>): Promise<void> {
  await tx`
    insert into delivery.sender (tenant, id, inbox, name, secret_hash, created_at)
    values (${tenant}, ${row.id}, ${row.inbox}, ${row.name}, ${row.secretHash}, ${row.createdAt})`;
}

export async function readSenders(sql: Sql | Tx, tenant: number, inbox: string): Promise<Sender[]> {
  const rows = await (sql as Sql)<Sender>`
    select id, inbox, name, secret_hash as "secretHash", created_at as "createdAt", revoked_at as "revokedAt"
    from delivery.sender where tenant = ${tenant} and inbox = ${inbox} order by created_at, id limit 200`;
  return [...rows];
}

export async function readSender(sql: Sql | Tx, tenant: number, id: string): Promise<Sender | null> {
  const [row] = await (sql as Sql)<Sender>`
    select id, inbox, name, secret_hash as "secretHash", created_at as "createdAt", revoked_at as "revokedAt"
    from delivery.sender where tenant = ${tenant} and id = ${id}`;
  return row ?? null;
}

/** False: there is none, or it was revoked before. */
export async function revokeSenderRow(tx: Tx, tenant: number, row: { id: string; inbox: string; at: Date }): Promise<boolean> {
  const rows = await tx`
    update delivery.sender set revoked_at = ${row.at}
    where tenant = ${tenant} and id = ${row.id} and inbox = ${row.inbox} and revoked_at is null returning id`;
  return rows.length > 0;
}
