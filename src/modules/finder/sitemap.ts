import type { Context } from '#platform/context';
import { Failure } from '#platform/errors';
import { limits, stateTenant } from './rules.ts';
import { isEntryKey } from './rules-content.ts';
import { sitemapKinds, writeRobots, writeSitemap, writeSitemapIndex } from './rules-sitemap.ts';
import { openShelf } from './shelf.ts';
import { readSitemapLines, readSitemapStarts } from './store/sitemap.ts';

const today = ({ platform }: Context) => platform.clock.now().toISOString().slice(0, 10);

/** The parts of the list of all public pages, as XML for search engines. Public. */
export async function sitemapIndex(ctx: Context): Promise<string> {
  const shelf = await openShelf(ctx);
  return writeSitemapIndex(ctx.platform.config.url, await shelf.keep('sitemap', () => partsOf(ctx)));
}

/** Every page is counted through to find where the parts begin. */
async function partsOf({ platform }: Context) {
  const parts = sitemapKinds.map(async (kind) => {
    const starts = await readSitemapStarts(platform.db.read(stateTenant), stateTenant, { kind, every: limits.sitemapPages });
    return starts.map((from) => ({ kind, from }));
  });
  return (await Promise.all(parts)).flat();
}

/**
 * One part of the list: pages of one kind with their languages, from a key on. Public. Throws `notFound` for a kind or a key that
 * there cannot be.
 */
export async function sitemapOf(ctx: Context, name: string, from: string): Promise<string> {
  const kind = sitemapKinds.find((known) => known === name);
  if (!kind || !isEntryKey(from)) throw new Failure('notFound', 'platform.notFound');
  const query = { kind, from, today: today(ctx), limit: limits.sitemapPages };
  const lines = await readSitemapLines(ctx.platform.db.read(stateTenant), stateTenant, query);
  return writeSitemap(ctx.platform.config.url, kind, lines);
}

/** What search engines may look at, and where the list is. Public. */
export const robots = ({ platform: { config } }: Context): string => writeRobots(config.url, config.demo);
