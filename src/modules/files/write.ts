import type { StoredBlob } from '#platform/blobs';
import type { Context } from '#platform/context';
import type { Together, Tx } from '#platform/db';
import { ensure, Failure, isUndone } from '#platform/errors';
import { authorize, checkNoSpaceIsCalled, personOf } from './access.ts';
import { Change } from './change.ts';
import { fileWritten, spaceChanged } from './events.ts';
import { checkFree } from './lock.ts';
import type { Entry, Node, Space } from './node.ts';
import { policyOf } from './policy.ts';
import { checkPrecondition, type Precondition } from './precondition.ts';
import { checkName, highestRole, nameKey, type SpaceRole } from './rules.ts';
import { readRoom } from './space.ts';
import { releaseBlobs } from './store/change.ts';
import {
  type FoundPlace,
  insertNodes,
  keepVersions,
  type NewContent,
  type NewNode,
  type Preparation,
  prepareArrivals,
  replaceContents,
} from './store/contents.ts';
import { deleteUploads, holdUploads } from './store/uploads.ts';

/** A checksum the client claims, hexadecimal. */
export type Checksum = { readonly algorithm: 'sha1' | 'sha256'; readonly hex: string };

export type WriteOptions = {
  /** Bytes the client announced; never trusted, only compared. */
  readonly length?: number | null;
  /** When the client last modified the file, milliseconds since 1970. */
  readonly modified?: number | null;
  readonly checksum?: Checksum | null;
  readonly precondition?: Precondition;
  /** Tokens of locks the client holds. */
  readonly tokens?: readonly string[];
  /** Done with the file in the same transaction, which it then shares with no other: nobody sees the one without the other. */
  readonly also?: (tx: Tx, node: Node) => Promise<void>;
};

export type Written = { readonly node: Node; readonly isNew: boolean };

/** A folder and a name in it. */
export type Target = { readonly folder: Entry; readonly name: string };

/**
 * Stores a stream as a file in a folder: makes it, or gives the file of that name new content and keeps the old one as a
 * version. Bytes first, then one transaction for rows, audit and news; when it resolves, all of it is durable.
 * Throws `conflict` (a folder has the name), `precondition`, `locked`, `tooLarge`, `quotaExceeded`, `invalid` (name, checksum).
 */
export async function writeFile(
  ctx: Context,
  target: Target,
  source: AsyncIterable<Uint8Array>,
  options: WriteOptions = {},
): Promise<Written> {
  await checkTarget(ctx, target);
  const room = await roomFor(ctx, target.folder.space, options.length ?? null);
  const stored = await ctx.platform.blobs.write(ctx.actor.tenant, source, room);
  return fileContent(ctx, target, stored, options);
}

/** What can be refused before a byte is taken. */
export async function checkTarget(ctx: Context, { folder, name }: Target): Promise<void> {
  authorize(ctx.actor, 'create', folder);
  checkName(name);
  ensure(folder.node.isFolder, 'conflict', 'files.notAFolder', { name: folder.node.name });
  await checkNoSpaceIsCalled(ctx, folder, name);
}

/** How many bytes may come: the largest file allowed, and what is free. Refuses at once what was announced as too much. */
export async function roomFor(ctx: Context, space: Pick<Space, 'used' | 'quota'>, announced: number | null) {
  const policy = await policyOf(ctx.platform, ctx.actor.tenant);
  const free = await readRoom(ctx, space);
  const maxBytes = Math.min(policy.largestFile, free ?? Number.POSITIVE_INFINITY);
  const tooLarge = () =>
    maxBytes === policy.largestFile
      ? new Failure('tooLarge', 'platform.tooLarge', { limit: policy.largestFile })
      : new Failure('quotaExceeded', 'files.spaceFull', { free: maxBytes });
  if (announced !== null && announced > maxBytes) throw tooLarge();
  return { maxBytes, tooLarge, announced };
}

/** Puts content whose bytes are durable into the tree. When that is refused, the bytes are removed again. */
async function fileContent(ctx: Context, target: Target, stored: StoredBlob, options: WriteOptions): Promise<Written> {
  try {
    return await fileUpload(ctx, target, { stored, upload: null }, options);
  } catch (error) {
    // An unknown outcome (the database went away at the commit) leaves the bytes: they may be in use. The sweep will see.
    if (isUndone(error)) await ctx.platform.blobs.remove(ctx.actor.tenant, stored.id);
    throw error;
  }
}

/**
 * Puts content whose bytes are durable into the tree, and forgets the upload it came from in the same transaction. When that
 * is refused, upload and bytes stay: the client may settle what stands in the way and finish again.
 */
