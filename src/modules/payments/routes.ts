import { Failure } from '#platform/errors';
import type { FastifyReply, FastifyRequest, Routes } from '#platform/http';
import { attachment, sendStream } from '#platform/http-file';
import { hearNotice } from './ask.ts';
import { openItemsCsv, reconciliationCsv } from './export.ts';
import { readNotice } from './rules-reference.ts';

/** Bytes of a notice we take before we hang up. */
const largestNotice = 65_536;

async function sendTable(request: FastifyRequest, reply: FastifyReply, name: string, table: AsyncGenerator<Uint8Array>) {
  const day = request.ctx.platform.clock.now().toISOString().slice(0, 10);
  reply.headers({ 'Content-Type': 'text/csv; charset=utf-8', 'Cache-Control': 'private, no-store' });
  reply.header('Content-Disposition', attachment(`${name}-${day}.csv`));
  return sendStream(request, reply, table);
}

/** What pages cannot: the treasury's tables, and the door at which a gateway knocks. */
export const routes: Routes = (app) => {
  app.get('/kasse/offene-posten.csv', { config: { credentials: 'session' } }, async (request, reply) => {
    if (request.ctx.actor.kind !== 'account') throw new Failure('unauthenticated', 'platform.signInFirst');
    return sendTable(request, reply, 'offene-posten', await openItemsCsv(request.ctx));
  });

  app.get('/kasse/abgleich.csv', { config: { credentials: 'session' } }, async (request, reply) => {
    if (request.ctx.actor.kind !== 'account') throw new Failure('unauthenticated', 'platform.signInFirst');
    const { searchParams } = new URL(request.url, 'http://here.invalid');
    const period = { from: searchParams.get('von') ?? '', to: searchParams.get('bis') ?? '' };
    return sendTable(request, reply, 'abgleich', await reconciliationCsv(request.ctx, period));
  });

  // The body is not read, in whatever form it comes: only asking counts. Known or not, the answer is the same.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: largestNotice }, (_request, _body, done) => done(null));
  app.route<{ Params: { notice: string } }>({
    method: ['GET', 'POST'],
    url: '/bezahlung/benachrichtigung/:notice',
    config: { credentials: 'none' },
    handler: async (request, reply) => {
      const found = readNotice(request.params.notice);
      if (found) await hearNotice(request.ctx, found.tenant, found.request);
      return reply.code(204).send();
    },
  });
};
