import type { Context } from '#platform/context';
import { type Located, type Mount, personOf, readMounts } from './access.ts';
import type { Entry } from './node.ts';
import { type NameQuery, rank, readNameQuery, searchLimits } from './rules-search.ts';
import { type FoundName, findNames, readLineages, readNewest, readTagged } from './store/search.ts';

const reader = (ctx: Context) => ctx.platform.db.read(personOf(ctx).tenant);

const bounded = (limit: number) => Math.min(Math.max(1, Math.floor(limit)), searchLimits.results);

type Look = {
  /** The person's mounts, when the caller has them. */
  readonly mounts?: readonly Mount[];
  /** Also what lies in the trash of a space. */
  readonly withTrash?: boolean;
};

/**
 * Of some nodes those that the person may see, in the given order, each with the folders above it. What lies in a trash, in a
 * space they have no role in, or nowhere any more, is left out.
 */
export async function locateAmong(ctx: Context, nodes: readonly number[], look: Look = {}): Promise<Located[]> {
  const ids = [...new Set(nodes)];
  if (ids.length === 0) return [];
  const { tenant } = personOf(ctx);
  const [mounts, lineages] = await Promise.all([look.mounts ?? readMounts(ctx), readLineages(reader(ctx), tenant, ids)]);
  const bySpace = new Map(mounts.map((mount) => [mount.space.id, mount]));
  return ids.flatMap((id) => {
    const lineage = lineages.get(id)?.toReversed() ?? [];
    const node = lineage.at(-1);
    const mount = node && bySpace.get(node.space);
    const top = lineage[0]?.id;
    if (!mount || (top !== mount.space.root && !(look.withTrash && top === mount.space.trash))) return [];
    return [{ node, space: mount.space, role: mount.role, isRoot: node.parent === null, lineage }];
  });
}

const isWithin = (folder: Entry | undefined) => (found: Located) =>
  !folder || (found.node.id !== folder.node.id && found.lineage.some(({ id }) => id === folder.node.id));

/** The mounts to look through: all of the person's, or that of one folder. */
async function mountsFor(ctx: Context, folder: Entry | undefined): Promise<Mount[]> {
  const mounts = await readMounts(ctx);
  return mounts.filter(({ space }) => !folder || space.id === folder.space.id).slice(0, searchLimits.spaces);
}

const spacesOf = (mounts: readonly Mount[]) => mounts.map(({ space }) => space.id);

function inOrder(query: NameQuery, nodes: readonly FoundName[]): FoundName[] {
  const ranked = nodes.map((node) => ({ node, place: rank(query, node.name) }));
  return ranked
    .sort((a, b) => a.place - b.place || b.node.modified - a.node.modified || a.node.id - b.node.id)
    .map(({ node }) => node);
}

export type NameSearch = {
  readonly limit?: number;
  /** Only below this folder. */
  readonly within?: Entry;
};

/**
 * Files and folders by their names in all spaces of the person, the best first. Every word has to be in the name, in any case.
 * At most so many names are looked at, see `searchLimits`. Nothing is found with nothing but spaces.
 */
export async function searchNames(ctx: Context, text: string, { limit = 50, within }: NameSearch = {}): Promise<Located[]> {
  const query = readNameQuery(text);
  if (!query) return [];
  const mounts = await mountsFor(ctx, within);
  const perSpace = Math.max(searchLimits.namesPerSpace, Math.floor(searchLimits.names / Math.max(1, mounts.length)));
  const found = await findNames(reader(ctx), { ...query, spaces: spacesOf(mounts), perSpace });
  const most = bounded(limit);
  // What lies in a trash is found too and left out afterwards: so a few more are looked up than are shown.
  const best = inOrder(query, found).slice(0, within ? searchLimits.results : 2 * most + 20);
  const located = await locateAmong(
    ctx,
    best.map(({ id }) => id),
    { mounts },
  );
  return located.filter(isWithin(within)).slice(0, most);
}

export type NewestSearch = NameSearch & {
  /** Endings of names without the dot, in small letters; none: all files. */
  readonly endings?: readonly string[];
  /** Modified after and before, milliseconds since 1970, both exclusive. */
  readonly after?: number;
  readonly before?: number;
};

/** Files the person may see among what changed last in their spaces, the latest modified first. */
export async function listNewest(ctx: Context, search: NewestSearch = {}): Promise<Located[]> {
  const { limit = 100, within, endings = [], after = -1, before = Number.MAX_SAFE_INTEGER } = search;
  const { tenant } = personOf(ctx);
  const mounts = await mountsFor(ctx, within);
  const spaces = spacesOf(mounts);
  const perSpace = Math.floor(searchLimits.recent / Math.max(1, spaces.length));
  const most = bounded(limit);
  const look = { spaces, endings, after, before, perSpace, limit: within ? searchLimits.results : 2 * most };
  const nodes = await readNewest(reader(ctx), tenant, look);
  const located = await locateAmong(
    ctx,
    nodes.map(({ id }) => id),
    { mounts },
  );
  return located.filter(isWithin(within)).slice(0, most);
}

/** What the person may see of the nodes that have all of some tags. */
export async function listTagged(ctx: Context, tags: readonly number[]): Promise<Located[]> {
  const { tenant } = personOf(ctx);
  const wanted = [...new Set(tags)];
  if (wanted.length === 0) return [];
  return locateAmong(ctx, await readTagged(reader(ctx), tenant, wanted, searchLimits.results));
}
