import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fastifyStatic from '@fastify/static';
import { createHeaders } from '@remix-run/node-fetch-server';
import type { Platform } from '#platform/context';
import { ensure, Failure } from '#platform/errors';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, httpLimits, type Routes } from '#platform/http';
import { checkCsrf, makeNonce, pagePolicy } from '#platform/http-guard';
import { sendSorry, sendWaiting } from '#platform/http-sorry';
import type { Part, Rooms, TenantView } from './context.ts';
import { clearedNotice } from './cookies.ts';
import { openPageHouse } from './page-house.ts';
import { readParts } from './upload.ts';

/** What the pages need from the house; wired by house.ts. */
export type PagesOptions = {
  readonly rooms: Rooms;
  /** Folder of the built pages, see `build.ts`; null when they were not built. */
  readonly folder: string | null;
};

type Answer = typeof import('./answer.ts').answer;

/** Routes for every page and its scripts, styles and fonts: whatever no other room has taken. */
export function pageRoutes(options: PagesOptions): Routes {
  return async (app, platform) => {
    app.setErrorHandler((error, request, reply) => sendSorry(request, reply, error));
    // Bodies are read by us: forms whole and small, uploads as they arrive.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', (_request, _payload, done) => done(null));
    await addAssets(app, options.folder);
    addColours(app);
    const answer = lazyAnswer(options.folder);
    app.route({
      method: ['GET', 'HEAD', 'POST'],
      url: '/*',
      config: { credentials: 'session', streams: true },
      handler: async (request, reply) => sendPage({ request, reply, platform, options, answer: await answer() }),
    });
  };
}

/** The page bundle is loaded with the first page that is asked for: a process that only syncs files never needs it. */
function lazyAnswer(folder: string | null): () => Promise<Answer> {
  let loaded: Promise<Answer> | null = null;
  return () => {
    ensure(folder, 'unavailable', 'platform.unavailable');
    loaded ??= import(pathToFileURL(join(folder, 'server/pages.js')).href).then((bundle: { answer: Answer }) => bundle.answer);
    return loaded;
  };
}

async function addAssets(app: FastifyInstance, folder: string | null): Promise<void> {
  const assets = folder && join(folder, 'client/assets');
  if (!assets || !existsSync(assets)) return;
  await app.register(fastifyStatic, { root: assets, serve: false, preCompressed: true, immutable: true, maxAge: '365d' });
  app.get<{ Params: { '*': string } }>('/assets/*', { config: { credentials: 'none' } }, (request, reply) =>
    reply.sendFile(request.params['*']),
  );
}

const colourParams = '/farbe/:light(^[0-9a-f]{6})-:dark(^[0-9a-f]{6}$).css';

/** An authority's colour as a style sheet of its own; the address says it all, so it never changes. */
function addColours(app: FastifyInstance): void {
  app.get<{ Params: { light: string; dark: string } }>(colourParams, { config: { credentials: 'none' } }, ({ params }, reply) => {
    const dark = `{--brand:#${params.dark}}`;
    const sheet = `:root{--brand:#${params.light}}[data-kern-theme=dark]${dark}@media(prefers-color-scheme:dark){:root:not([data-kern-theme])${dark}}`;
    return reply.header('Cache-Control', 'public, max-age=31536000, immutable').type('text/css').send(sheet);
  });
}

type Exchange = {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly platform: Platform;
  readonly options: PagesOptions;
  readonly answer: Answer;
};

/** Control characters: no page's address has them, and headers made of it must not. */
const unseenInPath = /%(?:[01][0-9a-f]|7f)/i;

/**
 * Shows a page. Of people from outside only so many are served at a time (`platform/rush`); those who work here are not held up by them.
 * A form is read before it waits, so that nobody who sends slowly takes a turn; a file is read while it is stored, and waits for
 * nobody but its sender.
 */
async function sendPage(exchange: Exchange): Promise<FastifyReply> {
  const { request, reply, platform } = exchange;
  const [path = ''] = (request.raw.url ?? '').split('?', 1);
  ensure(!unseenInPath.test(path), 'notFound', 'platform.notFound');
  const form = await readForm(request, platform);
  if (request.ctx.actor.kind === 'account' || form.isUpload) return answerPage(exchange, form);
  const leave = await platform.rush.enter(request.method === 'POST' ? 'answers' : 'asks', leavingOf(reply));
  if (!leave) return sendWaiting(request, reply, form.body && new URLSearchParams(Buffer.from(form.body).toString()));
  try {
    return await answerPage(exchange, form);
  } finally {
    leave();
  }
}

