import { Failure } from '#platform/errors';
import type { FastifyInstance, FastifyReply, FastifyRequest } from '#platform/http';
import { sendPicture } from '#platform/http-file';
import { locate } from './access.ts';
import { previewOf } from './preview.ts';
import { idOf } from './routes-list.ts';

type Asked = { readonly Params: { readonly id: string }; readonly Querystring: { readonly pixel?: string } };

/** Pixels of a preview when nobody says how many. */
const usual = 256;

function noneIfNone(error: unknown): null {
  if (error instanceof Failure && error.code === 'files.noPreview') return null;
  throw error;
}

async function sendPreview(request: FastifyRequest<Asked>, reply: FastifyReply): Promise<FastifyReply> {
  const file = await locate(request.ctx, idOf(request.params.id));
  const found = await previewOf(request.ctx, file, idOf(request.query.pixel) || usual).catch(noneIfNone);
  // A page asks by the name; that there is no picture of what was stored under it is an answer, and no fault.
  if (!found) return reply.code(204).header('Cache-Control', 'private, no-cache').send();
  const { bytes, etag } = found;
  return sendPicture(request, reply, { bytes, etag, type: 'image/webp' });
}

/** Small pictures for lists and panels: never the stored bytes, always drawn anew. */
export function addPreviewRoute(app: FastifyInstance): void {
  app.get<Asked>('/dateien/vorschau/:id', { config: { credentials: 'session' } }, sendPreview);
}
