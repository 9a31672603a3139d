import { createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';
import { OperatorError } from './platform/errors.ts';

/** The state identity with which citizens sign in (BundID-shaped SAML 2.0), and what we are known to it by. */
export type IdentityConfig = {
  /** Where a browser is sent to sign in (HTTP-Redirect binding). */
  readonly url: string;
  /** Entity id of the state identity. */
  readonly issuer: string;
  /** PEM; whatever it signs is signed by one of these. Two of them are accepted while it changes its certificate. */
  readonly certificates: readonly string[];
  /** Our private keys as PEM, the present one first: it signs; all of them decrypt. */
  readonly keys: readonly string[];
  /** Our certificate as PEM, for the present key. */
  readonly certificate: string;
  /** What people call it. */
  readonly name: string;
};

type Raw = ReadonlyMap<string, string>;

const mostCertificates = 2;
const leastBits = 2_048;

const refuse = (sentence: string): never => {
  throw new OperatorError(sentence);
};

function readCertificates(text: string, setting: string): string[] {
  const found = text.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  if (found.length === 0) refuse(`${setting} must hold a certificate in PEM (best by ${setting}_FILE).`);
  return found.map((pem) => {
    try {
      return new X509Certificate(pem).toString();
    } catch {
      return refuse(`${setting} holds a certificate that cannot be read.`);
    }
  });
}

function readKey(text: string, setting: string): KeyObject {
  const key = attempt(() => createPrivateKey(text));
  if (key?.asymmetricKeyType !== 'rsa' || (key.asymmetricKeyDetails?.modulusLength ?? 0) < leastBits)
    return refuse(`${setting} must be an RSA private key of at least ${leastBits} bits in PEM (best by ${setting}_FILE).`);
  return key;
}

function attempt<Result>(work: () => Result): Result | null {
  try {
    return work();
  } catch {
    return null;
  }
}

const pemOf = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();

/** An address with a secret in it would end up in logs; without TLS everybody on the way could read and change it. */
function checkUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isHere = url !== null && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (!url || !(url.protocol === 'https:' || (url.protocol === 'http:' && isHere)) || url.username || url.hash)
    return refuse('RENNSTEIG_IDENTITY_URL must be an address that starts with https://.');
  return text;
}

const needed = ['URL', 'ISSUER', 'CERTIFICATES', 'KEY', 'CERTIFICATE'].map((part) => `RENNSTEIG_IDENTITY_${part}`);

/** Reads the settings of the state identity; null: there is none. Throws {@link OperatorError} with one sentence. */
export function readIdentity(raw: Raw): IdentityConfig | null {
  const missing = needed.filter((name) => !raw.has(name));
  if (missing.length === needed.length) return null;
  if (missing.length > 0) refuse(`For the state identity these settings are missing: ${missing.join(', ')}.`);
  const [url = '', issuer = '', given = '', ownKey = '', ownCertificate = ''] = needed.map((name) => raw.get(name) ?? '');
  const certificates = readCertificates(given, 'RENNSTEIG_IDENTITY_CERTIFICATES');
  if (certificates.length > mostCertificates)
    refuse(`RENNSTEIG_IDENTITY_CERTIFICATES may hold ${mostCertificates} certificates: the present one and the next.`);
  const key = readKey(ownKey, 'RENNSTEIG_IDENTITY_KEY');
  const oldText = raw.get('RENNSTEIG_IDENTITY_OLD_KEY');
  const old = oldText ? [readKey(oldText, 'RENNSTEIG_IDENTITY_OLD_KEY')] : [];
  const [certificate = ''] = readCertificates(ownCertificate, 'RENNSTEIG_IDENTITY_CERTIFICATE');
  if (!new X509Certificate(certificate).publicKey.equals(createPublicKey(pemOf(key))))
    refuse('RENNSTEIG_IDENTITY_CERTIFICATE is not the certificate of RENNSTEIG_IDENTITY_KEY.');
  return {
    url: checkUrl(url),
    issuer,
    certificates,
    certificate,
    keys: [key, ...old].map(pemOf),
    name: raw.get('RENNSTEIG_IDENTITY_NAME') ?? 'BundID',
  };
}
