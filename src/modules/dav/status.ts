import type { Routes } from '#platform/http';

/**
 * The version of Nextcloud whose interface we speak: clients decide by it what they may ask for, and refuse servers that are too
 * old. See docs/decisions/0008-the-version-clients-see.md.
 */
export const spoken = { major: 32, minor: 0, micro: 1, build: 2 } as const;
export const spokenText = `${spoken.major}.${spoken.minor}.${spoken.micro}`;
export const productName = 'Rennsteig';

/** The first thing every client asks: whether there is a server, which one, and whether it is at work. */
const status = {
  installed: true,
  maintenance: false,
  needsDbUpgrade: false,
  version: `${spokenText}.${spoken.build}`,
  versionstring: spokenText,
  edition: '',
  productname: productName,
  extendedSupport: false,
};

const config = { credentials: 'none' } as const;

/** `/status.php`, and the address by which clients find out whether a hotel's network lets them out. */
export const statusRoutes: Routes = (app) => {
  app.get('/status.php', { config }, (_request, reply) => reply.header('Cache-Control', 'no-store').send(status));
  for (const url of ['/204', '/index.php/204']) app.get(url, { config }, (_request, reply) => reply.code(204).send());
};
