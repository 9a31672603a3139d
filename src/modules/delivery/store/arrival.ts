import type { Sql, Tx } from '#platform/db';
import type { Problem } from '../rules-problem.ts';
import type { Tags } from '../rules-tags.ts';

/** What others have delivered to us. */

export type ArrivalState = 'announced' | 'submitted' | 'accepted' | 'rejected';

export type Arrival = {
  readonly id: string;
  readonly caseId: string;
  readonly inbox: string;
  /** Null: we have fetched it, and do not know who has sent it. */
  readonly sender: string | null;
  readonly service: string;
  readonly state: ArrivalState;
  readonly metadata: string | null;
  readonly data: string | null;
  readonly problems: readonly Problem[];
  readonly submission: number | null;
  readonly verdict: string | null;
  /** The same, signed with the key there was before; null: there was none. */
  readonly verdictOld: string | null;
  readonly announcedAt: Date;
  readonly submittedAt: Date | null;
  /** Its ids at the delivery service it was fetched from. */
  readonly remote: string | null;
  readonly remoteCase: string | null;
  /** Of the fetching, and of telling the verdict. */
  readonly failures: number;
  /** What the delivery service it was fetched from says was submitted, and the schema of its tokens; null: it says nothing. */
  readonly saidTags: Tags | null;
  readonly tokenSchema: string | null;
};

type NewArrival = Pick<Arrival, 'id' | 'caseId' | 'inbox' | 'service' | 'announcedAt'> & {
  readonly sender: string;
  readonly key: string;
};

/** The id it has: its own, or that of the one that was announced with the same key before. */
export async function insertArrival(tx: Tx, tenant: number, row: NewArrival): Promise<{ id: string; isNew: boolean }> {
  const [made] = await tx<{ id: string; isNew: boolean }[]>`
    insert into delivery.arrival as known (tenant, id, case_id, inbox, sender, key, service, state, announced_at)
    values (${tenant}, ${row.id}, ${row.caseId}, ${row.inbox}, ${row.sender}, ${row.key}, ${row.service}, 'announced', ${row.announcedAt})
    on conflict (tenant, sender, key) do update set key = excluded.key
    returning id, (xmax = 0) as "isNew"`;
  return made ?? { id: row.id, isNew: false };
}

export async function countAnnounced(tx: Tx, tenant: number, sender: string): Promise<number> {
  const [row] = await tx<{ count: number }[]>`
    select count(*)::int as count from delivery.arrival where tenant = ${tenant} and state = 'announced' and sender = ${sender}`;
  return row?.count ?? 0;
}

export async function readArrival(sql: Sql | Tx, tenant: number, id: string): Promise<Arrival | null> {
  const [row] = await (sql as Sql)<Arrival>`
    select id, case_id as "caseId", inbox, sender, service, state, metadata, data, problems, submission, verdict, verdict_old as "verdictOld",
      announced_at as "announcedAt", submitted_at as "submittedAt", remote, remote_case as "remoteCase", failures, said_tags as "saidTags",
      token_schema as "tokenSchema"
    from delivery.arrival where tenant = ${tenant} and id = ${id}`;
  return row ?? null;
}

/** Holds it until the transaction ends. */
export async function lockArrival(tx: Tx, tenant: number, id: string): Promise<Arrival | null> {
  await tx`select 1 from delivery.arrival where tenant = ${tenant} and id = ${id} for update`;
  return readArrival(tx, tenant, id);
}

export async function readArrivalOfCase(sql: Sql, tenant: number, caseId: string): Promise<Arrival | null> {
  const [row] = await sql<{ id: string }>`select id from delivery.arrival where tenant = ${tenant} and case_id = ${caseId}`;
  return row ? readArrival(sql, tenant, row.id) : null;
}

export async function setSubmitted(
  tx: Tx,
  tenant: number,
  row: { readonly id: string; readonly metadata: string; readonly data: string; readonly at: Date },
): Promise<void> {
  await tx`
    update delivery.arrival set state = 'submitted', metadata = ${row.metadata}, data = ${row.data}, submitted_at = ${row.at},
      failures = 0, next_at = null, reason = null
    where tenant = ${tenant} and id = ${row.id}`;
}

export type Decided = {
  readonly id: string;
  readonly state: 'accepted' | 'rejected';
  readonly problems: readonly Problem[];
  readonly submission: number | null;
  /** Null: our delivery service has given up, and says so in its own events. */
  readonly verdict: string | null;
  readonly verdictOld: string | null;
  readonly at: Date;
};

