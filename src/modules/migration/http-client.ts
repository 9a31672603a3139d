import { type IncomingMessage, Agent as PlainAgent, request as requestPlain } from 'node:http';
import { request as requestSecure, Agent as SecureAgent } from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';
import { ensure, Failure } from '#platform/errors';

/** Who we are at the other server. Stays in memory. */
export type Credentials = { readonly user: string; readonly password: string };

export type ClientOptions = {
  /** Requests at once. */
  readonly parallel?: number;
  /** Milliseconds without a byte after which a connection is given up. */
  readonly idle?: number;
  /** Milliseconds before the second, third … try. */
  readonly waits?: readonly number[];
};

export type Asking = { readonly method: 'GET' | 'PROPFIND'; readonly headers?: Record<string, string>; readonly body?: string };

/** Asks one server, and no other. */
export type Client = {
  readonly origin: string;
  /** The answer once its status is a good one; its body is still to be read. `path` is encoded. */
  ask(path: string, asking: Asking): Promise<IncomingMessage>;
  close(): void;
};

const defaults = { parallel: 6, idle: 60_000, waits: [500, 1_000, 2_000, 4_000, 8_000] };
const mostRedirects = 3;
/** Longest we let the other server make us wait, in seconds. */
const longestRetryAfter = 60;
const busy = new Set([429, 502, 503, 504]);
const passing = new Set(['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH']);
const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * A client for the server of this address. The certificate is verified as always; the password goes to this origin only.
 * Throws `invalid` for an address with user or password in it, or one that would send the password in the clear.
 */
export function openClient(url: URL, credentials: Credentials, options: ClientOptions = {}): Client {
  const { parallel, idle, waits } = { ...defaults, ...options };
  ensure(url.username === '' && url.password === '', 'invalid', 'migration.secretInAddress');
  const isSecure = url.protocol === 'https:';
  ensure(isSecure || (url.protocol === 'http:' && loopback.test(url.hostname)), 'invalid', 'migration.notEncrypted');
  const agent = new (isSecure ? SecureAgent : PlainAgent)({ keepAlive: true, maxSockets: parallel });
  const authorization = `Basic ${Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64')}`;
  const send = (path: string, { method, headers, body }: Asking) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const settings = { agent, method, headers: { authorization, ...headers }, timeout: idle };
      const asked = (isSecure ? requestSecure : requestPlain)(new URL(path, url.origin), settings, resolve);
      asked.on('timeout', () => asked.destroy(Object.assign(new Error('the server went silent'), { code: 'ETIMEDOUT' })));
      asked.on('error', reject);
      asked.end(body);
    });
  const follow = async (path: string, asking: Asking): Promise<IncomingMessage> => {
    let here = path;
    for (let hops = 0; hops <= mostRedirects; hops += 1) {
      const answer = await send(here, asking);
      const { statusCode = 0, headers } = answer;
      if (statusCode < 300 || statusCode >= 400) return answer;
      answer.resume();
      const next = new URL(headers.location ?? '', new URL(here, url.origin));
      ensure(next.origin === url.origin, 'forbidden', 'migration.redirectElsewhere', { host: next.host });
      here = next.pathname + next.search;
    }
    throw new Failure('conflict', 'migration.redirectCircle', { path });
  };
  const ask = async (path: string, asking: Asking): Promise<IncomingMessage> => {
    for (let attempt = 0; ; attempt += 1) {
      const isLast = attempt >= waits.length;
      const answer = await follow(path, asking).catch((error: NodeJS.ErrnoException) => {
        if (isLast || !passing.has(error.code ?? '')) throw error instanceof Failure ? error : unreachable(url.host, error);
        return null;
      });
      if (answer && (isLast || !busy.has(answer.statusCode ?? 0))) return checkStatus(answer, path);
      answer?.resume();
      await wait(pauseOf(answer, waits[attempt] as number));
    }
  };
  return { origin: url.origin, ask, close: () => agent.destroy() };
}

function pauseOf(answer: IncomingMessage | null, usual: number): number {
  const asked = Number(answer?.headers['retry-after'] ?? 0);
  return Number.isFinite(asked) && asked > 0 ? Math.min(asked, longestRetryAfter) * 1_000 : usual;
}

/** The other server is away: not the same as our own database being away, which would end the whole run at once. */
export const unreachable = (host: string, cause: NodeJS.ErrnoException) =>
  new Failure('conflict', 'migration.unreachable', { host, reason: cause.code ?? cause.message }, cause);

function checkStatus(answer: IncomingMessage, path: string): IncomingMessage {
  const { statusCode = 0 } = answer;
  if (statusCode >= 200 && statusCode < 300) return answer;
  answer.resume();
  const code = statusCode === 401 || statusCode === 403 ? 'migration.refused' : 'migration.badAnswer';
  throw new Failure('conflict', code, { status: statusCode, path });
}
