import { Type } from 'typebox';
import type { ApiRoute } from '#platform/openapi';
import { knowledge } from './lexicon.ts';
import { getAuthority, getService } from './public-service.ts';
import type { PlaceAnswer } from './rules-area.ts';
import { search, suggestPlaces, suggestServices } from './search.ts';

/** The public interface of the finder: what other sites and programs may ask. No key, no cookie, no word about who asks. */

const Authority = Type.Union([
  Type.Object({ key: Type.String(), name: Type.String(), link: Type.String({ description: 'page of the authority' }) }),
  Type.Null(),
]);

const Place = Type.Object({
  state: Type.Union([Type.Literal('none'), Type.Literal('found'), Type.Literal('several'), Type.Literal('unknown')]),
  areas: Type.Array(
    Type.Object({ key: Type.String({ description: 'official key (AGS)' }), name: Type.String(), designation: Type.String() }),
  ),
});

const Result = Type.Object({
  key: Type.String(),
  title: Type.String(),
  summary: Type.String(),
  link: Type.String({ description: 'page of the service, for this place' }),
  form: Type.Union([Type.String(), Type.Null()], { description: 'address of the online form' }),
  authority: Authority,
  notUs: Authority,
});

const Language = Type.Optional(
  Type.Union([Type.Literal('de'), Type.Literal('en')], { description: 'default: Accept-Language, then German' }),
);

const SearchQuery = Type.Object({
  q: Type.String({ maxLength: 500, description: 'what somebody wants, in their own words' }),
  place: Type.Optional(Type.String({ maxLength: 200, description: 'name, postcode or official key' })),
  lang: Language,
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50 })),
});

function placeOf(answer: PlaceAnswer) {
  const areas = answer.kind === 'found' ? [answer.area] : answer.kind === 'several' ? answer.areas : [];
  return { state: answer.kind, areas: areas.map(({ key, name, designation }) => ({ key, name, designation })) };
}

const authorityOf = (url: string, authority: { key: string; name: string } | null) =>
  authority && { ...authority, link: `${url}/stelle/${encodeURIComponent(authority.key)}` };

const minute = 'public, max-age=60';

/** `GET /api/finder/search` and its neighbours. */
export const api: readonly ApiRoute[] = [
  {
    path: '/api/finder/search',
    summary: 'Ranked public services for a wish, with the competent authority in a place',
    query: SearchQuery,
    response: Type.Object({
      found: Type.Array(Result),
      place: Place,
      corrected: Type.Array(Type.Object({ typed: Type.String(), read: Type.String() })),
    }),
    cache: minute,
    answer: async (ctx, { query }) => {
      const { q = '', place, limit } = query as { q?: string; place?: string; limit?: number };
      const { url } = ctx.platform.config;
      const answer = await search(ctx, { q, place, limit });
      const area = answer.place.kind === 'found' ? `?ort=${answer.place.area.key}` : '';
      const found = answer.found.map(({ key, title, summary, form, responsible }) => ({
        key,
        title,
        summary,
        link: `${url}/leistung/${key}${area}`,
        form: form && `${url}/antrag/${form}${area}`,
        authority: authorityOf(url, responsible?.authority ?? null),
        notUs: authorityOf(url, responsible?.notUs ?? null),
      }));
      return { found, place: placeOf(answer.place), corrected: answer.corrected };
    },
  },
  {
    path: '/api/finder/suggest',
    summary: 'Titles of services and names of places for what has been typed so far',
    query: Type.Object({
      q: Type.Optional(Type.String({ maxLength: 200 })),
      place: Type.Optional(Type.String({ maxLength: 200 })),
      lang: Language,
    }),
    response: Type.Object({
      services: Type.Array(Type.Object({ key: Type.String(), title: Type.String() })),
      places: Type.Array(Type.Object({ key: Type.String(), name: Type.String() })),
    }),
    cache: minute,
    answer: async (ctx, { query }) => {
      const { q = '', place = '' } = query as { q?: string; place?: string };
      const [services, places] = await Promise.all([
        q.trim().length < 2 ? [] : suggestServices(ctx, q),
        place.trim().length < 2 ? [] : suggestPlaces(ctx, place),
      ]);
      return { services, places: places.map(({ key, designation }) => ({ key, name: designation })) };
    },
  },
  {
    path: '/api/finder/services/:key',
    summary: 'One service with everything that is published about it, for a place',
    params: Type.Object({ key: Type.String({ maxLength: 80 }) }),
    query: Type.Object({ place: Type.Optional(Type.String({ maxLength: 200 })), lang: Language }),
    response: Type.Object({}, { additionalProperties: true }),
    cache: minute,
    answer: async (ctx, { params, query }) => {
      const { key = '' } = params as { key?: string };
      const { place } = query as { place?: string };
      const { place: where, ...view } = await getService(ctx, key, place);
      return { ...view, place: placeOf(where) };
    },
  },
  {
    path: '/api/finder/authorities/:key',
    summary: 'One authority with contact, units, accessibility and opening hours',
    params: Type.Object({ key: Type.String({ maxLength: 80 }) }),
    response: Type.Object({}, { additionalProperties: true }),
    cache: minute,
    answer: async (ctx, { params }) => getAuthority(ctx, (params as { key?: string }).key ?? ''),
  },
  {
    path: '/api/finder/areas',
    summary: 'The register of areas with official keys, dissolved ones included',
    response: Type.Object({ areas: Type.Array(Type.Object({}, { additionalProperties: true })) }),
    cache: 'public, max-age=3600',
    answer: async (ctx) => ({ areas: [...(await knowledge(ctx)).register.areas.values()] }),
  },
];
