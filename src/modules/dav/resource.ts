import { createHash } from 'node:crypto';
import { type Entry, etagOf, type Home, type Mount, readHome, resolvePath } from '#modules/files';
import type { Context } from '#platform/context';
import { Failure } from '#platform/errors';
import type { DavPath } from './rules-path.ts';

/** What an address means for this person. */
export type Resource = {
  readonly entry: Entry;
  /** Name as it appears in the address; empty for the root folder. */
  readonly name: string;
  /** Entity tag without quotes. */
  readonly etag: string;
  /** Bytes, of a folder everything below. */
  readonly size: number;
  /** The person's root folder; null elsewhere. */
  readonly home: Home | null;
};

/** The person's root folder changes when anything below it changes, also in a shared space, and when spaces come or go. */
function homeEtag({ own, mounts }: Home): string {
  const parts = mounts.map(({ root, role, name }) => `${etagOf(root)} ${role} ${name}`);
  return createHash('sha1')
    .update([etagOf(own.node), ...parts].join('\n'))
    .digest('base64url')
    .slice(0, 20);
}

/** The root folder as a resource. */
function asHome(home: Home): Resource {
  const size = home.mounts.reduce((sum, { root }) => sum + root.size, home.own.node.size);
  const etag = home.mounts.length === 0 ? etagOf(home.own.node) : homeEtag(home);
  return { entry: home.own, name: '', etag, size, home };
}

/** A shared space as a folder of the root folder. */
export function asMount({ space, root, role, name }: Mount): Resource {
  return { entry: { node: root, space, role, isRoot: true }, name, etag: etagOf(root), size: root.size, home: null };
}

/** A file or folder under its own name. */
export function asResource(entry: Entry, name = entry.node.name): Resource {
  return { entry, name, etag: etagOf(entry.node), size: entry.node.size, home: null };
}

/** Throws `notFound` when the path names another person: nobody else's root folder exists for this one. */
export function checkPerson(ctx: Context, path: DavPath): void {
  const { actor } = ctx;
  if (actor.kind !== 'account') throw new Failure('unauthenticated', 'platform.signInFirst');
  const name = path.handle?.toLowerCase();
  if (name === undefined || name === actor.handle.toLowerCase() || name === actor.address.toLowerCase()) return;
  throw new Failure('notFound', 'platform.notFound');
}

/** What is at this path. Throws `notFound`. */
export async function findResource(ctx: Context, path: DavPath): Promise<Resource> {
  checkPerson(ctx, path);
  if (path.segments.length === 0) return asHome(await readHome(ctx));
  return asResource(await resolvePath(ctx, path.segments), path.segments.at(-1)?.normalize('NFC'));
}

/** How often what was found is looked for anew. */
const mostLooks = 5;

/**
 * Does something with what is found. Between the look and the deed somebody may move or delete it and put something else in its
 * place: then what is there now is looked for, so that nobody hears that nothing is where something always was.
 */
export async function withFound<Found, Result>(
  find: () => Promise<Found>,
  act: (found: Found) => Promise<Result>,
): Promise<Result> {
  for (let looks = 1; ; looks += 1) {
    const found = await find();
    try {
      return await act(found);
    } catch (error) {
      if (looks === mostLooks || !isGone(error)) throw error;
    }
  }
}

const isGone = (error: unknown) =>
  error instanceof Failure && (error.kind === 'notFound' || error.code === 'files.movedMeanwhile');

/** What is at this path, or null. */
export async function lookForResource(ctx: Context, path: DavPath): Promise<Resource | null> {
  try {
    return await findResource(ctx, path);
  } catch (error) {
    if (error instanceof Failure && error.kind === 'notFound') return null;
    throw error;
  }
}

/**
 * The folder in which something is to be made, and the name it is to have. RFC 4918, 9.3.1 and 9.7.1: without the folder
 * "409 (Conflict)". Throws `conflict`, and `forbidden` for the root folder itself.
 */
export async function findTarget(ctx: Context, path: DavPath): Promise<{ folder: Entry; name: string }> {
  checkPerson(ctx, path);
  const name = path.segments.at(-1);
  if (name === undefined) throw new Failure('forbidden', 'dav.rootStays');
  if (path.segments.length === 1) await refuseMount(ctx, path);
  const parent = await lookForResource(ctx, { ...path, segments: path.segments.slice(0, -1) });
  if (!parent?.entry.node.isFolder) throw new Failure('conflict', 'dav.parentMissing');
  return { folder: parent.entry, name };
}

/** A shared space stands in the root folder like a folder: nothing else can take its name there. */
async function refuseMount(ctx: Context, path: DavPath): Promise<void> {
  const existing = await lookForResource(ctx, path);
  if (existing?.entry.isRoot) throw new Failure('conflict', 'files.isAFolder', { name: existing.name });
}
