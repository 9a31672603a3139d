import { createHash, createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { Platform } from '#platform/context';
import { unwrapKey, wrapKey } from '#platform/crypto';
import { ensure } from '#platform/errors';

/** RSA keys as JWK (RFC 7517): what they are for, and how long they have to be. */

export type KeyUse = 'encrypt' | 'sign';
/** A key as it goes over the wire. */
export type Jwk = {
  readonly kty: 'RSA';
  readonly n: string;
  readonly e: string;
  readonly kid: string;
  readonly alg: string;
  readonly key_ops: string[];
};
export type PublicKey = { readonly kid: string; readonly key: KeyObject };
export type PrivateKey = PublicKey;

const uses: Readonly<Record<KeyUse, { readonly alg: string; readonly operation: string }>> = {
  encrypt: { alg: 'RSA-OAEP-256', operation: 'wrapKey' },
  sign: { alg: 'PS512', operation: 'verify' },
};

/** FIT-Connect takes RSA from 4,096 bits on (BSI TR-02102-1 asks for 3,000). Longer than the longest takes seconds for each message. */
const shortestBits = 4_096;
const longestBits = 8_192;
const ourBits = 4_096;
const longestJwk = 8_000;

type RawJwk = Readonly<Partial<Record<keyof Jwk | 'd' | 'p' | 'q', unknown>>>;

/**
 * Reads a public key as somebody pasted it. Throws `invalid`: no JWK, no RSA, too short, for another purpose, without a name
 * (`kid`) – or with its secret half, which nobody may have but its owner.
 */
export function readJwk(text: string, use: KeyUse, field: string): Jwk {
  const { alg, operation } = uses[use];
  const raw = text.length <= longestJwk ? parse(text) : null;
  ensure(raw && typeof raw.n === 'string' && typeof raw.e === 'string' && raw.kty === 'RSA', 'invalid', 'delivery.keyForm', {
    field,
  });
  ensure(raw.d === undefined && raw.p === undefined && raw.q === undefined, 'invalid', 'delivery.keySecret', { field });
  const kid = typeof raw.kid === 'string' && /^[\w.~:@=+/-]{1,100}$/.test(raw.kid) ? raw.kid : null;
  const isForUs = (raw.alg === undefined || raw.alg === alg) && (!Array.isArray(raw.key_ops) || raw.key_ops.includes(operation));
  ensure(kid && isForUs, 'invalid', 'delivery.keyPurpose', { field, alg });
  const jwk: Jwk = { kty: 'RSA', n: raw.n, e: raw.e, kid, alg, key_ops: [operation] };
  const bits = lengthOf(jwk);
  ensure(bits >= shortestBits && bits <= longestBits, 'invalid', 'delivery.keyLength', { field, bits: shortestBits });
  return jwk;
}

function parse(text: string): RawJwk | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as RawJwk) : null;
  } catch {
    return null;
  }
}

function lengthOf(jwk: Jwk): number {
  try {
    return createPublicKey({ key: jwk, format: 'jwk' }).asymmetricKeyDetails?.modulusLength ?? 0;
  } catch {
    return 0;
  }
}

export const publicKey = (jwk: Jwk): PublicKey => ({ kid: jwk.kid, key: createPublicKey({ key: jwk, format: 'jwk' }) });

/** A new pair: the public half for everybody, the secret half in PKCS #8. */
export async function makeKeys(use: KeyUse): Promise<{ readonly jwk: Jwk; readonly secret: Buffer }> {
  const pair = await promisify(generateKeyPair)('rsa', { modulusLength: ourBits });
  const { n, e } = pair.publicKey.export({ format: 'jwk' });
  // RFC 7638: the thumbprint of the key is its name.
  const kid = createHash('sha256')
    .update(JSON.stringify({ e, kty: 'RSA', n }))
    .digest('base64url');
  const { alg, operation } = uses[use];
  return {
    jwk: { kty: 'RSA', n: n as string, e: e as string, kid, alg, key_ops: [operation] },
    secret: pair.privateKey.export({ format: 'der', type: 'pkcs8' }),
  };
}

/** A secret as it lies in the database, and which of the tenant's keys it is encrypted with. */
export type Wrapped = { readonly bytes: Uint8Array; readonly key: number };

/** Encrypts a secret with the tenant's key. @param place binds it there: moved to another row it is worth nothing */
export async function wrap({ keys }: Platform, tenant: number, secret: Uint8Array, place: string): Promise<Wrapped> {
  const { id, key } = await keys.current(tenant);
  return { bytes: wrapKey(key, secret, `delivery ${place} ${tenant}`), key: id };
}

export async function unwrap({ keys }: Platform, tenant: number, { bytes, key }: Wrapped, place: string): Promise<Buffer> {
  return unwrapKey(await keys.byId(tenant, key), bytes, `delivery ${place} ${tenant}`);
}

/** The secret half of a pair of ours. */
export async function privateKey(
  platform: Platform,
  tenant: number,
  { jwk, wrapped, place }: { readonly jwk: Jwk; readonly wrapped: Wrapped; readonly place: string },
): Promise<PrivateKey> {
  const secret = await unwrap(platform, tenant, wrapped, place);
  return { kid: jwk.kid, key: createPrivateKey({ key: secret, format: 'der', type: 'pkcs8' }) };
}
