import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import websocket from '@fastify/websocket';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { AccountActor, Actor, CitizenActor, Context, Platform } from './context.ts';
import { asFailure, Failure } from './errors.ts';
import { checkSameSite, securityHeaders } from './http-guard.ts';
import { addHealthRoutes, type HealthCheck } from './http-health.ts';
import { logFailure, retryAfter, sentenceOf, statusOf } from './http-status.ts';
import type { Locale } from './words.ts';

/**
 * How a route wants to know who asks. `session`: the browser's cookie; `basic`: an app password; `maybeBasic`: an app password if
 * one is given, otherwise nobody; `none`: it does not.
 */
export type Credentials = 'session' | 'basic' | 'maybeBasic' | 'none';

/** One route, for whoever has to look at all of them. */
export type RouteFacts = { readonly methods: readonly string[]; readonly url: string; readonly credentials: Credentials };

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Every route says how it knows its caller; a route that does not say it refuses to be registered. */
    credentials?: Credentials;
    /** True for routes whose body is a file: they have no time limit as long as bytes keep coming. */
    streams?: boolean;
  }
  interface FastifyInstance {
    /** Every route there is, as it was registered. */
    routeTable: readonly RouteFacts[];
  }
  interface FastifyRequest {
    /** Who asks; set before the handler runs. */
    ctx: Context;
    /** The session's secret, for CSRF tokens; null without a session. */
    sessionToken: string | null;
    /** Whether the caller, known at the beginning, is still let in; for transfers that take long. */
    isStillAllowed: () => Promise<boolean>;
  }
}

export type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
export type { HealthCheck } from './http-health.ts';

/** What the rooms above tell the edge about callers; wired by `house.ts`. */
export type Identify = {
  /** The account behind a session's secret; null when it is unknown, expired or revoked. */
  bySession(platform: Platform, token: string, network: string): Promise<AccountActor | CitizenActor | null>;
  /** The account behind an app password; null when it is wrong. Throws `tooMany` when the network has to wait. */
  byAppPassword(platform: Platform, user: string, password: string, network: string): Promise<AccountActor | null>;
  /** The tenant whose pages are shown at this host to people who are not signed in. */
  tenantOfHost(platform: Platform, host: string): Promise<number>;
};

/** Registers the routes of one room. */
export type Routes = (app: FastifyInstance, platform: Platform) => void | Promise<void>;

export const httpLimits = {
  /** Largest body that is not a file, in bytes. */
  bodyBytes: 1_048_576,
  headerSeconds: 15,
  /** A request that is not a file must be complete after this. */
  bodySeconds: 30,
  /** A connection on which nothing moves is cut after this. */
  idleSeconds: 120,
  keepAliveSeconds: 65,
  /** Requests that are being worked on may finish for so long when the house closes. */
  graceSeconds: 10,
  connections: 20_000,
  /** Requests of one connection that are worked on at the same time (RFC 9112, 9.3.2); clients send one after the other. */
  pipelined: 16,
  /** One message over a WebSocket to us. */
  messageBytes: 4_096,
};

export const sessionCookie = (isSecure: boolean) => (isSecure ? '__Host-rennsteig' : 'rennsteig');

const requestIdForm = /^[\w-]{8,64}$/;

function requestId(raw: { headers: Record<string, string | string[] | undefined> }): string {
  const given = raw.headers['x-request-id'];
  return typeof given === 'string' && requestIdForm.test(given) ? given : randomUUID();
}

/** Reads one cookie. */
export function readCookie(header: string | undefined, name: string): string | null {
  for (const part of (header ?? '').split(';')) {
    const [key, value] = part.trim().split('=', 2);
    if (key === name && value) return value;
  }
  return null;
}

/** RFC 7617: `Basic` and base64 of `user:password`, in UTF-8. Null when it is not that. */
function readBasic(header: string | undefined): { user: string; password: string } | null {
  const [, encoded] = /^basic +([A-Za-z0-9+/=_-]+)$/i.exec(header ?? '') ?? [];
  if (!encoded) return null;
  const text = Buffer.from(encoded, 'base64').toString();
  const colon = text.indexOf(':');
  return colon < 0 ? null : { user: text.slice(0, colon), password: text.slice(colon + 1) };
}

/**
 * The language: what the address asks for (`lang`, as search engines keep it), then the `lang` cookie of the switch, then what the browser
 * asks for, German otherwise.
 */
function localeOf(request: FastifyRequest): Locale {
  const { lang: asked } = (request.query ?? {}) as { lang?: unknown };
  if (asked === 'de' || asked === 'en') return asked;
  const chosen = readCookie(request.headers.cookie, 'lang');
  if (chosen === 'de' || chosen === 'en') return chosen;
  const wanted = (request.headers['accept-language'] ?? 'de').slice(0, 2).toLowerCase();
  return wanted === 'en' ? 'en' : 'de';
}

