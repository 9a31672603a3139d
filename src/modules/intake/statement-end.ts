import { audit } from '#platform/audit';
import type { Context } from '#platform/context';
import type { Tx } from '#platform/db';
import { emit } from '#platform/events';
import { statementWithdrawn } from './events.ts';
import { doneStates, type TrayState } from './rules.ts';
import { statementEdges } from './rules-statement.ts';
import { moveStatement, readStatements, readSubmissionsLeft } from './store/statement.ts';

/** What other offices are asked ends with what it was asked for. */

type Over = { readonly submission: number; readonly state: TrayState };

/**
 * Once it is decided, closed or withdrawn nobody waits for statements any more: those that were not given are taken back, and the
 * offices that were asked hear of it. In the caller's transaction; while it is open, and a second time, nothing happens.
 */
export async function endStatements(tx: Tx, ctx: Context, { submission, state }: Over): Promise<void> {
  if (!doneStates.includes(state)) return;
  const { tenant } = ctx.actor;
  const { from, to } = statementEdges.withdraw;
  for (const { id, askedTenant } of await readStatements(tx, tenant, { submission })) {
    if (!(await moveStatement(tx, tenant, { id, from, to }))) continue;
    const details = { statement: id, to: askedTenant, because: state };
    await audit(tx, ctx, [{ action: 'intake.endStatement', thing: `submission:${submission}`, details }]);
    await emit(tx, ctx, statementWithdrawn, { tenant, statement: id, to: askedTenant, isOver: true });
  }
}

/** Takes back what was left from before this was so: for the house, each night. */
export async function endLeftStatements(ctx: Context): Promise<void> {
  const { tenant } = ctx.actor;
  await ctx.platform.db.write(tenant, async (tx) => {
    for (const over of await readSubmissionsLeft(tx, tenant, doneStates)) await endStatements(tx, ctx, over);
  });
}
