import type { Sql, Tx } from '#platform/db';

/**
 * Looks for contradictions in the books of one tenant. Each function finds the rows that break one rule, at most `limit` of
 * them; they read whole tables and belong into a snapshot (`db.snapshot`). Ordered by the first column, a text no index has:
 * with an order an index has, the planner hopes to find `limit` rows early and reads row by row (minutes instead of seconds).
 */
export type Look = (tx: Tx, tenant: number, limit: number) => Promise<Finding[]>;

/** A row that breaks a rule: its id, what stands there, and what should. */
export type Finding = { readonly id: string; readonly found: string | null; readonly expected: string | null };

/** Folders whose size is not the sum of what lies in them. */
export const wrongFolderSizes: Look = (tx, tenant, limit) => tx<Finding[]>`
  select f.id::text as id, f.size::text as found, coalesce(c.size, 0)::text as expected
  from files.node f left join (
    select parent, sum(size) as size from files.node where tenant = ${tenant} and parent is not null group by parent
  ) c on c.parent = f.id
  where f.tenant = ${tenant} and f.is_folder and f.size <> coalesce(c.size, 0) order by 1 limit ${limit}`;

/** Nodes that no way leads to from the root or the trash of a space: in a circle, below a file, below nothing. */
export const unreachable: Look = (tx, tenant, limit) => tx<Finding[]>`
  with recursive reached as (
    select n.id from files.space s join files.node n on n.tenant = ${tenant} and n.id in (s.root, s.trash) where s.tenant = ${tenant}
    union
    select n.id from reached r join files.node n on n.tenant = ${tenant} and n.parent = r.id and n.is_folder
  )
  select n.id::text as id, n.parent::text as found, null as expected
  from files.node n left join reached r on r.id = coalesce(n.parent, n.id)
  where n.tenant = ${tenant} and r.id is null order by 1 limit ${limit}`;

/** Nodes in another space than the folder they lie in; but for folders whose entries are just being moved, one after the other. */
export const wrongSpaces: Look = (tx, tenant, limit) => tx<Finding[]>`
  select c.id::text as id, c.space::text as found, p.space::text as expected
  from files.node c join files.node p on p.tenant = ${tenant} and p.id = c.parent
  where c.tenant = ${tenant} and c.space <> p.space
    and not exists (select 1 from files.operation_folder u where u.source = p.id and u.tenant = ${tenant}) order by 1 limit ${limit}`;

/** Spaces whose root or trash is not a folder of theirs above everything. */
export const wrongRoots: Look = (tx, tenant, limit) => tx<Finding[]>`
  select s.id::text as id, null as found, null as expected
  from files.space s
  left join files.node r on r.tenant = ${tenant} and r.id = s.root
  left join files.node t on t.tenant = ${tenant} and t.id = s.trash
  where s.tenant = ${tenant} and not coalesce(
    r.is_folder and t.is_folder and r.parent is null and t.parent is null and r.space = s.id and t.space = s.id and s.root <> s.trash, false)
  order by 1 limit ${limit}`;

/** Names that stand twice in one folder. Counted over the rows: an index that is broken would not say so. */
export const doubleNames: Look = (tx, tenant, limit) => tx<Finding[]>`
  select parent::text as id, name_key as found, count(*)::text as expected from files.node
  where tenant = ${tenant} and parent is not null group by parent, name_key having count(*) > 1 order by 1 limit ${limit}`;

/** Spaces whose books say other bytes than contents, versions and trash have, and what is reserved for copies and moves under way. */
export const wrongSpaceBytes: Look = (tx, tenant, limit) => tx<Finding[]>`
  select s.id::text as id, s.used::text as found, (coalesce(n.size, 0) + coalesce(v.size, 0) + coalesce(o.reserved, 0))::text as expected
  from files.space s
  left join (select space, sum(size) as size from files.node where tenant = ${tenant} and not is_folder group by space) n on n.space = s.id
  left join (
    select n.space, sum(v.size) as size from files.version v join files.node n on n.tenant = ${tenant} and n.id = v.node
    where v.tenant = ${tenant} group by n.space
  ) v on v.space = s.id
  left join (select space, sum(reserved) as reserved from files.operation where tenant = ${tenant} group by space) o on o.space = s.id
  where s.tenant = ${tenant} and s.used <> coalesce(n.size, 0) + coalesce(v.size, 0) + coalesce(o.reserved, 0) order by 1 limit ${limit}`;

