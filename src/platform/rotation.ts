import { audit } from './audit.ts';
import { shardOf } from './blobs.ts';
import type { Context } from './context.ts';
import { unwrapKey, wrapKey } from './crypto.ts';
import { type Connection, connect } from './db.ts';
import { asFailure } from './errors.ts';
import { enqueue, type Job } from './jobs.ts';
import { fingerprint, type MasterKeys, newestSeconds } from './keys.ts';

/**
 * Renewing keys. The instance's key wraps a root secret and the tenants' keys: a handful of rows, wrapped anew in one
 * transaction at the next start. A tenant's key wraps the keys of its blobs: their heads are rewritten by a job, while both
 * keys are in force. The bytes themselves are never encrypted again; every key of a blob was random and used for it alone.
 */

/** How long one run of the job works before it puts the rest back into the queue: what a crash repeats at most. */
const sliceSeconds = 60;

/**
 * Wraps with the instance's current key whatever an earlier one still wraps, in one transaction. Returns how many keys that
 * were. With a wrong key it changes nothing; opening the keys then says so.
 * @param owner connection that owns the schema: the rows are of all tenants
 */
export async function rewrapKeys(owner: Connection, master: MasterKeys): Promise<number> {
  const print = fingerprint(master.current);
  const keys = new Map([master.current, ...master.earlier].map((key) => [fingerprint(key), key]));
  const sql = connect(owner, { max: 1 });
  try {
    return await sql.begin(async (tx) => {
      const rows = await tx<{ tenant: number; id: number; wrapped: Buffer; wrapped_by: string }[]>`
        select tenant, id, wrapped, wrapped_by from platform.tenant_key where wrapped_by <> ${print} order by tenant, id for update`;
      const [root] = await tx<{ value: string }[]>`select value from platform.instance where name = 'root' for update`;
      const [by = '', wrapped = ''] = root?.value.split(':') ?? [];
      if (!root || !keys.has(by) || rows.some((row) => !keys.has(row.wrapped_by))) return 0;
      const again = (secret: Uint8Array, from: string, label: string) =>
        wrapKey(master.current, unwrapKey(keys.get(from) as Uint8Array, secret, label), label);
      for (const { tenant, id, ...row } of rows) {
        const wrappedAgain = again(row.wrapped, row.wrapped_by, `tenant ${tenant} ${id}`);
        await tx`update platform.tenant_key set wrapped = ${wrappedAgain}, wrapped_by = ${print} where tenant = ${tenant} and id = ${id}`;
      }
      if (by === print) return rows.length;
      const value = `${print}:${again(Buffer.from(wrapped, 'base64'), by, 'root').toString('base64')}`;
      await tx`update platform.instance set value = ${value} where name = 'root'`;
      return rows.length + 1;
    });
  } finally {
    await sql.end({ timeout: 5 });
  }
}

type Progress = {
  /** Shard and name of the last blob that was done; empty at the beginning. */
  readonly after: string;
};

const positionOf = (name: string) => `${shardOf(name)} ${name}`;

/**
 * Gives the actor's tenant a new key: for new blobs within a minute, and for those there are by a job that starts when every
 * process knows the key. Returns its number.
 */
export async function renewTenantKey(ctx: Context): Promise<number> {
  const { tenant } = ctx.actor;
  const { id } = await ctx.platform.keys.renew(tenant);
  const runAt = new Date(ctx.platform.clock.now().getTime() + 2 * newestSeconds * 1000);
  await ctx.platform.db.write(tenant, async (tx) => {
    await enqueue(tx, rewrapBlobs, { after: '' }, { runAt, key: `rewrap ${tenant}` });
    await audit(tx, ctx, [{ action: 'platform.renewKey', thing: `key:${id}`, details: { tenant } }]);
  });
  return id;
}

/** Wraps the keys of a tenant's blobs with its newest key, slice by slice. Doing it twice does no harm. */
const rewrapBlobs: Job<Progress> = {
  name: 'platform.rewrapBlobs',
  run: async (ctx, { after }) => {
    const { tenant } = ctx.actor;
    const rest = await rewrapSlice(ctx, after, performance.now() + sliceSeconds * 1000);
    if (rest === null) ctx.platform.log.info({ tenant }, 'all blobs are wrapped by the newest key');
    else
      await ctx.platform.db.write(tenant, (tx) => enqueue(tx, rewrapBlobs, { after: rest }, { key: `rewrap ${tenant} ${rest}` }));
  },
};

/** Works from a position until a time; returns where it stopped, null at the end. A damaged blob is told and passed over. */
export async function rewrapSlice(ctx: Context, after: string, deadline: number): Promise<string | null> {
  const { tenant } = ctx.actor;
  for await (const { name, isPartial } of ctx.platform.blobs.list(tenant)) {
    if (isPartial || positionOf(name) <= after) continue;
    await rewrapOne(ctx, name);
    if (performance.now() > deadline) return positionOf(name);
  }
  return null;
}

async function rewrapOne(ctx: Context, name: string): Promise<void> {
  const { tenant } = ctx.actor;
  try {
    await ctx.platform.blobs.rewrap(tenant, name);
  } catch (error) {
    const failure = asFailure(error);
    if (failure.kind !== 'damaged') throw error;
    ctx.platform.log.error({ tenant, blob: name, detail: String(failure.cause) }, 'a stored blob is damaged');
    ctx.platform.metrics.count('damaged_blobs_total', {});
  }
}

export const rotationJobs: readonly Job<never>[] = [rewrapBlobs as Job<never>];

export type KeyStatus = {
  /** Key that wraps the root secret. */
  readonly root: string;
  /** Of each tenant: its newest key, and the instance keys that wrap its keys. */
  readonly tenants: readonly { tenant: number; newest: number; since: Date; by: string[] }[];
  /** Tenants whose blobs are still being wrapped anew. */
  readonly underWay: readonly number[];
};

/** Which keys are in use. */
export async function readKeyStatus(owner: Connection): Promise<KeyStatus> {
  const sql = connect(owner, { max: 1 });
  try {
    const [root] = await sql<{ print: string }[]>`
      select split_part(value, ':', 1) as print from platform.instance where name = 'root'`;
    const tenants = await sql<{ tenant: number; newest: number; since: Date; by: string[] }[]>`
      select tenant, max(id) as newest, max(created_at) as since, array_agg(distinct wrapped_by) as by
      from platform.tenant_key group by tenant order by tenant`;
    const jobs = await sql<{ tenant: number }[]>`
      select distinct (j.payload ->> 'tenant')::integer as tenant
      from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      where t.identifier = ${rewrapBlobs.name} order by 1`;
    return { root: root?.print ?? '', tenants: [...tenants], underWay: jobs.map((row) => row.tenant) };
  } finally {
    await sql.end({ timeout: 5 });
  }
}
