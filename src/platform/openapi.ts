import type { TSchema } from 'typebox';
import type { Context } from './context.ts';
import type { Routes } from './http.ts';
import type { Locale } from './words.ts';

/** One public, reading operation of the JSON interface. The schema checks what comes in, and documents both directions. */
export type ApiRoute = {
  /** As Fastify writes it: `/api/room/things/:key`. */
  readonly path: string;
  readonly summary: string;
  readonly params?: TSchema;
  readonly query?: TSchema;
  readonly response: TSchema;
  /** `Cache-Control` of the answer; default: not kept. */
  readonly cache?: string;
  answer(ctx: Context, given: { readonly params: unknown; readonly query: unknown }): Promise<object>;
};

const readable = { 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin', Vary: 'Accept-Language' };

/**
 * Serves operations that everybody may call from everywhere: they carry no cookie and know nobody, so any site may embed what
 * they say. `lang` in the query goes before `Accept-Language`.
 */
export function apiRoutes(operations: readonly ApiRoute[]): Routes {
  return (app) => {
    for (const { path, params, query, cache, answer } of operations) {
      const schema = { ...(params && { params }), ...(query && { querystring: query }) };
      app.get(path, { config: { credentials: 'none' }, schema }, async (request, reply) => {
        const { lang } = request.query as { lang?: Locale };
        const ctx = lang === 'de' || lang === 'en' ? { ...request.ctx, locale: lang } : request.ctx;
        const body = await answer(ctx, { params: request.params, query: request.query });
        return reply.headers({ ...readable, 'Cache-Control': cache ?? 'no-store', 'Content-Language': ctx.locale }).send(body);
      });
    }
  };
}

type Parameter = { readonly name: string; readonly in: 'path' | 'query'; readonly required: boolean; readonly schema: unknown };

function parametersOf(schema: TSchema | undefined, place: 'path' | 'query'): Parameter[] {
  const { properties = {}, required = [] } = (schema ?? {}) as { properties?: Record<string, unknown>; required?: string[] };
  return Object.entries(properties).map(([name, one]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: one,
  }));
}

const problem = {
  description: 'What went wrong, as RFC 9457 describes it',
  content: { 'application/problem+json': { schema: { type: 'object' } } },
};

/** The description of the interface in OpenAPI 3.1, made from the schemas that are in force. */
function openApi(operations: readonly ApiRoute[], url: string): object {
  const paths = operations.map(({ path, summary, params, query, response }) => [
    path.replaceAll(/:(\w+)/g, '{$1}'),
    {
      get: {
        summary,
        parameters: [...parametersOf(params, 'path'), ...parametersOf(query, 'query')],
        responses: {
          200: { description: 'The answer', content: { 'application/json': { schema: response } } },
          default: problem,
        },
      },
    },
  ]);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Rennsteig',
      version: '1',
      description: 'Public interface: no key, no cookie, nothing is recorded about who asks.',
    },
    servers: [{ url }],
    paths: Object.fromEntries(paths),
  };
}

/** `GET /api/openapi.json`. */
export function openApiRoute(operations: readonly ApiRoute[]): Routes {
  return (app, platform) => {
    app.get('/api/openapi.json', { config: { credentials: 'none' } }, async (_request, reply) =>
      reply.headers({ ...readable, 'Cache-Control': 'public, max-age=3600' }).send(openApi(operations, platform.config.url)),
    );
  };
}
