import type { Context } from './context.ts';

/**
 * Which of some blobs of the actor's tenant a room refers to. Every room that stores blobs plugs one in (`Module.keeps`): the weekly
 * sweep removes what nobody keeps, and `fsck` counts it.
 */
export type Keeper = (ctx: Context, blobs: readonly string[]) => Promise<ReadonlySet<string>>;

/** What any room keeps of some blobs. */
export async function keptAmong(ctx: Context, blobs: readonly string[]): Promise<ReadonlySet<string>> {
  if (blobs.length === 0) return new Set();
  const kept = await Promise.all(ctx.platform.keepers.map((keeper) => keeper(ctx, blobs)));
  return new Set(kept.flatMap((some) => [...some]));
}
