import { Failure } from '#platform/errors';
import type { Routes } from '#platform/http';
import { activityOperations } from './activity.ts';
import { bodyBytes, takeBodies } from './body.ts';
import { callOf, type Operation } from './call.ts';
import { capabilities } from './capabilities.ts';
import { directOperations } from './direct.ts';
import { sendAnswer, sendOcsFailure } from './envelope.ts';
import { noticeOperations } from './notices.ts';
import { peopleOperations } from './people.ts';
import { presenceOperations } from './presence.ts';
import { sharingOperations } from './sharing.ts';
import { searchOperations } from './unified-search.ts';

/** One operation and its address below `/ocs/v1.php` and `/ocs/v2.php`. */
export type OcsRoute = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly run: Operation;
  /** Answers people who are not signed in too. */
  readonly isPublic?: boolean;
};

/** Every operation; a part of the house that speaks OCS adds its table here. */
export const ocsTable: readonly OcsRoute[] = [
  { method: 'GET', path: '/cloud/capabilities', run: capabilities, isPublic: true },
  ...peopleOperations,
  ...presenceOperations,
  ...noticeOperations,
  ...activityOperations,
  ...searchOperations,
  ...sharingOperations,
  ...directOperations,
];

/**
 * The Open Collaboration Services as clients of Nextcloud and ownCloud ask for them, with an app password and never with the
 * browser's cookie: another site could make a browser send that along.
 */
export const ocsRoutes: Routes = (app) => {
  takeBodies(app);
  app.setErrorHandler((error, request, reply) => sendOcsFailure(request, reply, error));
  for (const version of ['/ocs/v1.php', '/ocs/v2.php']) {
    for (const { method, path, run, isPublic } of ocsTable) {
      const config = { credentials: isPublic ? 'maybeBasic' : 'basic' } as const;
      app.route({
        method,
        url: `${version}${path}`,
        config,
        bodyLimit: bodyBytes,
        handler: async (request, reply) => sendAnswer(request, reply, await run(callOf(request))),
      });
    }
    app.all(`${version}/*`, { config: { credentials: 'none' } }, () => {
      throw new Failure('notFound', 'dav.ocsUnknown');
    });
  }
};
