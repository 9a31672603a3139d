import { ensure, Failure } from '#platform/errors';
import type { FastifyInstance, FastifyRequest, Routes } from '#platform/http';
import { callOf, type Operation } from './call.ts';
import { capabilities } from './capabilities.ts';
import { sendAnswer, sendOcsFailure } from './envelope.ts';
import { noticeOperations } from './notices.ts';
import { peopleOperations } from './people.ts';
import { presenceOperations } from './presence.ts';

/** One operation and its address below `/ocs/v1.php` and `/ocs/v2.php`. */
export type OcsRoute = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly run: Operation;
  /** Answers people who are not signed in too. */
  readonly isPublic?: boolean;
};

/** Every operation; a part of the house that speaks OCS adds its table here. */
const table: readonly OcsRoute[] = [
  { method: 'GET', path: '/cloud/capabilities', run: capabilities, isPublic: true },
  ...peopleOperations,
  ...presenceOperations,
  ...noticeOperations,
];

/** Largest body of an operation, in bytes. */
const bodyBytes = 65_536;

/** Fields of a form by name; one that is given several times as a list. */
function readForm(text: string): Record<string, string | string[]> {
  const fields = new URLSearchParams(text);
  return Object.fromEntries([...new Set(fields.keys())].map((name) => [name, oneOrAll(fields.getAll(name))]));
}

const oneOrAll = (values: string[]) => (values.length === 1 ? (values[0] as string) : values);

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Failure('invalid', 'platform.invalid', { detail: 'JSON' }, error);
  }
}

/** Clients send JSON or a form, and some of them an empty body under either name. */
function takeBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    '*',
    { parseAs: 'string', bodyLimit: bodyBytes },
    async (request: FastifyRequest, body: string | Buffer) => {
      const text = String(body);
      if (text.trim() === '') return {};
      const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
      if (type === 'application/json') return readJson(text);
      ensure(type === 'application/x-www-form-urlencoded', 'unsupported', 'platform.unsupportedType', { detail: type ?? '' });
      return readForm(text);
    },
  );
}

/**
 * The Open Collaboration Services as clients of Nextcloud and ownCloud ask for them, with an app password and never with the
 * browser's cookie: another site could make a browser send that along.
 */
export const ocsRoutes: Routes = (app) => {
  takeBodies(app);
  app.setErrorHandler((error, request, reply) => sendOcsFailure(request, reply, error));
  for (const version of ['/ocs/v1.php', '/ocs/v2.php']) {
    for (const { method, path, run, isPublic } of table) {
      const config = { credentials: isPublic ? 'maybeBasic' : 'basic' } as const;
      app.route({
        ...{ method, url: `${version}${path}`, config, bodyLimit: bodyBytes },
        handler: async (request, reply) => sendAnswer(request, reply, await run(callOf(request))),
      });
    }
    app.all(`${version}/*`, { config: { credentials: 'none' } }, () => {
      throw new Failure('notFound', 'dav.ocsUnknown');
    });
  }
};
