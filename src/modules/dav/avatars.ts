import { avatarOf } from '#modules/accounts';
import type { FastifyReply, FastifyRequest, Routes } from '#platform/http';
import { sendPicture } from '#platform/http-file';
import { numberOf } from './ocs/call.ts';

type Asked = { readonly user: string; readonly size: string };

async function sendAvatar(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { user, size } = request.params as Asked;
  return sendPicture(request, reply, await avatarOf(request.ctx, user, numberOf(size, 'size', { least: 1, most: 10_000 })));
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
