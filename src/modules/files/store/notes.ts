import type { Sql, Tx } from '#platform/db';

/** A property a client stored with a node (RFC 4918, 4: dead property). */
export type Property = { readonly namespace: string; readonly name: string; readonly value: string };

/** Whether the node is still there; then it stays until the transaction ends, and what is noted about it has something to hang on. */
export async function holdNoted(tx: Tx, tenant: number, node: number): Promise<boolean> {
  const rows = await tx`select id from files.node where tenant = ${tenant} and id = ${node} for key share`;
  return rows.length > 0;
}

export async function readProperties(
  sql: Sql | Tx,
  tenant: number,
  nodes: readonly number[],
): Promise<(Property & { node: number })[]> {
  return (sql as Sql)<Property & { node: number }>`
    select node, namespace, name, value from files.property
    where tenant = ${tenant} and node = any(${nodes as number[]}::bigint[]) order by node, namespace, name`;
}

export async function putProperty(tx: Tx, tenant: number, node: number, property: Property): Promise<void> {
  await tx`
    insert into files.property (tenant, node, namespace, name, value)
    values (${tenant}, ${node}, ${property.namespace}, ${property.name}, ${property.value})
    on conflict (tenant, node, namespace, name) do update set value = excluded.value`;
}

export async function deleteProperty(tx: Tx, tenant: number, node: number, property: Omit<Property, 'value'>): Promise<void> {
  await tx`
    delete from files.property
    where tenant = ${tenant} and node = ${node} and namespace = ${property.namespace} and name = ${property.name}`;
}

export async function measureProperties(tx: Tx, tenant: number, node: number): Promise<{ count: number; characters: number }> {
  const [row] = await tx<{ count: number; characters: number }[]>`
    select count(*) as count, coalesce(sum(length(value)), 0)::bigint as characters
    from files.property where tenant = ${tenant} and node = ${node}`;
  return row ?? { count: 0, characters: 0 };
}

/** Which of some nodes are favourites of an account. */
export async function readFavourites(sql: Sql, tenant: number, account: number, nodes: readonly number[]): Promise<number[]> {
  const rows = await sql<{ node: number }>`
    select node from files.favourite where tenant = ${tenant} and account = ${account} and node = any(${nodes as number[]}::bigint[])`;
  return rows.map((row) => row.node);
}

/** All favourites of an account, newest node first. */
export async function readAllFavourites(sql: Sql, tenant: number, account: number, limit: number): Promise<number[]> {
  const rows = await sql<{ node: number }>`
    select node from files.favourite where tenant = ${tenant} and account = ${account} order by node desc limit ${limit}`;
  return rows.map((row) => row.node);
}

export async function putFavourite(tx: Tx, tenant: number, account: number, node: number): Promise<void> {
  await tx`insert into files.favourite (tenant, account, node) values (${tenant}, ${account}, ${node}) on conflict do nothing`;
}

export async function deleteFavourite(tx: Tx, tenant: number, account: number, node: number): Promise<void> {
  await tx`delete from files.favourite where tenant = ${tenant} and account = ${account} and node = ${node}`;
}

export type Tag = { readonly id: number; readonly name: string };

/** The tag of this name, made when nobody used it before. */
export async function findOrMakeTag(tx: Tx, tenant: number, name: string, key: string): Promise<Tag> {
  await tx`insert into files.tag (tenant, name, name_key) values (${tenant}, ${name}, ${key}) on conflict (tenant, name_key) do nothing`;
  const [tag] = await tx<Tag[]>`select id, name from files.tag where tenant = ${tenant} and name_key = ${key}`;
  return tag as Tag;
}

export async function putNodeTag(tx: Tx, tenant: number, node: number, tag: number): Promise<void> {
  await tx`insert into files.node_tag (tenant, node, tag) values (${tenant}, ${node}, ${tag}) on conflict do nothing`;
}

export async function deleteNodeTag(tx: Tx, tenant: number, node: number, tag: number): Promise<boolean> {
  const rows = await tx`delete from files.node_tag where tenant = ${tenant} and node = ${node} and tag = ${tag} returning tag`;
  return rows.length > 0;
}

export async function readTags(sql: Sql | Tx, tenant: number, nodes: readonly number[]): Promise<(Tag & { node: number })[]> {
  return (sql as Sql)<Tag & { node: number }>`
    select nt.node, t.id, t.name from files.node_tag nt join files.tag t on t.tenant = nt.tenant and t.id = nt.tag
    where nt.tenant = ${tenant} and nt.node = any(${nodes as number[]}::bigint[]) order by t.name_key`;
}

/** Tags whose name begins so, for suggestions. */
export async function searchTags(sql: Sql, tenant: number, start: string, limit: number): Promise<Tag[]> {
  return sql<Tag>`
    select id, name from files.tag where tenant = ${tenant} and starts_with(name_key, ${start}) order by name_key limit ${limit}`;
}

export type Comment = {
  readonly id: number;
  readonly node: number;
  readonly account: number;
  readonly text: string;
  readonly writtenAt: Date;
  readonly editedAt: Date | null;
};

type CommentRow = { id: number; node: number; account: number; text: string; written_at: Date; edited_at: Date | null };

function toComment({ written_at, edited_at, ...row }: CommentRow): Comment {
  return { ...row, writtenAt: written_at, editedAt: edited_at };
}

export async function insertComment(
  tx: Tx,
  tenant: number,
  comment: { node: number; account: number; text: string; now: Date },
): Promise<Comment> {
  const [row] = await tx<CommentRow[]>`
    insert into files.comment (tenant, node, account, text, written_at)
    values (${tenant}, ${comment.node}, ${comment.account}, ${comment.text}, ${comment.now}) returning *`;
  return toComment(row as CommentRow);
}

/** Comments on a node, newest first, before the one with this id. */
export async function readComments(
  sql: Sql,
  tenant: number,
  node: number,
  page: { before: number; limit: number },
): Promise<Comment[]> {
  const rows = await sql<CommentRow>`
    select * from files.comment where tenant = ${tenant} and node = ${node} and id < ${page.before} order by id desc limit ${page.limit}`;
  return rows.map(toComment);
}

export async function readComment(sql: Sql | Tx, tenant: number, id: number): Promise<Comment | null> {
  const [row] = await (sql as Sql)<CommentRow>`select * from files.comment where tenant = ${tenant} and id = ${id}`;
  return row ? toComment(row) : null;
}

export async function updateComment(tx: Tx, tenant: number, id: number, text: string, now: Date): Promise<void> {
  await tx`update files.comment set text = ${text}, edited_at = ${now} where tenant = ${tenant} and id = ${id}`;
}

export async function deleteComment(tx: Tx, tenant: number, id: number): Promise<void> {
  await tx`delete from files.comment where tenant = ${tenant} and id = ${id}`;
}
