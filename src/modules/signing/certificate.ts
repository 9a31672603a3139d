import { createHash, createPublicKey, type KeyObject, randomBytes, sign } from 'node:crypto';
import { bits, context, integer, octets, oid, printable, sequence, setOf, text, time, yes } from '#platform/der';

/** ecdsa-with-SHA256 (RFC 5758, 3.2). */
export const ecdsaWithSha256 = sequence(oid('1.2.840.10045.4.3.2'));

/** ITU-T X.520, upper bounds of organisation and common name. */
const longestName = 64;
const fitting = (name: string) => [...name].slice(0, longestName).join('');

function nameOf(organisation: string): Buffer {
  const attribute = (type: string, value: Buffer) => setOf(sequence(oid(type), value));
  return sequence(
    attribute('2.5.4.6', printable('DE')),
    attribute('2.5.4.10', text(fitting(organisation))),
    attribute('2.5.4.3', text(fitting(`Siegel ${organisation}`))),
  );
}

function extensions(publicKey: Buffer): Buffer {
  const keyId = createHash('sha1').update(publicKey).digest(); // RFC 5280, 4.2.1.2 (1): a name, no protection
  const extension = (type: string, value: Buffer, isCritical: boolean) =>
    sequence(oid(type), ...(isCritical ? [yes] : []), octets(value));
  return context(
    3,
    sequence(
      extension('2.5.29.19', sequence(), true), // basicConstraints: issues nothing
      extension('2.5.29.15', bits(Buffer.from([0xc0]), 6), true), // keyUsage: digitalSignature, nonRepudiation
      extension('2.5.29.14', octets(keyId), false), // subjectKeyIdentifier
    ),
  );
}

export type CertificateFacts = { readonly organisation: string; readonly from: Date; readonly until: Date };

/** A certificate (RFC 5280) for the key of an authority's seal, signed by that key itself. */
export function certify(privateKey: KeyObject, { organisation, from, until }: CertificateFacts): Buffer {
  const publicKey = createPublicKey(privateKey as never).export({ type: 'spki', format: 'der' });
  const name = nameOf(organisation);
  const serial = Buffer.concat([Buffer.from([0x01]), randomBytes(15)]);
  const body = sequence(
    context(0, integer(2)), // version 3
    integer(serial),
    ecdsaWithSha256,
    name,
    sequence(time(from), time(until)),
    name,
    publicKey,
    extensions(publicKey),
  );
  return sequence(body, ecdsaWithSha256, bits(sign('sha256', body, privateKey)));
}
