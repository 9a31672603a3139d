import { administratorsOf } from '#modules/accounts';
import { notify } from '#modules/notifications';
import { tenantNumbers } from '#modules/tenants';
import { audit } from '#platform/audit';
import { type Context, systemContext } from '#platform/context';
import { daysAfter } from '#platform/day';
import type { Job } from '#platform/jobs';
import { limits } from './rules.ts';
import { problem } from './rules-problem.ts';
import { type ServiceSigner, say, serviceSigner } from './service-log.ts';
import { dropPieces, lockArrival, setDecided } from './store/arrival.ts';
import { readUnfetched, takeUnwarned } from './store/unfetched.ts';

/**
 * What lies at our delivery service and nobody fetches. After three days the administrators hear of it, after fourteen it is turned back
 * and its content goes (docs.fitko.de/fit-connect, “Einreichungen empfangen”): whoever has sent it still has it, and reads why.
 */

/** Submissions that one run gives up for one tenant. */
const atOnce = 1_000;

const daysBefore = (now: Date, days: number) => daysAfter(now, -days);

/** Tells the administrators, once for each destination and run, and gives up what has waited too long. */
export async function careForUnfetched(ctx: Context): Promise<void> {
  const { tenant } = ctx.actor;
  const now = ctx.platform.clock.now();
  const overdue = await readUnfetched(ctx.platform.db.read(tenant), tenant, daysBefore(now, limits.waitingDays), atOnce);
  if (overdue.length > 0) {
    const signer = await serviceSigner(ctx, tenant);
    for (const id of overdue) await giveUp(ctx, signer, id);
  }
  await ctx.platform.db.write(tenant, async (tx) => {
    for (const { inbox, title, count } of await takeUnwarned(tx, tenant, { before: daysBefore(now, limits.unfetchedDays), now }))
      await notify(tx, ctx, {
        accounts: await administratorsOf(tx, tenant),
        code: 'delivery.unfetched',
        params: { title, count, days: limits.unfetchedDays, limit: limits.waitingDays },
        link: `/verwaltung/zustellung/empfang/${inbox}`,
        about: `inbox:${inbox}`,
      });
  });
}

async function giveUp(ctx: Context, signer: ServiceSigner, id: string): Promise<void> {
  const { tenant } = ctx.actor;
  const days = limits.waitingDays;
  const gone = await ctx.platform.db.write(tenant, async (tx) => {
    const held = await lockArrival(tx, tenant, id);
    // Its receiver may have decided at this very moment.
    if (held?.state !== 'submitted') return [];
    const at = ctx.platform.clock.now();
    const problems = [problem('not-fetched', 'submission', `nach ${days} Tagen nicht abgeholt`)];
    await setDecided(tx, tenant, { id, state: 'rejected', problems, submission: null, verdict: null, verdictOld: null, at });
    await say(tx, tenant, signer, { kind: 'reject', arrival: id, caseId: held.caseId, at, tags: null, problems });
    await audit(tx, ctx, [{ action: 'delivery.giveUp', thing: `arrival:${id}`, details: { inbox: held.inbox, days } }]);
    return dropPieces(tx, tenant, id);
  });
  for (const blob of gone) await ctx.platform.blobs.remove(tenant, blob);
}

export const unfetchedCare: Job = {
  name: 'delivery.unfetchedCare',
  every: '50 3 * * *',
  run: async ({ platform }) => {
    for (const tenant of await tenantNumbers(platform))
      await careForUnfetched(systemContext(platform, tenant, 'delivery.unfetchedCare'));
  },
};
