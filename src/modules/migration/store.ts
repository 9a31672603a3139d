import type { Sql, Tx } from '#platform/db';
import type { Known } from './rules.ts';
import type { SourceKind } from './source.ts';

/** A source and the folder it goes into. */
export type Transfer = {
  readonly id: number;
  readonly kind: SourceKind;
  readonly source: string;
  readonly space: number;
  readonly folder: number;
  readonly account: number;
};

/** One object of a source, and what became of it. */
export type ObjectRow = Known & {
  readonly place: string;
  readonly path: string;
  readonly sourceId: string;
  readonly size: number;
  readonly modified: number | null;
  readonly sourceHash: string | null;
  readonly run: number;
  readonly seen: number;
};

export type RunRow = {
  readonly id: number;
  readonly kind: 'import' | 'check';
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly summary: Readonly<Record<string, unknown>> | null;
};

/** The transfer of this source into this folder; made when it is the first time. */
export async function ensureTransfer(tx: Tx, tenant: number, wanted: Omit<Transfer, 'id'>, now: Date): Promise<Transfer> {
  const { kind, source, space, folder, account } = wanted;
  const [row] = await tx<Transfer[]>`
    insert into migration.transfer (tenant, kind, source, space, folder, account, created_at)
    values (${tenant}, ${kind}, ${source}, ${space}, ${folder}, ${account}, ${now})
    on conflict (tenant, folder, source) do update set account = excluded.account
    returning id, kind, source, space, folder, account`;
  return row as Transfer;
}

export async function findTransfer(sql: Sql, tenant: number, folder: number, source: string): Promise<Transfer | null> {
  const [row] = await sql<Transfer>`
    select id, kind, source, space, folder, account from migration.transfer
    where tenant = ${tenant} and folder = ${folder} and source = ${source}`;
  return row ?? null;
}

export async function readTransfers(sql: Sql, tenant: number): Promise<Transfer[]> {
  return sql<Transfer>`
    select id, kind, source, space, folder, account from migration.transfer where tenant = ${tenant} order by id`;
}

export async function insertRun(
  tx: Tx,
  tenant: number,
  run: { transfer: number; kind: 'import' | 'check'; now: Date },
): Promise<number> {
  const [row] = await tx<{ id: number }[]>`
    insert into migration.run (tenant, transfer, kind, started_at) values (${tenant}, ${run.transfer}, ${run.kind}, ${run.now})
    returning id`;
  return row?.id as number;
}

export async function finishRun(tx: Tx, tenant: number, id: number, end: { summary: object; now: Date }): Promise<void> {
  await tx`
    update migration.run set finished_at = ${end.now}, summary = ${JSON.stringify(end.summary)}::text::jsonb
    where tenant = ${tenant} and id = ${id}`;
}

export async function readRuns(sql: Sql, tenant: number, transfer: number): Promise<RunRow[]> {
  return sql<RunRow>`
    select id, kind, started_at as "startedAt", finished_at as "finishedAt", summary from migration.run
    where tenant = ${tenant} and transfer = ${transfer} order by id`;
}

/** What is known of the entries of one folder of the source. */
export async function readKnown(sql: Sql, tenant: number, transfer: number, place: string): Promise<Known[]> {
  return sql<Known>`
    select name, is_folder as "isFolder", fingerprint, sha256, node, target_name as "targetName", verdict, note
    from migration.object where tenant = ${tenant} and transfer = ${transfer} and place = decode(${place}, 'hex')`;
}

/** Notes what became of objects. */
export async function putObjects(tx: Tx, tenant: number, transfer: number, rows: readonly ObjectRow[]): Promise<void> {
  if (rows.length === 0) return;
  const column = <K extends keyof ObjectRow>(name: K) => rows.map((row) => row[name]);
  await tx`
    insert into migration.object (tenant, transfer, place, name, path, is_folder, source_id, fingerprint, size, modified, source_hash,
      sha256, node, target_name, verdict, note, run, seen)
    select ${tenant}, ${transfer}, decode(o.place, 'hex'), o.name, o.path, o.is_folder::boolean, o.source_id, o.fingerprint, o.size, o.modified,
      o.source_hash, o.sha256, o.node, o.target_name, o.verdict, o.note, o.run, o.seen
    from unnest(${column('place')}::text[], ${column('name')}::text[], ${column('path')}::text[], ${column('isFolder').map(String)}::text[],
      ${column('sourceId')}::text[], ${column('fingerprint')}::text[], ${column('size')}::bigint[], ${column('modified')}::bigint[],
      ${column('sourceHash')}::text[], ${column('sha256')}::text[], ${column('node')}::bigint[], ${column('targetName')}::text[],
      ${column('verdict')}::text[], ${column('note')}::text[], ${column('run')}::bigint[], ${column('seen')}::bigint[])
      as o (place, name, path, is_folder, source_id, fingerprint, size, modified, source_hash, sha256, node, target_name, verdict, note,
        run, seen)
    on conflict (tenant, transfer, place, name) do update set path = excluded.path, is_folder = excluded.is_folder,
      source_id = excluded.source_id, fingerprint = excluded.fingerprint, size = excluded.size, modified = excluded.modified,
      source_hash = excluded.source_hash, sha256 = excluded.sha256, node = excluded.node, target_name = excluded.target_name,
      verdict = excluded.verdict, note = excluded.note, run = excluded.run, seen = excluded.seen`;
}

/** Where a page of {@link readObjects} begins: behind this object. */
export type After = { readonly place: string; readonly name: string };

export type ObjectQuery = {
  readonly after: After | null;
  readonly limit: number;
  /** Only what was last seen before this run. */
  readonly unseenIn?: number | null;
};

/** Objects of a transfer, page by page. */
export async function readObjects(sql: Sql, tenant: number, transfer: number, query: ObjectQuery): Promise<ObjectRow[]> {
  const { after, limit, unseenIn = null } = query;
  return sql<ObjectRow>`
    select encode(place, 'hex') as place, name, path, is_folder as "isFolder", source_id as "sourceId", fingerprint, size, modified,
      source_hash as "sourceHash", sha256, node, target_name as "targetName", verdict, note, run, seen
    from migration.object o
    where tenant = ${tenant} and transfer = ${transfer}
      and (place, name) > (decode(${after?.place ?? ''}, 'hex'), ${after?.name ?? ''})
      and (${unseenIn}::bigint is null or seen < ${unseenIn}::bigint)
    order by place, name limit ${limit}`;
}
