import { hash } from 'node:crypto';
import type { Failure } from '#platform/errors';
import type { FastifyReply, FastifyRequest } from '#platform/http';
import { nameFastifyError } from '#platform/http';
import { readEtags } from '#platform/http-file';
import { logFailure, retryAfter, sentenceOf, statusOf } from '#platform/http-status';
import { escapeXml } from '../xml.ts';

/**
 * The envelope of the Open Collaboration Services (freedesktop.org, OCS 1.6 and its dialect in Nextcloud): `meta` says how it
 * went, `data` what there is. Version 1 answers 100 and HTTP 200 almost always, version 2 the code of HTTP itself.
 */

/** What can stand in an answer. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value };

export type Answer = {
  readonly data: Value;
  readonly headers?: Readonly<Record<string, string>>;
};

type Outcome = { readonly status: number; readonly code: number; readonly message: string };

const isFirstVersion = (request: FastifyRequest) => request.url.startsWith('/ocs/v1.php');

/** `format` decides; without it what the client takes; XML as ever when it says nothing. */
function wantsJson(request: FastifyRequest): boolean {
  const { format } = request.query as { format?: string };
  if (typeof format === 'string') return format === 'json';
  return /\bapplication\/json\b/.test(request.headers.accept ?? '');
}

/** Sends what an operation found. What did not change since the client's ETag is not sent again. */
export function sendAnswer(request: FastifyRequest, reply: FastifyReply, { data, headers = {} }: Answer): FastifyReply {
  const code = isFirstVersion(request) ? 100 : 200;
  const body = write(request, { status: 200, code, message: 'OK' }, data);
  reply.headers(headers);
  if (request.method === 'GET') {
    const etag = hash('sha1', body);
    reply.headers({ ETag: `"${etag}"`, 'Cache-Control': 'private, no-cache' });
    const known = readEtags(request.headers['if-none-match']);
    if (known === '*' || known?.includes(etag)) return reply.code(304).send();
  }
  return send(request, reply, body);
}

/** OCS 1.6 with Nextcloud's additions: 997 nobody is signed in, 998 no such operation; otherwise the code of HTTP. */
function outcomeOf(request: FastifyRequest, failure: Failure, message: string): Outcome {
  const http = statusOf[failure.kind];
  if (!isFirstVersion(request)) return { status: http, code: http, message };
  const code = failure.kind === 'unauthenticated' ? 997 : failure.code === 'dav.ocsUnknown' ? 998 : http;
  // What is wrong with the request itself stands in the envelope; who asks and whether we can answer is also for HTTP.
  const isForHttp = http === 401 || http === 403 || http === 429 || http >= 500;
  return { status: isForHttp ? http : 200, code, message };
}

/** Sends what went wrong, in the envelope. */
export function sendOcsFailure(request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
  const failure = nameFastifyError(error);
  logFailure(request.ctx, failure);
  const seconds = retryAfter(failure);
  if (seconds !== null) reply.header('Retry-After', seconds);
  if (failure.kind === 'unauthenticated') reply.header('WWW-Authenticate', 'Basic realm="Rennsteig", charset="UTF-8"');
  const outcome = outcomeOf(request, failure, sentenceOf(request.ctx, failure));
  return send(request, reply.code(outcome.status), write(request, outcome, []));
}

function send(request: FastifyRequest, reply: FastifyReply, body: string): FastifyReply {
  return reply.type(wantsJson(request) ? 'application/json; charset=utf-8' : 'application/xml; charset=utf-8').send(body);
}

function write(request: FastifyRequest, { status, code, message }: Outcome, data: Value): string {
  const word = code === 100 || (status < 300 && code === 200) ? 'ok' : 'failure';
  const counts = isFirstVersion(request) ? { totalitems: '', itemsperpage: '' } : {};
  const meta = { status: word, statuscode: code, message, ...counts };
  if (wantsJson(request)) return JSON.stringify({ ocs: { meta, data } });
  return `<?xml version="1.0"?>\n<ocs>${writeElement('meta', meta)}${writeElement('data', data)}</ocs>\n`;
}

const elementName = /^[A-Za-z_][\w.-]*$/;

/** Lists become `element`s, and so does what has no name XML allows; yes is 1 and no is nothing, as PHP writes them. */
function writeElement(name: string, value: Value): string {
  const tag = elementName.test(name) ? name : 'element';
  return `<${tag}>${writeValue(value)}</${tag}>`;
}

function writeValue(value: Value): string {
  if (value === null || value === false) return '';
  if (value === true) return '1';
  if (typeof value !== 'object') return escapeXml(String(value));
  if (Array.isArray(value)) return value.map((item: Value) => writeElement('element', item)).join('');
  return Object.entries(value)
    .map(([key, item]) => writeElement(key, item))
    .join('');
}
