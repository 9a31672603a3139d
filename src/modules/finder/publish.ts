import type { Context } from '#platform/context';
import type { Tx } from '#platform/db';
import { on } from '#platform/events';
import { entryPublished } from './events.ts';
import { freshKnowledge } from './lexicon.ts';
import { stateTenant } from './rules.ts';
import type {
  AuthorityContent,
  CompetenceContent,
  LifeEventContent,
  ServiceContent,
  SupplementContent,
} from './rules-content.ts';
import { postingsOf } from './rules-index.ts';
import { isWordOf } from './rules-query.ts';
import type { IsWord } from './rules-split.ts';
import { type Entry, type PublishedRow, readEntry, readPublishedRow, readWithdrawn, type Version } from './store/entries.ts';
import { lockIndex, raiseGeneration, replacePostings } from './store/index.ts';
import { deleteLifeEvent, upsertLifeEvent } from './store/life-events.ts';
import {
  deleteAuthority,
  deleteCompetence,
  deleteService,
  deleteSupplement,
  type Origin,
  upsertAuthority,
  upsertCompetence,
  upsertService,
  upsertSupplement,
} from './store/published.ts';

/**
 * From what a tenant's editors hold to what everybody sees. The event only says that something has changed; what is in force is
 * read anew, so that running twice, late or in another order ends the same.
 */
export const project = on(entryPublished, 'finder.project', async (ctx, { tenant, entry }) => publishEntry(ctx, tenant, entry));

/** Brings the public row of one entry up to date. */
export async function publishEntry(ctx: Context, tenant: number, id: number): Promise<void> {
  const { lexicon } = await freshKnowledge(ctx);
  await ctx.platform.db.write(stateTenant, async (tx) => {
    await lockIndex(tx);
    // Read after the lock: of two events at once the later one must not write what the earlier one had read.
    const sql = ctx.platform.db.read(tenant);
    const [entry, row] = await Promise.all([readEntry(sql, tenant, id), readPublishedRow(sql, tenant, id)]);
    if (!entry) return;
    if (row) await showOne(tx, { source: tenant, row, isWord: isWordOf(lexicon) });
    else await hide(tx, { source: tenant, entry, last: await readWithdrawn(sql, tenant, id) });
    await raiseGeneration(tx, stateTenant);
  });
}

/** Writes many published entries of one tenant at once. */
export async function showAll(ctx: Context, tenant: number, rows: readonly PublishedRow[], isWord: IsWord): Promise<void> {
  await ctx.platform.db.write(stateTenant, async (tx) => {
    await lockIndex(tx);
    // Without waiting for each other: they are different rows, and travel together.
    const shown = rows.map(async (row) => {
      if (row.kind !== 'service') return showOne(tx, { source: tenant, row, isWord }).then(() => null);
      return { service: await showService(tx, tenant, row), content: row.content as ServiceContent };
    });
    const services = (await Promise.all(shown)).filter((one) => one !== null);
    const postings = services.map(({ service, content }) => ({ service, postings: postingsOf(content, isWord) }));
    if (postings.length > 0) await replacePostings(tx, stateTenant, postings);
    await raiseGeneration(tx, stateTenant);
  });
}

type Shown = { readonly source: number; readonly row: PublishedRow; readonly isWord: IsWord };

const originOf = (source: number, { validFrom, validTo, publishedAt }: PublishedRow): Origin => ({
  source,
  validFrom,
  validTo,
  publishedAt: publishedAt ?? new Date(0),
});

async function showService(tx: Tx, source: number, row: PublishedRow): Promise<number> {
  const origin = originOf(source, row);
  const checkedOn = row.checkedOn ?? origin.publishedAt.toISOString().slice(0, 10);
  const { key, version } = row;
  return upsertService(tx, stateTenant, { ...origin, key, version, content: row.content as ServiceContent, checkedOn });
}

async function showOne(tx: Tx, { source, row, isWord }: Shown): Promise<void> {
  const origin = originOf(source, row);
  const { kind, key, content } = row;
  if (kind === 'service') {
    const service = await showService(tx, source, row);
    await replacePostings(tx, stateTenant, [{ service, postings: postingsOf(content as ServiceContent, isWord) }]);
  } else if (kind === 'authority')
    await upsertAuthority(tx, stateTenant, { ...origin, key, content: content as AuthorityContent, state: stateTenant });
  else if (kind === 'supplement') await upsertSupplement(tx, stateTenant, { ...origin, content: content as SupplementContent });
  else if (kind === 'lifeEvent') await upsertLifeEvent(tx, stateTenant, { ...origin, key, content: content as LifeEventContent });
  else await upsertCompetence(tx, stateTenant, { ...origin, entry: row.id, content: content as CompetenceContent });
}

type Hidden = { readonly source: number; readonly entry: Entry; readonly last: Version | null };

async function hide(tx: Tx, { source, entry, last }: Hidden): Promise<void> {
  if (entry.kind === 'service') {
    const service = await deleteService(tx, stateTenant, entry.key);
    if (service !== null) await replacePostings(tx, stateTenant, [{ service, postings: [] }]);
  } else if (entry.kind === 'authority') await deleteAuthority(tx, stateTenant, entry.key, source);
  else if (entry.kind === 'lifeEvent') await deleteLifeEvent(tx, stateTenant, entry.key);
  else if (entry.kind === 'competence') await deleteCompetence(tx, stateTenant, source, entry.id);
  else if (last) {
    const { service, area } = last.content as SupplementContent;
    await deleteSupplement(tx, stateTenant, { service, area, source });
  }
}
