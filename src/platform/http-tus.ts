import { AsyncLocalStorage } from 'node:async_hooks';
import type { Readable } from 'node:stream';
import { DataStore, ERRORS, Server, Upload as TusUpload } from '@tus/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { asFailure, ensure } from './errors.ts';
import { receiveFile } from './http-file.ts';
import { logFailure, retryAfter, sentenceOf, statusOf } from './http-status.ts';

/**
 * Uploads that survive a broken connection: tus 1.0 (https://tus.io/protocols/resumable-upload). The protocol is `@tus/server`'s; where
 * the bytes go, who may and what becomes of them is decided by the room that opens the routes.
 */

/** How far an upload is. */
export type TusState = {
  /** Under which it is asked for; part of its address. */
  readonly id: string;
  /** Bytes announced; null: not said. */
  readonly length: number | null;
  readonly received: number;
  readonly metadata: Readonly<Record<string, string | null>>;
  readonly expiresAt: Date;
};

/** What a client announces. */
export type TusWish = {
  /** Made by the blob store: parts can be stored below it. */
  readonly id: string;
  readonly length: number | null;
  readonly metadata: Readonly<Record<string, string | null | undefined>>;
};

/** What a room does with uploads; every function throws a `Failure` for what it refuses. */
export type TusDoor = {
  /** Address below which uploads lie; may have parameters. */
  readonly url: string;
  /** How long an upload stays after its last byte. */
  readonly idleHours: number;
  /** The failure that says that there is no such upload (any more): clients begin anew. */
  readonly goneCode: string;
  /** Whether this caller may come in at all. */
  enter(request: FastifyRequest): void;
  begin(request: FastifyRequest, wish: TusWish): Promise<TusState>;
  find(request: FastifyRequest, id: string): Promise<TusState>;
  /** Adds bytes at the end of what is there; resolves with how many there are now. What came before the stream broke is kept. */
  append(request: FastifyRequest, id: string, offset: number, source: AsyncIterable<Buffer>): Promise<number>;
  /** Makes of it what it is to be; resolves with headers that say more. Also asked when that was done already. */
  finish(request: FastifyRequest, id: string): Promise<Readonly<Record<string, string>>>;
  remove(request: FastifyRequest, id: string): Promise<void>;
};

type Exchange = { readonly request: FastifyRequest; readonly reply: FastifyReply };

/** Whose request is being answered; the protocol's library hands its store nothing of it. */
const current = new AsyncLocalStorage<Exchange>();

function exchangeNow(): Exchange {
  const exchange = current.getStore();
  ensure(exchange, 'internal', 'platform.internal');
  return exchange;
}

const requestNow = (): FastifyRequest => exchangeNow().request;

/** The library tells clients when an upload ends by adding a time to when it began, by its own clock; whether it has ended we say. */
function asTus({ ctx }: FastifyRequest, { id, length, received, metadata, expiresAt }: TusState, idleHours: number): TusUpload {
  const left = expiresAt.getTime() - ctx.platform.clock.now().getTime();
  const begun = new Date(Date.now() + left - idleHours * 3_600_000);
  return new TusUpload({
    id,
    offset: received,
    metadata,
    creation_date: begun.toISOString(),
    ...(length !== null && { size: length }),
  });
}

/** Uploads that were finished in a request that is still being answered: the library asks once more how far they are. */
const finished = new WeakMap<FastifyRequest, TusUpload>();

function openStore(door: TusDoor): DataStore {
  const store = new DataStore();
  store.extensions = ['creation', 'creation-with-upload', 'termination', 'expiration'];
  return Object.assign(store, {
    create: async ({ id, size, metadata = {} }: TusUpload) => {
      const request = requestNow();
      return asTus(request, await door.begin(request, { id, length: size ?? null, metadata }), door.idleHours);
    },
    getUpload: async (id: string) => {
      const request = requestNow();
      const known = finished.get(request);
      if (known) return known;
      const upload = await door.find(request, id);
      // All bytes are here, and yet it is not what it is to be: finishing was refused or the house went down in between. A client that is
      // told “complete” would believe in what does not exist, so it is finished now, or the client hears why not.
      if (request.method === 'HEAD' && upload.received === upload.length) await door.finish(request, id);
      return asTus(request, upload, door.idleHours);
    },
    write: (stream: Readable, id: string, offset: number) => {
      const request = requestNow();
      return door.append(request, id, offset, receiveFile(request, stream));
    },
    remove: (id: string) => door.remove(requestNow(), id),
    getExpiration: () => door.idleHours * 3_600_000,
  });
}

async function finish(door: TusDoor, id: string) {
  const request = requestNow();
  const upload = await door.find(request, id);
  const headers = await door.finish(request, id);
  finished.set(request, asTus(request, upload, door.idleHours));
  return { headers: { ...headers } };
}

type Told = { readonly status_code: number; readonly body: string };

function isTold(error: unknown): error is Told {
  return typeof error === 'object' && error !== null && 'status_code' in error && 'body' in error;
}

/** A refusal as our other routes send it; what the protocol's library refuses keeps its status code. */
function tell(error: unknown, goneCode: string): Told {
  if (isTold(error)) return error;
  const { request, reply } = exchangeNow();
  const { ctx } = request;
  const failure = asFailure(error);
  logFailure(ctx, failure);
  const seconds = retryAfter(failure);
  if (seconds !== null) reply.raw.setHeader('Retry-After', seconds);
  const status = failure.code === goneCode ? ERRORS.FILE_NOT_FOUND.status_code : statusOf[failure.kind];
  const problem = { type: 'about:blank', title: failure.code, status, detail: sentenceOf(ctx, failure), request: ctx.request };
  return { status_code: status, body: JSON.stringify(problem) };
}

function openServer(door: TusDoor): Server {
  return new Server({
    path: door.url,
    datastore: openStore(door),
    namingFunction: () => requestNow().ctx.platform.blobs.reserve(),
    generateUrl: (_request, { id }) => `${requestNow().url.split('?')[0]}/${id}`,
    allowedOrigins: [], // our own pages only: no header that lets other origins read
    onUploadFinish: (_request, upload) => finish(door, upload.id),
    onResponseError: (_request, error) => tell(error, door.goneCode),
  });
}

/** Opens the routes of resumable uploads. */
export function addTusRoutes(app: FastifyInstance, door: TusDoor): void {
  const server = openServer(door);
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    const handler = async (request: FastifyRequest, reply: FastifyReply) => {
      if (request.method !== 'OPTIONS') door.enter(request);
      reply.hijack();
      await current.run({ request, reply }, () => server.handle(request.raw, reply.raw));
      return reply;
    };
    const config = { credentials: 'session', streams: true } as const;
    scope.route({ method: ['POST', 'OPTIONS'], url: door.url, config, handler });
    scope.route({ method: ['HEAD', 'PATCH', 'DELETE', 'OPTIONS'], url: `${door.url}/:upload`, config, handler });
  });
}