async function resolveActor(request: FastifyRequest, platform: Platform, identify: Identify): Promise<Actor> {
  const credentials = request.routeOptions.config.credentials ?? 'none';
  const isGiven = request.headers.authorization !== undefined;
  if (credentials === 'basic' || (credentials === 'maybeBasic' && isGiven)) return resolveBasic(request, platform, identify);
  const token = credentials === 'session' ? readCookie(request.headers.cookie, sessionCookie(isSecure(platform))) : null;
  const account = token ? await identify.bySession(platform, token, request.ip) : null;
  if (!account || !token) return { kind: 'nobody', tenant: await identify.tenantOfHost(platform, request.hostname) };
  request.sessionToken = token;
  request.isStillAllowed = async () => (await identify.bySession(platform, token, request.ip)) !== null;
  return account;
}

async function resolveBasic(request: FastifyRequest, platform: Platform, identify: Identify): Promise<Actor> {
  const given = readBasic(request.headers.authorization);
  const account = given && (await identify.byAppPassword(platform, given.user, given.password, request.ip));
  if (!given || !account) throw new Failure('unauthenticated', 'platform.signInFirst');
  request.isStillAllowed = async () => (await identify.byAppPassword(platform, given.user, given.password, request.ip)) !== null;
  return account;
}

function isSecure(platform: Platform): boolean {
  return platform.config.url.startsWith('https:');
}

/** The answer to a failure where nothing better is agreed: `application/problem+json` (RFC 9457). */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
  const failure = nameFastifyError(error);
  logFailure(request.ctx, failure);
  const seconds = retryAfter(failure);
  if (seconds !== null) reply.header('Retry-After', seconds);
  const detail = sentenceOf(request.ctx, failure);
  return reply
    .code(statusOf[failure.kind])
    .type('application/problem+json')
    .send({ type: 'about:blank', title: failure.code, status: statusOf[failure.kind], detail, request: request.ctx.request });
}

const fastifyKinds: Readonly<Record<string, readonly [ConstructorParameters<typeof Failure>[0], string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['tooLarge', 'platform.tooLarge'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['unsupported', 'platform.unsupportedType'],
  FST_ERR_VALIDATION: ['invalid', 'platform.invalid'],
};

/** Refusals of its plugins; a path out of the assets is one of them. */
const kindsOfStatus: typeof fastifyKinds = {
  400: ['invalid', 'platform.invalid'],
  403: ['notFound', 'platform.notFound'],
  404: ['notFound', 'platform.notFound'],
};

/** Fastify's own refusals, in our kinds. */
export function nameFastifyError(error: unknown): Failure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  const detail = error instanceof Error ? error.message : '';
  const [kind, words] = fastifyKinds[code] ?? kindsOfStatus[status] ?? [];
  return kind && words ? new Failure(kind, words, { detail, limit: httpLimits.bodyBytes }, error) : asFailure(error);
}

/** What holds for every answer, whatever becomes of the request; nobody asks as yet. */
function begin(platform: Platform, request: FastifyRequest, reply: FastifyReply): void {
  for (const [name, value] of securityHeaders(isSecure(platform))) reply.raw.setHeader(name, value);
  reply.raw.setHeader('X-Request-Id', request.id);
  const base = { platform, request: request.id, locale: localeOf(request), network: request.ip };
  request.ctx = { ...base, actor: { kind: 'nobody', tenant: 0 } };
}

/** An address that is none: Fastify finds it before any hook of ours, and its own sentence would repeat it, with what it may hold. */
function refuseAddress(platform: Platform, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  begin(platform, request, reply);
  return sendProblem(request, reply, new Failure('invalid', 'platform.invalid', { detail: 'address' }));
}

function addHooks(app: FastifyInstance, platform: Platform, identify: Identify): void {
  app.decorateRequest('sessionToken', null);
  app.decorateRequest('ctx', null as never);
  app.decorateRequest('isStillAllowed', async () => true);

  app.addHook('onRequest', async (request, reply) => {
    begin(platform, request, reply);
    limitPipelining(request, reply);
    checkHost(request);
    limitBodyTime(request);
    const { credentials } = request.routeOptions.config;
    // What is for one person is kept by no cache, unless the route itself says how.
    if (credentials === 'session' || credentials === 'basic') reply.raw.setHeader('Cache-Control', 'private, no-store');
    if (credentials === 'session') checkSameSite(request);
    if (credentials !== 'none') request.ctx = { ...request.ctx, actor: await resolveActor(request, platform, identify) };
  });

  app.addHook('onResponse', async (request, reply) => {
    const seconds = reply.elapsedTime / 1000;
    platform.metrics.observe('request_seconds', { method: request.method, status: String(reply.statusCode) }, seconds);
    logRequest(request, reply, platform);
  });
}

