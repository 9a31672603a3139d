import { forgetPreviews } from '#modules/previews';
import { tenantNumbers } from '#modules/tenants';
import { blobIdOf, type StoredEntry, shardOf } from '#platform/blobs';
import { type Context, systemContext } from '#platform/context';
import { asFailure, Failure } from '#platform/errors';
import type { Job } from '#platform/jobs';
import { keptAmong } from '#platform/keepers';
import { changeSpaces } from './change.ts';
import { expireDirectLinks } from './direct.ts';
import { policyOf } from './policy.ts';
import * as store from './store/care.ts';
import { deleteSpace, readRemovedSpaces } from './store/spaces.ts';
import { readOldTrash, readTrash } from './store/trash.ts';
import { readExpiredUploads } from './store/uploads.ts';
import { tellExpired, warnOfQuota } from './tell.ts';
import { purgeTrashed, putIntoTrash } from './trash.ts';
import { dropUpload } from './upload.ts';
import { thinVersions } from './versions.ts';

/** How the house looks after what is stored. */
const careLimits = {
  /** Bytes of what was purged stay so long, so that a backup that runs meanwhile finds them. */
  releaseHours: 24,
  /** An object nobody refers to is removed only when it is this old: before, its row may be about to be written. */
  orphanHours: 48,
  /** The nightly reading of all blobs stops after this and goes on the next night. */
  scrubMinutes: 120,
  /** What the change feed remembers of each space's departures. */
  departures: 10_000,
  step: 500,
};

const hour = 3_600_000;
const day = 24 * hour;

const ago = (ctx: Context, milliseconds: number) => new Date(ctx.platform.clock.now().getTime() - milliseconds);
const reader = (ctx: Context) => ctx.platform.db.read(ctx.actor.tenant);

/** A job that does its work for every tenant; one tenant's trouble does not keep it from the others. */
function forEveryTenant(name: string, every: string, work: (ctx: Context) => Promise<void>): Job<never> {
  return {
    name,
    every,
    run: async (ctx) => {
      const failures: unknown[] = [];
      for (const tenant of await tenantNumbers(ctx.platform)) {
        await work(systemContext(ctx.platform, tenant, name)).catch((error) => failures.push(error));
      }
      if (failures.length > 0) throw new Failure('internal', 'platform.internal', {}, new AggregateError(failures));
    },
  };
}

/** Removes for good what was deleted longer ago than the tenant keeps it. */
export async function expireTrash(ctx: Context): Promise<void> {
  const { trashDays } = await policyOf(ctx.platform, ctx.actor.tenant);
  for (;;) {
    const old = await readOldTrash(reader(ctx), ctx.actor.tenant, ago(ctx, trashDays * day), careLimits.step);
    for (const { node, space } of old) await purgeTrashed(ctx, node, space);
    if (old.length === 0) return;
  }
}

/** Removes uploads that nobody finished. */
export async function expireUploads(ctx: Context): Promise<void> {
  for (;;) {
    const expired = await readExpiredUploads(reader(ctx), ctx.actor.tenant, ctx.platform.clock.now(), careLimits.step);
    for (const id of expired) await dropUpload(ctx, id, (tx) => tellExpired(tx, ctx, id));
    if (expired.length === 0) return;
  }
}

/** Removes the bytes of blobs whose last reference went a day ago. */
export async function removeReleased(ctx: Context): Promise<void> {
  const { tenant } = ctx.actor;
  for (;;) {
    const released = await store.readReleased(reader(ctx), tenant, ago(ctx, careLimits.releaseHours * hour), careLimits.step);
    if (released.length === 0) return;
    const unused = await ctx.platform.db.write(tenant, (tx) => store.takeReleased(tx, tenant, released));
    // After the commit: should we die here, the bytes are orphans, and the weekly sweep removes them.
    for (const blob of unused) await ctx.platform.blobs.remove(tenant, blob);
    await forgetPreviews(ctx, unused);
  }
}

/** Removes objects nothing refers to: of uploads whose request died between bytes and row, of removals that broke off. */
export async function sweepOrphans(ctx: Context): Promise<number> {
  let count = 0;
  for await (const group of inGroups(ctx.platform.blobs.list(ctx.actor.tenant))) {
    for (const entry of await orphansAmong(ctx, group)) {
      await ctx.platform.blobs.removeNamed(ctx.actor.tenant, entry.name);
      count += 1;
    }
  }
  if (count > 0) ctx.platform.log.info({ tenant: ctx.actor.tenant, count }, 'orphaned objects removed');
  return count;
}

