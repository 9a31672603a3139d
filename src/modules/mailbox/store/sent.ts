import type { Sql, Tx } from '#platform/db';
import type { SentState } from '../rules.ts';
import type { DeliveryRule } from '../rules-delivery.ts';

export type SentRow = {
  readonly id: number;
  readonly reference: string;
  readonly author: number | null;
  readonly citizen: number | null;
  readonly recipient: readonly string[];
  readonly subject: string;
  readonly body: string;
  readonly rule: DeliveryRule;
  readonly state: SentState;
  readonly sentAt: Date;
  readonly providedAt: Date | null;
  readonly readAt: Date | null;
  readonly printedAt: Date | null;
};

type NewSent = Omit<SentRow, 'id' | 'providedAt' | 'readAt' | 'printedAt'>;

/** Id of the new letter; null when there is one of this reference. */
export async function insertSent(tx: Tx, tenant: number, row: NewSent): Promise<number | null> {
  const [done] = await tx<{ id: number }[]>`
    insert into mailbox.sent (tenant, reference, author, citizen, recipient, subject, body, rule, state, sent_at)
    values (${tenant}, ${row.reference}, ${row.author}, ${row.citizen}, ${row.recipient as string[]}, ${row.subject}, ${row.body},
      ${row.rule}, ${row.state}, ${row.sentAt})
    on conflict (tenant, reference) do nothing returning id`;
  return done?.id ?? null;
}

export async function readSent(sql: Sql, tenant: number, id: number): Promise<SentRow | null> {
  const [row] = await sql<SentRow>`
    select id, reference, author, citizen, recipient, subject, body, rule, state, sent_at as "sentAt",
      provided_at as "providedAt", read_at as "readAt", printed_at as "printedAt"
    from mailbox.sent where tenant = ${tenant} and id = ${id}`;
  return row ?? null;
}

/** Those of these letters that are there, newest first. */
export async function readSentAmong(sql: Sql, tenant: number, ids: readonly number[]): Promise<SentRow[]> {
  const rows = await sql<SentRow>`
    select id, reference, author, citizen, recipient, subject, body, rule, state, sent_at as "sentAt",
      provided_at as "providedAt", read_at as "readAt", printed_at as "printedAt"
    from mailbox.sent where tenant = ${tenant} and id = any (${ids as number[]}::bigint[]) order by id desc`;
  return [...rows];
}

export async function readSentByReference(sql: Sql, tenant: number, reference: string): Promise<SentRow | null> {
  const [row] = await sql<{ id: number }>`select id from mailbox.sent where tenant = ${tenant} and reference = ${reference}`;
  return row ? readSent(sql, tenant, row.id) : null;
}

type Query = { readonly author: number | null; readonly state: SentState | null; readonly limit: number };

/** Letters, newest first; of one author or of all. */
export async function readSents(sql: Sql, tenant: number, { author, state, limit }: Query): Promise<SentRow[]> {
  const rows = await sql<SentRow>`
    select id, reference, author, citizen, recipient, subject, body, rule, state, sent_at as "sentAt",
      provided_at as "providedAt", read_at as "readAt", printed_at as "printedAt"
    from mailbox.sent
    where tenant = ${tenant} and (${author}::bigint is null or author = ${author}) and (${state}::text is null or state = ${state})
    order by id desc limit ${limit}`;
  return [...rows];
}

type Move = { readonly id: number; readonly from: readonly SentState[]; readonly to: SentState; readonly at: Date };

/** Moves a letter on; its reference, null when it stands elsewhere by now. */
export async function moveSent(tx: Tx, tenant: number, { id, from, to, at }: Move): Promise<string | null> {
  const [row] = await tx<{ reference: string }[]>`
    update mailbox.sent set state = ${to},
      provided_at = case when ${to} = 'provided' then ${at}::timestamptz else provided_at end,
      read_at = case when ${to} = 'read' then ${at}::timestamptz else read_at end,
      printed_at = case when ${to} = 'printed' then ${at}::timestamptz else printed_at end
    where tenant = ${tenant} and id = ${id} and state = any (${from as string[]}::text[]) returning reference`;
  return row?.reference ?? null;
}

/** Letters that lie unread since before, of one rule. */
export async function readUnread(
  sql: Sql,
  tenant: number,
  { rule, before, most }: { rule: DeliveryRule; before: Date; most: number },
): Promise<{ id: number; providedAt: Date }[]> {
  const rows = await sql<{ id: number; providedAt: Date }>`
    select id, provided_at as "providedAt" from mailbox.sent
    where tenant = ${tenant} and state = 'provided' and rule = ${rule} and provided_at < ${before} order by provided_at limit ${most}`;
  return [...rows];
}

export type Answer = { readonly id: number; readonly body: string; readonly at: Date };

/** Id of the new answer; null when it has come before. */
export async function insertAnswer(
  tx: Tx,
  tenant: number,
  { sent, reply, body, at }: { sent: number; reply: number; body: string; at: Date },
): Promise<number | null> {
  const [row] = await tx<{ id: number }[]>`
    insert into mailbox.answer (tenant, sent, reply, body, at) values (${tenant}, ${sent}, ${reply}, ${body}, ${at})
    on conflict (tenant, reply) do nothing returning id`;
  return row?.id ?? null;
}

export async function hasAnswer(sql: Sql, tenant: number, reply: number): Promise<boolean> {
  return (await sql`select 1 from mailbox.answer where tenant = ${tenant} and reply = ${reply}`).length > 0;
}

export async function readAnswers(sql: Sql, tenant: number, sent: number): Promise<Answer[]> {
  const rows = await sql<Answer>`
    select id, body, at from mailbox.answer where tenant = ${tenant} and sent = ${sent} order by id limit 200`;
  return [...rows];
}
