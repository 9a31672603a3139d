import type { Sql, Tx } from '#platform/db';

export type LinkPurpose = 'invitation' | 'reset' | 'setUp';

export type Link = {
  readonly id: number;
  readonly account: number | null;
  readonly purpose: LinkPurpose;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
};

export type NewLink = {
  readonly account: number | null;
  readonly purpose: LinkPurpose;
  readonly tokenHash: Buffer;
  readonly createdAt: Date;
  readonly expiresAt: Date;
};

export async function insertLinks(tx: Tx, tenant: number, rows: readonly NewLink[]): Promise<void> {
  // Bytes go as hex: the driver does not take arrays of them.
  const plain = rows.map((row) => ({ ...row, tokenHash: row.tokenHash.toString('hex') }));
  await tx`
    insert into accounts.link (tenant, account, purpose, token_hash, created_at, expires_at)
    select ${tenant}, r.account, r.purpose, decode(r."tokenHash", 'hex'), r."createdAt", r."expiresAt"
    from jsonb_to_recordset(${tx.json(plain as never)}) as r (
      account bigint, purpose text, "tokenHash" text, "createdAt" timestamptz, "expiresAt" timestamptz)`;
}

export async function readLink(sql: Sql, tenant: number, tokenHash: Buffer): Promise<Link | null> {
  const [row] = await sql<Link>`
    select id, account, purpose, expires_at as "expiresAt", used_at as "usedAt" from accounts.link
    where tenant = ${tenant} and token_hash = ${tokenHash}`;
  return row ?? null;
}

/** Uses the link up; false when somebody else was faster or its time is over. */
export async function spendLink(tx: Tx, tenant: number, { id, at }: { id: number; at: Date }): Promise<boolean> {
  const done = await tx`
    update accounts.link set used_at = ${at}
    where tenant = ${tenant} and id = ${id} and used_at is null and expires_at > ${at} returning id`;
  return done.length > 0;
}

/** A newer link makes the older ones of its kind worthless; those for the set-up belong to nobody. */
export async function deleteLinks(
  tx: Tx,
  tenant: number,
  { accounts, purpose }: { accounts: readonly number[]; purpose: LinkPurpose },
): Promise<void> {
  await tx`
    delete from accounts.link
    where tenant = ${tenant} and purpose = ${purpose} and used_at is null
      and (account = any (${accounts as number[]}::bigint[]) or purpose = 'setUp')`;
}

/** Removes links whose holder has had long enough to read why they do not work any more. */
export async function deleteOldLinks(sql: Sql, tenant: number, before: Date): Promise<void> {
  await sql`delete from accounts.link where tenant = ${tenant} and expires_at < ${before}`;
}
