import { type Entry, favouritesAmong, type Located, listFavourites, listNewest, locateAmong, searchNames } from '#modules/files';
import type { Context } from '#platform/context';
import { ensure, Failure } from '#platform/errors';
import type { FastifyReply, FastifyRequest } from '#platform/http';
import { renderFound } from './found.ts';
import type { PropertyName } from './properties.ts';
import { namesIn } from './propfind.ts';
import { readText } from './requests.ts';
import { findResource } from './resource.ts';
import { type DavPath, parseDavPath } from './rules-path.ts';
import { type Condition, type Hints, propertyIn, readCondition } from './search-query.ts';
import { childOf, dav, type Element, elementsOf, nextcloud, parseXml, textOf } from './xml.ts';

/** Results of one answer, and those that are looked at to find them. */
const searchBounds = { fallback: 100, results: 500 };

type Order = { readonly of: ReturnType<typeof propertyIn>['of']; readonly isDescending: boolean };

type Search = {
  readonly names: readonly PropertyName[];
  readonly scope: DavPath;
  readonly condition: Condition;
  readonly orders: readonly Order[];
  readonly offset: number;
  readonly limit: number;
};

function part(element: Element | null, name: string): Element {
  const found = element && childOf(element, dav, name);
  ensure(found, 'invalid', 'dav.xmlInvalid', { detail: name });
  return found;
}

/** Where to look: RFC 5323, 5.4; the apps write it below `/files/HANDLE` or as the full address. */
function scopeOf(query: Element): DavPath {
  const href = textOf(part(part(part(query, 'from'), 'scope'), 'href')).trim();
  const path = /^https?:\/\/[^/]*(\/.*)$/.exec(href)?.[1] ?? href;
  const isShort = /^\/?files\//.test(path);
  return parseDavPath((isShort ? `/remote.php/dav/${path.replace(/^\//, '')}` : path).replace(/\/$/, ''));
}

function ordersOf(query: Element): Order[] {
  const given = childOf(query, dav, 'orderby');
  const orders = given ? elementsOf(given).filter(({ name }) => name === 'order') : [];
  return orders.slice(0, 5).map((order) => ({
    of: propertyIn(order).of,
    isDescending: childOf(order, dav, 'descending') !== null,
  }));
}

function numberIn(limit: Element | null, namespace: string, name: string, fallback: number): number {
  const element = limit && childOf(limit, namespace, name);
  const text = element ? textOf(element).trim() : '';
  return /^\d{1,6}$/.test(text) ? Number(text) : fallback;
}

/** RFC 5323, 5: `basicsearch`. Without a condition everything fits. */
function readSearch(body: string): Search {
  const request = parseXml(body);
  ensure(request.namespace === dav && request.name === 'searchrequest', 'invalid', 'dav.xmlInvalid', { detail: 'searchrequest' });
  const query = childOf(request, dav, 'basicsearch');
  if (!query) throw new Failure('unsupported', 'dav.searchUnknown', { detail: 'basicsearch' });
  const [condition] = elementsOf(childOf(query, dav, 'where') ?? { ...query, children: [] });
  const limit = childOf(query, dav, 'limit');
  const asked = numberIn(limit, dav, 'nresults', searchBounds.fallback);
  return {
    names: namesIn(part(part(query, 'select'), 'prop')),
    scope: scopeOf(query),
    condition: condition ? readCondition(condition) : { fits: () => true, hints: {} },
    orders: ordersOf(query),
    offset: numberIn(limit, nextcloud, 'firstresult', 0),
    limit: Math.min(Math.max(1, asked), searchBounds.results),
  };
}

/** What may fit: by the one thing that is known and quickest to look up. */
async function candidates(ctx: Context, hints: Hints, within: Entry | undefined): Promise<Located[]> {
  const limit = searchBounds.results;
  const inside = ({ lineage }: Located) => !within || lineage.slice(0, -1).some(({ id }) => id === within.node.id);
  if (hints.id !== undefined) return (await locateAmong(ctx, [hints.id])).filter(inside);
  if (hints.isFavourite) return (await listFavourites(ctx, limit)).filter(inside);
  const scope = within ? { within } : {};
  if (hints.text?.trim()) return searchNames(ctx, hints.text, { limit, ...scope });
  const { endings = [], after = -1, before = Number.MAX_SAFE_INTEGER } = hints;
  return listNewest(ctx, { limit, endings, after, before, ...scope });
}

function sorted(subjects: readonly { found: Located; isFavourite: boolean }[], orders: readonly Order[]) {
  return subjects.toSorted((a, b) => {
    for (const { of, isDescending } of orders) {
      const [left, right] = [of(a), of(b)];
      if (left !== right) return left < right === isDescending ? 1 : -1;
    }
    return 0;
  });
}

/** SEARCH (RFC 5323) as the apps of Nextcloud send it: names, types, times, sizes and favourites, below one folder. */
export async function answerSearch(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { ctx } = request;
  const { names, scope, condition, orders, offset, limit } = readSearch(await readText(request));
  const { entry, home } = await findResource(ctx, scope);
  ensure(entry.node.isFolder, 'invalid', 'dav.xmlInvalid', { detail: 'scope' });
  const found = await candidates(ctx, condition.hints, home ? undefined : entry);
  const ids = found.map(({ node }) => node.id);
  const favourites = await favouritesAmong(ctx, ids);
  const subjects = found.map((each) => ({ found: each, isFavourite: favourites.has(each.node.id) }));
  const fitting = sorted(subjects.filter(condition.fits), orders).slice(offset, offset + limit);
  const body = await renderFound(ctx, { base: scope.base, names, found: fitting.map((subject) => subject.found) });
  return reply.code(207).type('application/xml; charset=utf-8').send(body);
}
