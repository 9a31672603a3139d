import { audit, listAudit } from '#platform/audit';
import { authorizer } from '#platform/authorize';
import type { Context } from '#platform/context';
import { ensure } from '#platform/errors';
import { tenantPermissions } from './rules.ts';
import { checkPolicyName, checkPolicyValue, type EffectivePolicies, effective, type PolicyValue } from './rules-policy.ts';
import { deleteDecision, readDecision, readProfile, upsertDecision } from './store.ts';

const authorize = authorizer(tenantPermissions);

/** Longest history of policies that is shown. */
const historyLimit = 200;

/** One decision as the audit trail keeps it. */
export type PolicyChange = {
  readonly at: string;
  /** `account:17`; who that is, `accounts.namesOf` knows. */
  readonly actor: string;
  readonly policy: string;
  /** Null: there was no decision of its own, or the own decision was taken back. */
  readonly from: PolicyValue | null;
  readonly to: PolicyValue | null;
};

export type PolicyInput = {
  readonly tenant: number;
  readonly name: string;
  /** Null takes the tenant's own decision back: what its ancestors decided counts again. */
  readonly value: PolicyValue | null;
};

/** Decides one policy for a tenant and all below it that have not decided themselves. Throws `invalid`, `forbidden`, `notFound`. */
export async function setPolicy(ctx: Context, { tenant, name: given, value: wanted }: PolicyInput): Promise<void> {
  authorize(ctx.actor, 'decide', { tenant });
  const name = checkPolicyName(given);
  const value = wanted === null ? null : checkPolicyValue(name, wanted);
  await ctx.platform.db.write(tenant, async (tx) => {
    const from = (await readDecision(tx, tenant, name)) ?? null;
    if (from === value) return;
    if (value === null) await deleteDecision(tx, tenant, name);
    else await upsertDecision(tx, tenant, { name, value });
    await audit(tx, ctx, [
      { action: 'tenants.setPolicy', thing: `tenant:${tenant}`, details: { policy: name, from, to: value } },
    ]);
  });
}

/** Every policy in force for a tenant, with the tenant that decided it. */
export async function effectivePolicies(ctx: Context, tenant: number): Promise<EffectivePolicies> {
  authorize(ctx.actor, 'read', { tenant });
  const row = await readProfile(ctx.platform.db.instance, tenant);
  ensure(row, 'notFound', 'platform.notFound');
  return effective(row.policies);
}

/** Who decided what when, newest first; of one policy or of all. */
export async function policyHistory(ctx: Context, tenant: number, policy?: string): Promise<PolicyChange[]> {
  authorize(ctx.actor, 'read', { tenant });
  const entries = await listAudit(ctx.platform.db.read(tenant), tenant, { action: 'tenants.setPolicy', limit: historyLimit });
  const changes = entries.map(({ at, actor, details }) => ({ at, actor, ...details }) as PolicyChange);
  return policy === undefined ? changes : changes.filter((change) => change.policy === policy);
}
