import { audit } from '#platform/audit';
import type { Context } from '#platform/context';
import { Failure } from '#platform/errors';
import { emit } from '#platform/events';
import type { Job } from '#platform/jobs';
import { type ScannedPayload, scanned } from './events.ts';
import { isTransient, type Scan } from './rules.ts';
import { type Looked, lookAt } from './scanner.ts';
import { lockScan, readScans, updateScan } from './store.ts';

/**
 * Looks at a content now and keeps the verdict; what the job does. Doing it twice does no harm. A content that had a verdict keeps it
 * when the scanner fails now. Resolves with how it stands; null when the content was never handed in or is forgotten.
 */
export async function scan(ctx: Context, blob: string): Promise<Scan | null> {
  const { tenant } = ctx.actor;
  const find = async () => (await readScans(ctx.platform.db.read(tenant), tenant, [blob]))[0] ?? null;
  if ((await find()) === null) return null;
  await keep(ctx, blob, await lookAtBlob(ctx, blob));
  return find();
}

async function lookAtBlob(ctx: Context, blob: string): Promise<Looked> {
  try {
    const reader = await ctx.platform.blobs.open(ctx.actor.tenant, blob);
    try {
      return await lookAt(ctx, reader.read(0, reader.size));
    } finally {
      await reader.close();
    }
  } catch (error) {
    if (!(error instanceof Failure && error.kind === 'damaged')) throw error;
    ctx.platform.metrics.count('damaged_blobs_total', {});
    ctx.platform.log.error({ tenant: ctx.actor.tenant, blob, detail: String(error.cause) }, 'a stored blob is damaged');
    return {
      verdict: { state: 'notScannable', obstacle: 'damaged' },
      version: { engine: '', signatures: '', signaturesAt: null },
    };
  }
}

async function keep(ctx: Context, blob: string, { verdict, version }: Looked): Promise<void> {
  const { platform, actor } = ctx;
  const { tenant } = actor;
  const obstacle = verdict.state === 'notScannable' ? verdict.obstacle : null;
  platform.metrics.count('scans_total', { outcome: obstacle ?? verdict.state });
  await platform.db.write(tenant, async (tx) => {
    const before = await lockScan(tx, tenant, blob);
    if (before === null) return; // forgotten meanwhile
    const hadVerdict = before.state !== 'waiting' && !isTransient(before.obstacle);
    if (hadVerdict && isTransient(obstacle)) return;
    await updateScan(tx, tenant, blob, { verdict, version, at: platform.clock.now() });
    if (before.state === verdict.state && before.obstacle === obstacle) return;
    const [row] = await readScans(tx, tenant, [blob]);
    const payload: ScannedPayload = { tenant, blob, reference: row?.reference ?? '', state: verdict.state, obstacle };
    await emit(tx, ctx, scanned, payload);
    if (verdict.state !== 'infected') return;
    platform.log.warn({ tenant, blob, malware: verdict.malware }, 'malware found');
    const details = { malware: verdict.malware, reference: payload.reference };
    await audit(tx, ctx, [{ action: 'scanning.found', thing: `blob:${blob}`, details }]);
  });
}

export const scanBlob: Job<{ blob: string }> = {
  name: 'scanning.scan',
  run: async (ctx, { blob }) => {
    await scan(ctx, blob);
  },
};