export async function fileUpload(
  ctx: Context,
  target: Target,
  { stored, upload }: { stored: StoredBlob; upload: string | null },
  options: WriteOptions,
): Promise<Written> {
  const { blobs } = ctx.platform;
  checkArrived(stored, options);
  const policy = await policyOf(ctx.platform, ctx.actor.tenant);
  const arrival: Arrival = {
    ctx,
    parent: target.folder.node,
    name: checkName(target.name),
    key: nameKey(target.name),
    stored,
    upload,
    options,
    keepsVersions: policy.versions !== 'none',
    tenantQuota: policy.quota,
  };
  const { written, isUnused } = await commit(arrival);
  const { space, id } = written.node;
  ctx.platform.signals.send({ topic: spaceChanged, tenant: ctx.actor.tenant, about: space, ids: [id] });
  if (isUnused && written.node.blob !== stored.id) await blobs.remove(ctx.actor.tenant, stored.id);
  return written;
}

/** A length or checksum that is not the one of the bytes that came: something was lost on the way, so nothing is stored. */
function checkArrived(stored: StoredBlob, { length, checksum }: WriteOptions): void {
  ensure(length === null || length === undefined || length === stored.size, 'invalid', 'files.cutOff', {
    announced: length ?? 0,
    arrived: stored.size,
  });
  ensure(!checksum || stored[checksum.algorithm] === checksum.hex, 'invalid', 'files.checksumDiffers');
}

type Arrival = {
  readonly ctx: Context;
  readonly parent: Node;
  readonly name: string;
  readonly key: string;
  readonly stored: StoredBlob;
  /** The upload the content came from; null when it came in one request. */
  readonly upload: string | null;
  readonly options: WriteOptions;
  readonly keepsVersions: boolean;
  readonly tenantQuota: number | null;
};

/** `isUnused`: the file already had exactly this content, so its old bytes stay and the new ones can go. */
type Committed = { readonly written: Written; readonly isUnused: boolean };

/** All files that arrived meanwhile go into the tree in one transaction. Each is judged alone; one refusal spoils no other. */
const commitArrivals: Together<Arrival, Committed> = {
  name: 'files.write',
  most: 64,
  run: async (tx, arrivals) => {
    const { ctx, tenantQuota } = arrivals[0] as Arrival;
    const [first = [], ...later] = roundsOf(arrivals);
    const prepared = await prepare(tx, ctx.actor.tenant, first, arrivals);
    const change = new Change(tx, ctx, prepared.spaces, tenantQuota);
    const results: (Committed | Failure)[] = [];
    await commitRound(change, first, prepared, results);
    for (const round of later) await commitRound(change, round, await prepare(tx, ctx.actor.tenant, round, arrivals), results);
    await change.finish();
    return results;
  },
};

function commit(arrival: Arrival): Promise<Committed> {
  const { ctx, options } = arrival;
  const { db } = ctx.platform;
  const { also } = options;
  if (!also) return db.together(ctx.actor.tenant, commitArrivals, arrival);
  return db.write(ctx.actor.tenant, async (tx) => {
    const [result] = await commitArrivals.run(tx, [arrival]);
    if (!result || result instanceof Failure) throw result;
    await also(tx, result.written.node);
    return result;
  });
}

type Round = readonly { readonly arrival: Arrival; readonly index: number }[];

/** Two arrivals of one name must not be decided against the same state: the second one belongs into a later round. */
function roundsOf(arrivals: readonly Arrival[]): Round[] {
  const rounds: { arrival: Arrival; index: number }[][] = [];
  const seen = new Map<string, number>();
  for (const [index, arrival] of arrivals.entries()) {
    const place = `${arrival.parent.id} ${arrival.key}`;
    const number = seen.get(place) ?? 0;
    seen.set(place, number + 1);
    rounds[number] ??= [];
    rounds[number].push({ arrival, index });
  }
  return rounds;
}

function prepare(tx: Tx, tenant: number, round: Round, arrivals: readonly Arrival[]): Promise<Preparation> {
  const spaces = [...new Set(arrivals.map(({ parent }) => parent.space))];
  const principals = [...new Set(arrivals.flatMap(({ ctx }) => personOf(ctx).principals))];
  const places = round.map(({ arrival }) => ({ folder: arrival.parent.id, key: arrival.key }));
  return prepareArrivals(tx, tenant, spaces, { principals, places });
}

/** What somebody is in a space now, by the grants read under its lock. */
function roleIn(space: Space, ctx: Context, grants: Preparation['grants']): SpaceRole | null {
  const { account, principals } = personOf(ctx);
  if (space.kind === 'personal') return space.owner === account ? 'manager' : null;
  return highestRole(
    grants.filter((grant) => grant.space === space.id && principals.includes(grant.principal)).map(({ role }) => role),
  );
}

