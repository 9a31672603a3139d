import type { Context } from './context.ts';

/**
 * What things of a room are called, for rooms below it that know no more of them than a number: the audit trail for one. Things that
 * are gone are missing in the answer, and so is what the actor may not know.
 */
export type Namer = (ctx: Context, ids: readonly number[]) => Promise<ReadonlyMap<number, string>>;

/** By the kind of thing, as the audit trail writes it: `space` for `space:12`. */
export type Namers = Readonly<Record<string, Namer>>;
