import type { Sql, Tx } from '#platform/db';
import type { OperationKind, OperationState } from '../rules-operation.ts';

export type Operation = {
  readonly id: number;
  readonly account: number;
  readonly kind: OperationKind;
  readonly state: OperationState;
  readonly name: string;
  readonly space: number;
  readonly sourceSpace: number | null;
  readonly source: number | null;
  readonly folder: number | null;
  readonly replaces: boolean;
  readonly total: number;
  readonly done: number;
  readonly reserved: number;
  readonly failure: string | null;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
};

type OperationRow = Omit<Operation, 'sourceSpace' | 'startedAt' | 'endedAt'> & {
  source_space: number | null;
  started_at: Date;
  ended_at: Date | null;
};

function toOperation({ source_space, started_at, ended_at, ...row }: OperationRow): Operation {
  return { ...row, sourceSpace: source_space, startedAt: started_at, endedAt: ended_at };
}

export type NewOperation = Pick<
  Operation,
  'account' | 'kind' | 'name' | 'space' | 'sourceSpace' | 'source' | 'folder' | 'replaces' | 'total' | 'reserved' | 'startedAt'
>;

export async function insertOperation(tx: Tx, tenant: number, made: NewOperation): Promise<number> {
  const [row] = await tx<{ id: number }[]>`
    insert into files.operation (tenant, account, kind, state, name, space, source_space, source, folder, replaces, total, reserved, started_at)
    values (${tenant}, ${made.account}, ${made.kind}, 'running', ${made.name}, ${made.space}, ${made.sourceSpace}, ${made.source},
      ${made.folder}, ${made.replaces}, ${made.total}, ${made.reserved}, ${made.startedAt})
    returning id`;
  return row?.id as number;
}

export async function readOperation(sql: Sql | Tx, tenant: number, id: number): Promise<Operation | null> {
  const [row] = await (sql as Sql)<OperationRow>`select * from files.operation where tenant = ${tenant} and id = ${id}`;
  return row ? toOperation(row) : null;
}

/** The operation, held: two processes never take the same step. */
export async function holdOperation(tx: Tx, tenant: number, id: number): Promise<Operation | null> {
  const [row] = await tx<OperationRow[]>`select * from files.operation where tenant = ${tenant} and id = ${id} for update`;
  return row ? toOperation(row) : null;
}

/** Operations of a person that run, or ended after a time; the latest first. */
export async function readOperationsOf(
  sql: Sql,
  tenant: number,
  account: number,
  since: Date,
  limit: number,
): Promise<Operation[]> {
  const rows = await sql<OperationRow>`
    select * from files.operation
    where tenant = ${tenant} and account = ${account} and (ended_at is null or ended_at > ${since})
    order by started_at desc, id desc limit ${limit}`;
  return rows.map(toOperation);
}

export async function countRunning(tx: Tx, tenant: number, account: number): Promise<number> {
  const [row] = await tx<{ count: number }[]>`
    select count(*) as count from files.operation where tenant = ${tenant} and account = ${account} and ended_at is null`;
  return row?.count ?? 0;
}

export type Progress = {
  readonly state: OperationState;
  readonly done: number;
  readonly reserved: number;
  readonly failure: string | null;
  readonly endedAt: Date | null;
};

export async function updateOperation(tx: Tx, tenant: number, id: number, to: Progress): Promise<void> {
  await tx`
    update files.operation set state = ${to.state}, done = ${to.done}, reserved = ${to.reserved}, failure = ${to.failure}, ended_at = ${to.endedAt}
    where tenant = ${tenant} and id = ${id}`;
}

/** Puts something into the trash unseen: it belongs to an operation until that is over. */
export async function insertHidden(
  tx: Tx,
  tenant: number,
  item: { node: number; space: number; parent: number; now: Date; operation: number },
): Promise<void> {
  await tx`
    insert into files.trash (tenant, node, space, parent, path, deleted_at, operation)
    values (${tenant}, ${item.node}, ${item.space}, ${item.parent}, '', ${item.now}, ${item.operation})`;
}

/** Takes things that lie in a trash away from everybody's eyes; null: all of the space. Returns how many. */
export async function hideTrashed(
  tx: Tx,
  tenant: number,
  space: number,
  nodes: readonly number[] | null,
  operation: number,
): Promise<number> {
  const rows = await tx`
    update files.trash set operation = ${operation}
    where tenant = ${tenant} and space = ${space} and operation is null
      and (${nodes === null} or node = any(${(nodes ?? []) as number[]}::bigint[])) returning node`;
  return rows.length;
}

