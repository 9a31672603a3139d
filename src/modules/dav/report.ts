import { type Located, listFavourites, listTagged } from '#modules/files';
import { ensure, Failure } from '#platform/errors';
import type { FastifyReply, FastifyRequest } from '#platform/http';
import { renderFound } from './found.ts';
import { namesIn } from './propfind.ts';
import { readText } from './requests.ts';
import { findResource } from './resource.ts';
import type { DavPath } from './rules-path.ts';
import { childOf, dav, elementsOf, owncloud, parseXml, textOf } from './xml.ts';

/** Most favourites of one answer. */
const mostFavourites = 500;

type Rules = { readonly isFavourite: boolean; readonly tags: readonly number[] };

/** `oc:filter-files`: rules that all have to hold. Throws `unsupported` for one we do not know: leaving it out would show too much. */
function readRules(body: string) {
  const report = parseXml(body);
  const isKnown = report.namespace === owncloud && report.name === 'filter-files';
  ensure(isKnown, 'unsupported', 'dav.reportUnknown');
  const given = childOf(report, owncloud, 'filter-rules');
  const rules = given ? elementsOf(given) : [];
  const isUnknown = rules.some(({ namespace, name }) => namespace !== owncloud || !['favorite', 'systemtag'].includes(name));
  ensure(rules.length > 0 && !isUnknown, 'unsupported', 'dav.reportUnknown');
  const texts = (name: string) => rules.filter((rule) => rule.name === name).map((rule) => textOf(rule).trim());
  const favourites = texts('favorite');
  ensure(
    favourites.every((text) => ['1', 'true', 'yes'].includes(text)),
    'unsupported',
    'dav.reportUnknown',
  );
  const tags = texts('systemtag').map((text) => (/^\d{1,15}$/.test(text) ? Number(text) : 0));
  const prop = childOf(report, dav, 'prop');
  return { rules: { isFavourite: favourites.length > 0, tags }, names: prop ? namesIn(prop) : [] };
}

async function find(request: FastifyRequest, { isFavourite, tags }: Rules): Promise<Located[]> {
  const { ctx } = request;
  const favourites = isFavourite ? await listFavourites(ctx, mostFavourites) : null;
  if (tags.length === 0) return favourites ?? [];
  const tagged = await listTagged(ctx, tags);
  const ids = favourites && new Set(favourites.map(({ node }) => node.id));
  return ids ? tagged.filter(({ node }) => ids.has(node.id)) : tagged;
}

/** REPORT (RFC 3253, 3.6) at a folder: favourites and tags in it, however deep. */
export async function answerReport(request: FastifyRequest, reply: FastifyReply, path: DavPath): Promise<FastifyReply> {
  const { ctx } = request;
  const { rules, names } = readRules(await readText(request));
  const { entry, home } = await findResource(ctx, path);
  if (!entry.node.isFolder) throw new Failure('unsupported', 'platform.methodNotAllowed');
  const found = await find(request, rules);
  const inside = home ? found : found.filter(({ lineage }) => lineage.slice(0, -1).some(({ id }) => id === entry.node.id));
  const body = await renderFound(ctx, { base: path.base, names, found: inside });
  return reply.code(207).type('application/xml; charset=utf-8').send(body);
}
