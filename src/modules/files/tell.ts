import { actorOf, peopleBehind } from '#modules/accounts';
import { notify } from '#modules/notifications';
import type { Context } from '#platform/context';
import type { Tx } from '#platform/db';
import { personOf } from './access.ts';
import type { Entry, Space } from './node.ts';
import type { SpaceRole } from './rules.ts';
import { readMembers, readRoles } from './store/spaces.ts';
import { readTellable, takeNearlyFull } from './store/telling.ts';

/** What this room tells people: roles given and taken, comments, space that runs out, uploads that were never finished. */

/** From this share of its quota on a space counts as nearly full; below the second there is room again. */
const fullness = { warned: 0.9, relieved: 0.8 };

/** Spaces of one tenant that are told of at once. */
const mostSpaces = 500;

/** Whoever a role holds for, looked up before the transaction that changes it. */
export type Affected = { readonly principal: number; readonly accounts: readonly number[] };

export async function affectedBy(ctx: Context, principals: readonly number[]): Promise<Affected[]> {
  return Promise.all(principals.map(async (principal) => ({ principal, accounts: await peopleBehind(ctx, principal) })));
}

/** Tells people that a role in a space is theirs now; null: that it is not any more. What the house sets up by itself is not told. */
export async function tellRole(
  tx: Tx,
  ctx: Context,
  space: Pick<Space, 'id' | 'name' | 'root'>,
  { accounts, role }: { accounts: readonly number[]; role: SpaceRole | null },
): Promise<void> {
  if (ctx.actor.kind !== 'account') return;
  await notify(tx, ctx, {
    accounts,
    code: role === null ? 'files.toldRoleTaken' : `files.toldRole.${role}`,
    params: { who: ctx.actor.name, space: space.name },
    link: role === null ? '/bereiche' : `/dateien/${space.root}`,
    about: `space:${space.id}`,
  });
}

type HandedOver = { readonly leaver: string; readonly heir: number; readonly space: Pick<Space, 'id' | 'name' | 'root'> };

/** Tells somebody that the files of a colleague who left are theirs to look after now. */
export async function tellHandOver(tx: Tx, ctx: Context, { leaver, heir, space }: HandedOver): Promise<void> {
  await notify(tx, ctx, {
    accounts: [heir],
    code: 'files.toldHandOver',
    params: { leaver, space: space.name },
    link: `/dateien/${space.root}`,
    about: `space:${space.id}`,
  });
}

/** Tells the author of a file that somebody commented on it, if they may still see it. */
export async function tellComment(tx: Tx, ctx: Context, { node, space }: Entry): Promise<void> {
  const { name: who } = personOf(ctx);
  if (node.author === null || node.isFolder) return;
  const author = await actorOf(ctx.platform, ctx.actor.tenant, node.author);
  if (!author || (await readRoles(tx, author.tenant, space.id, author)).length === 0) return;
  await notify(tx, ctx, {
    accounts: [author.account],
    code: 'files.toldComment',
    params: { who, file: node.name },
    link: `/dateien/${node.parent}/eintrag/${node.id}`,
    about: `node:${node.id}`,
  });
}

/** Tells whoever looks after it that a space is nearly full, once until there is room again. */
export async function warnOfQuota(ctx: Context): Promise<void> {
  const { tenant } = ctx.actor;
  await ctx.platform.db.write(tenant, async (tx) => {
    for (const space of await takeNearlyFull(tx, tenant, { ...fullness, limit: mostSpaces })) {
      await notify(tx, ctx, {
        accounts: await caretakersOf(tx, ctx, space),
        code: space.kind === 'personal' ? 'files.toldOwnQuota' : 'files.toldSpaceQuota',
        params: { space: space.name, percent: Math.floor((100 * space.used) / (space.quota ?? 1)) },
        link: `/dateien/${space.root}`,
        about: `quota:${space.id}`,
      });
    }
  });
}

async function caretakersOf(tx: Tx, ctx: Context, space: Space): Promise<number[]> {
  if (space.kind === 'personal') return space.owner === null ? [] : [space.owner];
  const members = await readMembers(tx, ctx.actor.tenant, space.id);
  const managers = members.filter(({ role }) => role === 'manager').map(({ principal }) => principal);
  return (await affectedBy(ctx, managers)).flatMap(({ accounts }) => accounts);
}

/** Tells somebody that what they began to upload was never finished and is gone; in the transaction that removes it. */
export async function tellExpired(tx: Tx, ctx: Context, upload: string): Promise<void> {
  const found = await readTellable(tx, ctx.actor.tenant, upload);
  if (!found) return;
  await notify(tx, ctx, {
    accounts: [found.account],
    code: 'files.toldExpired',
    params: { file: found.file },
    link: `/dateien/${found.folder}`,
    about: `upload:${upload}`,
  });
}
