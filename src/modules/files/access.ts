import { authorizer } from '#platform/authorize';
import type { AccountActor, Context } from '#platform/context';
import { ensure, Failure } from '#platform/errors';
import { byName } from '#platform/order';
import type { Entry, Node, Space } from './node.ts';
import { administration, highestRole, nameKey, permissions, type SpaceRole } from './rules.ts';
import { readMemberships, readRoles, readSpace } from './store/spaces.ts';
import { type Found, followPath, readChild, readLineage } from './store/tree.ts';

/** The person who acts. Throws `unauthenticated` for anybody else: spaces are for accounts. */
export function personOf(ctx: Context): AccountActor {
  if (ctx.actor.kind !== 'account') throw new Failure('unauthenticated', 'platform.signInFirst');
  return ctx.actor;
}

/**
 * The one question about files: may this person, with this role there, do this? No role: it does not exist for them.
 * Evaluated at the time of use, against roles read for this very request.
 */
export const authorize = authorizer(permissions);

/** The question about the tenant's spaces as such, not about what is in them. */
export const authorizeAdministration = authorizer(administration);

/** Where a shared space whose name an own folder has taken appears in the root folder. */
export const mountSuffix = ' (Bereich)';

/** The folder names under which a path's first segment may mean a space. */
function mountKeysOf(segment: string): string[] {
  const key = nameKey(segment);
  const suffix = nameKey(mountSuffix);
  return key.endsWith(suffix) ? [key, key.slice(0, -suffix.length)] : [key];
}

/**
 * Follows a path of decoded segments from the person's root folder (at least one segment; the root folder itself is
 * {@link readHome}). Throws `notFound` where nothing is, or nothing the person may see.
 */
export async function resolvePath(ctx: Context, segments: readonly string[]): Promise<Entry> {
  const person = personOf(ctx);
  const names = segments.map((segment) => segment.normalize('NFC'));
  const mountKeys = mountKeysOf(names[0] ?? '');
  const path = { names, keys: names.map(nameKey), mountKeys };
  const found = await followPath(ctx.platform.db.read(person.tenant), person.tenant, person, path);
  authorize(ctx.actor, 'see', { role: found?.role ?? null });
  return { ...(found as Found), isRoot: found?.node.parent === null };
}

/** An entry found by its id, with the folders above it: the root first, the node last. */
export type Located = Entry & { readonly lineage: readonly Node[] };

/** A node of the tree by its id. Throws `notFound`, also for what is in the trash. */
export async function locate(ctx: Context, id: number): Promise<Located> {
  const found = await locateAnywhere(ctx, id);
  if (found.lineage[0]?.id !== found.space.root) throw new Failure('notFound', 'platform.notFound');
  return found;
}

/** Like {@link locate}, in the trash as well. */
export async function locateAnywhere(ctx: Context, id: number): Promise<Located> {
  const person = personOf(ctx);
  const sql = ctx.platform.db.read(person.tenant);
  const lineage = (await readLineage(sql, person.tenant, id)).reverse();
  const node = lineage.at(-1);
  if (!node) throw new Failure('notFound', 'platform.notFound');
  const [roles, space] = await Promise.all([
    readRoles(sql, person.tenant, node.space, person),
    readSpace(sql, person.tenant, node.space),
  ]);
  const role = highestRole(roles);
  authorize(ctx.actor, 'see', { role });
  return { node, space: space as Space, role: role as SpaceRole, isRoot: node.parent === null, lineage };
}

/** A space somebody belongs to, as it appears in their root folder. */
export type Mount = {
  readonly space: Space;
  readonly root: Node;
  readonly role: SpaceRole;
  /** Name of the folder; empty for the own space, which is the root folder itself. */
  readonly name: string;
};

/** Every space of the person, the own one first, then by name. Shared spaces get another name where an own folder has theirs. */
export async function readMounts(ctx: Context): Promise<Mount[]> {
  const person = personOf(ctx);
  const sql = ctx.platform.db.read(person.tenant);
  const memberships = await readMemberships(sql, person.tenant, person.account, person.principals);
  const bySpace = Map.groupBy(memberships, ({ space }) => space.id);
  return [...bySpace.values()]
    .map((ways) => ({ ...(ways[0] as Mount), role: highestRole(ways.map(({ role }) => role)) as SpaceRole }))
    .map((mount) => ({ ...mount, name: mount.space.kind === 'personal' ? '' : mount.space.name }))
    .sort(byName);
}

/**
 * Throws `conflict` when something new at the top of the person's own files would take the name under which a shared space
 * appears there: the space would have to give way, and a sync client would take it for removed.
 */
export async function checkNoSpaceIsCalled(ctx: Context, folder: Entry, name: string): Promise<void> {
  if (!folder.isRoot || folder.space.kind !== 'personal') return;
  const key = nameKey(name);
  const mounts = await readMounts(ctx);
  if (!mounts.some((mount) => mount.name !== '' && nameKey(mount.name) === key)) return;
  const { tenant } = ctx.actor;
  const own = await readChild(ctx.platform.db.read(tenant), tenant, folder.node.id, key);
  ensure(own !== null, 'conflict', 'files.nameOfSpace', { name });
}
