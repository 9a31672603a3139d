import type { Sql, Tx } from '#platform/db';
import type { IdentityProof } from '../rules-counter.ts';
import type { Draft } from './draft.ts';

/** What clerks have filled in for others at the counter. */

export type Served = {
  readonly clerk: number;
  readonly clerkName: string;
  /** Whom the clerk has served, as they named themselves. */
  readonly served: string;
  readonly identity: IdentityProof;
  readonly begunAt: Date;
};

export async function insertServed(tx: Tx, tenant: number, draft: number, row: Served): Promise<void> {
  await tx`
    insert into forms.counter (tenant, draft, clerk, clerk_name, served, identity, begun_at)
    values (${tenant}, ${draft}, ${row.clerk}, ${row.clerkName}, ${row.served}, ${row.identity}, ${row.begunAt})`;
}

/** The link on the paper opens it from now on. */
export async function setHash(tx: Tx, tenant: number, draft: number, hash: Buffer): Promise<void> {
  await tx`update forms.draft set token_hash = ${hash} where tenant = ${tenant} and id = ${draft}`;
}

export async function readServed(sql: Sql | Tx, tenant: number, draft: number): Promise<Served | null> {
  const [row] = await (sql as Sql)<Served>`
    select clerk, clerk_name as "clerkName", served, identity, begun_at as "begunAt"
    from forms.counter where tenant = ${tenant} and draft = ${draft}`;
  return row ?? null;
}

export type ServedLine = Pick<Draft, 'id' | 'form' | 'version' | 'state' | 'begunAt'> & {
  readonly served: string;
  readonly reference: string | null;
};

/** The newest first. */
export async function readServedBy(
  sql: Sql,
  tenant: number,
  { clerk, since, limit }: { readonly clerk: number; readonly since: Date; readonly limit: number },
): Promise<ServedLine[]> {
  const rows = await sql<ServedLine>`
    select d.id, d.form, d.version, d.state, d.begun_at as "begunAt", c.served, s.reference
    from forms.counter c join forms.draft d on d.tenant = ${tenant} and d.id = c.draft
      left join forms.submission s on s.tenant = ${tenant} and s.draft = d.id
    where c.tenant = ${tenant} and c.clerk = ${clerk} and c.begun_at >= ${since}
    order by c.begun_at desc, d.id desc limit ${limit}`;
  return [...rows];
}

/** Which of some submissions were filled in at the counter. */
export async function readServedAmong(sql: Sql, tenant: number, submissions: readonly number[]): Promise<number[]> {
  const rows = await sql<{ id: number }>`
    select s.id from forms.submission s join forms.counter c on c.tenant = ${tenant} and c.draft = s.draft
    where s.tenant = ${tenant} and s.id = any(${submissions as number[]}::bigint[])`;
  return rows.map(({ id }) => id);
}
