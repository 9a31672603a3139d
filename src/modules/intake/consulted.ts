import { listGroups, listUnits, principalsById } from '#modules/accounts';
import { profile, provider } from '#modules/tenants';
import { audit } from '#platform/audit';
import type { Context } from '#platform/context';
import { emit, on } from '#platform/events';
import { consultedChanged } from './events.ts';
import { authorize } from './gate.ts';
import { statementLimits } from './rules-statement.ts';
import { type ConsultedOffice, readConsulted, writeConsulted } from './store/consulted.ts';

/** Which offices can be asked for a statement: each authority says it for itself, and everybody chooses from all. */

export type ConsultableOffice = { readonly office: number; readonly name: string; readonly isOpen: boolean };

/** The groups and units of the actor's authority, and which of them can be asked. For administrators. */
export async function listConsultable(ctx: Context): Promise<ConsultableOffice[]> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'setDeadlines', { tenant });
  const [{ items }, units, open] = await Promise.all([
    listGroups(ctx, { limit: 200 }),
    listUnits(ctx),
    readConsulted(ctx.platform.db.read(tenant), tenant, statementLimits.offices),
  ]);
  const known = new Set(open.filter(({ source }) => source === tenant).map(({ office }) => office));
  return [...units, ...items].map(({ id, name }) => ({ office: id, name, isOpen: known.has(id) }));
}

/** Says which groups can be asked, in place of what was said before. Ids that are no groups of this authority are left out. */
export async function setConsulted(ctx: Context, offices: readonly number[]): Promise<void> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'setDeadlines', { tenant });
  const wanted = offices.filter((office) => Number.isSafeInteger(office) && office > 0).slice(0, 200);
  const known = [...(await principalsById(ctx, wanted)).values()].filter(({ kind }) => kind === 'group' || kind === 'unit');
  const own = (await profile(ctx.platform, tenant))?.branding.name ?? '';
  const rows = known.map(
    ({ id, name }): ConsultedOffice => ({ source: tenant, office: id, name: `${own}: ${name}`.slice(0, 200) }),
  );
  await ctx.platform.db.write(tenant, async (tx) => {
    await writeConsulted(tx, tenant, tenant, rows);
    const details = { offices: rows.map(({ office }) => office) };
    await audit(tx, ctx, [{ action: 'intake.setConsulted', thing: `tenant:${tenant}`, details }]);
    await emit(tx, ctx, consultedChanged, { tenant });
  });
}

/** Everybody's offices, from the state's list. */
export async function officesToAsk(ctx: Context): Promise<ConsultedOffice[]> {
  authorize(ctx.actor, 'list', { tenant: ctx.actor.tenant });
  return readConsulted(ctx.platform.db.read(provider), provider, statementLimits.offices);
}

/** Brings the state's list in line with what an authority has said; reads anew, so it may run twice and late. */
export async function publishConsulted({ platform }: Context, { tenant }: { readonly tenant: number }): Promise<void> {
  if (tenant === provider) return;
  const rows = await readConsulted(platform.db.read(tenant), tenant, statementLimits.offices);
  const own = rows.filter(({ source }) => source === tenant);
  await platform.db.write(provider, (tx) => writeConsulted(tx, provider, tenant, own));
}

export const followConsulted = on(consultedChanged, 'intake.publishConsulted', publishConsulted);
