import { namesOf } from '#modules/accounts';
import type { Context } from '#platform/context';
import type { Namers } from '#platform/names';
import { say } from '#platform/words';
import { authorizeAdministration } from './access.ts';
import { readSpaceNames, readSpacesCalled } from './store/names.ts';

/** Spaces that are named, or looked for by their names, at once. */
const mostNamed = 1_000;

/** What spaces are called, for administrators and auditors; personal ones by whose they are. Those purged for good are missing. */
export async function namesOfSpaces(ctx: Context, ids: readonly number[]): Promise<ReadonlyMap<number, string>> {
  authorizeAdministration(ctx.actor, 'inspect', null);
  const { tenant } = ctx.actor;
  const spaces = await readSpaceNames(ctx.platform.db.read(tenant), tenant, [...new Set(ids)].slice(0, mostNamed));
  const owners = await namesOf(
    ctx,
    spaces.flatMap(({ kind, owner }) => (kind === 'personal' && owner !== null ? [owner] : [])),
  );
  const personal = (owner: number | null) => {
    const name = owners.get(owner ?? 0);
    return say(ctx.platform.words, ctx.locale, name ? 'files.ownFilesOf' : 'files.ownFiles', { name: name ?? '' });
  };
  return new Map(spaces.map(({ id, kind, name, owner }) => [id, kind === 'personal' ? personal(owner) : name]));
}

/** Shared spaces by a part of their name; personal ones are called after people. Throws `forbidden`. */
async function spacesCalled(ctx: Context, pattern: string): Promise<readonly number[]> {
  authorizeAdministration(ctx.actor, 'inspect', null);
  const { tenant } = ctx.actor;
  return readSpacesCalled(ctx.platform.db.read(tenant), tenant, pattern, mostNamed);
}

/** What this room's things are called, for the rooms below. */
export const names: Namers = { space: { namesOf: namesOfSpaces, called: spacesCalled } };
