import { beginCarriedLogin, beginDeviceLogin, mustWipe, pollDeviceLogin, reportWiped } from '#modules/accounts';
import { Failure } from '#platform/errors';
import type { FastifyReply, Routes } from '#platform/http';
import { takeBodies } from './ocs/body.ts';
import { callOf } from './ocs/call.ts';

/**
 * How a programme on a device is let in and sent away, as Nextcloud's clients speak it: both login flows, and remote wipe. What proves
 * who asks is in the body; there is nobody signed in yet, or nobody any more.
 */

const config = { credentials: 'none' } as const;

/** "Not (yet)", as clients wait for it: they ask again, or go on as before. */
const nothing = (reply: FastifyReply) => reply.code(404).send([]);

export const deviceRoutes: Routes = (app, { config: { url } }) => {
  takeBodies(app);
  app.addHook('onSend', async (_request, reply) => {
    reply.header('Cache-Control', 'no-store');
  });

  app.post('/index.php/login/v2', { config }, async ({ ctx, headers }) => {
    const { pollToken, pageToken } = await beginDeviceLogin(ctx, headers['user-agent']);
    return { poll: { token: pollToken, endpoint: `${url}/index.php/login/v2/poll` }, login: `${url}/geraet/${pageToken}` };
  });

  // The first login flow, to which the mobile apps fall back. A link or a form of another site cannot send this header: only a
  // programme begins here, and whoever opens the address in a browser is shown how to connect one.
  app.get('/index.php/login/flow', { config }, async ({ ctx, headers }, reply) => {
    if (headers['ocs-apirequest'] !== 'true') return reply.redirect('/konto/app-passwoerter', 303);
    const pageToken = await beginCarriedLogin(ctx, headers['user-agent']);
    return reply.redirect(`/geraet/${pageToken}/app`, 303);
  });

  app.post('/index.php/login/v2/poll', { config }, async (request, reply) => {
    try {
      const given = await pollDeviceLogin(request.ctx, callOf(request).given('token') ?? '');
      return given ? { server: url, loginName: given.loginName, appPassword: given.secret } : nothing(reply);
    } catch (error) {
      if (error instanceof Failure && error.kind === 'notFound') return nothing(reply);
      throw error;
    }
  });

  app.post('/index.php/core/wipe/check', { config }, async (request, reply) =>
    (await mustWipe(request.ctx, callOf(request).given('token') ?? '')) ? { wipe: true } : nothing(reply),
  );

  app.post('/index.php/core/wipe/success', { config }, async (request, reply) =>
    (await reportWiped(request.ctx, callOf(request).given('token') ?? '')) ? [] : nothing(reply),
  );
};
