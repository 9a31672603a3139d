import type { Context } from '#platform/context';
import { authorize, patternOf } from './gate.ts';
import { readNames } from './store/account.ts';
import { type Principal, readPeopleBehind, readPrincipals, searchPrincipals } from './store/principal.ts';

export type { Principal } from './store/principal.ts';

/** Most that a search by name shows, most ids that are resolved at once, and most people of one group or unit. */
const limits = { found: 50, resolved: 5_000, behind: 2_000 };

/** Colleagues, groups and units of one's own tenant by part of a name or address: whom something can be given to. */
export async function findPrincipals(ctx: Context, search: string, limit = 20): Promise<Principal[]> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'find', { tenant });
  const most = Math.min(Math.max(1, Math.floor(limit)), limits.found);
  return searchPrincipals(ctx.platform.db.read(tenant), tenant, { pattern: patternOf(search), limit: most });
}

/** What stands behind these ids in one's own tenant; ids of other tenants and of what is gone are missing in the answer. */
export async function principalsById(ctx: Context, ids: readonly number[]): Promise<Map<number, Principal>> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'find', { tenant });
  const found = await readPrincipals(ctx.platform.db.read(tenant), tenant, ids.slice(0, limits.resolved));
  return new Map(found.map((principal) => [principal.id, principal]));
}

/** Names of people of one's own tenant by their ids, disabled ones too: for lists that show who did something. */
export async function namesOf(ctx: Context, ids: readonly number[]): Promise<Map<number, string>> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'find', { tenant });
  const found = await readNames(ctx.platform.db.read(tenant), tenant, [...new Set(ids)].slice(0, limits.resolved));
  return new Map(found.map(({ id, name }) => [id, name]));
}

/** The active people of one's own tenant for whom a role of this account, group or unit holds; never more than 2,000. */
export async function peopleBehind(ctx: Context, principal: number): Promise<number[]> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'find', { tenant });
  return readPeopleBehind(ctx.platform.db.read(tenant), tenant, principal, limits.behind);
}