async function commitRound(
  change: Change,
  round: Round,
  { places, grants }: Preparation,
  results: (Committed | Failure)[],
): Promise<void> {
  const { tx, tenant, now } = change;
  const nodes: NewNode[] = [];
  const contents: NewContent[] = [];
  const kept: number[] = [];
  const lost: string[] = [];
  const named = round.flatMap(({ arrival }) => arrival.upload ?? []);
  // Two may finish one upload at once: only the first finds it still there.
  const unfinished = new Set(named.length === 0 ? [] : await holdUploads(tx, tenant, named));
  const uploads: string[] = [];
  for (const [position, { arrival, index }] of round.entries()) {
    const place = places[position] as FoundPlace;
    try {
      ensure(arrival.upload === null || unfinished.delete(arrival.upload), 'notFound', 'files.uploadGone');
      const role = place.folder && roleIn(change.space(place.folder.space), arrival.ctx, grants);
      await judge(change, arrival, place, role);
      const plan = planOf(change, arrival, { ...place, folder: place.folder as Node });
      results[index] = plan.committed;
      if (plan.node) nodes.push(plan.node);
      if (plan.content) contents.push(plan.content);
      if (plan.keeps !== null) kept.push(plan.keeps);
      if (plan.loses !== null) lost.push(plan.loses);
      if (arrival.upload !== null) uploads.push(arrival.upload);
      record(change, arrival, plan.committed);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      results[index] = error;
    }
  }
  change.send(
    insertNodes(tx, tenant, nodes),
    keepVersions(tx, tenant, kept, now),
    releaseBlobs(tx, tenant, lost, now),
    replaceContents(tx, tenant, contents),
    deleteUploads(tx, tenant, uploads),
  );
}

/** Whether this content may take this place now. */
async function judge(change: Change, arrival: Arrival, { folder, child }: FoundPlace, role: SpaceRole | null): Promise<void> {
  // Where a folder further up has just gone into the trash, the file goes along with it, as if it had come a moment before.
  ensure(folder?.isFolder && folder.parent !== change.space(folder.space).trash, 'notFound', 'files.folderGone');
  authorize(arrival.ctx.actor, child ? 'write' : 'create', { role });
  ensure(!child?.isFolder, 'conflict', 'files.isAFolder', { name: arrival.name });
  ensure(!child || child.name === arrival.name, 'conflict', 'files.nameDiffersInCase', {
    name: arrival.name,
    other: child?.name ?? '',
  });
  checkPrecondition(arrival.options.precondition ?? {}, child);
  await checkFree(change, child ?? folder, { ctx: arrival.ctx, tokens: arrival.options.tokens });
}

type Plan = {
  readonly committed: Committed;
  readonly node: NewNode | null;
  readonly content: NewContent | null;
  /** Node whose present content becomes a version. */
  readonly keeps: number | null;
  /** Blob that loses its reference. */
  readonly loses: string | null;
};

/** Decides what is written, charges the bytes and stamps the folder. */
function planOf(change: Change, arrival: Arrival, place: { folder: Node; child: Node | null; id: number }): Plan {
  const { child, folder } = place;
  const { stored, options, ctx } = arrival;
  const modified = options.modified ?? change.now.getTime();
  const seq = () => change.next(folder.space);
  const fresh = { modified, author: personOf(ctx).account, size: stored.size, sha256: stored.sha256, sha1: stored.sha1 };
  if (!child) {
    change.charge(folder.space, stored.size);
    const identity = {
      id: place.id,
      space: folder.space,
      parent: folder.id,
      name: arrival.name,
      seq: seq(),
      created: change.now.getTime(),
    };
    const node: NewNode = { ...identity, ...fresh, key: arrival.key, blob: stored.id };
    change.touch(folder.id, node.seq, stored.size);
    return {
      committed: { written: { node: asNode(node), isNew: true }, isUnused: false },
      node,
      content: null,
      keeps: null,
      loses: null,
    };
  }
  const isSame = child.sha256 === stored.sha256 && child.size === stored.size;
  const keepsOld = !isSame && arrival.keepsVersions && child.size > 0;
  const losesOld = !isSame && !keepsOld;
  change.charge(folder.space, (isSame ? 0 : stored.size) - (losesOld ? child.size : 0));
  const content: NewContent = { ...fresh, id: child.id, seq: seq(), blob: isSame ? (child.blob as string) : stored.id };
  change.touch(folder.id, content.seq, stored.size - child.size);
  const node: Node = { ...child, ...fresh, etag: content.seq, changed: content.seq, blob: content.blob };
  const committed = { written: { node, isNew: false }, isUnused: isSame };
  return { committed, node: null, content, keeps: keepsOld ? child.id : null, loses: losesOld ? child.blob : null };
}

function asNode({ key: _key, seq, ...node }: NewNode): Node {
  return { ...node, isFolder: node.blob === null, etag: seq, changed: seq };
}

function record(change: Change, { ctx }: Arrival, { written }: Committed): void {
  const { node, isNew } = written;
  change.audit(ctx, {
    action: isNew ? 'files.create' : 'files.write',
    thing: `node:${node.id}`,
    details: { space: node.space, size: node.size },
  });
  change.emit(ctx, fileWritten, { node: node.id, space: node.space, seq: node.changed });
}
