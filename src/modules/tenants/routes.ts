import { Failure } from '#platform/errors';
import type { Routes } from '#platform/http';
import { readCrest } from './branding.ts';

const crestPath = '/wappen/:tenant(^[1-9]\\d{0,8}$)/:hash(^[0-9a-f]{24}$).png';

/** The crests: public, because they stand on the sign-in page, and unchanging, because their address changes with them. */
export const routes: Routes = (app, platform) => {
  app.get<{ Params: { tenant: string; hash: string } }>(
    crestPath,
    { config: { credentials: 'none' } },
    async ({ params }, reply) => {
      const crest = await readCrest(platform, Number(params.tenant), params.hash);
      if (!crest) throw new Failure('notFound', 'platform.notFound');
      return reply.header('Cache-Control', 'public, max-age=31536000, immutable').type('image/png').send(crest);
    },
  );
};
