import type { Sql } from '#platform/db';

export type SealRow = {
  readonly id: number;
  readonly certificate: Buffer;
  readonly wrapped: Buffer;
  readonly wrappedBy: number;
  readonly validFrom: Date;
  readonly validUntil: Date;
};

/** The tenant's newest seal; null before its first one. */
export async function readSeal(sql: Sql, tenant: number): Promise<SealRow | null> {
  const [row] = await sql<SealRow>`
    select id, certificate, wrapped, wrapped_by as "wrappedBy", valid_from as "validFrom", valid_until as "validUntil"
    from signing.seal where tenant = ${tenant} order by id desc limit 1`;
  return row ?? null;
}

/** True when no other process has made a seal of this number meanwhile. */
export async function insertSeal(sql: Sql, tenant: number, row: SealRow): Promise<boolean> {
  const { id, certificate, wrapped, wrappedBy, validFrom, validUntil } = row;
  const done = await sql`
    insert into signing.seal (tenant, id, certificate, wrapped, wrapped_by, valid_from, valid_until)
    values (${tenant}, ${id}, ${certificate}, ${wrapped}, ${wrappedBy}, ${validFrom}, ${validUntil})
    on conflict (tenant, id) do nothing returning id`;
  return done.length > 0;
}
