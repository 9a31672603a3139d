import type { Sql, Tx } from '#platform/db';
import type { Tags } from '../rules-tags.ts';
import { type Arrival, readArrival } from './arrival.ts';

/** Arrivals that are fetched: ours from elsewhere, and what others fetch here. */

export type Listed = { readonly submission: string; readonly caseId: string };
type NewFetched = Listed & { readonly id: string; readonly ownCase: string };

export async function countOpen(tx: Tx, tenant: number, inbox: string): Promise<number> {
  const [row] = await tx<{ count: number }[]>`
    select count(*)::int as count from delivery.arrival
    where tenant = ${tenant} and inbox = ${inbox} and state = 'announced' and remote is not null`;
  return row?.count ?? 0;
}

/** Which of some ids at the delivery service are known. */
export async function readKnown(tx: Tx, tenant: number, inbox: string, remotes: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx<{ remote: string }[]>`
    select remote from delivery.arrival
    where tenant = ${tenant} and inbox = ${inbox} and remote = any(${remotes as string[]}::uuid[])`;
  return new Set(rows.map(({ remote }) => remote));
}

export async function insertFetched(
  tx: Tx,
  tenant: number,
  { inbox, at, rows }: { readonly inbox: string; readonly at: Date; readonly rows: readonly NewFetched[] },
): Promise<void> {
  await tx`
    insert into delivery.arrival (tenant, id, case_id, inbox, sender, key, service, state, announced_at, remote, remote_case)
    select ${tenant}, id, own_case, ${inbox}, null, remote::text, '', 'announced', ${at}, remote, remote_case
    from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ ownCase }) => ownCase)}::uuid[],
      ${rows.map(({ submission }) => submission)}::uuid[], ${rows.map(({ caseId }) => caseId)}::uuid[])
      as given (id, own_case, remote, remote_case)
    on conflict do nothing`;
}

/** What is still listed there some time after its verdict was told has to be told again: they have forgotten it. */
export async function untell(
  tx: Tx,
  tenant: number,
  { inbox, remotes, before }: { readonly inbox: string; readonly remotes: readonly string[]; readonly before: Date },
): Promise<void> {
  await tx`
    update delivery.arrival set told_at = null
    where tenant = ${tenant} and inbox = ${inbox} and remote = any(${remotes as string[]}::uuid[]) and told_at < ${before}`;
}

type Due = { readonly inbox: string; readonly now: Date; readonly limit: number };

/** Those to be fetched, and those whose verdict is to be told; what has failed comes last. */
export async function readDue(
  sql: Sql,
  tenant: number,
  { what, inbox, now, limit }: Due & { readonly what: 'fetch' | 'tell' },
): Promise<Arrival[]> {
  const rows = await sql<{ id: string }>`
    select id from delivery.arrival
    where tenant = ${tenant} and inbox = ${inbox} and remote is not null and (next_at is null or next_at <= ${now})
      and case when ${what === 'fetch'} then state = 'announced' else verdict is not null and told_at is null end
    order by next_at nulls first, announced_at, id limit ${limit}`;
  const found = await Promise.all(rows.map(({ id }) => readArrival(sql, tenant, id)));
  return found.filter((one) => one !== null);
}

export async function setBackArrival(
  tx: Tx,
  tenant: number,
  row: { readonly id: string; readonly failures: number; readonly nextAt: Date; readonly reason: string },
): Promise<void> {
  await tx`
    update delivery.arrival set failures = ${row.failures}, next_at = ${row.nextAt}, reason = ${row.reason}
    where tenant = ${tenant} and id = ${row.id}`;
}

export async function setTold(tx: Tx, tenant: number, id: string, at: Date): Promise<void> {
  await tx`
    update delivery.arrival set told_at = ${at}, failures = 0, next_at = null, reason = null
    where tenant = ${tenant} and id = ${id}`;
}

export async function setService(tx: Tx, tenant: number, id: string, service: string): Promise<void> {
  await tx`update delivery.arrival set service = ${service} where tenant = ${tenant} and id = ${id}`;
}

/** What the delivery service has said of it. */
export async function setSaid(
  tx: Tx,
  tenant: number,
  row: { readonly id: string; readonly tags: Tags | null; readonly schema: string | null },
): Promise<void> {
  await tx`
    update delivery.arrival set said_tags = ${row.tags && JSON.stringify(row.tags)}::text::jsonb, token_schema = ${row.schema}
    where tenant = ${tenant} and id = ${row.id}`;
}

export type Waiting = { readonly id: string; readonly caseId: string };

/** What waits at a destination for its receiver, the oldest first, and how many there are in all. */
export async function readWaiting(
  sql: Sql,
  tenant: number,
  { inbox, offset, limit }: { readonly inbox: string; readonly offset: number; readonly limit: number },
): Promise<{ readonly rows: readonly Waiting[]; readonly total: number }> {
  const [all] = await sql<{ count: number }>`
    select count(*)::int as count from delivery.arrival where tenant = ${tenant} and inbox = ${inbox} and state = 'submitted'`;
  const rows = await sql<Waiting>`
    select id, case_id as "caseId" from delivery.arrival
    where tenant = ${tenant} and inbox = ${inbox} and state = 'submitted'
    order by announced_at, id offset ${offset} limit ${limit}`;
  return { rows: [...rows], total: all?.count ?? 0 };
}
