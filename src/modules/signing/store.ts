import type { Sql, Tx } from '#platform/db';

export type SealRow = {
  readonly id: number;
  readonly certificate: Buffer;
  /** Who has issued it, and who them; empty: the authority itself. */
  readonly chain: readonly Buffer[];
  readonly wrapped: Buffer;
  readonly wrappedBy: number;
  readonly validFrom: Date;
  readonly validUntil: Date;
  /** By the operator; otherwise made here. */
  readonly isBrought: boolean;
};

/** The tenant's newest seal; null before its first one. */
export async function readSeal(sql: Sql, tenant: number): Promise<SealRow | null> {
  const [row] = await sql<Omit<SealRow, 'chain'> & { readonly chain: string }>`
    select id, certificate, chain, is_brought as "isBrought", wrapped, wrapped_by as "wrappedBy", valid_from as "validFrom", valid_until as "validUntil"
    from signing.seal where tenant = ${tenant} order by id desc limit 1`;
  if (!row) return null;
  const chain = row.chain.split('\n').flatMap((line) => (line === '' ? [] : [Buffer.from(line, 'base64')]));
  return { ...row, chain };
}

/** True when no other process has made a seal of this number meanwhile. */
export async function insertSeal(sql: Sql, tenant: number, row: SealRow): Promise<boolean> {
  const { id, certificate, chain, wrapped, wrappedBy, validFrom, validUntil, isBrought } = row;
  const done = await sql`
    insert into signing.seal (tenant, id, certificate, chain, wrapped, wrapped_by, valid_from, valid_until, is_brought)
    values (${tenant}, ${id}, ${certificate}, ${chain.map((one) => one.toString('base64')).join('\n')}, ${wrapped}, ${wrappedBy}, ${validFrom}, ${validUntil},
      ${isBrought})
    on conflict (tenant, id) do nothing returning id`;
  return done.length > 0;
}

/** The newest seal that was brought, also when the house goes on with one of its own by now; null: none was. */
export async function readBroughtEnd(sql: Sql, tenant: number): Promise<Pick<SealRow, 'id' | 'validUntil'> | null> {
  const [row] = await sql<Pick<SealRow, 'id' | 'validUntil'>>`
    select id, valid_until as "validUntil" from signing.seal where tenant = ${tenant} and is_brought order by id desc limit 1`;
  return row ?? null;
}

/** False: that was told before. */
export async function insertTold(
  tx: Tx,
  tenant: number,
  { seal, days, at }: { readonly seal: number; readonly days: number; readonly at: Date },
): Promise<boolean> {
  const rows = await tx`
    insert into signing.seal_told (tenant, seal, days, told_at) values (${tenant}, ${seal}, ${days}, ${at})
    on conflict (tenant, seal, days) do nothing returning seal`;
  return rows.length > 0;
}
