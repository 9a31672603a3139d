import { avatarOf } from '#modules/accounts';
import type { FastifyReply, FastifyRequest, Routes } from '#platform/http';
import { readEtags } from '#platform/http-file';
import { numberOf } from './ocs/call.ts';

/** Longest time for which a client shows an avatar without asking again, in seconds. */
const freshSeconds = 3_600;

type Asked = { readonly user: string; readonly size: string };

async function sendAvatar(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { user, size } = request.params as Asked;
  const { png, etag } = await avatarOf(request.ctx, user, numberOf(size, 'size', { least: 1, most: 10_000 }));
  reply.headers({ ETag: `"${etag}"`, 'Cache-Control': `private, max-age=${freshSeconds}` });
  const known = readEtags(request.headers['if-none-match']);
  if (known === '*' || known?.includes(etag)) return reply.code(304).send();
  return reply.type('image/png').send(png);
}

/** The addresses under which the desktop clients and the apps ask for a person's picture. */
export const avatarRoutes: Routes = (app) => {
  for (const url of [
    '/index.php/avatar/:user/:size',
    '/index.php/avatar/:user/:size/dark',
    '/remote.php/dav/avatars/:user/:size.png',
  ])
    app.get(url, { config: { credentials: 'basic' } }, sendAvatar);
};
