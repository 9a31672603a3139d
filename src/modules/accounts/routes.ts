import { Failure } from '#platform/errors';
import type { Routes } from '#platform/http';
import { attachment, sendPicture, sendStream } from '#platform/http-file';
import { avatarOf } from './avatar.ts';
import { identityMetadata, receiveIdentity } from './citizen-identity.ts';
import { answerCookie } from './identity-cookie.ts';
import { pictureLimits } from './rules-avatar.ts';
import { identityLimits } from './rules-identity.ts';
import { readTrailSearch } from './rules-trail.ts';
import { trailCsv } from './trail-csv.ts';

/** What a page cannot send or take: the audit trail as a table, one's own picture as colleagues see it, answers of the state identity. */
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

  app.get('/identitaet/metadaten.xml', { config: { credentials: 'none' } }, async (request, reply) => {
    const metadata = await identityMetadata(request.ctx);
    return reply.type('application/samlmetadata+xml; charset=utf-8').send(metadata);
  });

  // The one form another site may post to us (SAML 2.0 Bindings, 3.5). It reads no cookie, so it acts for nobody: what is right is laid
  // down under its request, and only the browser that began and that brought the answer, both, can pick it up.
  const bodyLimit = identityLimits.answerLength + 4_096;
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit }, (_request, body, done) =>
    done(null, new URLSearchParams(String(body))),
  );
  app.post('/identitaet/antwort', { config: { credentials: 'none' }, bodyLimit }, async (request, reply) => {
    const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
    const posted = { answer: form.get('SAMLResponse') ?? '', relayState: form.get('RelayState') ?? '' };
    const received = await receiveIdentity(request.ctx, posted);
    reply.header('Cache-Control', 'no-store');
    if (received.refusal !== null) return reply.redirect(`/identitaet?grund=${received.refusal}`, 303);
    return reply.header('Set-Cookie', answerCookie(request.ctx, received.secret)).redirect('/identitaet', 303);
  });
};