/** The tenant's books against those of its spaces. */
export const wrongTenantBytes: Look = (tx, tenant, limit) => tx<Finding[]>`
  select ${tenant}::text as id, coalesce(u.used, 0)::text as found, total.used::text as expected
  from (select coalesce(sum(used), 0) as used from files.space where tenant = ${tenant}) total
  left join files.usage u on u.tenant = ${tenant}
  where coalesce(u.used, 0) <> total.used limit ${limit}`;

/** Blobs with more or fewer references than counted. */
export const wrongShares: Look = (tx, tenant, limit) => tx<Finding[]>`
  with refs as (
    select blob, count(*) as count from (
      select blob from files.node where tenant = ${tenant} and blob is not null
      union all select blob from files.version where tenant = ${tenant}
    ) every group by blob
  ), shares as (select blob, extra from files.blob_share where tenant = ${tenant})
  select coalesce(r.blob, s.blob) as id, (coalesce(s.extra, 0) + 1)::text as found, coalesce(r.count, 0)::text as expected
  from refs r full join shares s on s.blob = r.blob
  where r.blob is null or coalesce(s.extra, 0) <> r.count - 1 order by 1 limit ${limit}`;

/** Blobs about to be removed although something refers to them. */
export const releasedInUse: Look = (tx, tenant, limit) => tx<Finding[]>`
  select r.blob as id, r.released_at::text as found, null as expected from files.blob_release r
  where r.tenant = ${tenant} and (
    exists (select 1 from files.node n where n.tenant = ${tenant} and n.blob is not null and split_part(n.blob, '.', 1) = split_part(r.blob, '.', 1))
    or exists (select 1 from files.version v where v.tenant = ${tenant} and split_part(v.blob, '.', 1) = split_part(r.blob, '.', 1)))
  order by 1 limit ${limit}`;

/** Spaces with more or fewer locks than counted, or with locks on nodes elsewhere. */
export const wrongLocks: Look = (tx, tenant, limit) => tx<Finding[]>`
  select s.id::text as id, s.locks::text as found, count(n.id)::text as expected
  from files.space s
  left join files.lock l on l.tenant = ${tenant} and l.space = s.id
  left join files.node n on n.tenant = ${tenant} and n.id = l.node and n.space = s.id
  where s.tenant = ${tenant} group by s.id, s.locks having s.locks <> count(n.id) or count(l.token) <> count(n.id) order by 1 limit ${limit}`;

/** Nodes numbered beyond their space, which a sync client would never see. */
export const numbersAhead: Look = (tx, tenant, limit) => tx<Finding[]>`
  select n.id::text as id, greatest(n.etag, n.changed)::text as found, s.seq::text as expected
  from files.node n join files.space s on s.tenant = ${tenant} and s.id = n.space
  where n.tenant = ${tenant} and greatest(n.etag, n.changed) > s.seq order by 1 limit ${limit}`;

/** Folders with a lower number than something in them: a sync client would not look into them. */
export const numbersBehind: Look = (tx, tenant, limit) => tx<Finding[]>`
  select f.id::text as id, f.etag::text as found, c.number::text as expected
  from files.node f join (
    select parent, max(greatest(etag, changed)) as number from files.node where tenant = ${tenant} and parent is not null group by parent
  ) c on c.parent = f.id
  where f.tenant = ${tenant} and f.etag < c.number
    and not exists (select 1 from files.operation_folder u where u.source = f.id and u.tenant = ${tenant}) order by 1 limit ${limit}`;

/** Positions of the change feed beyond the number of the space. */
export const feedAhead: Look = (tx, tenant, limit) => tx<Finding[]>`
  select s.id::text as id, greatest(s.feed_floor, max(d.changed))::text as found, s.seq::text as expected
  from files.space s left join files.departure d on d.tenant = ${tenant} and d.space = s.id
  where s.tenant = ${tenant} group by s.id, s.seq, s.feed_floor having greatest(s.feed_floor, max(d.changed)) > s.seq order by 1 limit ${limit}`;

/** What lies in a trash without a note of where it was, or has such a note and lies elsewhere. */
export const wrongTrash: Look = (tx, tenant, limit) => tx<Finding[]>`
  select coalesce(inside.id, t.node)::text as id, inside.space::text as found, t.space::text as expected
  from (
    select n.id, s.id as space from files.space s join files.node n on n.tenant = ${tenant} and n.parent = s.trash where s.tenant = ${tenant}
  ) inside
  full join (select node, space from files.trash where tenant = ${tenant}) t on t.node = inside.id
  where coalesce(inside.space, -1) <> coalesce(t.space, -1) order by 1 limit ${limit}`;

