import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { ensure, Failure } from '#platform/errors';

/** A certificate and a key that were issued elsewhere, for the seal of an authority: what has to be right about them. */

export type BroughtInput = {
  /** PEM: the certificate, then those of who has issued it, each the one before. */
  readonly certificates: string;
  /** PEM, PKCS #8 or PKCS #1. */
  readonly key: string;
  /** Of the key; empty: it has none. */
  readonly passphrase: string;
};

export type Brought = {
  readonly privateKey: KeyObject;
  readonly certificate: Buffer;
  readonly chain: readonly Buffer[];
  readonly validFrom: Date;
  readonly validUntil: Date;
};

const broughtLimits = {
  certificates: 6,
  /** BSI TR-02102-1, 2.3.1: RSA from 3,000 bits on. */
  leastBits: 3_000,
  mostBits: 8_192,
  curve: 'prime256v1',
  /** Less is not worth the trouble, and is a mistake more often than not. */
  leastDays: 7,
};

const refused = (why: string, cause?: unknown) =>
  new Failure('invalid', `signing.${why}`, { bits: broughtLimits.leastBits }, cause);

const inPem = /-----BEGIN CERTIFICATE-----[\w+/=\s]+-----END CERTIFICATE-----/g;

function readCertificates(text: string): [X509Certificate, ...X509Certificate[]] {
  try {
    const all = (text.match(inPem) ?? []).slice(0, broughtLimits.certificates).map((one) => new X509Certificate(one));
    const [first, ...rest] = all;
    if (!first) throw new Error('no certificate');
    return [first, ...rest];
  } catch (error) {
    throw refused('certificateForm', error);
  }
}

function readKey({ key, passphrase }: BroughtInput): KeyObject {
  try {
    return createPrivateKey({ key, ...(passphrase !== '' && { passphrase }) });
  } catch (error) {
    throw refused('keyForm', error);
  }
}

function isStrong({ asymmetricKeyType: type, asymmetricKeyDetails: facts }: KeyObject): boolean {
  if (type === 'ec') return facts?.namedCurve === broughtLimits.curve;
  const bits = facts?.modulusLength ?? 0;
  return type === 'rsa' && bits >= broughtLimits.leastBits && bits <= broughtLimits.mostBits;
}

/** Reads what was brought. Throws `invalid` with what is wrong about it. */
export function readBrought(input: BroughtInput, now: Date): Brought {
  const [own, ...issuers] = readCertificates(input.certificates);
  const privateKey = readKey(input);
  if (!isStrong(privateKey)) throw refused('keyWeak');
  if (!own.checkPrivateKey(privateKey)) throw refused('keyOther');
  if (own.ca) throw refused('certificateIssues');
  const [validFrom, validUntil] = [new Date(own.validFrom), new Date(own.validTo)];
  const least = now.getTime() + broughtLimits.leastDays * 86_400_000;
  if (validFrom > now || validUntil.getTime() < least) throw refused('certificateTime');
  const all = [own, ...issuers];
  const isChain = issuers.every((issuer, index) => {
    const issued = all[index];
    return issued?.checkIssued(issuer) && issued.verify(issuer.publicKey);
  });
  ensure(isChain, 'invalid', 'signing.chainBroken');
  return { privateKey, certificate: own.raw, chain: issuers.map(({ raw }) => raw), validFrom, validUntil };
}
