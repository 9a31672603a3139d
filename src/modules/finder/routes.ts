import { Failure } from '#platform/errors';
import type { Routes } from '#platform/http';
import { attachment } from '#platform/http-file';
import { exportEntries } from './exchange.ts';
import { robots, sitemapIndex, sitemapOf } from './sitemap.ts';

const open = { config: { credentials: 'none' } } as const;
const hour = 'public, max-age=3600';

/** What search engines ask for. */
const forSearchEngines: Routes = (app) => {
  const xml = 'application/xml; charset=utf-8';
  app.get('/robots.txt', open, async ({ ctx }, reply) =>
    reply.header('Cache-Control', hour).type('text/plain').send(robots(ctx)),
  );
  app.get('/sitemap.xml', open, async ({ ctx }, reply) =>
    reply
      .header('Cache-Control', hour)
      .type(xml)
      .send(await sitemapIndex(ctx)),
  );
  app.get<{ Params: { kind: string }; Querystring: { ab?: unknown } }>('/sitemap/:kind.xml', open, async (request, reply) => {
    const { ab } = request.query;
    const text = await sitemapOf(request.ctx, request.params.kind, typeof ab === 'string' ? ab : '');
    return reply.header('Cache-Control', hour).type(xml).send(text);
  });
};

const types = { json: 'application/json; charset=utf-8', xml: 'application/xml; charset=utf-8' } as const;

/** What an authority leaves with, everything it has published as a file; and what search engines ask for. */
export const routes: Routes = (app, platform) => {
  forSearchEngines(app, platform);
  for (const format of ['json', 'xml'] as const)
    app.get(`/redaktion/ausfuhr.${format}`, { config: { credentials: 'session' } }, async ({ ctx }, reply) => {
      // Pages send strangers to the sign-in; a download has nowhere to lead to.
      if (ctx.actor.kind !== 'account') throw new Failure('unauthenticated', 'platform.signInFirst');
      const text = await exportEntries(ctx, format);
      const day = ctx.platform.clock.now().toISOString().slice(0, 10);
      return reply
        .headers({ 'Content-Type': types[format], 'Cache-Control': 'private, no-store' })
        .header('Content-Disposition', attachment(`zustaendigkeitsfinder-${day}.${format}`))
        .send(text);
    });
};
