import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { bits, context, integer, oid, sequence, setOf, text, time } from '#platform/der';

/** A key of somebody who speaks SAML, and the certificate that names it. */
export type KeyAndCertificate = { readonly key: string; readonly certificate: string };

const keyBits = 2_048;
const hour = 3_600_000;

/** sha256WithRSAEncryption (RFC 4055, 5): its parameters are NULL. */
const rsaWithSha256 = sequence(oid('1.2.840.113549.1.1.11'), Buffer.from([0x05, 0x00]));

/** Makes a new key with a certificate (RFC 5280) that it has signed itself, both as PEM; good for ten years. */
export function makeKeyAndCertificate(name: string, now: Date): KeyAndCertificate {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: keyBits });
  const who = sequence(setOf(sequence(oid('2.5.4.3'), text(name))));
  const [from, until] = [new Date(now.getTime() - 24 * hour), new Date(now.getTime() + 87_660 * hour)];
  const body = sequence(
    context(0, integer(2)), // version 3
    integer(Buffer.concat([Buffer.from([0x01]), randomBytes(15)])),
    rsaWithSha256,
    who,
    sequence(time(from), time(until)),
    who,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const whole = sequence(body, rsaWithSha256, bits(sign('sha256', body, privateKey)));
  const lines = whole.toString('base64').replaceAll(/(.{64})(?=.)/g, '$1\n');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  };
}