/** With the verdict the encrypted content goes: accepted, it is here in the clear; rejected, it is still with its sender. */
export async function setDecided(tx: Tx, tenant: number, row: Decided): Promise<void> {
  await tx`
    update delivery.arrival set state = ${row.state}, problems = ${JSON.stringify(row.problems)}::text::jsonb,
      submission = ${row.submission}, verdict = ${row.verdict}, verdict_old = ${row.verdictOld}, decided_at = ${row.at}, metadata = null, data = null
    where tenant = ${tenant} and id = ${row.id}`;
}

/** Whether an application of ours came from elsewhere. */
export async function hasArrived(sql: Sql, tenant: number, submission: number): Promise<boolean> {
  const rows = await sql`select id from delivery.arrival where tenant = ${tenant} and submission = ${submission} limit 1`;
  return rows.length > 0;
}

export type ArrivalLine = Pick<Arrival, 'id' | 'service' | 'state' | 'problems' | 'submission' | 'announcedAt'> & {
  /** Null: it was fetched, or who has sent it is gone. */
  readonly sender: string | null;
  /** Why it could not be fetched, or its verdict not told, as the code of a sentence. */
  readonly reason: string | null;
};

/** What came last to an inbox, with the name of its sender. */
export async function readLatest(sql: Sql, tenant: number, inbox: string, limit: number): Promise<ArrivalLine[]> {
  const rows = await sql<ArrivalLine>`
    select a.id, s.name as sender, a.service, a.state, a.problems, a.submission, a.announced_at as "announcedAt", a.reason
    from delivery.arrival a left join delivery.sender s on s.tenant = a.tenant and s.id = a.sender
    where a.tenant = ${tenant} and a.inbox = ${inbox} order by a.announced_at desc, a.id limit ${limit}`;
  return [...rows];
}

export type ArrivalPiece = {
  readonly id: string;
  readonly blob: string | null;
  readonly size: number | null;
  /** Authentication tag of the envelope; null: it is not here, or came before they were kept. */
  readonly tag: string | null;
};

export async function insertArrivalPiece(tx: Tx, tenant: number, arrival: string, id: string): Promise<void> {
  await tx`
    insert into delivery.arrival_piece (tenant, arrival, id) values (${tenant}, ${arrival}, ${id})
    on conflict (tenant, arrival, id) do nothing`;
}

export async function readArrivalPieces(sql: Sql | Tx, tenant: number, arrival: string): Promise<ArrivalPiece[]> {
  const rows = await (sql as Sql)<ArrivalPiece>`
    select id, blob, size, tag from delivery.arrival_piece where tenant = ${tenant} and arrival = ${arrival} order by id limit 500`;
  return [...rows];
}

/** @returns the blob that is to go after the commit, because a new one takes its place */
export async function setPiece(
  tx: Tx,
  tenant: number,
  row: { readonly arrival: string; readonly id: string; readonly blob: string; readonly size: number; readonly tag: string },
): Promise<string | null> {
  const [before] = await tx<{ blob: string | null }[]>`
    select blob from delivery.arrival_piece where tenant = ${tenant} and arrival = ${row.arrival} and id = ${row.id} for update`;
  await tx`
    update delivery.arrival_piece set blob = ${row.blob}, size = ${row.size}, tag = ${row.tag}
    where tenant = ${tenant} and arrival = ${row.arrival} and id = ${row.id}`;
  return before?.blob ?? null;
}

/** @returns the blobs that are to go after the commit */
export async function dropPieces(tx: Tx, tenant: number, arrival: string): Promise<string[]> {
  const rows = await tx<{ blob: string | null }[]>`
    select blob from delivery.arrival_piece where tenant = ${tenant} and arrival = ${arrival}`;
  await tx`delete from delivery.arrival_piece where tenant = ${tenant} and arrival = ${arrival}`;
  return rows.flatMap(({ blob }) => blob ?? []);
}

/** Those that were announced before a moment and never submitted. */
export async function readForgotten(sql: Sql, tenant: number, before: Date, limit: number): Promise<string[]> {
  const rows = await sql<{ id: string }>`
    select id from delivery.arrival where tenant = ${tenant} and state = 'announced' and announced_at < ${before}
    order by announced_at limit ${limit}`;
  return rows.map(({ id }) => id);
}

export async function deleteArrival(tx: Tx, tenant: number, id: string): Promise<void> {
  await tx`delete from delivery.arrival where tenant = ${tenant} and id = ${id} and state = 'announced'`;
}

/** Which of some blobs are files that wait for their verdict. */
export async function readKept(sql: Sql, tenant: number, blobs: readonly string[]): Promise<string[]> {
  const rows = await sql<{ blob: string }>`
    select blob from delivery.arrival_piece where tenant = ${tenant} and blob = any(${blobs as string[]}::text[])`;
  return rows.map(({ blob }) => blob);
}