async function answerPage(
  { request, reply, platform, options, answer }: Exchange,
  { body, parts }: ReadForm,
): Promise<FastifyReply> {
  const house = openPageHouse({
    request,
    reply,
    rooms: options.rooms,
    tenant: await viewOfTenant(options.rooms, platform, request.ctx.actor.tenant),
    provider: (await viewOfTenant(options.rooms, platform, options.rooms.tenants.provider)).name,
    nonce: makeNonce(),
    policy: pagePolicy,
    parts,
  });
  const response = await answer(toWebRequest(request, reply, body), house);
  if (house.notice && response.status < 300) reply.header('Set-Cookie', clearedNotice(platform));
  // What people see is for them alone, also for the next person at the same desk.
  if (!response.headers.has('Cache-Control')) reply.header('Cache-Control', 'private, no-store');
  for (const [name, value] of response.headers) reply.header(name, value);
  // The older header knows no “everybody”; where it stands, some browsers refuse what the policy allows.
  if (response.headers.get('Content-Security-Policy')?.includes('frame-ancestors *')) reply.removeHeader('X-Frame-Options');
  // Pages and their data are small and complete: sent whole they need no stream and carry their length.
  return reply.code(response.status).send(Buffer.from(await response.arrayBuffer()));
}

async function viewOfTenant({ tenants }: Rooms, platform: Platform, tenant: number): Promise<TenantView> {
  const profile = await tenants.profile(platform, tenant);
  if (!profile) throw new Failure('notFound', 'platform.notFound');
  return profile.branding;
}

/** Letters, digits and what stands between them in a name, an address and before a port. */
const hostForm = /^[\w.:[\]-]+$/;

/** The address that was asked for. Throws `invalid` when a programme says a host that is none. */
function addressOf({ raw, protocol, host }: FastifyRequest): URL {
  const [base, path] = [`${protocol}://${host}`, raw.url ?? '/'];
  // Put together, not resolved: `//elsewhere/there` is a path of ours.
  const whole = path.startsWith('/') ? base + path : path;
  const isAddress = hostForm.test(host) && URL.canParse(base) && URL.canParse(whole);
  ensure(isAddress, 'invalid', 'platform.invalid', { detail: 'Host' });
  return new URL(whole);
}

/** The request as the pages know it; aborted when the person leaves before the answer is complete. */
function toWebRequest(request: FastifyRequest, reply: FastifyReply, body: Uint8Array<ArrayBuffer> | null): Request {
  return new Request(addressOf(request), {
    method: request.method,
    headers: createHeaders(request.raw),
    body,
    signal: leavingOf(reply),
  });
}

/** Tells when somebody leaves before they have their answer. */
function leavingOf({ raw }: FastifyReply): AbortSignal {
  const leaving = new AbortController();
  raw.once('close', () => {
    if (!raw.writableFinished) leaving.abort();
  });
  return leaving.signal;
}

type ReadForm = {
  readonly body: Uint8Array<ArrayBuffer> | null;
  readonly parts: () => AsyncIterable<Part>;
  /** Its parts are still on their way. */
  readonly isUpload: boolean;
};

const noParts = async function* (): AsyncGenerator<Part> {};

/** Reads a form and checks its token, before any action runs. Uploads are read only as far as the token, their first field. */
async function readForm(request: FastifyRequest, platform: Platform): Promise<ReadForm> {
  if (request.method !== 'POST') return { body: null, parts: noParts, isUpload: false };
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  const check = (given: string | undefined) => {
    if (request.sessionToken !== null) checkCsrf(platform.keys, request.sessionToken, given);
  };
  if (type === 'multipart/form-data')
    return { body: new Uint8Array(), parts: await checkedParts(request, check), isUpload: true };
  ensure(type === 'application/x-www-form-urlencoded', 'unsupported', 'platform.unsupportedType', { detail: type ?? '' });
  const body = await readBody(request);
  checkFieldCount(body);
  check(new URLSearchParams(body.toString()).get('_csrf') ?? undefined);
  return { body, parts: noParts, isUpload: false };
}

async function checkedParts(request: FastifyRequest, check: (given: string | undefined) => void) {
  const parts = readParts(request.raw);
  const first = (await parts.next()).value as Part | undefined;
  check(first?.kind === 'field' && first.name === '_csrf' ? first.value : undefined);
  return () => parts;
}

/** Fields of one form: more than any page of ours has. */
const mostFields = 20_000;

/** Before anything reads the fields: half a million of them, which fit into a small body, take a reader seconds. */
function checkFieldCount(body: Uint8Array): void {
  let count = 1;
  for (let at = body.indexOf(0x26); at >= 0; at = body.indexOf(0x26, at + 1)) count += 1;
  ensure(count <= mostFields, 'tooLarge', 'platform.tooLarge', { limit: httpLimits.bodyBytes });
}

/** A whole small body. Whoever sends it slowly is cut off. */
async function readBody(request: FastifyRequest): Promise<Buffer<ArrayBuffer>> {
  const timer = setTimeout(() => request.raw.destroy(), httpLimits.bodySeconds * 1000);
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request.raw as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      ensure(bytes <= httpLimits.bodyBytes, 'tooLarge', 'platform.tooLarge', { limit: httpLimits.bodyBytes });
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    throw error instanceof Failure ? error : new Failure('invalid', 'platform.invalid', { detail: 'body' }, error);
  } finally {
    clearTimeout(timer);
  }
}
