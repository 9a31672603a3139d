import { tenantNumbers } from '#modules/tenants';
import { type Context, systemContext } from '#platform/context';
import { addWorkingDays } from '#platform/day';
import type { Job } from '#platform/jobs';
import { ring } from './consultation.ts';
import { today } from './gate.ts';
import { limits } from './rules.ts';
import { statementLimits } from './rules-statement.ts';
import { endLeftStatements } from './statement-end.ts';
import { markReminded, readDue, readItem } from './store/item.ts';
import { readConsultations, takeDue, takeOverdue } from './store/statement.ts';
import { tell } from './tray.ts';

/** Rings for what is due soon and for what is overdue: once for each, whoever runs it how often. */
export async function remindTenant(ctx: Context): Promise<void> {
  const { tenant } = ctx.actor;
  const day = today(ctx);
  const until = addWorkingDays(day, limits.remindDays);
  const due = await readDue(ctx.platform.db.read(tenant), tenant, { until, today: day, limit: limits.reminders });
  for (const { submission, dueOn } of due)
    await ctx.platform.db.write(tenant, async (tx) => {
      const isOverdue = dueOn < day;
      const item = await markReminded(tx, tenant, submission, isOverdue ? 2 : 1);
      if (item) await tell(tx, ctx, { ...item, dueOn }, isOverdue ? 'intake.overdue' : 'intake.dueSoon');
    });
}

/** Rings for statements that are late where they are waited for, and soon due where they are to be given: once for each. */
export async function remindOfStatements(ctx: Context): Promise<void> {
  const { tenant } = ctx.actor;
  const day = today(ctx);
  const until = addWorkingDays(day, statementLimits.remindDays);
  await ctx.platform.db.write(tenant, async (tx) => {
    for (const { submission } of await takeOverdue(tx, tenant, day)) {
      const item = await readItem(tx, tenant, submission);
      if (item) await tell(tx, ctx, item, 'intake.statementLate');
    }
    for (const { id } of await takeDue(tx, tenant, until)) {
      const [consultation] = await readConsultations(tx, tenant, { id });
      if (consultation) await ring(tx, ctx, { code: 'intake.consultationReminded', consultation });
    }
  });
}

/** Early in the morning, before people come. */
export const remindOfDue: Job = {
  name: 'intake.remindOfDue',
  every: '15 4 * * 1-5',
  run: async ({ platform }) => {
    for (const tenant of await tenantNumbers(platform)) {
      const ctx = systemContext(platform, tenant, 'intake.remindOfDue');
      await remindTenant(ctx);
      await endLeftStatements(ctx);
      await remindOfStatements(ctx);
    }
  },
};
