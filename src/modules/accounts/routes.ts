import type { Routes } from '#platform/http';
import { attachment, sendStream } from '#platform/http-file';
import { readTrailSearch } from './rules-trail.ts';
import { trailCsv } from './trail-csv.ts';

/** The audit trail as a table; a page cannot stream. */
export const routes: Routes = (app) => {
  app.get('/verwaltung/protokoll.csv', { config: { credentials: 'session' } }, async (request, reply) => {
    const { searchParams } = new URL(request.url, 'http://here.invalid');
    const table = await trailCsv(request.ctx, readTrailSearch(searchParams));
    const day = request.ctx.platform.clock.now().toISOString().slice(0, 10);
    reply.headers({ 'Content-Type': 'text/csv; charset=utf-8', 'Cache-Control': 'private, no-store' });
    reply.header('Content-Disposition', attachment(`protokoll-${day}.csv`));
    return sendStream(request, reply, table);
  });
};
