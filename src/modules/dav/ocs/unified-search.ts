import { type Located, readHome, searchNames } from '#modules/files';
import { ensure } from '#platform/errors';
import { segmentsOf } from '../found.ts';
import { limitOf, numberOf, type Operation } from './call.ts';
import type { Value } from './envelope.ts';
import type { OcsRoute } from './routes.ts';

/** The search field of the apps: files by name in all spaces of the person. */

const limits = { fallback: 5, most: 50, results: 500 };

const nameOf = { de: 'Dateien', en: 'Files' };

/** `GET /search/providers`: what can be searched. */
const providers: Operation = ({ ctx }) => ({
  data: [
    {
      id: 'files',
      appId: 'files',
      name: nameOf[ctx.locale],
      icon: '',
      order: 0,
      isPaginated: true,
      inAppSearch: false,
      triggers: ['files'],
      filters: { term: 'string' },
    },
  ],
});

function entryOf(url: string, found: Located, segments: readonly string[]): Value {
  const { id, parent, isFolder, name } = found.node;
  const place = segments.slice(0, -1).join('/');
  return {
    thumbnailUrl: '',
    title: name,
    subline: place,
    icon: '',
    rounded: false,
    resourceUrl: isFolder ? `${url}/dateien/${id}` : `${url}/dateien/${parent}/eintrag/${id}`,
    attributes: { fileId: String(id), path: `/${segments.join('/')}` },
  };
}

/** `GET /search/providers/files/search?term=…&limit=…&cursor=…`: `cursor` is how many were given already. */
const search: Operation = async ({ ctx, param, given }) => {
  ensure(param('provider') === 'files', 'notFound', 'platform.notFound');
  const limit = limitOf(given('limit'), limits.fallback, limits.most);
  const offset = given('cursor') ? numberOf(given('cursor'), 'cursor', { most: limits.results }) : 0;
  const home = await readHome(ctx);
  const found = await searchNames(ctx, given('term') ?? '', { limit: Math.min(offset + limit, limits.results) });
  const page = found.slice(offset).flatMap((each) => {
    const segments = segmentsOf(home, each);
    return segments ? [entryOf(ctx.platform.config.url, each, segments)] : [];
  });
  const next = offset + limit;
  const hasMore = page.length === limit && next < limits.results;
  return { data: { name: nameOf[ctx.locale], isPaginated: true, entries: page, cursor: hasMore ? next : null } };
};

export const searchOperations: readonly OcsRoute[] = [
  { method: 'GET', path: '/search/providers', run: providers },
  { method: 'GET', path: '/search/providers/:provider/search', run: search },
];
