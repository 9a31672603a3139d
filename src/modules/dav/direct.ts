import { bytesOf, etagOf, openDirectLink } from '#modules/files';
import type { FastifyReply, FastifyRequest, Routes } from '#platform/http';
import { sendFile } from '#platform/http-file';
import { mediaType } from './properties.ts';

/** Where a link of `makeDirectLink` leads. */
export const directPath = (token: string) => `/remote.php/direct/${token}`;

type Params = { readonly token: string };

/** The file behind a link, in the name of whoever made it. What they may not read any more is cut off in the middle, too. */
async function send(request: FastifyRequest<{ Params: Params }>, reply: FastifyReply): Promise<FastifyReply> {
  const { token } = request.params;
  const { ctx, file } = await openDirectLink(request.ctx, token);
  const nobody = request.ctx;
  request.ctx = ctx;
  request.isStillAllowed = () =>
    openDirectLink(nobody, token).then(
      () => true,
      () => false,
    );
  const { name, size, modified } = file.node;
  const sent = { name, size, modified, etag: etagOf(file.node), type: mediaType(name) };
  return sendFile(request, reply, sent, (start, end) => bytesOf(request.ctx, file, { start, end }));
}

/** For players that cannot sign in; the token in the path is the only key. */
export const directRoutes: Routes = (app) => {
  app.get(directPath(':token'), { config: { credentials: 'none' } }, send);
};
