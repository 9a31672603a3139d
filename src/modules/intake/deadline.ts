import { listForms } from '#modules/forms';
import { audit } from '#platform/audit';
import type { Context } from '#platform/context';
import { ensure } from '#platform/errors';
import { authorize } from './gate.ts';
import { limits } from './rules.ts';
import { deleteDeadline, readDeadlines, upsertDeadline } from './store/deadline.ts';

export type ServiceDeadline = {
  readonly form: string;
  readonly title: string;
  /** As the authority has set it; null: as the form itself says. */
  readonly workingDays: number | null;
  /** Days of the calendar the form itself names. */
  readonly days: number | null;
};

/** How many working days each service may take here. For administrators. */
export async function listDeadlines(ctx: Context): Promise<ServiceDeadline[]> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'setDeadlines', { tenant });
  const [forms, set] = await Promise.all([listForms(ctx), readDeadlines(ctx.platform.db.read(tenant), tenant)]);
  const known = new Map(set.map(({ form, workingDays }) => [form, workingDays]));
  return forms
    .filter(({ published }) => published !== null)
    .map(({ key, title, days }) => ({ form: key, title, workingDays: known.get(key) ?? null, days }));
}

/**
 * Says how many working days a service may take, for what arrives from now on: no deadline moves afterwards.
 * @param text a whole number; empty: as the form itself says
 */
export async function setDeadline(ctx: Context, { form, text }: { form: string; text: string }): Promise<void> {
  const { tenant } = ctx.actor;
  const isKnown = (await listDeadlines(ctx)).some((one) => one.form === form);
  ensure(isKnown, 'notFound', 'platform.notFound');
  const clean = text.trim();
  const workingDays = clean === '' ? null : /^\d{1,3}$/.test(clean) ? Number(clean) : 0;
  const isGood = workingDays === null || (workingDays >= 1 && workingDays <= limits.workingDays);
  ensure(isGood, 'invalid', 'intake.workingDaysForm', { field: 'days', limit: limits.workingDays });
  await ctx.platform.db.write(tenant, async (tx) => {
    if (workingDays === null) await deleteDeadline(tx, tenant, form);
    else await upsertDeadline(tx, tenant, { form, workingDays });
    await audit(tx, ctx, [{ action: 'intake.setDeadline', thing: `form:${form}`, details: { workingDays } }]);
  });
}
