import { tenantNumbers } from '#modules/tenants';
import { audit } from '#platform/audit';
import { type Context, systemContext } from '#platform/context';
import { dayAt } from '#platform/day';
import { emit } from '#platform/events';
import type { Job } from '#platform/jobs';
import { sealEnds } from './events.ts';
import { dueWarning } from './rules-end.ts';
import { insertTold, readBroughtEnd } from './store.ts';

/** Says once for each step that the seal somebody has brought for the actor's tenant ends; seals of our own are renewed by the house. */
async function warnOfEnd(ctx: Context): Promise<void> {
  const { platform, actor } = ctx;
  const { tenant } = actor;
  const seal = await readBroughtEnd(platform.db.read(tenant), tenant);
  const now = platform.clock.now();
  const days = seal && dueWarning(seal.validUntil, now);
  if (!seal || days === null) return;
  const on = dayAt(seal.validUntil);
  await platform.db.write(tenant, async (tx) => {
    if (!(await insertTold(tx, tenant, { seal: seal.id, days, at: now }))) return;
    await audit(tx, ctx, [{ action: 'signing.warnOfEnd', thing: `seal:${seal.id}`, details: { days, on } }]);
    await emit(tx, ctx, sealEnds, { tenant, seal: seal.id, days, on });
  });
}

/** Early in the morning, before people come. */
export const watchEnds: Job = {
  name: 'signing.watchEnds',
  every: '25 4 * * *',
  run: async ({ platform }) => {
    for (const tenant of await tenantNumbers(platform)) await warnOfEnd(systemContext(platform, tenant, 'signing.watchEnds'));
  },
};
