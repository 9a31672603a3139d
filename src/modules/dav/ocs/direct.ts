import { directSeconds, locate, makeDirectLink } from '#modules/files';
import { directPath } from '../direct.ts';
import { limitOf, numberOf, type Operation } from './call.ts';
import type { OcsRoute } from './routes.ts';

/** `POST /apps/dav/api/v1/direct`: an address for a player, for some hours; `expirationTime` is a moment in seconds since 1970. */
const make: Operation = async ({ ctx, given }) => {
  const file = await locate(ctx, numberOf(given('fileId'), 'fileId', { least: 1 }));
  const now = Math.floor(ctx.platform.clock.now().getTime() / 1_000);
  const until = given('expirationTime');
  const seconds = until === undefined ? directSeconds : limitOf(String(Number(until) - now), 1, directSeconds);
  const token = await makeDirectLink(ctx, file, seconds);
  return { data: { url: `${ctx.platform.config.url}${directPath(token)}` } };
};

export const directOperations: readonly OcsRoute[] = [{ method: 'POST', path: '/apps/dav/api/v1/direct', run: make }];
