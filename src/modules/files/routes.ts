import mime from 'mime';
import { ensure, type Failure } from '#platform/errors';
import type { FastifyInstance, FastifyReply, FastifyRequest, Routes } from '#platform/http';
import { nameFastifyError, sendProblem } from '#platform/http';
import { attachment, sendFile, sendStream } from '#platform/http-file';
import { sendSorry } from '#platform/http-sorry';
import { locate } from './access.ts';
import { bytesOf } from './content.ts';
import type { Entry } from './node.ts';
import { addListRoutes, checkToken, idOf } from './routes-list.ts';
import { addPreviewRoute } from './routes-preview.ts';
import { etagOf } from './rules.ts';
import { largestSelection } from './selection.ts';
import { addTusRoutes } from './tus.ts';
import { findVersion } from './versions.ts';
import { zip, zipName } from './zip.ts';

const config = { credentials: 'session' } as const;

/** Ids as forms and addresses give them: several fields, or one with commas. */
function readIds(params: URLSearchParams): number[] {
  const texts = params.getAll('ids').flatMap((text) => text.split(','));
  return texts.map(idOf).filter((id) => id > 0);
}

const typeOf = (name: string) => mime.getType(name) ?? 'application/octet-stream';

type Params = { readonly id: string; readonly version: string };

async function sendContent(request: FastifyRequest<{ Params: Params }>, reply: FastifyReply): Promise<FastifyReply> {
  const file = await locate(request.ctx, idOf(request.params.id));
  ensure(!file.node.isFolder, 'conflict', 'files.isAFolder', { name: file.node.name });
  const { name, size, modified } = file.node;
  const sent = { size, modified, name, type: typeOf(name), etag: etagOf(file.node) };
  return sendFile(request, reply, sent, (start, end) => bytesOf(request.ctx, file, { start, end }));
}

async function sendVersion(request: FastifyRequest<{ Params: Params }>, reply: FastifyReply): Promise<FastifyReply> {
  const file = await locate(request.ctx, idOf(request.params.id));
  const version = await findVersion(request.ctx, file, idOf(request.params.version));
  const { size, modified } = version;
  const { name } = file.node;
  const sent = { size, modified, name, type: typeOf(name), etag: `v${version.id}-${version.sha256.slice(0, 16)}` };
  return sendFile(request, reply, sent, (start, end) => bytesOf(request.ctx, file, { start, end }, version));
}

async function sendZip(request: FastifyRequest, reply: FastifyReply, ids: readonly number[]): Promise<FastifyReply> {
  ensure(ids.length > 0, 'invalid', 'files.nothingChosen');
  ensure(ids.length <= mostZipped, 'tooLarge', 'files.tooManyAtOnce', { limit: mostZipped });
  const entries: Entry[] = [];
  for (const id of new Set(ids)) entries.push(await locate(request.ctx, id));
  const archive = await zip(request.ctx, entries);
  reply.headers({ 'Content-Type': 'application/zip', 'Content-Disposition': attachment(zipName(entries)) });
  reply.header('Cache-Control', 'private, no-store');
  return sendStream(request, reply, archive);
}

/** Things one can choose for one ZIP; each is looked up for itself. */
const mostZipped = 10 * largestSelection;

function addZipRoutes(app: FastifyInstance): void {
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, new URLSearchParams(String(body))),
  );
  app.get<{ Querystring: Record<string, string> }>('/dateien/zip', { config }, (request, reply) =>
    sendZip(request, reply, readIds(new URL(request.url, 'http://here.invalid').searchParams)),
  );
  app.post<{ Body: URLSearchParams | undefined }>('/dateien/zip', { config }, (request, reply) => {
    const form = request.body ?? new URLSearchParams();
    checkToken(request, form.get('_csrf') ?? undefined);
    return sendZip(request, reply, readIds(form));
  });
}

const wantsPage = ({ headers }: FastifyRequest) => headers.accept?.includes('text/html') === true;

/** Somebody who followed a link in the browser gets a page with a sentence, or the sign-in; a script gets the problem as JSON. */
function sendRefusal(request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
  if (!wantsPage(request)) return sendProblem(request, reply, error);
  const failure: Failure = nameFastifyError(error);
  if (failure.kind === 'unauthenticated' && request.method === 'GET')
    return reply.redirect(`/anmelden?${new URLSearchParams({ weiter: request.url })}`, 302);
  return sendSorry(request, reply, failure);
}

/** HTTP for the browser: contents, versions and ZIPs to download, uploads in pieces, and what a list asks for while it is open. */
export const routes: Routes = (app) => {
  app.setErrorHandler((error, request, reply) => sendRefusal(request, reply, error));
  app.get<{ Params: Params }>('/dateien/inhalt/:id', { config }, sendContent);
  app.get<{ Params: Params }>('/dateien/inhalt/:id/version/:version', { config }, sendVersion);
  addZipRoutes(app);
  addListRoutes(app);
  addPreviewRoute(app);
  addTusRoutes(app);
};
