import type { Context } from '#platform/context';
import { pageLimit } from '#platform/page';
import { authorizeAdministration } from './access.ts';
import type { Space } from './node.ts';
import { policyOf } from './policy.ts';
import * as store from './store/spaces.ts';

const reader = (ctx: Context) => ctx.platform.db.read(ctx.actor.tenant);

/** What a tenant keeps, for its administrators; bytes. */
export type Overview = {
  readonly used: number;
  readonly quota: number | null;
  readonly personal: { readonly count: number; readonly used: number };
  readonly shared: { readonly count: number; readonly used: number };
  /** Days after which what was deleted is removed for good. */
  readonly trashDays: number;
};

/** How full the tenant is, and with what. Administrators only. */
export async function readOverview(ctx: Context): Promise<Overview> {
  authorizeAdministration(ctx.actor, 'administer', null);
  const { tenant } = ctx.actor;
  const [{ quota, trashDays }, used, kinds] = await Promise.all([
    policyOf(ctx.platform, tenant),
    store.readUsage(reader(ctx), tenant),
    store.readUsageByKind(reader(ctx), tenant),
  ]);
  const of = (wanted: Space['kind']) => {
    const found = kinds.find(({ kind }) => kind === wanted);
    return { count: found?.count ?? 0, used: found?.used ?? 0 };
  };
  return { used, quota, trashDays, personal: of('personal'), shared: of('shared') };
}

/** The spaces of people, the fullest first, without their content. Administrators only. */
export async function listPersonalSpaces(ctx: Context, limit?: number): Promise<Space[]> {
  authorizeAdministration(ctx.actor, 'administer', null);
  return store.readPersonalSpaces(reader(ctx), ctx.actor.tenant, pageLimit(limit));
}

/** Spaces that were removed and can still be brought back, the latest first. Administrators only. */
export async function listRemovedSpaces(ctx: Context, limit?: number): Promise<{ space: Space; removedAt: Date }[]> {
  authorizeAdministration(ctx.actor, 'administer', null);
  return store.readRecentlyRemoved(reader(ctx), ctx.actor.tenant, pageLimit(limit));
}
