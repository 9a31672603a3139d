import type { Sql, Tx } from '#platform/db';
import type { Sentence } from '#platform/words';
import type { DeliveryState } from '../rules.ts';
import type { Problem } from '../rules-problem.ts';

/** What is on its way to specialist systems. */

export type Delivery = {
  readonly tenant: number;
  readonly id: string;
  readonly submission: number;
  readonly form: string;
  readonly reference: string;
  readonly title: Sentence;
  readonly works: number | null;
  readonly receiver: string;
  readonly state: DeliveryState;
  readonly round: number;
  readonly failures: number;
  readonly nextAt: Date | null;
  readonly reason: string | null;
  readonly problems: readonly Problem[];
  readonly remote: string | null;
  readonly remoteCase: string | null;
  readonly submittedAt: Date | null;
  readonly edition: number;
  readonly createdAt: Date;
  readonly steppedAt: Date;
};

type NewDelivery = Pick<
  Delivery,
  'tenant' | 'id' | 'submission' | 'form' | 'reference' | 'title' | 'works' | 'receiver' | 'createdAt'
>;

/** False: it is on its way already. */
export async function insertDelivery(tx: Tx, row: NewDelivery): Promise<boolean> {
  const rows = await tx`
    insert into delivery.delivery (tenant, id, submission, form, reference, title, works, receiver, state, created_at, stepped_at)
    values (${row.tenant}, ${row.id}, ${row.submission}, ${row.form}, ${row.reference}, ${JSON.stringify(row.title)}::text::jsonb,
      ${row.works}, ${row.receiver}, 'waiting', ${row.createdAt}, ${row.createdAt})
    on conflict (tenant, submission) do nothing returning id`;
  return rows.length > 0;
}

export async function readDelivery(sql: Sql | Tx, tenant: number, id: string): Promise<Delivery | null> {
  const [row] = await (sql as Sql)<Delivery>`
    select tenant, id, submission, form, reference, title, works, receiver, state, round, failures, next_at as "nextAt", reason, problems,
      remote, remote_case as "remoteCase", submitted_at as "submittedAt", edition, created_at as "createdAt", stepped_at as "steppedAt"
    from delivery.delivery where tenant = ${tenant} and id = ${id}`;
  return row ?? null;
}

export async function readIdOf(sql: Sql | Tx, tenant: number, submission: number): Promise<string | null> {
  const [row] = await (sql as Sql)<{ id: string }>`
    select id from delivery.delivery where tenant = ${tenant} and submission = ${submission}`;
  return row?.id ?? null;
}

/** Holds it until the transaction ends. */
export async function lockDelivery(tx: Tx, tenant: number, id: string): Promise<Delivery | null> {
  await tx`select 1 from delivery.delivery where tenant = ${tenant} and id = ${id} for update`;
  return readDelivery(tx, tenant, id);
}

export async function updateDelivery(tx: Tx, row: Delivery): Promise<void> {
  await tx`
    update delivery.delivery set state = ${row.state}, round = ${row.round}, failures = ${row.failures}, next_at = ${row.nextAt},
      reason = ${row.reason}, problems = ${JSON.stringify(row.problems)}::text::jsonb, remote = ${row.remote},
      remote_case = ${row.remoteCase}, submitted_at = ${row.submittedAt}, receiver = ${row.receiver}, stepped_at = ${row.steppedAt}, edition = edition + 1
    where tenant = ${row.tenant} and id = ${row.id}`;
}

export type DeliveryFilter = {
  readonly states: readonly DeliveryState[];
  /** Offices (principals) whose deliveries are shown; null: all of the tenant. */
  readonly works: readonly number[] | null;
  readonly after: readonly [at: string, id: string] | null;
  readonly limit: number;
};

/** The last that moved first. */
export async function readDeliveries(
  sql: Sql,
  tenant: number,
  { states, works, after, limit }: DeliveryFilter,
): Promise<Delivery[]> {
  const [at, id] = after ?? ['9999-12-31T00:00:00Z', 'ffffffff-ffff-ffff-ffff-ffffffffffff'];
  const rows = await sql<Delivery>`
    select tenant, id, submission, form, reference, title, works, receiver, state, round, failures, next_at as "nextAt", reason, problems,
      remote, remote_case as "remoteCase", submitted_at as "submittedAt", edition, created_at as "createdAt", stepped_at as "steppedAt"
    from delivery.delivery
    where tenant = ${tenant} and state = any(${states as string[]}::text[])
      and (${works === null} or works = any(${(works ?? []) as number[]}::bigint[]))
      and (stepped_at, id) < (${at}::timestamptz, ${id}::uuid)
    order by stepped_at desc, id desc limit ${limit}`;
  return [...rows];
}

