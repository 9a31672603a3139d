import { audit } from '#platform/audit';
import type { Context } from '#platform/context';
import type { Sql } from '#platform/db';
import { authorize } from './gate.ts';
import { knowledge } from './lexicon.ts';
import { stateTenant } from './rules.ts';
import { findPlace, type PlaceAnswer } from './rules-area.ts';
import { planRegister, type RegisterPlan, readRegister } from './rules-register.ts';
import { readAreas, upsertAreas } from './store/areas.ts';
import { lockIndex, raiseGeneration } from './store/index.ts';

export type RegisterReport = RegisterPlan & {
  readonly counts: Readonly<Record<RegisterPlan['verdicts'][number]['verdict'], number>>;
};

/**
 * Takes over a list of areas: every row gets a verdict; with `dryRun` nothing is changed. Mergers are rows that say when an area
 * ended and what it became part of: its name keeps leading there, and competences follow the successor.
 */
export async function importRegister(
  ctx: Context,
  input: { readonly csv: string; readonly dryRun: boolean },
): Promise<RegisterReport> {
  authorize(ctx.actor, 'manage', { tenant: stateTenant });
  const rows = readRegister(input.csv);
  const plan = await ctx.platform.db.write(stateTenant, async (tx) => {
    await lockIndex(tx);
    const made = planRegister(rows, await readAreas(tx as unknown as Sql, stateTenant));
    if (input.dryRun || made.changes.length === 0) return made;
    await upsertAreas(tx, stateTenant, made.changes);
    await raiseGeneration(tx, stateTenant);
    const details = { changed: made.changes.length };
    await audit(tx, ctx, [{ action: 'finder.importRegister', thing: 'finder:register', details }]);
    return made;
  });
  const counts = { created: 0, updated: 0, unchanged: 0, ended: 0, refused: 0 };
  for (const { verdict } of plan.verdicts) counts[verdict] += 1;
  return { ...plan, counts };
}

/** Which area somebody means; public. */
export async function findArea(ctx: Context, typed: string): Promise<PlaceAnswer> {
  const { register } = await knowledge(ctx);
  return findPlace(typed, register);
}
