import { tenantNumbers } from '#modules/tenants';
import { type Context, systemContext } from '#platform/context';
import { daysAfter } from '#platform/day';
import { enqueue, type Job } from '#platform/jobs';
import { isTransient, obstacles, scanLimits } from './rules.ts';
import { scanBlob } from './scan.ts';
import { scannerState } from './scanner.ts';
import { readOutdated, resetObstacles } from './store.ts';

/** Lets what failed because of the scanner wait again, of the actor's tenant; resolves with how many contents that are. */
export async function takeUpAgain(ctx: Context): Promise<number> {
  const { tenant } = ctx.actor;
  return ctx.platform.db.write(tenant, async (tx) => {
    const blobs = await resetObstacles(tx, tenant, { among: obstacles.filter(isTransient), most: scanLimits.step });
    for (const blob of blobs) await enqueue(tx, scanBlob, { blob }, { key: `scan ${tenant} ${blob}` });
    return blobs.length;
  });
}

/** Has what came in lately looked at again with newer signatures, of the actor's tenant; resolves with how many contents that are. */
export async function lookAgain(ctx: Context, signatures: string): Promise<number> {
  const { platform, actor } = ctx;
  const { tenant } = actor;
  const since = daysAfter(platform.clock.now(), -scanLimits.againDays);
  const blobs = await readOutdated(platform.db.read(tenant), tenant, { since, signatures, most: scanLimits.step });
  await platform.db.write(tenant, async (tx) => {
    for (const blob of blobs) await enqueue(tx, scanBlob, { blob }, { key: `scan ${tenant} ${blob}` });
  });
  return blobs.length;
}

/** Takes up what failed as soon as the scanner can be relied on again. */
export const tryAgain: Job = {
  name: 'scanning.tryAgain',
  every: '*/10 * * * *',
  run: async (ctx) => {
    const { platform } = ctx;
    const state = await scannerState(ctx);
    if (!state.isUsable) return;
    for (const tenant of await tenantNumbers(platform)) await takeUpAgain(systemContext(platform, tenant, 'scanning.tryAgain'));
  },
};

/** Signatures of malware come out hours after the malware. */
export const scanAgain: Job = {
  name: 'scanning.scanAgain',
  every: '20 * * * *',
  run: async (ctx) => {
    const { platform } = ctx;
    const state = await scannerState(ctx);
    if (!state.isUsable || state.signatures === '') return;
    for (const tenant of await tenantNumbers(platform))
      await lookAgain(systemContext(platform, tenant, 'scanning.scanAgain'), state.signatures);
  },
};