/** How many there are in each state. */
export async function countDeliveries(
  sql: Sql,
  tenant: number,
  works: readonly number[] | null,
): Promise<{ state: DeliveryState; count: number }[]> {
  const rows = await sql<{ state: DeliveryState; count: number }>`
    select state, count(*)::int as count from delivery.delivery
    where tenant = ${tenant} and (${works === null} or works = any(${(works ?? []) as number[]}::bigint[]))
    group by state`;
  return [...rows];
}

export type Piece = {
  readonly id: string;
  readonly attachment: number | null;
  readonly sha512: string | null;
  /** Authentication tag of its envelope; null: not brought yet, or before they were kept. */
  readonly tag: string | null;
};

export async function insertPiece(
  tx: Tx,
  { tenant, id, round }: Delivery,
  piece: Pick<Piece, 'id' | 'attachment'>,
): Promise<void> {
  await tx`
    insert into delivery.piece (tenant, delivery, round, id, attachment)
    values (${tenant}, ${id}, ${round}, ${piece.id}, ${piece.attachment})`;
}

export async function readPieces(sql: Sql | Tx, { tenant, id, round }: Delivery): Promise<Piece[]> {
  const rows = await (sql as Sql)<Piece>`
    select id, attachment, sha512, tag from delivery.piece
    where tenant = ${tenant} and delivery = ${id} and round = ${round} order by attachment nulls first, id limit 200`;
  return [...rows];
}

export async function markPiece(
  tx: Tx,
  { tenant, id, round }: Delivery,
  piece: { readonly id: string; readonly sha512: string; readonly tag: string },
): Promise<void> {
  await tx`
    update delivery.piece set sha512 = ${piece.sha512}, tag = ${piece.tag}
    where tenant = ${tenant} and delivery = ${id} and round = ${round} and id = ${piece.id}`;
}

/** Authentication tags of the envelopes of one try to submit. */
export type Try = { readonly metadata: string; readonly data: string };

export async function insertTry(tx: Tx, { tenant, id, round }: Delivery, { metadata, data }: Try): Promise<void> {
  await tx`
    insert into delivery.sent_envelope (tenant, delivery, round, seq, metadata_tag, data_tag)
    select ${tenant}, ${id}, ${round}, coalesce(max(seq), 0) + 1, ${metadata}, ${data}
    from delivery.sent_envelope where tenant = ${tenant} and delivery = ${id} and round = ${round}`;
}

export async function readTries(sql: Sql | Tx, { tenant, id, round }: Delivery): Promise<Try[]> {
  const rows = await (sql as Sql)<Try>`
    select metadata_tag as metadata, data_tag as data from delivery.sent_envelope
    where tenant = ${tenant} and delivery = ${id} and round = ${round} order by seq desc limit 500`;
  return [...rows];
}

export type Step = { readonly at: Date; readonly step: string; readonly who: string; readonly reason: string | null };

export async function insertStep(tx: Tx, tenant: number, delivery: string, row: Step): Promise<void> {
  await tx`
    insert into delivery.step (tenant, delivery, seq, at, step, who, reason)
    select ${tenant}, ${delivery}, coalesce(max(seq), 0) + 1, ${row.at}, ${row.step}, ${row.who}, ${row.reason}
    from delivery.step where tenant = ${tenant} and delivery = ${delivery}`;
}

export async function readSteps(sql: Sql, tenant: number, delivery: string, limit: number): Promise<Step[]> {
  const rows = await sql<Step>`
    select at, step, who, reason from delivery.step where tenant = ${tenant} and delivery = ${delivery} order by seq limit ${limit}`;
  return [...rows];
}

/** False: this very verdict was heard before. */
export async function insertVerdict(
  tx: Tx,
  tenant: number,
  row: { readonly id: string; readonly delivery: string; readonly token: string; readonly at: Date },
): Promise<boolean> {
  const rows = await tx`
    insert into delivery.verdict (tenant, id, delivery, token, heard_at)
    values (${tenant}, ${row.id}, ${row.delivery}, ${row.token}, ${row.at}) on conflict (tenant, id) do nothing returning id`;
  return rows.length > 0;
}
