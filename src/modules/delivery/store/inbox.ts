import type { Sql, Tx } from '#platform/db';
import type { Jwk } from '../keys.ts';

/** Our own destinations, and who is known to them. */

/**
 * `own`: lives here, and we hold its keys. `foreign`: lives at another delivery service; we hold its keys and fetch. `kept`: lives
 * here, its receiver holds the keys and fetches.
 */
export type InboxKind = 'own' | 'foreign' | 'kept';

export type Inbox = {
  readonly id: string;
  readonly kind: InboxKind;
  readonly title: string;
  readonly works: number | null;
  readonly isOpen: boolean;
  readonly encryptionKey: Jwk;
  /** Null, as the three below: its receiver has them. */
  readonly encryptionSecret: Uint8Array | null;
  readonly encryptionSecretKey: number | null;
  readonly signingKey: Jwk;
  readonly signingSecret: Uint8Array | null;
  readonly signingSecretKey: number | null;
  readonly createdAt: Date;
  /** Since when these keys count. */
  readonly keysAt: Date;
};

/** What a pair of new keys replaces. */
export type InboxKeys = Pick<
  Inbox,
  'encryptionKey' | 'encryptionSecret' | 'encryptionSecretKey' | 'signingKey' | 'signingSecret' | 'signingSecretKey'
>;

export async function insertInbox(tx: Tx, tenant: number, row: Inbox): Promise<void> {
  await tx`
    insert into delivery.inbox (tenant, id, kind, title, works, is_open, encryption_key, encryption_secret, encryption_secret_key, signing_key,
      signing_secret, signing_secret_key, created_at, keys_at)
    values (${tenant}, ${row.id}, ${row.kind}, ${row.title}, ${row.works}, ${row.isOpen},
      ${JSON.stringify(row.encryptionKey)}::text::jsonb, ${row.encryptionSecret}, ${row.encryptionSecretKey},
      ${JSON.stringify(row.signingKey)}::text::jsonb, ${row.signingSecret}, ${row.signingSecretKey}, ${row.createdAt},
      ${row.keysAt})`;
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

export async function setKeys(
  tx: Tx,
  tenant: number,
  id: string,
  { at, ...keys }: InboxKeys & { readonly at: Date },
): Promise<void> {
  await tx`
    update delivery.inbox set encryption_key = ${JSON.stringify(keys.encryptionKey)}::text::jsonb,
      encryption_secret = ${keys.encryptionSecret}, encryption_secret_key = ${keys.encryptionSecretKey},
      signing_key = ${JSON.stringify(keys.signingKey)}::text::jsonb, signing_secret = ${keys.signingSecret},
      signing_secret_key = ${keys.signingSecretKey}, keys_at = ${at}
    where tenant = ${tenant} and id = ${id}`;
}

/** Holds it until the transaction ends. */
export async function lockInbox(tx: Tx, tenant: number, id: string): Promise<Inbox | null> {
  await tx`select 1 from delivery.inbox where tenant = ${tenant} and id = ${id} for update`;
  return (await readInboxes(tx, tenant, id))[0] ?? null;
}

export async function readInboxes(sql: Sql | Tx, tenant: number, id: string | null = null): Promise<Inbox[]> {
  const rows = await (sql as Sql)<Inbox>`
    select id, kind, title, works, is_open as "isOpen", encryption_key as "encryptionKey", encryption_secret as "encryptionSecret",
      encryption_secret_key as "encryptionSecretKey", signing_key as "signingKey", signing_secret as "signingSecret",
      signing_secret_key as "signingSecretKey", created_at as "createdAt",
      keys_at as "keysAt"
    from delivery.inbox where tenant = ${tenant} and (${id}::uuid is null or id = ${id}::uuid) order by created_at, id limit 200`;
  return [...rows];
}

export type Sender = {
  readonly id: string;
  readonly inbox: string;
  /** Whether they bring, or fetch what others bring. */
  readonly role: 'send' | 'fetch';
  readonly name: string;
  readonly secretHash: Uint8Array;
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
  /** When they last used a key that was replaced. */
  readonly oldKeyAt: Date | null;
};

export async function insertSender(tx: Tx, tenant: number, row: Omit<Sender, 'revokedAt' | 'oldKeyAt'>): Promise<void> {
  await tx`
    insert into delivery.sender (tenant, id, inbox, role, name, secret_hash, created_at)
    values (${tenant}, ${row.id}, ${row.inbox}, ${row.role}, ${row.name}, ${row.secretHash}, ${row.createdAt})`;
}

export async function readSenders(sql: Sql | Tx, tenant: number, inbox: string): Promise<Sender[]> {
  const rows = await (sql as Sql)<Sender>`
    select id, inbox, role, name, secret_hash as "secretHash", created_at as "createdAt", revoked_at as "revokedAt",
      old_key_at as "oldKeyAt"
    from delivery.sender where tenant = ${tenant} and inbox = ${inbox} order by created_at, id limit 200`;
  return [...rows];
}

export async function readSender(sql: Sql | Tx, tenant: number, id: string): Promise<Sender | null> {
  const [row] = await (sql as Sql)<Sender>`
    select id, inbox, role, name, secret_hash as "secretHash", created_at as "createdAt", revoked_at as "revokedAt",
      old_key_at as "oldKeyAt"
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