async function orphansAmong(ctx: Context, group: readonly StoredEntry[]): Promise<StoredEntry[]> {
  const old = group.filter((entry) => entry.modified < ago(ctx, careLimits.orphanHours * hour));
  if (old.length === 0) return [];
  const ids = [...new Set(old.map((entry) => blobIdOf(entry.name)))];
  const [referenced, kept] = await Promise.all([store.readReferenced(reader(ctx), ctx.actor.tenant, ids), keptAmong(ctx, ids)]);
  const isUsed = (id: string) => referenced.has(id) || kept.has(id);
  return old.filter((entry) => entry.isPartial || !isUsed(blobIdOf(entry.name)));
}

async function* inGroups(entries: AsyncIterable<StoredEntry>): AsyncGenerator<StoredEntry[]> {
  let group: StoredEntry[] = [];
  for await (const entry of entries) {
    group.push(entry);
    if (group.length < careLimits.step) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

/** Place of an object in the order in which the store lists. */
const positionOf = (name: string) => `${shardOf(name)} ${name}`;

/**
 * Reads blobs and compares their hashes, from where it stopped the last time, until the time is up. What is damaged is
 * logged as an error, counted (`rennsteig_damaged_blobs`), and remembered for `fsck`. Returns how many were read.
 */
export async function scrub(ctx: Context, minutes = careLimits.scrubMinutes): Promise<number> {
  const { tenant } = ctx.actor;
  const deadline = performance.now() + minutes * 60_000;
  const state = await store.readScrub(reader(ctx), tenant);
  let count = 0;
  for await (const entry of ctx.platform.blobs.list(tenant)) {
    if (entry.isPartial || positionOf(entry.name) <= state.position) continue;
    await scrubOne(ctx, entry.name);
    count += 1;
    const isLate = performance.now() > deadline;
    if (isLate || count % careLimits.step === 0)
      await store.writeScrub(reader(ctx), tenant, { ...state, position: positionOf(entry.name) });
    if (isLate) return count;
  }
  await store.writeScrub(reader(ctx), tenant, { position: '', rounds: state.rounds + 1 });
  return count;
}

async function scrubOne(ctx: Context, name: string): Promise<void> {
  const { tenant } = ctx.actor;
  try {
    await ctx.platform.blobs.verify(tenant, name);
  } catch (error) {
    const failure = asFailure(error);
    if (failure.kind !== 'damaged') throw error;
    const detail = String(failure.cause ?? failure.message);
    ctx.platform.log.error({ tenant, blob: name, detail }, 'a stored blob is damaged');
    ctx.platform.metrics.count('damaged_blobs_total', {});
    await store.putDamage(reader(ctx), tenant, { blob: name, now: ctx.platform.clock.now(), detail });
  }
}

/** Purges spaces that were removed longer ago than the trash is kept. */
export async function purgeRemovedSpaces(ctx: Context): Promise<void> {
  const { trashDays } = await policyOf(ctx.platform, ctx.actor.tenant);
  const { tenant } = ctx.actor;
  for (const space of await readRemovedSpaces(reader(ctx), tenant, ago(ctx, trashDays * day))) {
    await changeSpaces(ctx, [space.id], async (change) => {
      for (const node of await store.readTop(change.tx, tenant, space.root)) await putIntoTrash(ctx, change, node);
    });
    for (;;) {
      const items = await readTrash(reader(ctx), tenant, space.id, { before: null, limit: careLimits.step });
      for (const { node } of items) await purgeTrashed(ctx, node.id, space.id);
      if (items.length === 0) break;
    }
    await ctx.platform.db.write(tenant, (tx) => deleteSpace(tx, tenant, space.id));
  }
}

async function forgetDepartures(ctx: Context): Promise<void> {
  await ctx.platform.db.write(ctx.actor.tenant, (tx) => store.forgetDepartures(tx, ctx.actor.tenant, careLimits.departures));
}

/** What this room does by itself, times in UTC. */
export const careJobs: readonly Job<never>[] = [
  forEveryTenant('files.expireTrash', '7 * * * *', expireTrash),
  forEveryTenant('files.expireUploads', '17 * * * *', expireUploads),
  forEveryTenant('files.expireDirectLinks', '12 * * * *', expireDirectLinks),
  forEveryTenant('files.warnOfQuota', '22 * * * *', warnOfQuota),
  forEveryTenant('files.removeReleased', '27 * * * *', removeReleased),
  forEveryTenant('files.thinVersions', '5 1 * * *', async (ctx) => void (await thinVersions(ctx))),
  forEveryTenant('files.forgetDepartures', '35 1 * * *', forgetDepartures),
  forEveryTenant('files.purgeRemovedSpaces', '45 1 * * *', purgeRemovedSpaces),
  forEveryTenant('files.scrub', '0 2 * * *', async (ctx) => void (await scrub(ctx))),
  forEveryTenant('files.sweepOrphans', '0 5 * * 0', async (ctx) => void (await sweepOrphans(ctx))),
];
