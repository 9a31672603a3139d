import type { Context } from '#platform/context';
import { asFailure, ensure, Failure } from '#platform/errors';
import { locate } from './access.ts';
import { copy, move } from './move.ts';
import type { Entry } from './node.ts';
import { beginCopy, beginMove } from './operation.ts';
import { freeNameIn } from './place.ts';
import { purge } from './purge.ts';
import { locateTrashed, restore, trash } from './trash.ts';
import type { Target } from './write.ts';

/** Most files and folders that are chosen in one request; more go in several. */
export const largestSelection = 1_000;

export type Done = { readonly id: number; readonly name: string };
export type Refusal = Done & { readonly failure: Failure };

/** What was done and what was not, each thing for itself: one locked file must not keep a hundred others from the trash. */
export type Outcome = {
  readonly done: readonly Done[];
  readonly refused: readonly Refusal[];
  /** What was begun and goes on in the background, because it is large. */
  readonly begun: readonly Done[];
};

/** What to do when the name is taken where something is moved or copied to. */
export const meetingRules = ['number', 'replace', 'skip'] as const;
export type MeetingRule = (typeof meetingRules)[number];

type Find = (ctx: Context, id: number) => Promise<Entry>;

/** What became of one thing. */
type Fate = 'done' | 'begun' | 'skipped';

async function forEach(ctx: Context, ids: readonly number[], find: Find, work: (entry: Entry) => Promise<Fate>) {
  ensure(ids.length > 0, 'invalid', 'files.nothingChosen');
  ensure(ids.length <= largestSelection, 'tooLarge', 'files.tooManyAtOnce', { limit: largestSelection });
  const done: Done[] = [];
  const begun: Done[] = [];
  const refused: Refusal[] = [];
  for (const id of new Set(ids)) {
    let name = '';
    try {
      const entry = await find(ctx, id);
      name = entry.node.name;
      const fate = await work(entry);
      if (fate === 'done') done.push({ id, name });
      if (fate === 'begun') begun.push({ id, name });
    } catch (error) {
      const failure = asFailure(error);
      // Nothing after this would fare better.
      if (failure.kind === 'unavailable' || failure.kind === 'internal' || failure.kind === 'unauthenticated') throw failure;
      refused.push({ id, name, failure });
    }
  }
  return outcomeOf({ done, refused, begun });
}

/** When nothing at all could be done for one reason, that reason is the answer. */
function outcomeOf(outcome: Outcome): Outcome {
  const [first] = outcome.refused;
  if (
    first &&
    outcome.done.length + outcome.begun.length === 0 &&
    outcome.refused.every(({ failure }) => failure.code === first.failure.code)
  )
    throw first.failure;
  return outcome;
}

/** Puts what was chosen into the trash. Throws when nothing of it could be. */
export function trashAll(ctx: Context, ids: readonly number[]): Promise<Outcome> {
  return forEach(ctx, ids, locate, async (entry) => {
    await trash(ctx, entry);
    return 'done';
  });
}

/** Brings back what was chosen, to where it was or into a folder of its space. Throws when nothing of it could be. */
export function restoreAll(ctx: Context, ids: readonly number[], folder: number | null = null): Promise<Outcome> {
  return forEach(ctx, ids, locateTrashed, async (entry) => {
    await restore(ctx, entry.node.id, folder === null ? null : { folder });
    return 'done';
  });
}

/** Removes for good what was chosen in a trash. Throws when nothing of it could be. */
export function purgeAll(ctx: Context, ids: readonly number[]): Promise<Outcome> {
  return forEach(ctx, ids, locateTrashed, async (entry) => {
    await purge(ctx, entry.node.id);
    return 'done';
  });
}

const isFailure = (error: unknown, code: string) => error instanceof Failure && error.code === code;

/** Does it now, or begins it when it is too large for that. */
const orBegin =
  (now: typeof copy, later: typeof beginCopy) =>
  async (ctx: Context, source: Entry, target: Target, overwrites: boolean): Promise<Fate> => {
    try {
      await now(ctx, source, target, { overwrites, ignoresCase: true });
      return 'done';
    } catch (error) {
      if (!isFailure(error, 'files.tooManyHere')) throw error;
      await later(ctx, source, target, overwrites);
      return 'begun';
    }
  };

const copyOrBegin = orBegin(copy, beginCopy);
const moveOrBegin = orBegin(move, beginMove);

export type Carrying = { readonly to: number; readonly isCopy: boolean; readonly taken: MeetingRule };

/**
 * Moves or copies what was chosen into a folder; what is too large to wait for is begun. What is skipped is neither done nor
 * refused. Throws when nothing could be.
 */
export async function carryAll(ctx: Context, ids: readonly number[], { to, isCopy, taken }: Carrying): Promise<Outcome> {
  const folder = await locate(ctx, to);
  ensure(folder.node.isFolder, 'conflict', 'files.notAFolder', { name: folder.node.name });
  const carry = isCopy ? copyOrBegin : moveOrBegin;
  return forEach(ctx, ids, locate, async (entry) => {
    if (!isCopy && entry.node.parent === to) return 'skipped'; // it is there already
    const name = taken === 'number' ? await freeNameIn(ctx, folder, entry.node.name) : entry.node.name;
    const overwrites = taken === 'replace' && entry.node.parent !== to;
    try {
      return await carry(ctx, entry, { folder, name }, overwrites);
    } catch (error) {
      if (taken === 'skip' && isFailure(error, 'files.exists')) return 'skipped';
      throw error;
    }
  });
}
