import { provider } from '#modules/tenants';
import { type AuditRecord, audit, listAudit } from '#platform/audit';
import type { Context } from '#platform/context';
import { pageLimit } from '#platform/page';
import { authorize } from './gate.ts';
import { readNames } from './store/account.ts';

export type TrailQuery = {
  /** Show entries before this number. */
  readonly before?: number;
  /** Beginning of an action, e.g. `files.`. */
  readonly action?: string;
  readonly limit?: number;
};

/** An entry, with the name of who did it where that is a person of the tenant or of the provider; null for the house itself. */
export type TrailEntry = AuditRecord & { readonly actorName: string | null };

const accountOf = (actor: string) => Number(/^account:(\d+)$/.exec(actor)?.[1] ?? 0);

/**
 * The audit trail of one's own tenant, newest first, for administrators and auditors. That somebody looked is itself noted
 * (once for each look, not for each page of it).
 */
export async function auditTrail(ctx: Context, query: TrailQuery = {}): Promise<TrailEntry[]> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'inspect', { tenant });
  const filter = {
    limit: pageLimit(query.limit, 100),
    action: query.action ?? '',
    ...(query.before ? { before: query.before } : {}),
  };
  const entries = await listAudit(ctx.platform.db.read(tenant), tenant, filter);
  if (query.before === undefined) {
    const note = { action: 'accounts.readAudit', thing: `tenant:${tenant}`, details: { filter: filter.action } };
    await ctx.platform.db.write(tenant, (tx) => audit(tx, ctx, [note]));
  }
  const names = await namesIn(ctx, tenant, entries);
  return entries.map((entry) => ({ ...entry, actorName: names.get(accountOf(entry.actor)) ?? null }));
}

/** Operators of the provider act in other tenants' books; who they are is no secret there. */
async function namesIn(ctx: Context, tenant: number, entries: readonly AuditRecord[]): Promise<Map<number, string>> {
  const ids = [...new Set(entries.map(({ actor }) => accountOf(actor)))].filter((id) => id > 0);
  const own = await readNames(ctx.platform.db.read(tenant), tenant, ids);
  const operators = await readNames(ctx.platform.db.read(provider), provider, ids);
  return new Map([...operators, ...own].map(({ id, name }) => [id, name]));
}
