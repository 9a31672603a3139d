import type { Sql, Tx } from '#platform/db';

/** What somebody says about themselves. */
export type PresenceRow = {
  readonly status: string;
  readonly icon: string | null;
  readonly message: string | null;
  readonly messageId: string | null;
  readonly clearAt: Date | null;
};

/** A colleague as others see them. */
export type Colleague = { readonly account: number; readonly handle: string; readonly name: string; readonly address: string };

/** The active person with this handle or address (in small letters) in the tenant. */
export async function readColleague(sql: Sql, tenant: number, login: string): Promise<Colleague | null> {
  const [row] = await sql<Colleague>`
    select id as account, handle, name, address from accounts.account
    where tenant = ${tenant} and state = 'active' and (handle = ${login} or address = ${login})`;
  return row ?? null;
}

export async function readPresence(sql: Sql | Tx, tenant: number, account: number): Promise<PresenceRow | null> {
  const [row] = await (sql as Sql)<PresenceRow>`
    select status, icon, message, message_id as "messageId", clear_at as "clearAt"
    from accounts.presence where tenant = ${tenant} and account = ${account}`;
  return row ?? null;
}

/** Who said something last, the latest first; active people only. */
export async function readPresences(
  sql: Sql,
  tenant: number,
  { limit, offset }: { limit: number; offset: number },
): Promise<(PresenceRow & { handle: string })[]> {
  const rows = await sql<PresenceRow & { handle: string }>`
    select a.handle, p.status, p.icon, p.message, p.message_id as "messageId", p.clear_at as "clearAt"
    from accounts.presence p join accounts.account a on a.tenant = p.tenant and a.id = p.account
    where p.tenant = ${tenant} and a.state = 'active' and p.status <> 'invisible'
    order by p.changed_at desc, a.id offset ${offset} limit ${limit}`;
  return [...rows];
}

export async function putPresence(
  sql: Sql | Tx,
  tenant: number,
  account: number,
  { row, at }: { row: PresenceRow; at: Date },
): Promise<void> {
  await (sql as Sql)`
    insert into accounts.presence (tenant, account, status, icon, message, message_id, clear_at, changed_at)
    values (${tenant}, ${account}, ${row.status}, ${row.icon}, ${row.message}, ${row.messageId}, ${row.clearAt}, ${at})
    on conflict (tenant, account) do update set status = excluded.status, icon = excluded.icon, message = excluded.message,
      message_id = excluded.message_id, clear_at = excluded.clear_at, changed_at = excluded.changed_at`;
}
