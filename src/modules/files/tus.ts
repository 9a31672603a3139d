import { AsyncLocalStorage } from 'node:async_hooks';
import type { Readable } from 'node:stream';
import { DataStore, ERRORS, Server, Upload as TusUpload } from '@tus/server';
import type { Context } from '#platform/context';
import { asFailure, ensure, Failure } from '#platform/errors';
import type { FastifyInstance, FastifyReply, FastifyRequest } from '#platform/http';
import { receiveFile } from '#platform/http-file';
import { logFailure, sentenceOf, statusOf } from '#platform/http-status';
import { locate } from './access.ts';
import type { Entry } from './node.ts';
import { makePath, placeFor, type TakenRule } from './place.ts';
import { checkToken } from './routes-list.ts';
import { readWish, type Wish } from './tus-wish.ts';
import { abandonUpload, append, beginUpload, completeUpload, findUpload, type Upload, uploadLimits } from './upload.ts';
import type { Written } from './write.ts';

/**
 * Uploads of the browser that survive a broken connection: tus 1.0 (https://tus.io/protocols/resumable-upload) over the verbs
 * of this room. The protocol is `@tus/server`'s; where the bytes go, who may and what becomes of them is decided here.
 */

const path = '/dateien/hochladen';

/** Whose request is being answered; the protocol's library hands its store nothing of it. */
const current = new AsyncLocalStorage<FastifyRequest>();

function requestNow(): FastifyRequest {
  const request = current.getStore();
  ensure(request, 'internal', 'platform.internal');
  return request;
}

const contextNow = (): Context => requestNow().ctx;

/** The folder the file goes into; folders of a dropped tree that are not there yet are made. */
async function folderFor(ctx: Context, wish: Wish): Promise<Entry> {
  const folder = await locate(ctx, wish.folder);
  return wish.path.length === 0 ? folder : makePath(ctx, folder, wish.path);
}

async function create(ctx: Context, given: TusUpload): Promise<TusUpload> {
  const wish = readWish(given.metadata ?? {});
  const folder = await folderFor(ctx, wish);
  // Asked before the bytes come: nobody should wait for an hour to hear that the name is taken.
  await placeFor(ctx, { folder, name: wish.name }, wish.taken);
  const options = { metadata: given.metadata ?? {}, taken: wish.taken, modified: wish.modified };
  const request = { name: given.id, folder, fileName: wish.name, length: given.size ?? null, options };
  return asTus(ctx, await beginUpload(ctx, request));
}

/** The library tells clients when an upload ends by adding a time to when it began, by its own clock; whether it has ended we say. */
function asTus(ctx: Context, { name, length, received, options, expiresAt }: Upload): TusUpload {
  const left = expiresAt.getTime() - ctx.platform.clock.now().getTime();
  const begun = new Date(Date.now() + left - uploadLimits.idleHours * 3_600_000);
  return new TusUpload({
    id: name,
    offset: received,
    ...(length !== null && { size: length }),
    metadata: options.metadata as Record<string, string | null>,
    creation_date: begun.toISOString(),
  });
}

/** What somebody else put there meanwhile changes the number, not the outcome. */
const numberTries = 5;

/** Makes a file of what has arrived, under its own name or as the person decided when that is taken. */
async function complete(ctx: Context, upload: Upload, taken: TakenRule): Promise<Written> {
  const folder = await locate(ctx, upload.folder);
  for (let attempt = 1; ; attempt += 1) {
    const place = await placeFor(ctx, { folder, name: upload.fileName ?? '' }, taken);
    const completion = { folder, fileName: place.name, precondition: place.precondition, modified: modifiedOf(upload) };
    try {
      return await completeUpload(ctx, upload, completion);
    } catch (error) {
      const isLate = error instanceof Failure && error.kind === 'precondition';
      if (!isLate || attempt >= numberTries) throw error;
    }
  }
}

