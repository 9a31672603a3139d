import { type KeyObject, sign, X509Certificate } from 'node:crypto';
import { sha256 } from '#platform/crypto';
import { context, integer, octets, oid, sequence, setOf, tagged } from '#platform/der';
import { ecdsaWithSha256 } from './certificate.ts';

const data = oid('1.2.840.113549.1.7.1');
const signedData = oid('1.2.840.113549.1.7.2');
const sha256Algorithm = sequence(oid('2.16.840.1.101.3.4.2.1'));

const attribute = (type: string, value: Buffer) => sequence(oid(type), setOf(value));

/** RFC 5035, 4: names the certificate by its hash, so that no other one can be put in its place. SHA-256 is the default and left out. */
const signingCertificateV2 = (certificate: Buffer) => sequence(sequence(sequence(octets(sha256(certificate)))));

/** The issuer's name as it stands in the certificate: the fourth field of its body (RFC 5280, 4.1). Others may leave out the version, which is 1 then. */
function issuerOf(certificate: Buffer): Buffer {
  const skipHead = (at: number) => at + 2 + ((certificate[at + 1] as number) & 0x80 ? (certificate[at + 1] as number) & 0x7f : 0);
  const endOf = (at: number) => {
    const first = certificate[at + 1] as number;
    const size = first & 0x80 ? certificate.readUIntBE(at + 2, first & 0x7f) : first;
    return skipHead(at) + size;
  };
  let at = skipHead(skipHead(0)); // into the certificate, into its body
  const before = certificate[at] === 0xa0 ? 3 : 2; // version, serial number, algorithm
  for (let field = 0; field < before; field += 1) at = endOf(at);
  return certificate.subarray(at, endOf(at));
}

export type Signer = {
  readonly privateKey: KeyObject;
  readonly certificate: Buffer;
  /** Who has issued it, and who them. */
  readonly chain: readonly Buffer[];
};

/** sha256WithRSAEncryption (RFC 4055, 5): its parameters are NULL. */
const rsaWithSha256 = sequence(oid('1.2.840.113549.1.1.11'), tagged(0x05));

/** Bytes a signature takes at most: what grows with it, and what does not. */
export const signatureSize = ({ certificate, chain }: Pick<Signer, 'certificate' | 'chain'>): number =>
  3_072 + certificate.length * 2 + chain.reduce((all, { length }) => all + length, 0);

/**
 * A detached signature (CMS, RFC 5652) as PAdES baseline B wants it (ETSI EN 319 142-1, 5.3 and 6.3): content type, digest and
 * signing-certificate-v2 are signed; the time stands in the PDF's own dictionary and nowhere here.
 * @param digest SHA-256 of what is signed
 */
export function signDigest({ privateKey, certificate, chain }: Signer, digest: Uint8Array): Buffer {
  const attributes = [
    attribute('1.2.840.113549.1.9.3', data),
    attribute('1.2.840.113549.1.9.4', octets(digest)),
    attribute('1.2.840.113549.1.9.16.2.47', signingCertificateV2(certificate)),
  ];
  const signedAttributes = setOf(...attributes);
  const signature = sign('sha256', signedAttributes, privateKey);
  const serial = Buffer.from(new X509Certificate(certificate).serialNumber.padStart(2, '0'), 'hex');
  const signer = sequence(
    integer(1),
    sequence(issuerOf(certificate), integer(serial)),
    sha256Algorithm,
    // RFC 5652, 5.4: signed as SET OF, sent under [0].
    tagged(0xa0, signedAttributes.subarray(headBytes(signedAttributes))),
    privateKey.asymmetricKeyType === 'rsa' ? rsaWithSha256 : ecdsaWithSha256,
    octets(signature),
  );
  // A SET is in order (X.690, 11.6).
  const certificates = context(0, ...[certificate, ...chain].sort(Buffer.compare));
  const content = sequence(integer(1), setOf(sha256Algorithm), sequence(data), certificates, setOf(signer));
  return sequence(signedData, context(0, content));
}

const headBytes = (value: Buffer) => 2 + ((value[1] as number) & 0x80 ? (value[1] as number) & 0x7f : 0);
