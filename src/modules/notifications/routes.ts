import type { Routes } from '#platform/http';
import { countNotices } from './notice.ts';

/** How many notices wait, for the bell of a page that is open and has heard that there is one more or less. */
export const routes: Routes = (app) => {
  app.get('/mitteilungen/anzahl', { config: { credentials: 'session' } }, async (request, reply) => {
    const count = await countNotices(request.ctx);
    return reply.header('Cache-Control', 'no-store').send({ count });
  });
};