/** What an operation works on and nobody sees; null when nothing is left of it. */
export async function readHidden(tx: Tx, tenant: number, operation: number): Promise<number | null> {
  const [row] = await tx<{ node: number }[]>`
    select node from files.trash where tenant = ${tenant} and operation = ${operation} order by node limit 1`;
  return row?.node ?? null;
}

/** A folder that is to become the copy of another one. */
export async function insertCopyTop(
  tx: Tx,
  tenant: number,
  made: { id: number; source: number; space: number; parent: number; name: string; seq: number; now: number; account: number },
): Promise<void> {
  await tx`
    insert into files.node (tenant, id, space, parent, name, name_key, is_folder, size, etag, changed, modified, created, author)
    select ${tenant}, ${made.id}, ${made.space}, ${made.parent}, ${made.name}, ${String(made.id)}, true, 0, ${made.seq}, ${made.seq},
      o.modified, ${made.now}, ${made.account}
    from files.node o where o.tenant = ${tenant} and o.id = ${made.source}`;
  await tx`
    insert into files.property (tenant, node, namespace, name, value)
    select ${tenant}, ${made.id}, r.namespace, r.name, r.value from files.property r where r.tenant = ${tenant} and r.node = ${made.source}`;
}

/** The first node of a subtree alone goes to another space. */
export async function setSpace(tx: Tx, tenant: number, id: number, to: { space: number; seq: number }): Promise<void> {
  await tx`
    update files.node set space = ${to.space}, changed = ${to.seq}, etag = ${to.seq} where tenant = ${tenant} and id = ${id}`;
}

export type Front = { readonly source: number; readonly target: number; readonly after: number };

export async function insertFront(
  tx: Tx,
  tenant: number,
  operation: number,
  { source, target }: Omit<Front, 'after'>,
): Promise<void> {
  await tx`
    insert into files.operation_folder (tenant, operation, source, target) values (${tenant}, ${operation}, ${source}, ${target})`;
}

/** The folders that come next, in a fixed order. */
export async function readFront(tx: Tx, tenant: number, operation: number, limit: number): Promise<Front[]> {
  return tx<Front[]>`
    select source, target, after from files.operation_folder
    where tenant = ${tenant} and operation = ${operation} order by target limit ${limit}`;
}

/** Folders that are done with. */
export async function deleteFront(tx: Tx, tenant: number, operation: number, sources: readonly number[] | null): Promise<void> {
  await tx`
    delete from files.operation_folder where tenant = ${tenant} and operation = ${operation}
      and (${sources === null} or source = any(${(sources ?? []) as number[]}::bigint[]))`;
}

export async function advanceFront(
  tx: Tx,
  tenant: number,
  operation: number,
  { source, after }: Omit<Front, 'target'>,
): Promise<void> {
  await tx`
    update files.operation_folder set after = ${after} where tenant = ${tenant} and operation = ${operation} and source = ${source}`;
}

/** An entry a step has dealt with. */
export type Stepped = {
  readonly id: number;
  /** The folder it is in. */
  readonly source: number;
  /** The folder its copy is in; of a move the same as `source`. */
  readonly target: number;
  readonly bytes: number;
  /** A copy: the content that gained a reference. */
  readonly blob: string | null;
};

type StepOptions = {
  readonly operation: number;
  readonly front: readonly Front[];
  readonly space: number;
  readonly seq: number;
  readonly limit: number;
};

const columnsOf = (front: readonly Front[]) => ({
  sources: front.map(({ source }) => source),
  targets: front.map(({ target }) => target),
  afters: front.map(({ after }) => after),
});

/**
 * Copies the next entries of some folders, and notes the folders among them as the next to look into. A name that was copied
 * before (an entry renamed meanwhile, and another in its place) is left out.
 */
