import { Failure } from '#platform/errors';
import type { Routes } from '#platform/http';
import { attachment, sendPicture, sendStream } from '#platform/http-file';
import { avatarOf } from './avatar.ts';
import { pictureLimits } from './rules-avatar.ts';
import { readTrailSearch } from './rules-trail.ts';
import { trailCsv } from './trail-csv.ts';

/** What a page cannot send: the audit trail as a table, and one's own picture as colleagues see it. */
export const routes: Routes = (app) => {
  app.get('/verwaltung/protokoll.csv', { config: { credentials: 'session' } }, async (request, reply) => {
    const { searchParams } = new URL(request.url, 'http://here.invalid');
    const table = await trailCsv(request.ctx, readTrailSearch(searchParams));
    const day = request.ctx.platform.clock.now().toISOString().slice(0, 10);
    reply.headers({ 'Content-Type': 'text/csv; charset=utf-8', 'Cache-Control': 'private, no-store' });
    reply.header('Content-Disposition', attachment(`protokoll-${day}.csv`));
    return sendStream(request, reply, table);
  });

  app.get('/konto/bild/ansicht', { config: { credentials: 'session' } }, async (request, reply) => {
    const { actor } = request.ctx;
    if (actor.kind !== 'account') throw new Failure('unauthenticated', 'platform.signInFirst');
    return sendPicture(request, reply, await avatarOf(request.ctx, actor.handle, pictureLimits.shownPixels));
  });
};
