import { X509Certificate } from 'node:crypto';
import { Gauge } from 'prom-client';
import { tenantNumbers } from '#modules/tenants';
import { audit } from '#platform/audit';
import type { Context, Platform } from '#platform/context';
import { wrapKey } from '#platform/crypto';
import { ensure } from '#platform/errors';
import { type BroughtInput, readBrought } from './rules-brought.ts';
import { labelOf } from './seal.ts';
import { insertSeal, readSeal, type SealRow } from './store.ts';

/** Seals with a certificate of somebody whom others trust: the operator brings them, and sees when they end. */

/**
 * From now on the authority of the actor's tenant seals with this. What was sealed before stays checkable: each document holds the
 * certificate it was sealed with. Only for the house. Throws `invalid` with what is wrong about it.
 */
export async function bringSeal(
  ctx: Context,
  input: BroughtInput,
): Promise<{ readonly fingerprint: string; readonly validUntil: Date }> {
  const { platform, actor } = ctx;
  const { tenant } = actor;
  ensure(actor.kind === 'system', 'forbidden', 'platform.forbidden');
  const { privateKey, certificate, chain, validFrom, validUntil } = readBrought(input, platform.clock.now());
  const id = ((await readSeal(platform.db.read(tenant), tenant))?.id ?? 0) + 1;
  const { id: wrappedBy, key } = await platform.keys.current(tenant);
  const wrapped = wrapKey(key, privateKey.export({ type: 'pkcs8', format: 'der' }), labelOf(tenant, id));
  const row: SealRow = { id, certificate, chain, wrapped, wrappedBy, validFrom, validUntil, isBrought: true };
  const fingerprint = new X509Certificate(certificate).fingerprint256;
  await platform.db.write(tenant, async (tx) => {
    ensure(await insertSeal(tx, tenant, row), 'conflict', 'signing.sealSince');
    await audit(tx, ctx, [{ action: 'signing.bringSeal', thing: `seal:${id}`, details: { fingerprint, validUntil } }]);
  });
  return { fingerprint, validUntil };
}

export type SealStatus = {
  readonly tenant: number;
  /** As the certificate says. */
  readonly subject: string;
  readonly issuer: string;
  readonly fingerprint: string;
  readonly validFrom: Date;
  readonly validUntil: Date;
  /** Brought by the operator; otherwise the house has made it, and renews it by itself. */
  readonly isBrought: boolean;
};

const onOneLine = (name: string) => name.replaceAll('\n', ', ');

/** The newest seal of each tenant that has sealed anything, for the operator. */
export async function sealStatus({
  db,
  tenants,
}: Pick<Platform, 'db'> & { readonly tenants: readonly number[] }): Promise<SealStatus[]> {
  const all: SealStatus[] = [];
  for (const tenant of tenants) {
    const row = await readSeal(db.read(tenant), tenant);
    if (!row) continue;
    const { subject, issuer, fingerprint256: fingerprint } = new X509Certificate(row.certificate);
    const { validFrom, validUntil, isBrought } = row;
    all.push({ tenant, subject: onOneLine(subject), issuer: onOneLine(issuer), fingerprint, validFrom, validUntil, isBrought });
  }
  return all;
}

/** A scrape asks so seldom: seals end in months. */
const askedSeconds = 600;

/** Adds the figure an operator is warned by. Every process has the same. */
export function watchSeals(platform: Platform): void {
  let known = 0;
  let askedAt = Number.NEGATIVE_INFINITY;
  const soonest = async () => {
    if (performance.now() - askedAt < askedSeconds * 1_000) return known;
    const all = await sealStatus({ db: platform.db, tenants: await tenantNumbers(platform) });
    const ends = all.filter(({ isBrought }) => isBrought).map(({ validUntil }) => validUntil.getTime() / 1_000);
    known = ends.length === 0 ? 0 : Math.min(...ends);
    askedAt = performance.now();
    return known;
  };
  new Gauge({
    name: 'rennsteig_seal_until_seconds',
    help: 'When the first of the seals that were brought ends, as seconds since 1970; 0: none was. Alarm 30 days before',
    aggregator: 'max',
    registers: [platform.metrics.registry],
    async collect() {
      this.set(await soonest().catch(() => known));
    },
  });
}
