import { Failure } from '#platform/errors';
import { type PublicKey, publicKey, readJwk } from './keys.ts';
import { limits } from './rules.ts';
import type { Service } from './service-http.ts';
import { peekAt, type ReadEvent, readEvent, type Subject } from './token.ts';

/** The event log of a case at a delivery service elsewhere, and what the service itself says in it. */

/** All tokens of a case, unread. Throws as {@link Service.ask}. */
export async function tokensOf(service: Service, caseId: string): Promise<string[]> {
  const { body } = await service.ask({ method: 'GET', path: `/v1/cases/${caseId}/events?limit=${limits.events}` });
  const tokens: readonly unknown[] = Array.isArray(body.eventLog) ? body.eventLog.slice(0, limits.events) : [];
  return tokens.filter((token) => typeof token === 'string');
}

function keyIn(value: unknown): PublicKey[] {
  try {
    return [publicKey(readJwk(JSON.stringify(value), 'sign', 'keys'))];
  } catch {
    return [];
  }
}

/** The keys of the service itself, as it names them. */
async function keysOf(service: Service): Promise<PublicKey[]> {
  const { body } = await service.ask({ method: 'GET', path: '/.well-known/jwks.json' });
  const keys: readonly unknown[] = Array.isArray(body.keys) ? body.keys.slice(0, 20) : [];
  return keys.flatMap(keyIn);
}

type About = Subject & { readonly since: Date; readonly now: Date };

/**
 * What the service has signed itself of a kind, about one submission; null: nothing. It names its keys itself: this is its word and
 * nobody else's.
 */
export async function saidByService(
  service: Service,
  tokens: readonly string[],
  { kind, ...about }: About & { readonly kind: 'submit' | 'reject' },
): Promise<ReadEvent | null> {
  const worth = tokens.filter((token) => {
    const said = peekAt(token);
    return said?.kind === kind && said.issuer.startsWith('http');
  });
  if (worth.length === 0) return null;
  const keys = await keysOf(service);
  for (const token of worth) {
    try {
      return readEvent(token, keys, { ...about, issuer: null });
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
    }
  }
  return null;
}
