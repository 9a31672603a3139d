import { Failure } from '#platform/errors';
import type { FastifyReply, FastifyRequest, Routes } from '#platform/http';
import { attachment, sendFile, sendStream } from '#platform/http-file';
import { fileOfConsultation } from './consultation.ts';
import { attachmentOfItem, dataOfItem, packageOfItem, receiptOfItem, type StoredFile } from './package.ts';
import { fileOfStatement } from './statement.ts';

type One = { Params: { id: string; attachment?: string } };

/** Pages send strangers to the sign-in; a download has nowhere to lead to. */
function staff(request: FastifyRequest): void {
  if (request.ctx.actor.kind !== 'account') throw new Failure('unauthenticated', 'platform.signInFirst');
}

function sendStored(request: FastifyRequest, reply: FastifyReply, { blob, size, sha256, type, name, at }: StoredFile) {
  const { platform, actor } = request.ctx;
  const headers = { 'Cache-Control': 'private, no-store' };
  const file = { size, etag: sha256, modified: at.getTime(), type, name, headers };
  return sendFile(request, reply, file, async function* (start, end) {
    const reader = await platform.blobs.open(actor.tenant, blob);
    try {
      yield* reader.read(start, end);
    } finally {
      await reader.close();
    }
  });
}

const prepare = (reply: FastifyReply, name: string, type: string) =>
  reply.headers({ 'Content-Type': type, 'Cache-Control': 'private, no-store', 'Content-Disposition': attachment(name) });

/** What came from another authority: saved and never shown. */
const saved = (file: Omit<StoredFile, 'at'>, at: Date): StoredFile => ({ ...file, type: 'application/octet-stream', at });

/** Downloads of the office. */
export const routes: Routes = (app) => {
  const config = { credentials: 'session' } as const;

  app.get<One>('/eingang/:id/antrag.pdf', { config }, async (request, reply) => {
    staff(request);
    return sendStored(request, reply, await receiptOfItem(request.ctx, Number(request.params.id)));
  });

  app.get<One>('/eingang/:id/anlage/:attachment', { config }, async (request, reply) => {
    staff(request);
    const { id, attachment: number } = request.params;
    return sendStored(request, reply, await attachmentOfItem(request.ctx, Number(id), Number(number)));
  });

  for (const [format, type] of [
    ['xml', 'application/xml; charset=utf-8'],
    ['json', 'application/json; charset=utf-8'],
  ] as const)
    app.get<One>(`/eingang/:id/antrag.${format}`, { config }, async (request, reply) => {
      staff(request);
      const { name, text } = await dataOfItem(request.ctx, Number(request.params.id), format);
      return prepare(reply, name, type).send(text);
    });

  type File = { Params: { id: string; file: string } };
  app.get<File>('/eingang/:id/stellungnahmen/anlage/:file', { config }, async (request, reply) => {
    staff(request);
    const { id, file } = request.params;
    const found = await fileOfStatement(request.ctx, { submission: Number(id), file: Number(file) });
    return sendStored(request, reply, saved(found, request.ctx.platform.clock.now()));
  });

  app.get<File>('/stellungnahmen/:id/anlage/:file', { config }, async (request, reply) => {
    staff(request);
    const { id, file } = request.params;
    const found = await fileOfConsultation(request.ctx, { id: Number(id), file: Number(file) });
    return sendStored(request, reply, saved(found, request.ctx.platform.clock.now()));
  });

  app.get<One>('/eingang/:id/antrag.zip', { config }, async (request, reply) => {
    staff(request);
    const { name, stream } = await packageOfItem(request.ctx, Number(request.params.id));
    return sendStream(request, prepare(reply, name, 'application/zip'), stream);
  });
};