export async function copyEntries(
  tx: Tx,
  tenant: number,
  { operation, front, space, seq, limit }: StepOptions,
  made: { readonly now: number; readonly account: number },
): Promise<Stepped[]> {
  const { sources, targets, afters } = columnsOf(front);
  return tx<Stepped[]>`
    with front as (
      select * from unnest(${sources}::bigint[], ${targets}::bigint[], ${afters}::bigint[]) as f (source, target, after)
    ), next as materialized (
      select n.*, f.target, nextval('files.node_id') as new_id
      from (
        select f.target, n.id from front f join files.node n on n.tenant = ${tenant} and n.parent = f.source and n.id > f.after
        order by f.target, n.id limit ${limit}
      ) f join files.node n on n.tenant = ${tenant} and n.id = f.id
    ), copied as (
      insert into files.node (tenant, id, space, parent, name, name_key, is_folder, size, etag, changed, modified, created, author, blob, sha256, sha1)
      select ${tenant}, o.new_id, ${space}::bigint, o.target, o.name, o.name_key, o.is_folder, case when o.is_folder then 0 else o.size end,
        ${seq}::bigint, ${seq}::bigint, o.modified, ${made.now}::bigint, ${made.account}::bigint, o.blob, o.sha256, o.sha1
      from next o on conflict (tenant, parent, name_key) do nothing
      returning id
    ), described as (
      insert into files.property (tenant, node, namespace, name, value)
      select ${tenant}, o.new_id, r.namespace, r.name, r.value
      from next o join copied c on c.id = o.new_id join files.property r on r.tenant = ${tenant} and r.node = o.id
    ), deeper as (
      insert into files.operation_folder (tenant, operation, source, target)
      select ${tenant}, ${operation}, o.id, o.new_id from next o join copied c on c.id = o.new_id where o.is_folder
      on conflict do nothing
    )
    select o.id, o.parent as source, o.target, case when c.id is null or o.is_folder then 0 else o.size end as bytes,
      case when c.id is null then null else o.blob end as blob
    from next o left join copied c on c.id = o.new_id order by o.target, o.id`;
}

/** Puts the next entries of some folders into another space, and notes the folders among them as the next to look into. */
export async function moveEntries(
  tx: Tx,
  tenant: number,
  { operation, front, space, seq, limit }: StepOptions,
): Promise<Stepped[]> {
  const { sources, targets, afters } = columnsOf(front);
  return tx<Stepped[]>`
    with front as (
      select * from unnest(${sources}::bigint[], ${targets}::bigint[], ${afters}::bigint[]) as f (source, target, after)
    ), next as materialized (
      select f.target, n.id from front f join files.node n on n.tenant = ${tenant} and n.parent = f.source and n.id > f.after
      order by f.target, n.id limit ${limit}
    ), moved as (
      update files.node n set space = ${space}, changed = ${seq}, etag = ${seq}
      from next where n.tenant = ${tenant} and n.id = next.id
      returning n.id, n.parent, n.is_folder, n.size
    ), deeper as (
      insert into files.operation_folder (tenant, operation, source, target)
      select ${tenant}, ${operation}, m.id, m.id from moved m where m.is_folder
      on conflict do nothing
    )
    select m.id, m.parent as source, m.parent as target, null as blob,
      (case when m.is_folder then 0 else m.size end
        + coalesce((select sum(v.size) from files.version v where v.tenant = ${tenant} and v.node = m.id), 0))::bigint as bytes
    from moved m order by m.parent, m.id`;
}

/** Size of a subtree: its nodes, the bytes of its files, and those of their versions. Stops at `limit` nodes. */
export async function measureSubtree(
  tx: Tx,
  tenant: number,
  top: number,
  limit: number,
): Promise<{ nodes: number; bytes: number; older: number }> {
  const [row] = await tx<{ nodes: number; bytes: number; older: number }[]>`
    with recursive tree as (
      select n.id, n.is_folder, n.size from files.node n where n.tenant = ${tenant} and n.id = ${top}
      union all
      select n.id, n.is_folder, n.size from tree join files.node n on n.tenant = ${tenant} and n.parent = tree.id
    ), seen as materialized (select * from tree limit ${limit})
    select count(*) as nodes, coalesce(sum(size) filter (where not is_folder), 0)::bigint as bytes,
      coalesce((select sum(v.size) from seen join files.version v on v.tenant = ${tenant} and v.node = seen.id), 0)::bigint as older
    from seen`;
  return row ?? { nodes: 0, bytes: 0, older: 0 };
}

/** Nodes below the trash of a space that anybody can see there; stops counting at `limit`. */
export async function countTrash(sql: Sql | Tx, tenant: number, space: number, limit: number): Promise<number> {
  const [row] = await (sql as Sql)<{ count: number }>`
    with recursive tree as (
      select t.node as id from files.trash t where t.tenant = ${tenant} and t.space = ${space} and t.operation is null
      union all
      select n.id from tree join files.node n on n.tenant = ${tenant} and n.parent = tree.id
    )
    select count(*) as count from (select 1 from tree limit ${limit}) counted`;
  return row?.count ?? 0;
}
