import type { Context } from '#platform/context';
import { authorize } from './gate.ts';
import { freshKnowledge } from './lexicon.ts';
import { showAll } from './publish.ts';
import { stateTenant } from './rules.ts';
import { type EntryKind, entryKinds, type ServiceContent } from './rules-content.ts';
import { stemsOf } from './rules-index.ts';
import { isWordOf } from './rules-query.ts';
import { type PublishedRow, readPublishedRows } from './store/entries.ts';

const batch = 100;

/**
 * Writes everything a tenant has published into what the public sees once more: after an import, or when a rule of the index
 * changed. Resolves with how many entries were written. Only the house may.
 */
export async function rebuild(ctx: Context, tenant: number): Promise<number> {
  authorize(ctx.actor, 'manage', { tenant: stateTenant });
  const { lexicon } = await freshKnowledge(ctx);
  const own = new Set<string>();
  // Twice through, so that ten thousand texts never lie in memory together.
  for await (const rows of everyPublished(ctx, tenant, ['service']))
    for (const stem of stemsOf(rows.map(({ content }) => content as ServiceContent))) own.add(stem);
  const isKnown = isWordOf(lexicon);
  const isWord = (stem: string) => own.has(stem) || isKnown(stem);
  let count = 0;
  for await (const rows of everyPublished(ctx, tenant, entryKinds)) {
    await showAll(ctx, tenant, rows, isWord);
    count += rows.length;
  }
  return count;
}

async function* everyPublished(
  { platform }: Context,
  tenant: number,
  kinds: readonly EntryKind[],
): AsyncGenerator<readonly PublishedRow[]> {
  for (const kind of kinds) {
    for (let after = 0; ; ) {
      const rows = await readPublishedRows(platform.db.read(tenant), tenant, { kind, after, limit: batch });
      const last = rows.at(-1);
      if (!last) break;
      yield rows;
      after = last.id;
    }
  }
}
