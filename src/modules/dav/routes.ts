import { Failure } from '#platform/errors';
import type { FastifyInstance, FastifyReply, FastifyRequest, Routes } from '#platform/http';
import { nameFastifyError } from '#platform/http';
import { logFailure, retryAfter, sentenceOf, statusOf } from '#platform/http-status';
import { handleChunks } from './chunks.ts';
import { keepReply } from './early.ts';
import { allowedMethods, operations } from './operations.ts';
import { parseDavPath, withoutQuery } from './rules-path.ts';
import { answerSearch } from './search.ts';
import { answerSignpost, signpostAddresses } from './signposts.ts';
import { handleTrashbin } from './trashbin.ts';
import { handleVersions } from './versions.ts';
import { dav, escapeXml } from './xml.ts';

/** Where the status of a failure differs from the house's table, because WebDAV or HTTP says so for the method. */
function davStatus(failure: Failure, method: string): number {
  const { code, kind } = failure;
  if (code === 'files.exists') return method === 'MKCOL' ? 405 : 412; // RFC 4918, 9.3.1 and 10.6
  if (code === 'files.uploadExists' || code === 'files.isAFolder' || code === 'platform.methodNotAllowed') return 405; // 9.7.2
  if (code === 'dav.destinationElsewhere') return 502; // 9.8.5
  if (code === 'files.folderGone' || code === 'files.notAFolder') return 409; // 9.7.1
  if (code === 'files.noSuchLock' && method === 'UNLOCK') return 409; // 9.11.1
  if (code === 'dav.rootStays' && (method === 'MKCOL' || method === 'PUT')) return 405;
  return statusOf[kind];
}

/** RFC 4918, 16: conditions clients can tell apart. */
const conditionOf: Readonly<Record<string, string>> = {
  'dav.depthInfinite': '<d:propfind-finite-depth/>',
  'files.locked': '<d:lock-token-submitted/>',
  'files.noSuchLock': '<d:lock-token-matches-request-uri/>',
  'files.spaceFull': '<d:quota-not-exceeded/>',
  'files.tenantFull': '<d:quota-not-exceeded/>',
  'platform.diskFull': '<d:sufficient-disk-space/>',
};

/** A body up to this length in bytes is let come in and thrown away when it is refused by its head. */
const discardedBytes = 1_048_576;

/**
 * What is left of a body nobody will read must not be taken for the next request. Closing the connection while the client still
 * sends makes its system throw away our answer (RFC 9112, 9.6, describes it): a small body is taken
 * in, so that the client reads why it was refused.
 */
function leaveBody({ raw, headers }: FastifyRequest, reply: FastifyReply): void {
  if (raw.complete) return;
  const length = Number(headers['content-length'] ?? Number.POSITIVE_INFINITY);
  if (length <= discardedBytes && !raw.readableDidRead && !raw.destroyed) raw.resume();
  else reply.header('Connection', 'close');
}

/** A failure as clients of WebDAV read it; `s:message` is what Nextcloud's and ownCloud's clients show. */
function sendFailure(request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
  const failure = nameFastifyError(error);
  logFailure(request.ctx, failure);
  const seconds = retryAfter(failure);
  if (seconds !== null) reply.header('Retry-After', seconds);
  // RFC 7617, 2.1: the charset tells browsers and clients to send the name in UTF-8.
  if (failure.kind === 'unauthenticated') reply.header('WWW-Authenticate', 'Basic realm="Rennsteig", charset="UTF-8"');
  const status = davStatus(failure, request.method);
  if (status === 405) reply.header('Allow', allowedMethods);
  leaveBody(request, reply);
  const details = `<s:exception>${escapeXml(failure.code)}</s:exception><s:message>${escapeXml(sentenceOf(request.ctx, failure))}</s:message>`;
  const body = `<d:error xmlns:d="${dav}" xmlns:s="http://sabredav.org/ns">${conditionOf[failure.code] ?? ''}${details}</d:error>`;
  return reply.code(status).type('application/xml; charset=utf-8').send(`<?xml version="1.0" encoding="utf-8"?>\n${body}`);
}

async function handle(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const path = parseDavPath(withoutQuery(request.raw.url ?? ''));
  const operation = path.tree === 'files' ? operations[request.method] : trees[path.tree];
  if (!operation) throw new Failure('unsupported', 'platform.methodNotAllowed');
  return operation(request, reply, path);
}

const trees = { uploads: handleChunks, trashbin: handleTrashbin, versions: handleVersions };

const addresses = [
  ...['files', 'uploads', 'trashbin', 'versions'].flatMap((tree) => [
    `/remote.php/dav/${tree}/:handle`,
    `/remote.php/dav/${tree}/:handle/*`,
  ]),
  '/remote.php/webdav',
  '/remote.php/webdav/*',
];

/** Bodies are read by the operations themselves, as streams, whatever their type. */
function leaveBodiesAlone(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));
}

export const routes: Routes = (app) => {
  for (const method of ['PROPFIND', 'PROPPATCH', 'MKCOL', 'COPY', 'MOVE', 'LOCK', 'UNLOCK', 'REPORT', 'SEARCH'])
    app.addHttpMethod(method, { hasBody: true });
  leaveBodiesAlone(app);
  app.addHook('onRequest', keepReply);
  app.setErrorHandler((error, request, reply) => sendFailure(request, reply, error));
  const config = { credentials: 'basic', streams: true } as const;
  for (const url of addresses)
    app.route({ method: Object.keys(operations), url, config, exposeHeadRoute: false, handler: handle });
  for (const url of signpostAddresses) {
    app.route({ method: 'PROPFIND', url, config, handler: answerSignpost });
    app.route({ method: 'OPTIONS', url, config, handler: operations.OPTIONS as typeof answerSignpost });
  }
  // RFC 5323, 2.2: the address of the request only has to answer SEARCH; where to look stands in its body.
  for (const url of ['/remote.php/dav', '/remote.php/dav/'])
    app.route({ method: 'SEARCH', url, config, handler: (request, reply) => answerSearch(request, reply) });
  // RFC 8615. We keep no calendars and no address books, so that there are no `caldav` and `carddav` (RFC 6764, 5).
  const open = { credentials: 'none' } as const;
  const wellKnown = { method: ['GET', 'HEAD', 'PROPFIND', 'OPTIONS'], url: '/.well-known/webdav', config: open };
  app.route({ ...wellKnown, exposeHeadRoute: false, handler: (_request, reply) => reply.redirect('/remote.php/dav/', 301) });
};
