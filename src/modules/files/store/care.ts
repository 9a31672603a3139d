import type { Sql, Tx } from '#platform/db';
import type { Node } from '../node.ts';
import { type NodeRow, toNode } from './rows.ts';

/** Blobs whose last reference went before a time. */
export async function readReleased(sql: Sql, tenant: number, before: Date, limit: number): Promise<string[]> {
  const rows = await sql<{ blob: string }>`
    select blob from files.blob_release where tenant = ${tenant} and released_at < ${before} order by released_at limit ${limit}`;
  return rows.map((row) => row.blob);
}

/**
 * All names a blob can be referred to with, its own and those of its parts, lie from its id up to here: "/" follows ".".
 * Computed here and not in the statement: a function over a column would keep row-level security from using the index.
 */
const after = (id: string) => `${id}/`;
const idOf = (name: string) => name.split('.', 1)[0] as string;

/**
 * Forgets releases whose bytes are about to go. Returns those that nothing refers to, to be sure: a mistake in the books must
 * not cost a file.
 */
export async function takeReleased(tx: Tx, tenant: number, blobs: readonly string[]): Promise<string[]> {
  const ids = blobs.map(idOf);
  const rows = await tx<{ blob: string; used: boolean }[]>`
    with wanted as (
      select blob, id, up_to from unnest(${blobs as string[]}::text[], ${ids}::text[], ${ids.map(after)}::text[]) as w (blob, id, up_to)
    )
    delete from files.blob_release r using wanted w where r.tenant = ${tenant} and r.blob = w.blob
    returning r.blob,
      exists (select 1 from files.node n where n.tenant = ${tenant} and n.blob collate "C" >= w.id and n.blob collate "C" < w.up_to)
      or exists (select 1 from files.version v where v.tenant = ${tenant} and v.blob collate "C" >= w.id and v.blob collate "C" < w.up_to) as used`;
  return rows.filter((row) => !row.used).map((row) => row.blob);
}

/** Which of some stored blobs something refers to: a file, a version, an unfinished upload, or a release that waits. */
export async function readReferenced(sql: Sql, tenant: number, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await sql<{ id: string }>`
    with wanted as (select id, up_to from unnest(${ids as string[]}::text[], ${ids.map(after)}::text[]) as w (id, up_to))
    select w.id from wanted w join files.node n on n.tenant = ${tenant} and n.blob collate "C" >= w.id and n.blob collate "C" < w.up_to
    union select w.id from wanted w join files.version v on v.tenant = ${tenant} and v.blob collate "C" >= w.id and v.blob collate "C" < w.up_to
    union select w.id from wanted w join files.upload u on u.tenant = ${tenant} and u.id = w.id
    union select w.id from wanted w join files.blob_release r on r.tenant = ${tenant} and r.blob >= w.id and r.blob < w.up_to`;
  return new Set(rows.map((row) => row.id));
}

export async function readScrub(sql: Sql, tenant: number): Promise<{ position: string; rounds: number }> {
  const [row] = await sql<{
    position: string;
    rounds: number;
  }>`select position, rounds from files.scrub where tenant = ${tenant}`;
  return row ?? { position: '', rounds: 0 };
}

export async function writeScrub(sql: Sql, tenant: number, state: { position: string; rounds: number }): Promise<void> {
  await sql`
    insert into files.scrub (tenant, position, rounds) values (${tenant}, ${state.position}, ${state.rounds})
    on conflict (tenant) do update set position = excluded.position, rounds = excluded.rounds`;
}

export async function putDamage(sql: Sql, tenant: number, damage: { blob: string; now: Date; detail: string }): Promise<void> {
  await sql`
    insert into files.damage (tenant, blob, found_at, detail) values (${tenant}, ${damage.blob}, ${damage.now}, ${damage.detail})
    on conflict (tenant, blob) do nothing`;
}

/** The departures beyond the newest so many of each space are forgotten; the feed then begins later. */
export async function forgetDepartures(tx: Tx, tenant: number, kept: number): Promise<void> {
  await tx`
    with old as (
      select space, changed, row_number() over (partition by space order by changed desc) as rank
      from files.departure where tenant = ${tenant}
    ), floors as (
      select space, max(changed) as floor from old where rank > ${kept} group by space
    ), raised as (
      update files.space s set feed_floor = greatest(s.feed_floor, f.floor) from floors f where s.tenant = ${tenant} and s.id = f.space
    )
    delete from files.departure d using floors f where d.tenant = ${tenant} and d.space = f.space and d.changed <= f.floor`;
}

/** What lies directly in a folder. */
export async function readTop(tx: Tx, tenant: number, folder: number): Promise<Node[]> {
  const rows = await tx<NodeRow[]>`select n.* from files.node n where n.tenant = ${tenant} and n.parent = ${folder}`;
  return rows.map(toNode);
}
