import type { Context } from '#platform/context';
import { authorize } from './gate.ts';
import { freshKnowledge } from './lexicon.ts';
import { showAll } from './publish.ts';
import { stateTenant } from './rules.ts';
import type { ServiceContent } from './rules-content.ts';
import { entryKinds } from './rules-content.ts';
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
  const sources = await everyPublished(ctx, tenant);
  const { lexicon } = await freshKnowledge(ctx);
  const own = stemsOf(sources.filter(({ kind }) => kind === 'service').map(({ content }) => content as ServiceContent));
  const isKnown = isWordOf(lexicon);
  const isWord = (stem: string) => own.has(stem) || isKnown(stem);
  for (let from = 0; from < sources.length; from += batch) await showAll(ctx, tenant, sources.slice(from, from + batch), isWord);
  return sources.length;
}

async function everyPublished({ platform }: Context, tenant: number): Promise<PublishedRow[]> {
  const all: PublishedRow[] = [];
  for (const kind of entryKinds) {
    for (let after = 0; ; ) {
      const rows = await readPublishedRows(platform.db.read(tenant), tenant, { kind, after, limit: batch });
      all.push(...rows);
      const last = rows.at(-1);
      if (!last) break;
      after = last.id;
    }
  }
  return all;
}
