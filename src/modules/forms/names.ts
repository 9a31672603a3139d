import type { Context } from '#platform/context';
import type { Namers } from '#platform/names';
import { authorize } from './gate.ts';
import { readCalled, readReferences } from './store/submission.ts';

/** Applications that are named, or looked for by their names, at once. */
const mostNamed = 1_000;

/** The reference numbers of applications, for administrators and auditors. Throws `forbidden`. */
async function namesOfSubmissions(ctx: Context, ids: readonly number[]): Promise<ReadonlyMap<number, string>> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'name', { tenant });
  const rows = await readReferences(ctx.platform.db.read(tenant), tenant, [...new Set(ids)].slice(0, mostNamed));
  return new Map(rows.map(({ id, reference }) => [id, reference]));
}

/** Applications by a part of their reference number. Throws `forbidden`. */
async function submissionsCalled(ctx: Context, pattern: string): Promise<readonly number[]> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'name', { tenant });
  return readCalled(ctx.platform.db.read(tenant), tenant, pattern, mostNamed);
}

/** What this room's things are called, for the rooms below. */
export const names: Namers = { submission: { namesOf: namesOfSubmissions, called: submissionsCalled } };
