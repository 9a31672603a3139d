import { Failure } from '#platform/errors';
import type { Routes } from '#platform/http';
import { attachment } from '#platform/http-file';
import { exportEntries } from './exchange.ts';

const types = { json: 'application/json; charset=utf-8', xml: 'application/xml; charset=utf-8' } as const;

/** What an authority leaves with: everything it has published, as a file. */
export const routes: Routes = (app) => {
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
