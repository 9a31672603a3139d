import type { Sql, Tx } from '#platform/db';
import type { DeliveryRule } from '../rules-delivery.ts';

export type LetterRow = {
  readonly id: number;
  readonly citizen: number;
  readonly senderTenant: number;
  readonly senderName: string;
  readonly sent: number;
  readonly subject: string;
  readonly body: string;
  readonly rule: DeliveryRule;
  readonly providedAt: Date;
  readonly readAt: Date | null;
  readonly endedAt: Date | null;
};

type NewLetter = Omit<LetterRow, 'id' | 'readAt' | 'endedAt'>;

/** Id of the new letter; null when it was there. */
export async function insertLetter(tx: Tx, tenant: number, row: NewLetter): Promise<number | null> {
  const [done] = await tx<{ id: number }[]>`
    insert into mailbox.letter (tenant, citizen, sender_tenant, sender_name, sent, subject, body, rule, provided_at)
    values (${tenant}, ${row.citizen}, ${row.senderTenant}, ${row.senderName}, ${row.sent}, ${row.subject}, ${row.body}, ${row.rule},
      ${row.providedAt})
    on conflict (tenant, sender_tenant, sent) do nothing returning id`;
  return done?.id ?? null;
}

/** When a letter of the other side came into the mailbox; null when it has not. */
export async function readProvided(sql: Sql, tenant: number, senderTenant: number, sent: number): Promise<Date | null> {
  const [row] = await sql<{ at: Date }>`
    select provided_at as at from mailbox.letter where tenant = ${tenant} and sender_tenant = ${senderTenant} and sent = ${sent}`;
  return row?.at ?? null;
}

/** The citizen's letters that are still provided, newest first. */
export async function readLetters(sql: Sql, tenant: number, citizen: number, limit: number): Promise<LetterRow[]> {
  const rows = await sql<LetterRow>`
    select id, citizen, sender_tenant as "senderTenant", sender_name as "senderName", sent, subject, body, rule,
      provided_at as "providedAt", read_at as "readAt", ended_at as "endedAt"
    from mailbox.letter where tenant = ${tenant} and citizen = ${citizen} and ended_at is null order by id desc limit ${limit}`;
  return [...rows];
}

export async function readLetter(sql: Sql, tenant: number, citizen: number, id: number): Promise<LetterRow | null> {
  const [row] = await sql<LetterRow>`
    select id, citizen, sender_tenant as "senderTenant", sender_name as "senderName", sent, subject, body, rule,
      provided_at as "providedAt", read_at as "readAt", ended_at as "endedAt"
    from mailbox.letter where tenant = ${tenant} and citizen = ${citizen} and id = ${id} and ended_at is null`;
  return row ?? null;
}

/** True when it was unread until now. */
export async function markRead(tx: Tx, tenant: number, id: number, at: Date): Promise<boolean> {
  const rows = await tx`
    update mailbox.letter set read_at = ${at} where tenant = ${tenant} and id = ${id} and read_at is null and ended_at is null
    returning id`;
  return rows.length > 0;
}

/** Ends the provision of a letter nobody has opened; false when somebody has. */
export async function endLetter(tx: Tx, tenant: number, ref: { senderTenant: number; sent: number; at: Date }): Promise<boolean> {
  const rows = await tx`
    update mailbox.letter set ended_at = ${ref.at}
    where tenant = ${tenant} and sender_tenant = ${ref.senderTenant} and sent = ${ref.sent} and read_at is null returning id`;
  return rows.length > 0;
}

export async function deleteLetters(tx: Tx, tenant: number, citizen: number, ids: readonly number[] | null): Promise<number[]> {
  const rows = await tx<{ id: number }[]>`
    delete from mailbox.letter
    where tenant = ${tenant} and citizen = ${citizen} and (${ids === null} or id = any (${(ids ?? []) as number[]}::bigint[]))
    returning id`;
  return rows.map(({ id }) => id);
}

export type ReplyRow = { readonly id: number; readonly letter: number; readonly body: string; readonly at: Date };

export async function insertReply(tx: Tx, tenant: number, row: Omit<ReplyRow, 'id'>): Promise<number> {
  const [done] = await tx<{ id: number }[]>`
    insert into mailbox.reply (tenant, letter, body, at) values (${tenant}, ${row.letter}, ${row.body}, ${row.at}) returning id`;
  return done?.id as number;
}

export async function readReplies(sql: Sql, tenant: number, letters: readonly number[]): Promise<ReplyRow[]> {
  const rows = await sql<ReplyRow>`
    select id, letter, body, at from mailbox.reply
    where tenant = ${tenant} and letter = any (${letters as number[]}::bigint[]) order by id`;
  return [...rows];
}

export async function readReply(sql: Sql, tenant: number, id: number): Promise<ReplyRow | null> {
  const [row] = await sql<ReplyRow>`select id, letter, body, at from mailbox.reply where tenant = ${tenant} and id = ${id}`;
  return row ?? null;
}

/** Notes that the authority has an answer. */
export async function markDelivered(tx: Tx, tenant: number, id: number, at: Date): Promise<void> {
  await tx`update mailbox.reply set delivered_at = ${at} where tenant = ${tenant} and id = ${id}`;
}

/** Deletes answers whose letter is gone and which the authority has; their ids. */
export async function deleteOrphanReplies(tx: Tx, tenant: number): Promise<number[]> {
  const rows = await tx<{ id: number }[]>`
    delete from mailbox.reply r where r.tenant = ${tenant} and r.delivered_at is not null
      and not exists (select 1 from mailbox.letter l where l.tenant = ${tenant} and l.id = r.letter) returning r.id`;
  return rows.map(({ id }) => id);
}
