import { randomUUID } from 'node:crypto';
import type { Context } from '#platform/context';
import type { Tx } from '#platform/db';
import { ensure } from '#platform/errors';
import { type Jwk, makeKeys, type PrivateKey, privateKey, wrap } from './keys.ts';
import type { Problem } from './rules-problem.ts';
import type { Tags } from './rules-tags.ts';
import { insertServiceEvent, insertServiceKey, readServiceKey } from './store/service-log.ts';
import { signEvent } from './token.ts';

/** What our delivery service says by itself of a submission: that it is here and what it is, and that it was given up. */

const place = 'service';

export type ServiceSigner = PrivateKey & { readonly issuer: string };

/** With what the delivery service of a tenant signs; the first submission makes it. */
export async function serviceSigner({ platform }: Context, tenant: number): Promise<ServiceSigner> {
  const find = () => readServiceKey(platform.db.read(tenant), tenant);
  if (!(await find())) {
    const { jwk, secret } = await makeKeys('sign');
    const { bytes, key } = await wrap(platform, tenant, secret, place);
    const row = { jwk, secret: bytes, secretKey: key, createdAt: platform.clock.now() };
    await platform.db.write(tenant, (tx) => insertServiceKey(tx, tenant, row));
  }
  const known = await find();
  ensure(known, 'internal', 'platform.internal');
  const wrapped = { bytes: known.secret, key: known.secretKey };
  const key = await privateKey(platform, tenant, { jwk: known.jwk, wrapped, place });
  return { ...key, issuer: `${platform.config.url}/zustelldienst/${tenant}` };
}

/** The public keys of the delivery service of a tenant (RFC 7517, 5), for everybody; none before the first submission. */
export async function serviceKeys({ platform }: Context, tenant: number): Promise<{ readonly keys: readonly Jwk[] }> {
  const known = await readServiceKey(platform.db.read(tenant), tenant);
  return { keys: known ? [known.jwk] : [] };
}

export type Said = {
  readonly kind: 'submit' | 'reject';
  readonly arrival: string;
  readonly caseId: string;
  readonly at: Date;
  readonly tags: Tags | null;
  readonly problems: readonly Problem[];
};

/** Writes into the event log, in the caller's transaction, which holds the arrival. */
export async function say(tx: Tx, tenant: number, signer: ServiceSigner, said: Said): Promise<void> {
  const { kind, arrival, caseId, at, tags, problems } = said;
  const token = signEvent(signer, {
    id: randomUUID(),
    at,
    issuer: signer.issuer,
    kind,
    submission: arrival,
    caseId,
    tags,
    problems,
    schema: null,
  });
  await insertServiceEvent(tx, tenant, { arrival, token, at });
}
