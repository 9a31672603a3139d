import { createPublicKey, generateKeyPairSync, type KeyObject, sign, X509Certificate } from 'node:crypto';
import { bits, context, integer, octets, oid, sequence, setOf, tagged, text, time, yes } from '../src/platform/der.ts';

/** Certificates as issuers make them, for any time: tests must not depend on the day they run on. */

type Kind = 'rsa3072' | 'rsa2048' | 'ec';
export type Issued = { readonly name: string; readonly key: KeyObject; readonly pem: string };
type Wish = { readonly kind: Kind; readonly by?: Issued; readonly from?: string; readonly until?: string };

const makeKey = (kind: Kind): KeyObject =>
  kind === 'ec'
    ? generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
    : generateKeyPairSync('rsa', { modulusLength: Number(kind.slice(3)) }).privateKey;

const named = (name: string) => sequence(setOf(sequence(oid('2.5.4.3'), text(name))));
const extension = (type: string, value: Buffer) => sequence(oid(type), yes, octets(value));

/** A certificate as an issuer makes it; without one it is the issuer. */
export function issue(name: string, { kind, by, from = '2026-01-01T00:00:00Z', until = '2028-12-31T00:00:00Z' }: Wish): Issued {
  const key = makeKey(kind);
  const signer = by?.key ?? key;
  const isRsa = signer.asymmetricKeyType === 'rsa';
  const algorithm = isRsa ? sequence(oid('1.2.840.113549.1.1.11'), tagged(0x05)) : sequence(oid('1.2.840.10045.4.3.2'));
  const [constraints, usage] = by ? [sequence(), 0xc0] : [sequence(yes), 0x04];
  const body = sequence(
    context(0, integer(2)),
    integer(name.length),
    algorithm,
    named(by?.name ?? name),
    sequence(time(new Date(from)), time(new Date(until))),
    named(name),
    createPublicKey(key as never).export({ type: 'spki', format: 'der' }),
    context(3, sequence(extension('2.5.29.19', constraints), extension('2.5.29.15', bits(Buffer.from([usage]), 2)))),
  );
  const raw = sequence(body, algorithm, bits(sign('sha256', body, signer)));
  return { name, key, pem: new X509Certificate(raw).toString() };
}

/** A key as a file holds it. */
export const pemOf = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();