const underWay = new WeakMap<Socket, number>();

/**
 * Whoever asks on and does not read makes us keep an open file and some megabytes for every answer: they wait for the one before. The
 * connection is cut; the answers that could have left have left.
 */
function limitPipelining({ raw: { socket } }: FastifyRequest, { raw }: FastifyReply): void {
  const count = (underWay.get(socket) ?? 0) + 1;
  underWay.set(socket, count);
  raw.once('close', () => underWay.set(socket, (underWay.get(socket) ?? 1) - 1));
  if (count <= httpLimits.pipelined) return;
  socket.destroy();
  throw new Failure('invalid', 'platform.invalid', { detail: 'pipelining' });
}

/**
 * RFC 9112, 3.2: “A server MUST respond with a 400 (Bad Request) status code to any HTTP/1.1 request message that lacks a Host header
 * field and to any request message that contains more than one Host header field line”. Node sees to the first half. A proxy before
 * us may have read the other one.
 */
function checkHost({ raw: { rawHeaders } }: FastifyRequest): void {
  const hosts = rawHeaders.filter((name, index) => index % 2 === 0 && name.length === 4 && name.toLowerCase() === 'host');
  if (hosts.length > 1) throw new Failure('invalid', 'platform.invalid', { detail: 'host' });
}

/** Whoever sends a small body slowly would hold a connection for ever; files are guarded by the idle limit instead. */
function limitBodyTime(request: FastifyRequest): void {
  if (request.method === 'GET' || request.method === 'HEAD' || request.routeOptions.config.streams) return;
  const timer = setTimeout(() => {
    if (!request.raw.complete) request.raw.destroy();
  }, httpLimits.bodySeconds * 1000).unref();
  request.raw.once('close', () => clearTimeout(timer));
}

/** The route's pattern and never the address itself: addresses carry names, and one-time links carry secrets. */
function logRequest(request: FastifyRequest, reply: FastifyReply, platform: Platform): void {
  const { actor } = request.ctx;
  platform.log.info(
    {
      request: request.id,
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
      tenant: actor.tenant,
      ...(actor.kind === 'account' ? { account: actor.account } : {}),
    },
    'request',
  );
}

export type HttpOptions = {
  readonly identify: Identify;
  readonly routes: readonly Routes[];
  readonly checks: readonly HealthCheck[];
  /** The figures of all processes of this machine. */
  readonly metricsText: () => Promise<string>;
};

/** Builds the server with every room's routes. It does not listen yet. */
export async function openHttp(platform: Platform, options: HttpOptions): Promise<FastifyInstance> {
  const app = fastify({
    logger: false,
    genReqId: requestId,
    trustProxy: platform.config.trustedProxies.length > 0 ? [...platform.config.trustedProxies] : false,
    bodyLimit: httpLimits.bodyBytes,
    requestTimeout: 0, // a file may take hours; see limitBodyTime and idleSeconds
    connectionTimeout: httpLimits.idleSeconds * 1000,
    keepAliveTimeout: httpLimits.keepAliveSeconds * 1000,
    forceCloseConnections: 'idle',
    routerOptions: { ignoreTrailingSlash: false, maxParamLength: 8_192 },
    return503OnClosing: true,
    frameworkErrors: (_error, request, reply) => void refuseAddress(platform, request as FastifyRequest, reply as FastifyReply),
  });
  app.server.headersTimeout = httpLimits.headerSeconds * 1000;
  app.server.maxConnections = httpLimits.connections;
  const table: RouteFacts[] = [];
  app.decorate('routeTable', table);
  app.addHook('onRoute', (route) => {
    const { credentials } = route.config ?? {};
    if (!credentials) throw new Error(`${String(route.method)} ${route.url} does not say how it knows its caller.`);
    table.push({ methods: [route.method].flat(), url: route.url, credentials });
  });
  addHooks(app, platform, options.identify);
  await app.register(websocket, {
    options: { maxPayload: httpLimits.messageBytes, perMessageDeflate: false, clientTracking: false },
    errorHandler: (_error, socket) => socket.terminate(),
  });
  app.setErrorHandler((error, request, reply) => sendProblem(request, reply, error));
  addHealthRoutes(app, platform, options);
  for (const routes of options.routes) await app.register(async (scope) => routes(scope, platform));
  await app.ready();
  return app;
}
