import { constants, createHash, sign, verify, X509Certificate } from 'node:crypto';
import type { Context } from '#platform/context';
import { openSeal } from './seal.ts';

/**
 * Statements an authority seals, for programs: JSON Web Signatures in their compact serialization (RFC 7515), with the certificate of
 * the seal inside (4.1.6), so that they can be checked years later and by anybody.
 */

/** Longest token that is looked at, in characters. */
const longestToken = 65_536;

type Way = { readonly hash: string; readonly keyType: string; readonly more: object };
const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };

/** RFC 7518, 3.1. What is not here is not looked at: nobody negotiates. */
const ways: Readonly<Record<string, Way>> = {
  ES256: { hash: 'sha256', keyType: 'ec', more: { dsaEncoding: 'ieee-p1363' } },
  PS512: { hash: 'sha512', keyType: 'rsa', more: pss },
  RS512: { hash: 'sha512', keyType: 'rsa', more: {} },
};

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Seals a statement in the name of the actor's tenant. Throws as `makeDocument` where there is no seal. */
export async function sealToken(ctx: Context, statement: object): Promise<string> {
  const { certificate, chain, privateKey } = await openSeal(ctx);
  const alg = privateKey.asymmetricKeyType === 'ec' ? 'ES256' : 'PS512';
  const { hash, more } = ways[alg] as Way;
  const thumbprint = createHash('sha256').update(certificate).digest('base64url');
  const header = { alg, typ: 'JWT', 'x5t#S256': thumbprint, x5c: [certificate, ...chain].map((one) => one.toString('base64')) };
  const said = `${encode(header)}.${encode(statement)}`;
  return `${said}.${sign(hash, Buffer.from(said, 'ascii'), { key: privateKey, ...more }).toString('base64url')}`;
}

export type SealedStatement = {
  readonly statement: unknown;
  /** Whose certificate it is, as it says itself: nobody has vouched for it here. */
  readonly by: string;
  /** SHA-256 of the certificate, to compare by eye. */
  readonly fingerprint: string;
};

function partOf(text: string): unknown {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? JSON.parse(bytes.toString()) : null;
}

type Header = { readonly alg?: unknown; readonly x5c?: unknown; readonly crit?: unknown };

/** A sealed statement whose seal is unbroken under the certificate it brings along; null: broken, in another way, or without one. */
export function readSealed(token: string): SealedStatement | null {
  if (token.length > longestToken) return null;
  const [head = '', body = '', signature = '', ...more] = token.split('.');
  try {
    const header = partOf(head) as Header | null;
    const [first]: readonly unknown[] = Array.isArray(header?.x5c) ? header.x5c : [];
    const way = typeof header?.alg === 'string' && Object.hasOwn(ways, header.alg) ? ways[header.alg] : undefined;
    if (!way || header?.crit !== undefined || typeof first !== 'string' || more.length > 0) return null;
    const certificate = new X509Certificate(Buffer.from(first, 'base64'));
    const { publicKey } = certificate;
    const bytes = Buffer.from(signature, 'base64url');
    const isExact = publicKey.asymmetricKeyType === way.keyType && bytes.toString('base64url') === signature;
    const key = { key: publicKey, ...way.more };
    if (!isExact || !verify(way.hash, Buffer.from(`${head}.${body}`, 'ascii'), key, bytes)) return null;
    return { statement: partOf(body), by: nameIn(certificate), fingerprint: certificate.fingerprint256 };
  } catch {
    return null;
  }
}

/** The common name of a certificate, or all of its name. */
const nameIn = ({ subject }: X509Certificate): string => (/^CN=(.+)$/m.exec(subject)?.[1] ?? subject).slice(0, 300);
