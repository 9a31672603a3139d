import { pipeline } from 'node:stream/promises';
import type postgres from 'postgres';
import { type DumpFile, type DumpTable, type Manifest, readDumpFile, readLines, writeDumpFile } from './backup-format.ts';
import { type Connection, connect } from './db.ts';

/** The rows of all rooms, out of the database and back in. As the owner of the schema, who sees every tenant. */

type Tables = { readonly table: string; readonly columns: string[] }[];
type Owner = postgres.TransactionSql<{ bigint: number }>;

const quoted = (name: string) =>
  name
    .split('.')
    .map((part) => `"${part.replaceAll('"', '""')}"`)
    .join('.');

/**
 * Tables with rows that are kept: not the list of migrations (it is made anew), not unlogged ones (they do not outlive a crash
 * either), not those that pass by themselves. Columns that are computed are left out.
 */
async function keptTables(tx: Owner, schemas: readonly string[], passing: readonly string[]): Promise<Tables> {
  const left = ['platform.migration', ...passing];
  return tx<Tables>`
    select n.nspname || '.' || c.relname as table, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where n.nspname = any(${schemas as string[]}) and c.relkind = 'r' and c.relpersistence = 'p' and n.nspname || '.' || c.relname <> all(${left})
    group by 1 order by 1`;
}

export type Rows = Pick<Manifest, 'tables' | 'sequences' | 'jobs' | 'migrations' | 'key'> & {
  readonly tenants: readonly number[];
};

/**
 * Writes everything as it is at one moment into a folder.
 * @param passing tables that need not be kept, `schema.table`
 */
