import type { Context } from '#platform/context';
import { type Page, pageLimit, readCursor, toPage } from '#platform/page';
import { authorize } from './gate.ts';
import { patternOf, stateTenant } from './rules.ts';
import { readServiceTitles } from './store/published.ts';
import { readServiceLines, readSupplementEntries, type ServiceLineQuery, type ServiceRow } from './store/service-lines.ts';

/** Published services as lists, page by page: there may be ten thousand. */

export type ServiceLine = {
  readonly key: string;
  readonly title: string;
  readonly summary: string;
  readonly form: string | null;
  /** Language of title and summary. */
  readonly lang: 'de' | 'en';
};

type Asked = { readonly cursor?: string | null; readonly limit?: number };

const pageSize = 50;

export type ServiceQuery = Asked & {
  /** Part of a title or key. */
  readonly search?: string;
};

/** Published services by title, in the reader's language. Public. Throws `invalid` for a made-up cursor. */
export async function listServices(ctx: Context, query: ServiceQuery = {}): Promise<Page<ServiceLine>> {
  const which = { event: null, first: [], pattern: patternOf(query.search ?? '') };
  return linesFrom(ctx, await readRows(ctx, which, query), query);
}

/**
 * The services that belong to something: those that come first, then the others by title; one more than a page has, where there is a
 * next one. Throws `invalid` for a made-up cursor.
 */
export async function readRows(
  ctx: Context,
  which: Pick<ServiceLineQuery, 'event' | 'first' | 'pattern'>,
  asked: Asked,
): Promise<readonly ServiceRow[]> {
  const limit = pageLimit(asked.limit, pageSize);
  const cursor = readCursor(asked.cursor, 3);
  return readServiceLines(ctx.platform.db.read(stateTenant), stateTenant, {
    ...which,
    today: ctx.platform.clock.now().toISOString().slice(0, 10),
    after: cursor && afterOf(cursor),
    limit: limit + 1,
  });
}

/** They as a page in the reader's language. */
export function linesFrom(ctx: Context, rows: readonly ServiceRow[], asked: Asked): Page<ServiceLine> {
  const page = toPage(rows, pageLimit(asked.limit, pageSize), ({ rank, title, key }) => [rank, title, key]);
  return { ...page, items: page.items.map((row) => inLanguage(ctx, row)) };
}

/** Anybody can make a cursor up: what the database could not read is made harmless. */
function afterOf([rank = 0, title = '', key = '']: readonly (string | number)[]) {
  const number = Math.trunc(Number(rank)) || 0;
  const text = (part: string | number) => String(part).replaceAll('\0', '');
  return { rank: Math.min(2 ** 31 - 1, Math.max(0, number)), title: text(title), key: text(key) };
}

function inLanguage({ locale }: Context, { key, title, titleEn, summary, summaryEn, form }: ServiceRow): ServiceLine {
  const isEnglish = locale === 'en' && titleEn !== '';
  return isEnglish ? { key, title: titleEn, summary: summaryEn, form, lang: 'en' } : { key, title, summary, form, lang: 'de' };
}

/** Titles of published services by their keys. Public. */
export async function titlesOf({ platform }: Context, keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
  return keys.length === 0 ? new Map() : readServiceTitles(platform.db.read(stateTenant), stateTenant, keys);
}

/** Which of some services one's own authority has supplemented: key of the service → number of the entry. For its editors and auditors. */
export async function supplementsOf(ctx: Context, services: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'read', { tenant });
  const rows = await readSupplementEntries(ctx.platform.db.read(tenant), tenant, services);
  return new Map(rows.map(({ service, entry }) => [service, entry]));
}
