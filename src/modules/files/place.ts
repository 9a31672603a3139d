import type { Context } from '#platform/context';
import { Failure } from '#platform/errors';
import { authorize } from './access.ts';
import { createFolder } from './folder.ts';
import type { Entry } from './node.ts';
import type { Precondition } from './precondition.ts';
import { nameKey, numberedName } from './rules.ts';
import { readChild, readTakenNames } from './store/tree.ts';
import type { Target } from './write.ts';

/** What to do when something of that name is already there: refuse, make it a new version, or give the newcomer a number. */
export const takenRules = ['refuse', 'version', 'number'] as const;
export type TakenRule = (typeof takenRules)[number];

/** Numbers that are tried for one name, and how many at once. */
const numbers = { most: 10_000, step: 50 };

const entryIn = (folder: Entry, node: Entry['node']): Entry => ({ ...folder, node, isRoot: false });

/** What has this name in a folder, as Windows and macOS compare names; null when nothing has. */
export async function findIn(ctx: Context, folder: Entry, name: string): Promise<Entry | null> {
  authorize(ctx.actor, 'read', folder);
  const { tenant } = ctx.actor;
  const node = await readChild(ctx.platform.db.read(tenant), tenant, folder.node.id, nameKey(name));
  return node && entryIn(folder, node);
}

/**
 * The folder at a relative path; what is missing on the way is made. Several callers may make the same path at once.
 * Throws `conflict` (`files.notAFolder`) where a file stands in the way.
 */
export async function makePath(ctx: Context, folder: Entry, names: readonly string[]): Promise<Entry> {
  let here = folder;
  for (const name of names) {
    const next = (await findIn(ctx, here, name)) ?? (await makeFolder(ctx, here, name));
    if (!next.node.isFolder) throw new Failure('conflict', 'files.notAFolder', { name: next.node.name });
    here = next;
  }
  return here;
}

async function makeFolder(ctx: Context, folder: Entry, name: string): Promise<Entry> {
  try {
    return entryIn(folder, await createFolder(ctx, { folder, name }));
  } catch (error) {
    const found = isTaken(error) && (await findIn(ctx, folder, name));
    if (!found) throw error;
    return found;
  }
}

const isTaken = (error: unknown) => error instanceof Failure && error.code === 'files.exists';

/** The name, or with the first number behind it that is free. Somebody else may take it before it is used. */
export async function freeNameIn(ctx: Context, folder: Entry, name: string): Promise<string> {
  authorize(ctx.actor, 'read', folder);
  const { tenant } = ctx.actor;
  const sql = ctx.platform.db.read(tenant);
  for (let first = 1; first <= numbers.most; first += numbers.step) {
    const candidates = Array.from({ length: numbers.step }, (_, index) =>
      first + index === 1 ? name : numberedName(name, first + index),
    );
    const taken = new Set(await readTakenNames(sql, tenant, folder.node.id, candidates.map(nameKey)));
    const free = candidates.find((candidate) => !taken.has(nameKey(candidate)));
    if (free !== undefined) return free;
  }
  throw new Failure('conflict', 'files.exists', { name });
}

/**
 * Under which name, and on which condition, a new content is stored when the name may be taken. The condition holds what was
 * seen here until it is stored. Throws `conflict`: `files.exists` under the rule `refuse`, `files.isAFolder` under `version`.
 */
export async function placeFor(
  ctx: Context,
  { folder, name }: Target,
  rule: TakenRule,
): Promise<{ readonly name: string; readonly precondition: Precondition }> {
  const existing = await findIn(ctx, folder, name);
  if (existing && rule === 'version') {
    if (existing.node.isFolder) throw new Failure('conflict', 'files.isAFolder', { name: existing.node.name });
    return { name: existing.node.name, precondition: {} };
  }
  if (existing && rule === 'refuse') throw new Failure('conflict', 'files.exists', { name: existing.node.name });
  const free = existing ? await freeNameIn(ctx, folder, name) : name;
  return { name: free, precondition: rule === 'version' ? {} : { ifNoneMatch: '*' } };
}