export async function dumpRows(
  owner: Connection,
  folder: string,
  { schemas, passing }: { readonly schemas: readonly string[]; readonly passing: readonly string[] },
): Promise<Rows> {
  const sql = connect(owner, { max: 1 });
  try {
    return (await sql.begin('isolation level repeatable read read only', async (tx) => {
      const tables: DumpTable[] = [];
      for (const { table, columns } of await keptTables(tx, schemas, passing)) {
        const rows = await tx.unsafe(`copy ${quoted(table)} (${columns.map(quoted).join(', ')}) to stdout`).readable();
        tables.push({ table, columns, ...(await writeDumpFile(folder, `${table}.zst`, rows)) });
        // The driver pauses its socket while rows wait to be taken, and resumes it only when more are asked for. After the last
        // ones nobody asks: without this the next table would wait for ever.
        rows._read(0);
      }
      const jobs = await writeDumpFile(folder, 'jobs.zst', jobLines(tx));
      const migrations = await tx<{ room: string; name: string; hash: string }[]>`
        select room, name, hash from platform.migration order by room, name`;
      const [root] = await tx<{ value: string }[]>`select value from platform.instance where name = 'root'`;
      const tenants = await tx<{ tenant: number }[]>`select distinct tenant from platform.tenant_key order by tenant`;
      // Sequences have no snapshot: read last, they are never behind the rows.
      const sequences = await tx<{ sequence: string; value: number }[]>`
        select schemaname || '.' || sequencename as sequence, last_value as value from pg_sequences
        where schemaname = any(${schemas as string[]}) and last_value is not null order by 1`;
      const key = String(root?.value ?? '').split(':', 1)[0] ?? '';
      return {
        tables,
        jobs,
        migrations: [...migrations],
        sequences: [...sequences],
        key,
        tenants: tenants.map((row) => row.tenant),
      };
    })) as Rows;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** Numbers of the tenants that may have stored something: whoever stores has a key. */
export async function tenantsWithBlobs(owner: Connection): Promise<number[]> {
  const sql = connect(owner, { max: 1 });
  try {
    return (await sql<{ tenant: number }[]>`select distinct tenant from platform.tenant_key order by tenant`).map(
      (row) => row.tenant,
    );
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** Jobs that wait, as the queue's own function takes them: its tables may look different in another version. */
async function* jobLines(tx: Owner): AsyncGenerator<string> {
  const rows = tx<{ job: object }[]>`
    select jsonb_build_object('task', t.identifier, 'payload', j.payload, 'queue', q.queue_name, 'runAt', j.run_at,
      'attempts', j.max_attempts, 'key', j.key, 'priority', j.priority) as job
    from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    left join graphile_worker._private_job_queues q on q.id = j.job_queue_id
    where j.attempts < j.max_attempts order by j.id`.cursor(500);
  for await (const page of rows) yield page.map(({ job }) => `${JSON.stringify(job)}\n`).join('');
}

/** Tables in an order in which each comes after those it refers to. */
async function inReferenceOrder(tx: Owner, tables: readonly DumpTable[]): Promise<DumpTable[]> {
  const references = await tx<{ child: string; parent: string }[]>`
    select cn.nspname || '.' || c.relname as child, pn.nspname || '.' || p.relname as parent
    from pg_constraint f join pg_class c on c.oid = f.conrelid join pg_namespace cn on cn.oid = c.relnamespace
    join pg_class p on p.oid = f.confrelid join pg_namespace pn on pn.oid = p.relnamespace
    where f.contype = 'f' and f.conrelid <> f.confrelid and not f.condeferrable`;
  const sorted: DumpTable[] = [];
  for (let left = [...tables]; left.length > 0; ) {
    const waiting = new Set(left.map(({ table }) => table));
    const isFree = ({ table }: DumpTable) => !references.some(({ child, parent }) => child === table && waiting.has(parent));
    const free = left.filter(isFree);
    if (free.length === 0) throw new Error(`tables refer to each other in a circle: ${[...waiting].join(', ')}`);
    sorted.push(...free);
    left = left.filter((table) => !free.includes(table));
  }
  return sorted;
}

/** Loads rows into a schema of the same migrations, in one transaction: all of them are there afterwards, or none. */
export async function loadRows(owner: Connection, folder: string, manifest: Manifest): Promise<void> {
  const sql = connect(owner, { max: 1 });
  try {
    await sql.begin(async (tx) => {
      const tables = await inReferenceOrder(tx, manifest.tables);
      await tx.unsafe(`truncate ${tables.map(({ table }) => quoted(table)).join(', ')} cascade`);
      for (const table of tables) {
        const into = await tx
          .unsafe(`copy ${quoted(table.table)} (${table.columns.map(quoted).join(', ')}) from stdin`)
          .writable();
        await pipeline(readDumpFile(folder, table), into);
      }
      for (const { sequence, value } of manifest.sequences) await tx`select setval(${quoted(sequence)}::regclass, ${value})`;
      await loadJobs(tx, folder, manifest.jobs);
    });
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function loadJobs(tx: Owner, folder: string, file: DumpFile): Promise<void> {
  for await (const line of readLines(folder, file)) {
    await tx`
      select graphile_worker.add_job(j ->> 'task', (j -> 'payload')::json, queue_name => j ->> 'queue', run_at => (j ->> 'runAt')::timestamptz,
        max_attempts => (j ->> 'attempts')::integer, job_key => j ->> 'key', priority => (j ->> 'priority')::integer)
      from (select ${line}::text::jsonb as j) line`;
  }
}

/**
 * The first table of ours with rows that are not made by a start; null when the database is empty.
 * @param ofAStart tables in which a mere start leaves rows
 */
export async function firstFilled(
  owner: Connection,
  schemas: readonly string[],
  ofAStart: readonly string[],
): Promise<string | null> {
  const sql = connect(owner, { max: 1 });
  try {
    const tables = await sql.begin((tx) => keptTables(tx, schemas, ofAStart));
    for (const { table } of tables as Tables) {
      const rows = await sql.unsafe(`select 1 from ${quoted(table)} limit 1`);
      if (rows.length > 0) return table;
    }
    return null;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** Removes the schemas of an instance that is empty, so that a restored one can take their place. */
export async function dropSchemas(owner: Connection, schemas: readonly string[]): Promise<void> {
  const sql = connect(owner, { max: 1 });
  try {
    await sql.unsafe(`drop schema if exists ${[...schemas, 'graphile_worker'].map(quoted).join(', ')} cascade`);
  } finally {
    await sql.end({ timeout: 5 });
  }
}
