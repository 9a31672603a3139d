import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Platform } from './context.ts';
import { isSameSecret, sha256 } from './crypto.ts';
import { asFailure, Failure } from './errors.ts';
import { isProxied } from './http-guard.ts';
import { metricsContentType } from './metrics.ts';

/** What monitoring asks: alive, ready, and the figures. */

/** Whether the instance can serve right now, part by part. */
export type HealthCheck = {
  readonly name: string;
  /** Throws when the instance cannot serve; resolves with a word when it can, but without this part. */
  check(platform: Platform): Promise<string | undefined> | Promise<void>;
};

/**
 * Adds `/healthz`, `/readyz` and `/metrics`.
 * @param metricsText the figures of all processes of this machine
 */
export function addHealthRoutes(
  app: FastifyInstance,
  platform: Platform,
  { checks, metricsText }: { readonly checks: readonly HealthCheck[]; readonly metricsText: () => Promise<string> },
): void {
  const config = { credentials: 'none' } as const;
  app.get('/healthz', { config }, async () => ({ status: 'alive' }));
  app.get('/readyz', { config }, async (_request, reply) => {
    const states = await Promise.all(checks.map(async ({ name, check }) => ({ name, ...(await outcome(check(platform))) })));
    const isReady = states.every(({ serves }) => serves);
    const parts = Object.fromEntries(states.map(({ name, word }) => [name, word]));
    return reply.code(isReady ? 200 : 503).send({ status: isReady ? 'ready' : 'not ready', parts });
  });
  app.get('/metrics', { config }, async (request, reply) => {
    checkReader(request, reply, platform);
    return reply.type(metricsContentType).send(await metricsText());
  });
}

function outcome(check: Promise<unknown>): Promise<{ serves: boolean; word: string }> {
  return check.then(
    (word) => ({ serves: true, word: typeof word === 'string' ? word : 'ready' }),
    (error) => ({ serves: false, word: asFailure(error).kind }),
  );
}

/**
 * The figures tell how many people work here and when, which no stranger needs to know. Whoever shows the token may read them. Without
 * one only this machine may, and only while nothing stands before us: through a proxy, everybody comes from this machine.
 */
function checkReader(request: FastifyRequest, reply: FastifyReply, { config }: Platform): void {
  if (config.metricsToken !== null) {
    const [, given = ''] = /^bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    if (isSameSecret(sha256(given), sha256(config.metricsToken))) return;
    reply.header('WWW-Authenticate', 'Bearer realm="Rennsteig metrics"'); // RFC 6750, 3
    throw new Failure('unauthenticated', 'platform.metricsClosed');
  }
  const isBehind = config.url.startsWith('https:') || config.trustedProxies.length > 0 || isProxied(request.headers);
  if (isBehind || !thisMachine.test(request.socket.remoteAddress ?? '')) throw new Failure('forbidden', 'platform.metricsClosed');
}

const thisMachine = /^(::ffff:)?127\.|^::1$/;
