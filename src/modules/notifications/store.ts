import type { Sql, Tx } from '#platform/db';
import type { Params } from '#platform/errors';
import type { KeptNotice } from './rules.ts';

export type NewNotice = {
  readonly accounts: readonly number[];
  readonly code: string;
  readonly params: Params;
  readonly link: string;
  readonly about: string;
  readonly at: Date;
};

/** Makes a notice for each of some people, in the place of older ones about the same thing: as a new one it is shown anew. */
export async function insertNotices(
  tx: Tx,
  tenant: number,
  { accounts, code, params, link, about, at }: NewNotice,
): Promise<void> {
  await tx`
    delete from notifications.notice
    where tenant = ${tenant} and account = any (${accounts as number[]}::bigint[]) and about = ${about}`;
  await tx`
    insert into notifications.notice (tenant, account, code, params, link, about, created_at)
    select ${tenant}, account, ${code}, ${tx.json(params)}, ${link}, ${about}, ${at}
    from unnest(${accounts as number[]}::bigint[]) as told (account)
    on conflict (tenant, account, about) do nothing`;
}

/** Removes what is more than so many notices of one person, the oldest first, as {@link readNotices} has them. */
export async function trimNotices(tx: Tx, tenant: number, accounts: readonly number[], most: number): Promise<void> {
  await tx`
    with kept as (
      select told.account, oldest.created_at, oldest.id
      from unnest(${accounts as number[]}::bigint[]) as told (account)
      cross join lateral (
        select n.created_at, n.id from notifications.notice n
        where n.tenant = ${tenant} and n.account = told.account
        order by n.created_at desc, n.id desc offset ${most - 1} limit 1
      ) as oldest
    )
    delete from notifications.notice n using kept
    where n.tenant = ${tenant} and n.account = kept.account and (n.created_at, n.id) < (kept.created_at, kept.id)`;
}

type Row = Omit<KeptNotice, 'at' | 'isRead'> & { readonly created_at: Date; readonly read_at: Date | null };

const toNotice = ({ created_at, read_at, ...row }: Row): KeptNotice => ({
  ...row,
  at: created_at.getTime(),
  isRead: read_at !== null,
});

/**
 * The person's notices, newest first; those that were read only where they are asked for. By time: of two processes the slower one may
 * write the smaller number later. Numbers decide between those of one moment.
 */
export async function readNotices(
  sql: Sql,
  tenant: number,
  account: number,
  { withRead, limit }: { readonly withRead: boolean; readonly limit: number },
): Promise<KeptNotice[]> {
  const rows = await sql<Row>`
    select id, about, code, params, link, created_at, read_at from notifications.notice
    where tenant = ${tenant} and account = ${account} and (${withRead} or read_at is null)
    order by created_at desc, id desc limit ${limit}`;
  return rows.map(toNotice);
}

export async function readNotice(sql: Sql, tenant: number, account: number, id: number): Promise<KeptNotice | null> {
  const [row] = await sql<Row>`
    select id, about, code, params, link, created_at, read_at from notifications.notice
    where tenant = ${tenant} and account = ${account} and id = ${id}`;
  return row ? toNotice(row) : null;
}

/** Which of some ids are notices of the person that were not read yet. */
export async function readIds(sql: Sql, tenant: number, account: number, ids: readonly number[]): Promise<number[]> {
  const rows = await sql<{ id: number }>`
    select id from notifications.notice
    where tenant = ${tenant} and account = ${account} and id = any (${ids as number[]}::bigint[]) and read_at is null order by id`;
  return rows.map(({ id }) => id);
}

/** How many of the person's notices were not read yet. */
export async function countNotices(sql: Sql, tenant: number, account: number): Promise<number> {
  const [row] = await sql<{ count: number }>`
    select count(*) as count from notifications.notice where tenant = ${tenant} and account = ${account} and read_at is null`;
  return row?.count ?? 0;
}

/** False when it had been read before. */
export async function markRead(tx: Tx, tenant: number, account: number, { id, at }: { id: number; at: Date }): Promise<boolean> {
  const rows = await tx`
    update notifications.notice set read_at = ${at}
    where tenant = ${tenant} and account = ${account} and id = ${id} and read_at is null returning id`;
  return rows.length > 0;
}

export async function deleteNotice(tx: Tx, tenant: number, account: number, id: number): Promise<boolean> {
  const rows = await tx`
    delete from notifications.notice where tenant = ${tenant} and account = ${account} and id = ${id} returning id`;
  return rows.length > 0;
}

/** All of the person's notices; how many that were. */
export async function deleteNotices(tx: Tx, tenant: number, account: number): Promise<number> {
  const rows = await tx`delete from notifications.notice where tenant = ${tenant} and account = ${account} returning id`;
  return rows.length;
}

export async function deleteOld(tx: Tx, tenant: number, before: Date): Promise<void> {
  await tx`delete from notifications.notice where tenant = ${tenant} and created_at < ${before}`;
}
