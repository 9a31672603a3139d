import type { Sql, Tx } from '#platform/db';

/** A programme that asks to be let in. */
export type DeviceLogin = {
  readonly client: string;
  readonly network: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** Whether the browser in which somebody says yes carries the app password back; otherwise the programme comes for it. */
  readonly isCarried: boolean;
  readonly tenant: number | null;
  readonly account: number | null;
  readonly name: string | null;
};

export type NewDeviceLogin = Pick<DeviceLogin, 'client' | 'network' | 'createdAt' | 'expiresAt' | 'isCarried'> & {
  readonly pollHash: Buffer;
  readonly pageHash: Buffer;
};

/** Puts a new one in, and removes what is over. */
export async function insertDeviceLogin(sql: Sql, row: NewDeviceLogin): Promise<void> {
  await sql`delete from accounts.device_login where expires_at < ${row.createdAt}`;
  await sql`
    insert into accounts.device_login (poll_hash, page_hash, client, network, created_at, expires_at, is_carried)
    values (${row.pollHash}, ${row.pageHash}, ${row.client}, ${row.network}, ${row.createdAt}, ${row.expiresAt}, ${row.isCarried})`;
}

export async function readByPage(sql: Sql, pageHash: Buffer): Promise<DeviceLogin | null> {
  const [row] = await sql<DeviceLogin>`
    select client, network, created_at as "createdAt", expires_at as "expiresAt", is_carried as "isCarried", tenant, account, name
    from accounts.device_login where page_hash = ${pageHash}`;
  return row ?? null;
}

export async function readByPoll(sql: Sql, pollHash: Buffer): Promise<DeviceLogin | null> {
  const [row] = await sql<DeviceLogin>`
    select client, network, created_at as "createdAt", expires_at as "expiresAt", is_carried as "isCarried", tenant, account, name
    from accounts.device_login where poll_hash = ${pollHash}`;
  return row ?? null;
}

/** Lets it in; false when somebody has answered meanwhile, or its time is over. */
export async function grantDeviceLogin(
  tx: Tx,
  pageHash: Buffer,
  grant: { tenant: number; account: number; name: string; now: Date },
): Promise<boolean> {
  const done = await tx`
    update accounts.device_login set tenant = ${grant.tenant}, account = ${grant.account}, name = ${grant.name}
    where page_hash = ${pageHash} and tenant is null and not is_carried and expires_at > ${grant.now} returning page_hash`;
  return done.length > 0;
}

/** Takes one out whose answer the browser carries back; false when somebody has answered meanwhile, or its time is over. */
export async function takeCarried(tx: Tx, pageHash: Buffer, now: Date): Promise<boolean> {
  const done = await tx`
    delete from accounts.device_login where page_hash = ${pageHash} and is_carried and expires_at > ${now} returning page_hash`;
  return done.length > 0;
}

/** Turns it away, or forgets it. */
export async function deleteByPage(tx: Tx, pageHash: Buffer): Promise<boolean> {
  const done = await tx`delete from accounts.device_login where page_hash = ${pageHash} and tenant is null returning page_hash`;
  return done.length > 0;
}

/** Takes a granted one out, so that it is fetched once; false when somebody else was faster. */
export async function takeDeviceLogin(tx: Tx, pollHash: Buffer): Promise<boolean> {
  const done =
    await tx`delete from accounts.device_login where poll_hash = ${pollHash} and tenant is not null returning poll_hash`;
  return done.length > 0;
}
