import { ensure } from '#platform/errors';
import type { FastifyInstance, FastifyRequest } from '#platform/http';
import { checkCsrf } from '#platform/http-guard';
import { addTusRoutes, type TusState, type TusWish } from '#platform/http-tus';
import { limits } from './rules-status.ts';
import type { Upload } from './store/upload.ts';
import { appendToUpload, beginUpload, dropUpload, findUpload, finishUpload } from './upload.ts';

/** Attachments over tus: known by the key of the draft, which stands in the address as it does on every page of the form. */

const keyOf = ({ params }: FastifyRequest) => (params as { token: string }).token;

const numberOf = (text: string | null | undefined): number | null => (/^\d{1,15}$/.test(text ?? '') ? Number(text) : null);

/** What a file is for: `page` and `field` of a question, or `request` of the office; its name; when it was last changed. */
async function begin(request: FastifyRequest, { id, length, metadata }: TusWish): Promise<TusState> {
  ensure(length !== null, 'invalid', 'platform.invalid', { detail: 'Upload-Length' });
  const { page, field, filename, modified } = metadata;
  const asked = numberOf(metadata.request);
  const where = asked === null ? { page: page ?? '', field: field ?? '' } : { request: asked };
  const input = { id, where, name: filename ?? '', length, modified: numberOf(modified) };
  return stateOf(await beginUpload(request.ctx, keyOf(request), input));
}

const stateOf = ({ id, length, received, expiresAt }: Upload): TusState => ({ id, length, received, expiresAt, metadata: {} });

/** Refuses what another site made the browser of somebody who is signed in send. */
export function checkToken({ ctx, headers, sessionToken }: FastifyRequest): void {
  const given = headers['x-csrf-token'];
  // Who is signed in nowhere has nothing another site could use: the key in the address is the secret.
  if (sessionToken !== null) checkCsrf(ctx.platform.keys, sessionToken, typeof given === 'string' ? given : undefined);
}

/** The routes of attachments that survive a broken connection. */
export function addUploadRoutes(app: FastifyInstance): void {
  addTusRoutes(app, {
    url: '/antrag/anhang/:token',
    idleHours: limits.uploadHours,
    goneCode: 'forms.uploadGone',
    enter: (request) => {
      if (request.method !== 'HEAD') checkToken(request);
    },
    begin,
    find: async (request, id) => stateOf(await findUpload(request.ctx, keyOf(request), id)),
    append: (request, id, offset, source) => appendToUpload(request.ctx, keyOf(request), { id, offset, source }),
    finish: async (request, id) => {
      await finishUpload(request.ctx, keyOf(request), id);
      return {};
    },
    remove: (request, id) => dropUpload(request.ctx, keyOf(request), id),
  });
}