/** Uploads whose books say other bytes than their parts have. */
export const wrongUploads: Look = (tx, tenant, limit) => tx<Finding[]>`
  select u.id, u.received::text as found, coalesce(sum(p.size), 0)::text as expected
  from files.upload u left join files.upload_part p on p.tenant = ${tenant} and p.upload = u.id
  where u.tenant = ${tenant} group by u.tenant, u.id, u.received having u.received <> coalesce(sum(p.size), 0) or max(p.part) >= max(u.next_part)
  order by 1 limit ${limit}`;

/** Folders with versions. */
export const versionsOfFolders: Look = (tx, tenant, limit) => tx<Finding[]>`
  select n.id::text as id, null as found, null as expected from files.version v join files.node n on n.tenant = ${tenant} and n.id = v.node
  where v.tenant = ${tenant} and n.is_folder group by n.id order by 1 limit ${limit}`;

export type Totals = { spaces: number; nodes: number; versions: number; uploads: number; bytes: number };

export async function countAll(tx: Tx, tenant: number): Promise<Totals> {
  const [row] = await tx<Totals[]>`
    select (select count(*) from files.space where tenant = ${tenant}) as spaces,
      (select count(*) from files.node where tenant = ${tenant}) as nodes,
      (select count(*) from files.version where tenant = ${tenant}) as versions,
      (select count(*) from files.upload where tenant = ${tenant}) as uploads,
      (select coalesce(sum(used), 0)::bigint from files.space where tenant = ${tenant}) as bytes`;
  return row as Totals;
}

/** A row of the tree, as far as its name is concerned. `is_trashed`: lies directly in a trash. */
export type NameRow = { id: number; parent: number | null; name: string; name_key: string; is_trashed: boolean };

/** Every node's name, a page at a time. */
export function streamNames(tx: Tx, tenant: number, page: number): AsyncIterable<NameRow[]> {
  return tx<NameRow[]>`
    select n.id, n.parent, n.name, n.name_key, s.id is not null as is_trashed
    from files.node n left join files.space s on s.tenant = ${tenant} and s.trash = n.parent
    where n.tenant = ${tenant}`.cursor(page);
}

/** A stored name with what refers to it: a file, one of its versions, or a piece of an upload. */
export type RefRow = { blob: string; size: number; sha256: string; thing: string };

/** Everything that refers to stored bytes, in the order in which stores list (shard, then name), a page at a time. */
export function streamRefs(tx: Tx, tenant: number, page: number): AsyncIterable<RefRow[]> {
  return tx<RefRow[]>`
    select blob, size, sha256, thing from (
      select blob, size, encode(sha256, 'hex') as sha256, 'node:' || id as thing from files.node where tenant = ${tenant} and blob is not null
      union all
      select blob, size, encode(sha256, 'hex'), 'version:' || id from files.version where tenant = ${tenant}
      union all
      select upload || '.' || part, size, sha256, 'upload:' || upload from files.upload_part where tenant = ${tenant}
    ) every
    order by right(split_part(blob, '.', 1), 2) collate "C", blob collate "C"`.cursor(page);
}

/** Which of some stored names are referred to at this moment. */
export async function stillReferenced(sql: Sql, tenant: number, names: readonly string[]): Promise<ReadonlySet<string>> {
  const parts = names
    .map((name) => name.split('.'))
    .map(([id = '', part]) => ({ id, part: part === undefined ? -1 : Number(part) }));
  const rows = await sql<{ name: string }>`
    with wanted as (
      select name, id, part from unnest(${names as string[]}::text[], ${parts.map(({ id }) => id)}::text[],
        ${parts.map(({ part }) => part)}::integer[]) as w (name, id, part)
    )
    select w.name from wanted w join files.node n on n.tenant = ${tenant} and n.blob collate "C" = w.name
    union select w.name from wanted w join files.version v on v.tenant = ${tenant} and v.blob collate "C" = w.name
    union select w.name from wanted w join files.upload_part p on p.tenant = ${tenant} and p.upload = w.id and p.part = w.part`;
  return new Set(rows.map((row) => row.name));
}

/** What the nightly reading found damaged. */
export async function readDamage(tx: Tx, tenant: number, limit: number): Promise<{ blob: string; found_at: Date }[]> {
  return tx<{ blob: string; found_at: Date }[]>`
    select blob, found_at from files.damage where tenant = ${tenant} order by blob limit ${limit}`;
}
