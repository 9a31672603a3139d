import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { runMigrations as migrateJobs } from 'graphile-worker';
import type postgres from 'postgres';
import { sha256 } from './crypto.ts';
import { type Connection, connect } from './db.ts';
import { appRole } from './embedded.ts';
import { OperatorError } from './errors.ts';
import { openJobConnections } from './jobs-connections.ts';

/** Where one room keeps its numbered `.sql` files. */
export type MigrationSource = { readonly room: string; readonly directory: string };

export type Migration = { readonly room: string; readonly name: string; readonly text: string; readonly hash: string };

/** Any constant will do, as long as all our processes use the same: one migrates, the others wait. */
const migrationLock = 7_311_002;

/** All migrations, in the order in which they run. */
export async function readMigrations(sources: readonly MigrationSource[]): Promise<Migration[]> {
  const all: Migration[] = [];
  for (const { room, directory } of sources) {
    const names = (await readdir(directory)).filter((name) => name.endsWith('.sql')).sort();
    for (const name of names) {
      const text = await readFile(join(directory, name), 'utf8');
      all.push({ room, name: basename(name, '.sql'), text, hash: sha256(text).toString('hex') });
    }
  }
  return all;
}

async function ensureAppRole(sql: postgres.Sql): Promise<void> {
  const [role] = await sql`select rolsuper or rolbypassrls as mighty from pg_roles where rolname = ${appRole}`;
  if (role?.mighty)
    throw new OperatorError(`The role ${appRole} must be neither superuser nor allowed to bypass row-level security.`);
  if (!role) {
    await sql`create role ${sql(appRole)} nologin`.catch(() => {
      throw new OperatorError(
        `The database login may not create roles; please run as an administrator: create role ${appRole}; grant ${appRole} to current login;`,
      );
    });
  }
  const [mine] = await sql`select pg_has_role(current_user, ${appRole}, 'member') as member, current_user as name`;
  if (!mine?.member) await sql`grant ${sql(appRole)} to ${sql(String(mine?.name))}`.catch(() => {});
}

async function applied(sql: postgres.Sql): Promise<Map<string, string>> {
  await sql`create schema if not exists platform`;
  await sql`
    create table if not exists platform.migration (
      room text not null, name text not null, hash text not null, applied_at timestamptz not null default now(),
      primary key (room, name)
    )`;
  const rows = await sql`select room || '/' || name as key, hash from platform.migration`;
  return new Map(rows.map((row) => [String(row.key), String(row.hash)]));
}

/** Data written by a newer programme, or migrations edited after they ran: both must stop the start, not corrupt data. */
function refuseStrangers(done: ReadonlyMap<string, string>, known: readonly Migration[]): void {
  const keys = new Map(known.map((migration) => [`${migration.room}/${migration.name}`, migration.hash]));
  for (const [key, hash] of done) {
    const ours = keys.get(key);
    if (ours === undefined) {
      throw new OperatorError(
        `The data was written by a newer version of Rennsteig (${key} is unknown here); please start that version.`,
      );
    }
    if (ours !== hash) throw new OperatorError(`The migration ${key} was changed after it ran; please restore its text.`);
  }
}

async function migrateQueue(owner: Connection): Promise<void> {
  const connections = openJobConnections(owner, 1);
  try {
    await migrateJobs({ pgPool: connections.pool, preset: {} });
  } finally {
    await connections.close();
  }
}

/**
 * Brings the schema to this programme's state: platform first, then room by room in floor order, each file in its own
 * transaction, under a lock that all processes share. Throws {@link OperatorError}.
 * @param owner connection that owns the schema
 * @param only `room/name` of those to run, for a restore of older data; default: all
 */
export async function migrate(owner: Connection, sources: readonly MigrationSource[], only?: ReadonlySet<string>): Promise<void> {
  const migrations = (await readMigrations(sources)).filter(({ room, name }) => only?.has(`${room}/${name}`) ?? true);
  const sql = connect(owner, { max: 1, connection: { lock_timeout: 120_000 } });
  try {
    await sql`select pg_advisory_lock(${migrationLock})`;
    await ensureAppRole(sql);
    const done = await applied(sql);
    refuseStrangers(done, migrations);
    const missing = migrations.filter(({ room, name }) => !done.has(`${room}/${name}`));
    if (missing.length > 0) await migrateQueue(owner);
    for (const migration of missing) await apply(sql, migration);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/**
 * Waits for a migration that is under way, then refuses a database whose schema is not this programme's.
 * For visitors of a running instance, who must not change the schema under its feet. Throws {@link OperatorError}.
 * @param owner connection that owns the schema
 */
export async function checkMigrated(owner: Connection, sources: readonly MigrationSource[]): Promise<void> {
  const migrations = await readMigrations(sources);
  const sql = connect(owner, { max: 1, connection: { lock_timeout: 120_000 } });
  try {
    await sql`select pg_advisory_lock(${migrationLock})`;
    const done = await applied(sql);
    refuseStrangers(done, migrations);
    const isComplete = migrations.every(({ room, name }) => done.has(`${room}/${name}`));
    if (!isComplete) throw new OperatorError('The running instance is of an earlier version; please restart it first.');
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function apply(sql: postgres.Sql, { room, name, text, hash }: Migration): Promise<void> {
  await sql
    .begin(async (tx) => {
      await tx.unsafe(text);
      await tx`insert into platform.migration (room, name, hash) values (${room}, ${name}, ${hash})`;
    })
    .catch((cause: Error) => {
      throw new OperatorError(`The migration ${room}/${name} failed: ${cause.message}`, { cause });
    });
}
