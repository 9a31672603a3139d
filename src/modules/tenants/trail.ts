import { type AuditEntry, type AuditProblem, audit, signAuditHead, verifyAudit } from '#platform/audit';
import type { Context, Platform } from '#platform/context';
import type { Tx } from '#platform/db';
import type { Job } from '#platform/jobs';
import { provider } from './rules.ts';
import { readNumbers, speakFor } from './store.ts';

/**
 * Notes what the provider did to a tenant in both books, the tenant's and its own: whoever is managed may see it.
 * Belongs at the end of the transaction, which afterwards speaks for the provider.
 */
export async function auditInBoth(tx: Tx, ctx: Context, { tenant, entry }: { tenant: number; entry: AuditEntry }): Promise<void> {
  if (tenant !== provider) {
    await speakFor(tx, tenant);
    await audit(tx, ctx, [entry]);
    await speakFor(tx, provider);
  }
  await audit(tx, ctx, [entry]);
}

/** The key of the signed heads is derived from the instance's key, which the database does not know. */
const anchorKey = (platform: Platform) => platform.keys.derive('audit anchor');

/** Numbers of all tenants, the provider first. */
export function tenantNumbers(platform: Platform): Promise<number[]> {
  return readNumbers(platform.db.read(provider));
}

/**
 * Signs the heads of all tenants' audit chains once an hour and writes them to the log: a log that is kept elsewhere proves the
 * chains even against somebody who holds both the database and the keys.
 */
export const signAuditHeads: Job = {
  name: 'tenants.signAuditHeads',
  every: '7 * * * *',
  run: async ({ platform }) => {
    for (const tenant of await tenantNumbers(platform)) {
      const signed = await platform.db.write(tenant, (tx) => signAuditHead(tx, tenant, anchorKey(platform)));
      if (signed) platform.log.info({ tenant, ...signed }, 'audit head');
    }
  },
};

/** Recomputes every tenant's chain; names the first entry of each that was changed, removed or moved. */
export async function verifyAudits(platform: Platform): Promise<{ entries: number; problems: AuditProblem[] }> {
  const total = { entries: 0, problems: [] as AuditProblem[] };
  for (const tenant of await tenantNumbers(platform)) {
    const { entries, problems } = await verifyAudit(platform.db.read(tenant), tenant, anchorKey(platform));
    total.entries += entries;
    total.problems.push(...problems);
  }
  return total;
}
