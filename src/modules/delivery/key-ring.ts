import { administratorsOf } from '#modules/accounts';
import { notify } from '#modules/notifications';
import { tenantNumbers } from '#modules/tenants';
import { audit } from '#platform/audit';
import { type Context, systemContext } from '#platform/context';
import { daysAfter } from '#platform/day';
import { ensure } from '#platform/errors';
import type { Job } from '#platform/jobs';
import type { Opener } from './envelope.ts';
import { makeKeys, type PrivateKey, privateKey, wrap } from './keys.ts';
import { limits } from './rules.ts';
import type { Inbox, InboxKeys } from './store/inbox.ts';
import { endOldKeys, type OldKey, readOldKeys, takeEnding } from './store/old-key.ts';

/** The keys of our own destinations: those that count, those they have replaced, and how these end. */

const placeOf = (inbox: string, use: 'encryption' | 'signing') => `inbox ${inbox} ${use}`;

/** New keys for a destination of the actor's tenant. */
export async function makeInboxKeys({ platform, actor: { tenant } }: Context, id: string): Promise<InboxKeys> {
  const [encryption, signing] = await Promise.all([makeKeys('encrypt'), makeKeys('sign')]);
  const sealed = await wrap(platform, tenant, encryption.secret, placeOf(id, 'encryption'));
  const other = await wrap(platform, tenant, signing.secret, placeOf(id, 'signing'));
  return {
    encryptionKey: encryption.jwk,
    encryptionSecret: sealed.bytes,
    encryptionSecretKey: sealed.key,
    signingKey: signing.jwk,
    signingSecret: other.bytes,
    signingSecretKey: other.key,
  };
}

export type KeyRing = {
  /** Takes the key an envelope names. */
  readonly opener: Opener;
  /** Whether one of those that were replaced was asked for. */
  wasOldUsed(): boolean;
  readonly signing: PrivateKey;
  /** Null: nothing was replaced, or that is over. */
  readonly oldSigning: PrivateKey | null;
};

/** All keys of a destination that count now. */
export async function openRing({ platform, actor: { tenant } }: Context, inbox: Inbox): Promise<KeyRing> {
  const { id, encryptionSecret, encryptionSecretKey, signingSecret, signingSecretKey } = inbox;
  ensure(
    encryptionSecret && encryptionSecretKey !== null && signingSecret && signingSecretKey !== null,
    'internal',
    'platform.internal',
  );
  const old = await readOldKeys(platform.db.read(tenant), tenant, id, platform.clock.now());
  const openOld = ({ use, jwk, secret: bytes, secretKey: key }: OldKey) =>
    privateKey(platform, tenant, { jwk, wrapped: { bytes, key }, place: placeOf(id, use === 'sign' ? 'signing' : 'encryption') });
  const current = await privateKey(platform, tenant, {
    jwk: inbox.encryptionKey,
    wrapped: { bytes: encryptionSecret, key: encryptionSecretKey },
    place: placeOf(id, 'encryption'),
  });
  const signing = await privateKey(platform, tenant, {
    jwk: inbox.signingKey,
    wrapped: { bytes: signingSecret, key: signingSecretKey },
    place: placeOf(id, 'signing'),
  });
  const others = await Promise.all(old.filter(({ use }) => use === 'encrypt').map(openOld));
  const oldSigner = old.find(({ use }) => use === 'sign');
  let isOldUsed = false;
  const opener = (kid: unknown) => {
    const found = others.find((one) => one.kid === kid);
    isOldUsed ||= found !== undefined;
    return found ?? current;
  };
  return { opener, wasOldUsed: () => isOldUsed, signing, oldSigning: oldSigner ? await openOld(oldSigner) : null };
}

const daysUntil = (end: Date, now: Date) => Math.max(1, Math.ceil((end.getTime() - now.getTime()) / 86_400_000));

/** Destroys the secrets whose time is over, and tells the administrators of those whose end is near. */
export async function careForKeys(ctx: Context): Promise<void> {
  const { tenant } = ctx.actor;
  const now = ctx.platform.clock.now();
  const before = daysAfter(now, limits.warnDays);
  await ctx.platform.db.write(tenant, async (tx) => {
    const ended = await endOldKeys(tx, tenant, { now, inbox: null });
    if (ended.length > 0)
      await audit(
        tx,
        ctx,
        ended.map((inbox) => ({ action: 'delivery.endKeys', thing: `inbox:${inbox}` })),
      );
    for (const { inbox, title, endsAt } of await takeEnding(tx, tenant, { before, now }))
      await notify(tx, ctx, {
        accounts: await administratorsOf(tx, tenant),
        code: 'delivery.keysEnd',
        params: { title, days: daysUntil(endsAt, now) },
        link: `/verwaltung/zustellung/empfang/${inbox}`,
        about: `inbox:${inbox}`,
      });
  });
}

export const keyCare: Job = {
  name: 'delivery.keyCare',
  every: '40 4 * * *',
  run: async ({ platform }) => {
    for (const tenant of await tenantNumbers(platform)) await careForKeys(systemContext(platform, tenant, 'delivery.keyCare'));
  },
};
