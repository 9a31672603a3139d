import type { Context } from './context.ts';

/** What things of a room are called, for rooms below it that know no more of them than a number: the audit trail for one. */
export type Namer = {
  /** Their names. Things that are gone are missing in the answer, and so is what the actor may not know. */
  readonly namesOf: (ctx: Context, ids: readonly number[]) => Promise<ReadonlyMap<number, string>>;
  /** Some whose name contains this pattern, as `like` reads it; without it they are not looked for by their names. */
  readonly called?: (ctx: Context, pattern: string) => Promise<readonly number[]>;
};

/** By the kind of thing, as the audit trail writes it: `space` for `space:12`. */
export type Namers = Readonly<Record<string, Namer>>;
