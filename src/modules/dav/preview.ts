import { locate, locateTrashed, previewOf } from '#modules/files';
import { Failure } from '#platform/errors';
import type { FastifyReply, FastifyRequest, Routes } from '#platform/http';
import { sendProblem } from '#platform/http';
import { sendPicture } from '#platform/http-file';
import { findResource } from './resource.ts';
import { parseDavPath } from './rules-path.ts';

/** Previews at the addresses the apps of Nextcloud ask for: by id, by path, by path with the size in front; and of what lies in the trash. */

type Query = { readonly fileId?: string; readonly file?: string; readonly x?: string; readonly y?: string };

const usual = 256;
const largest = 4_096;

/** Pixels asked for; what is no number is the usual size. */
function pixelsOf(x: string | undefined, y: string | undefined): number {
  const [width = 0, height = 0] = [x, y].map((text) => (/^\d{1,5}$/.test(text ?? '') ? Number(text) : 0));
  return Math.min(Math.max(width, height) || usual, largest);
}

async function send(request: FastifyRequest, reply: FastifyReply, entry: Parameters<typeof previewOf>[1], pixels: number) {
  const { bytes, etag } = await previewOf(request.ctx, entry, pixels);
  return sendPicture(request, reply, { bytes, etag, type: 'image/webp' });
}

/** A file at a path from the person's root folder, as it stands in an address. */
async function entryAt(request: FastifyRequest, path: string) {
  const { entry } = await findResource(request.ctx, parseDavPath(`/remote.php/webdav/${path}`));
  return entry;
}

async function byQuery(request: FastifyRequest<{ Querystring: Query }>, reply: FastifyReply): Promise<FastifyReply> {
  const { fileId, file, x, y } = request.query;
  if (fileId === undefined && typeof file !== 'string') throw new Failure('invalid', 'platform.invalid', { detail: 'fileId' });
  const id = /^\d{1,15}$/.test(fileId ?? '') ? Number(fileId) : 0;
  const path = (file ?? '').split('/').filter(Boolean).map(encodeURIComponent).join('/');
  const entry = fileId === undefined ? await entryAt(request, path) : await locate(request.ctx, id);
  return send(request, reply, entry, pixelsOf(x, y));
}

type Thumbnail = { readonly x: string; readonly y: string; readonly '*': string };

async function byPath(request: FastifyRequest<{ Params: Thumbnail }>, reply: FastifyReply): Promise<FastifyReply> {
  const { x, y, '*': path } = request.params;
  const encoded = path.split('/').filter(Boolean).map(encodeURIComponent).join('/');
  return send(request, reply, await entryAt(request, encoded), pixelsOf(x, y));
}

/** What lies in the trash, by its id. */
async function inTrash(request: FastifyRequest<{ Querystring: Query }>, reply: FastifyReply): Promise<FastifyReply> {
  const { fileId, x, y } = request.query;
  const id = /^\d{1,15}$/.test(fileId ?? '') ? Number(fileId) : 0;
  return send(request, reply, await locateTrashed(request.ctx, id), pixelsOf(x, y));
}

/** With an app password, as everything for clients. */
export const previewRoutes: Routes = (app) => {
  const config = { credentials: 'basic' } as const;
  app.setErrorHandler((error, request, reply) => sendProblem(request, reply, error));
  for (const start of ['/index.php', '']) {
    app.get<{ Querystring: Query }>(`${start}/core/preview`, { config }, byQuery);
    app.get<{ Querystring: Query }>(`${start}/core/preview.png`, { config }, byQuery);
    app.get<{ Querystring: Query }>(`${start}/apps/files_trashbin/preview`, { config }, inTrash);
    app.get<{ Params: Thumbnail }>(`${start}/apps/files/api/v1/thumbnail/:x/:y/*`, { config }, byPath);
  }
};
