import type { Sql, Tx } from '#platform/db';

type Own = { readonly account: number; readonly id: number };

/** Marks an app password's device to be wiped and resolves with its name; null when there is no such one, or it was marked before. */
export async function orderWipe(tx: Tx, tenant: number, { account, id, at }: Own & { at: Date }): Promise<string | null> {
  const [row] = await tx<{ name: string }[]>`
    update accounts.app_password set wipe_ordered_at = ${at}
    where tenant = ${tenant} and account = ${account} and id = ${id} and wipe_ordered_at is null returning name`;
  return row?.name ?? null;
}

/** Takes the mark away; false when there is none, or it was carried out. */
export async function takeBackWipe(tx: Tx, tenant: number, { account, id }: Own): Promise<boolean> {
  const done = await tx`
    update accounts.app_password set wipe_ordered_at = null
    where tenant = ${tenant} and account = ${account} and id = ${id} and wipe_ordered_at is not null and wiped_at is null returning id`;
  return done.length > 0;
}

export type Wipe = { readonly id: number; readonly account: number; readonly wipedAt: Date | null };

/** The order behind an app password; null when there is none. */
export async function readWipe(sql: Sql, tenant: number, secretHash: Buffer): Promise<Wipe | null> {
  const [row] = await sql<Wipe>`
    select id, account, wiped_at as "wipedAt" from accounts.app_password
    where tenant = ${tenant} and secret_hash = ${secretHash} and wipe_ordered_at is not null`;
  return row ?? null;
}

export async function noteWiped(tx: Tx, tenant: number, { id, at }: { id: number; at: Date }): Promise<void> {
  await tx`update accounts.app_password set wiped_at = ${at} where tenant = ${tenant} and id = ${id}`;
}
