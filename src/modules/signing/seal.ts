import { createHash, createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { profile } from '#modules/tenants';
import { audit } from '#platform/audit';
import type { Context } from '#platform/context';
import { unwrapKey, wrapKey } from '#platform/crypto';
import { Failure } from '#platform/errors';
import { certify } from './certificate.ts';
import { type Signer, signDigest } from './cms.ts';
import type { Drawn } from './drawing.ts';
import { insertSeal, readSeal, type SealRow } from './store.ts';

const day = 86_400_000;

const sealLimits = {
  /** A key seals for so long; documents stay checkable after that with the certificate inside them. */
  validDays: 3 * 365,
  /** So long before its end a new one is made. */
  renewDays: 30,
};

/** What everybody may know of an authority's seal. */
export type Seal = {
  /** X.509, PEM. */
  readonly certificate: string;
  /** SHA-256 of the certificate, hexadecimal with colons, to compare by eye. */
  readonly fingerprint: string;
  readonly validFrom: Date;
  readonly validUntil: Date;
};

export type OpenSeal = Signer & { readonly name: string };

/** What binds a wrapped key to its row. */
export const labelOf = (tenant: number, id: number) => `seal ${tenant} ${id}`;

async function organisationOf({ platform, actor }: Context): Promise<string> {
  const found = await profile(platform, actor.tenant);
  if (!found) throw new Failure('notFound', 'platform.notFound');
  return found.name;
}

async function makeSeal(ctx: Context, id: number): Promise<void> {
  const { platform, actor } = ctx;
  const { tenant } = actor;
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const validFrom = new Date(Math.floor(platform.clock.now().getTime() / 1000) * 1000);
  const validUntil = new Date(validFrom.getTime() + sealLimits.validDays * day);
  const certificate = certify(privateKey, { organisation: await organisationOf(ctx), from: validFrom, until: validUntil });
  const { id: wrappedBy, key } = await platform.keys.current(tenant);
  const wrapped = wrapKey(key, privateKey.export({ type: 'pkcs8', format: 'der' }), labelOf(tenant, id));
  const row: SealRow = { id, certificate, chain: [], wrapped, wrappedBy, validFrom, validUntil, isBrought: false };
  await platform.db.write(tenant, async (tx) => {
    if (!(await insertSeal(tx, tenant, row))) return; // another process was faster: its seal counts
    const details = { fingerprint: new X509Certificate(certificate).fingerprint256 };
    await audit(tx, ctx, [{ action: 'signing.makeSeal', thing: `seal:${id}`, details }]);
  });
}

/** The seal that is in force for the actor's tenant; the first document makes it. */
async function currentSeal(ctx: Context): Promise<SealRow> {
  const { platform, actor } = ctx;
  const find = () => readSeal(platform.db.read(actor.tenant), actor.tenant);
  const known = await find();
  // One that was brought counts to its end: only the operator can get the next. After that we go on with one of our own.
  const ahead = known?.isBrought ? 0 : sealLimits.renewDays * day;
  if (known && known.validUntil.getTime() > platform.clock.now().getTime() + ahead) return known;
  await makeSeal(ctx, (known?.id ?? 0) + 1);
  return (await find()) as SealRow;
}

/** The certificate of the seal of the actor's tenant, for its pages and for whoever checks documents. */
export async function sealOf(ctx: Context): Promise<Seal> {
  const { certificate, validFrom, validUntil } = await currentSeal(ctx);
  const parsed = new X509Certificate(certificate);
  return { certificate: parsed.toString(), fingerprint: parsed.fingerprint256, validFrom, validUntil };
}

/** The seal with its private key: within this room only. Throws `damaged` when the tenant's key does not open it. */
export async function openSeal(ctx: Context): Promise<OpenSeal> {
  const { platform, actor } = ctx;
  const { id, certificate, chain, wrapped, wrappedBy } = await currentSeal(ctx);
  const key = await platform.keys.byId(actor.tenant, wrappedBy);
  const secret = unwrapKey(key, wrapped, labelOf(actor.tenant, id));
  const privateKey = createPrivateKey({ key: secret, format: 'der', type: 'pkcs8' });
  return { name: await organisationOf(ctx), certificate, chain, privateKey };
}

/** The number in `/ByteRange`, in the width that was kept free for it. */
const inWidth = (value: number, width: number) => String(value).padEnd(width);

/**
 * Seals what was drawn with room for it (ISO 32000-2, 12.8.1): the digest is over every byte but the signature itself, and the
 * ranges are written before it is taken.
 */
export function sealDocument(seal: Signer, { bytes: drawn, room }: Pick<Drawn, 'bytes' | 'room'>): Buffer {
  if (!room) throw new Failure('internal', 'platform.internal');
  const bytes = Buffer.from(drawn);
  const ranges = [room.contentsAt, room.contentsEnd, bytes.length - room.contentsEnd];
  const text = ranges.map((value) => inWidth(value, room.numberWidth)).join(' ');
  bytes.write(text, room.rangeAt, 'latin1');
  const digest = createHash('sha256')
    .update(bytes.subarray(0, room.contentsAt))
    .update(bytes.subarray(room.contentsEnd))
    .digest();
  const signature = signDigest(seal, digest).toString('hex');
  const space = room.contentsEnd - room.contentsAt - 2; // between < and >
  if (signature.length > space) throw new Failure('internal', 'platform.internal');
  bytes.write(signature.padEnd(space, '0'), room.contentsAt + 1, 'latin1');
  return bytes;
}
