import type { Sql, Tx } from '#platform/db';

/** Where a destination of ours at another delivery service lives, and how fetching from there goes. */
export type Source = {
  readonly inbox: string;
  readonly address: string;
  readonly tokenAddress: string;
  readonly destination: string;
  readonly client: string;
  readonly secret: Uint8Array;
  readonly secretKey: number;
  readonly failures: number;
  readonly nextAt: Date | null;
  /** Why it does not go on, as the code of a sentence. */
  readonly reason: string | null;
  readonly lookedAt: Date | null;
};

export type NewSource = Omit<Source, 'failures' | 'nextAt' | 'reason' | 'lookedAt'>;

/** What went wrong before may be right now: it is tried at once. */
export async function upsertSource(tx: Tx, tenant: number, row: NewSource): Promise<void> {
  await tx`
    insert into delivery.source (tenant, inbox, address, token_address, destination, client, secret, secret_key)
    values (${tenant}, ${row.inbox}, ${row.address}, ${row.tokenAddress}, ${row.destination}, ${row.client}, ${row.secret},
      ${row.secretKey})
    on conflict (tenant, inbox) do update set
      address = excluded.address, token_address = excluded.token_address, destination = excluded.destination,
      client = excluded.client, secret = excluded.secret, secret_key = excluded.secret_key, failures = 0, next_at = null,
      reason = null`;
}

export async function readSource(sql: Sql | Tx, tenant: number, inbox: string): Promise<Source | null> {
  const [row] = await (sql as Sql)<Source>`
    select inbox, address, token_address as "tokenAddress", destination, client, secret, secret_key as "secretKey", failures,
      next_at as "nextAt", reason, looked_at as "lookedAt"
    from delivery.source where tenant = ${tenant} and inbox = ${inbox}`;
  return row ?? null;
}

/** Destinations that are fetched from, or have something to tell, and whose time has come. */
export async function readDueSources(sql: Sql, tenant: number, now: Date): Promise<string[]> {
  const rows = await sql<{ inbox: string }>`
    select s.inbox from delivery.source s join delivery.inbox i on i.tenant = s.tenant and i.id = s.inbox
    where s.tenant = ${tenant} and (s.next_at is null or s.next_at <= ${now}) and (i.is_open or exists (
      select from delivery.arrival a
      where a.tenant = s.tenant and a.inbox = s.inbox and a.remote is not null and a.verdict is not null and a.told_at is null))
    order by s.inbox limit 200`;
  return rows.map(({ inbox }) => inbox);
}

export type Outcome = Pick<Source, 'inbox' | 'failures' | 'nextAt' | 'reason'> & {
  /** Null: as it was. */
  readonly lookedAt: Date | null;
};

export async function setOutcome(tx: Tx, tenant: number, row: Outcome): Promise<void> {
  await tx`
    update delivery.source set failures = ${row.failures}, next_at = ${row.nextAt}, reason = ${row.reason},
      looked_at = coalesce(${row.lookedAt}, looked_at)
    where tenant = ${tenant} and inbox = ${row.inbox}`;
}