const modifiedOf = ({ options }: Upload) => (typeof options.modified === 'number' ? options.modified : null);
const takenOf = ({ options }: Upload) => options.taken as TakenRule;

/**
 * All bytes are here and yet there is no file: finishing was refused or the house went down in between. A client that is told
 * “complete” would believe in a file that does not exist, so it is finished now, or the client hears why not.
 */
async function finishIfWhole(ctx: Context, upload: Upload): Promise<void> {
  if (upload.length === null || upload.received < upload.length) return;
  await complete(ctx, upload, takenOf(upload));
}

function openStore(): DataStore {
  const store = new DataStore();
  store.extensions = ['creation', 'creation-with-upload', 'termination', 'expiration'];
  return Object.assign(store, {
    create: (given: TusUpload) => create(contextNow(), given),
    getUpload: async (id: string) => {
      const request = requestNow();
      const known = finished.get(request);
      if (known) return known;
      const upload = await findUpload(request.ctx, id);
      if (request.method === 'HEAD') await finishIfWhole(request.ctx, upload);
      return asTus(request.ctx, upload);
    },
    write: async (stream: Readable, id: string, offset: number) => {
      const request = requestNow();
      const upload = await findUpload(request.ctx, id);
      return append(request.ctx, upload, offset, receiveFile(request, stream));
    },
    remove: async (id: string) => abandonUpload(contextNow(), await findUpload(contextNow(), id)),
    getExpiration: () => uploadLimits.idleHours * 3_600_000,
  });
}

/** Uploads that became files in a request that is still being answered: the library asks once more how far they are. */
const finished = new WeakMap<FastifyRequest, TusUpload>();

/** Makes the file and names it: a list that shows its folder knows what to mark. */
async function finish(id: string) {
  const request = requestNow();
  const upload = await findUpload(request.ctx, id);
  const { node } = await complete(request.ctx, upload, takenOf(upload));
  finished.set(request, asTus(request.ctx, upload));
  return { headers: { 'X-File-Id': String(node.id), 'X-File-Name': encodeURIComponent(node.name) } };
}

type Told = { readonly status_code: number; readonly body: string };

function isTold(error: unknown): error is Told {
  return typeof error === 'object' && error !== null && 'status_code' in error && 'body' in error;
}

/** A refusal as our other routes send it; what the protocol's library refuses keeps its status code. */
function tell(error: unknown): Told {
  if (isTold(error)) return error;
  const ctx = contextNow();
  const failure = asFailure(error);
  logFailure(ctx, failure);
  const status = failure.code === 'files.uploadGone' ? ERRORS.FILE_NOT_FOUND.status_code : statusOf[failure.kind];
  const problem = { type: 'about:blank', title: failure.code, status, detail: sentenceOf(ctx, failure), request: ctx.request };
  return { status_code: status, body: JSON.stringify(problem) };
}

function openServer(): Server {
  return new Server({
    path,
    datastore: openStore(),
    relativeLocation: true,
    allowedOrigins: [], // our own pages only: no header that lets other origins read
    onUploadFinish: (_request, upload) => finish(upload.id),
    onResponseError: (_request, error) => tell(error),
  });
}

/** The routes of resumable uploads; every one of them for somebody who is signed in. */
export function addTusRoutes(app: FastifyInstance): void {
  const server = openServer();
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    const handler = async (request: FastifyRequest, reply: FastifyReply) => {
      ensure(request.ctx.actor.kind === 'account', 'unauthenticated', 'platform.signInFirst');
      if (request.method !== 'HEAD' && request.method !== 'OPTIONS') checkToken(request);
      reply.hijack();
      await current.run(request, () => server.handle(request.raw, reply.raw));
      return reply;
    };
    const config = { credentials: 'session', streams: true } as const;
    scope.route({ method: ['POST', 'OPTIONS'], url: path, config, handler });
    scope.route({ method: ['HEAD', 'PATCH', 'DELETE', 'OPTIONS'], url: `${path}/:upload`, config, handler });
  });
}
