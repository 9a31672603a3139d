import type { Context } from '#platform/context';
import { ensure, Failure } from '#platform/errors';
import { authorize, personOf } from './access.ts';
import { changeSpaces } from './change.ts';
import { fileWritten } from './events.ts';
import { holdNode } from './hold.ts';
import { checkFree } from './lock.ts';
import type { Entry, Node } from './node.ts';
import { policyOf } from './policy.ts';
import { doomedVersions, limits } from './rules.ts';
import { releaseBlobs } from './store/change.ts';
import { keepVersions, replaceContents } from './store/contents.ts';
import { putRestoration, type Restoration, readRestorations } from './store/restorations.ts';
import type { Version } from './store/versions.ts';
import * as store from './store/versions.ts';

export type { Version } from './store/versions.ts';

/** What a file contained before, newest first. */
export async function listVersions(ctx: Context, file: Entry): Promise<Version[]> {
  authorize(ctx.actor, 'read', file);
  return store.readVersions(ctx.platform.db.read(ctx.actor.tenant), ctx.actor.tenant, file.node.id, limits.versions);
}

/** One version. Throws `notFound`. */
export async function findVersion(ctx: Context, file: Entry, id: number): Promise<Version> {
  authorize(ctx.actor, 'read', file);
  const found = await store.readVersion(ctx.platform.db.read(ctx.actor.tenant), ctx.actor.tenant, file.node.id, id);
  if (!found) throw new Failure('notFound', 'platform.notFound');
  return found;
}

/** Which contents of a file, present and earlier ones, were brought back, by their blobs. */
export async function listRestorations(ctx: Context, file: Entry): Promise<ReadonlyMap<string, Restoration>> {
  authorize(ctx.actor, 'read', file);
  const { tenant } = ctx.actor;
  const found = await readRestorations(ctx.platform.db.read(tenant), tenant, file.node.id, limits.versions);
  return new Map(found.map((restoration) => [restoration.blob, restoration]));
}

/**
 * Makes an earlier content the present one; the present one becomes a version, so that this can be undone too. The content keeps
 * the time at which it was modified, and who brought it back when is kept beside it ({@link listRestorations}).
 */
export async function restoreVersion(ctx: Context, file: Entry, id: number, tokens: readonly string[] = []): Promise<Node> {
  authorize(ctx.actor, 'write', file);
  return changeSpaces(ctx, [file.node.space], async (change) => {
    const { tx, tenant, now } = change;
    const node = await holdNode(change, file.node.id);
    await checkFree(change, node, { ctx, tokens });
    await keepVersions(tx, tenant, [node.id], now);
    const [version] = await store.deleteVersions(tx, tenant, node.id, [id]);
    ensure(version, 'notFound', 'platform.notFound');
    const seq = change.next(node.space);
    const { size, blob, sha256, sha1, modified } = version;
    const { account } = personOf(ctx);
    const content = { size, blob, sha256, sha1, modified, author: account };
    await replaceContents(tx, tenant, [{ ...content, id: node.id, seq }]);
    await putRestoration(tx, tenant, node.id, { blob, restoredAt: now, account, author: version.author });
    change.touch(node.parent as number, seq, size - node.size);
    change.changed(node.space, node.id);
    change.audit(ctx, { action: 'files.restoreVersion', thing: `node:${node.id}`, details: { version: id } });
    change.emit(ctx, fileWritten, { node: node.id, space: node.space, seq });
    return { ...node, ...content, etag: seq, changed: seq };
  });
}

/** Removes one version for good. */
export async function removeVersion(ctx: Context, file: Entry, id: number): Promise<void> {
  authorize(ctx.actor, 'delete', file);
  const count = await dropVersions(ctx, file.node, [id]);
  ensure(count === 1, 'notFound', 'platform.notFound');
}

/** Gives a version a name (null takes it away); a named version is kept whatever the policy says. */
export async function labelVersion(ctx: Context, file: Entry, id: number, label: string | null): Promise<void> {
  authorize(ctx.actor, 'write', file);
  const text = label?.trim().slice(0, limits.tagCharacters) || null;
  await findVersion(ctx, file, id);
  await changeSpaces(ctx, [file.node.space], async (change) => {
    await store.setLabel(change.tx, change.tenant, file.node.id, id, text);
    change.audit(ctx, { action: 'files.labelVersion', thing: `node:${file.node.id}`, details: { version: id } });
  });
}

/** Removes versions of one file and gives their bytes back to the space. Returns how many there were. */
async function dropVersions(ctx: Context, node: Pick<Node, 'id' | 'space'>, ids: readonly number[]): Promise<number> {
  return changeSpaces(ctx, [node.space], async (change) => {
    const gone = await store.deleteVersions(change.tx, change.tenant, node.id, ids);
    await releaseBlobs(
      change.tx,
      change.tenant,
      gone.map((version) => version.blob),
      change.now,
    );
    change.charge(node.space, -gone.reduce((sum, version) => sum + version.size, 0));
    const details = { versions: gone.map((version) => version.id) };
    if (gone.length > 0) change.audit(ctx, { action: 'files.removeVersions', thing: `node:${node.id}`, details });
    return gone.length;
  });
}

/** Thins out the versions of all files of the tenant as its policy says; for the nightly job. Returns how many went. */
export async function thinVersions(ctx: Context): Promise<number> {
  const { tenant } = ctx.actor;
  const policy = await policyOf(ctx.platform, tenant);
  const sql = ctx.platform.db.read(tenant);
  let count = 0;
  for (let after = 0; ; ) {
    const files = await store.readVersionedFiles(sql, tenant, after, 500);
    for (const { node, space } of files) {
      const versions = await store.readVersions(sql, tenant, node, limits.versions);
      const doomed = doomedVersions(versions, policy, ctx.platform.clock.now());
      if (doomed.length > 0) count += await dropVersions(ctx, { id: node, space }, doomed);
      after = node;
    }
    if (files.length === 0) return count;
  }
}
