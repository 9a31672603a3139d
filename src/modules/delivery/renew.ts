import { audit } from '#platform/audit';
import type { Context } from '#platform/context';
import { daysAfter } from '#platform/day';
import { ensure } from '#platform/errors';
import { findInbox } from './inbox.ts';
import { makeInboxKeys } from './key-ring.ts';
import { limits } from './rules.ts';
import { type Inbox, lockInbox, setKeys } from './store/inbox.ts';
import { endOldKeys, insertOldKey, readOldKeys } from './store/old-key.ts';

/** How the keys of our own destinations are replaced, so that nothing is lost on the way. */

async function find(ctx: Context, id: string): Promise<Inbox> {
  const inbox = await findInbox(ctx, id);
  ensure(inbox.kind !== 'kept', 'conflict', 'delivery.keysTheirs');
  return inbox;
}

/**
 * Makes new keys. For so many days the former ones still open what was encrypted for them, and verdicts are signed with both: whoever
 * knows only those can go on. Throws `invalid`; `conflict` while former ones still count.
 */
export async function renewKeys(ctx: Context, id: string, days: number): Promise<void> {
  await find(ctx, id);
  const { leastOverlapDays: least, mostOverlapDays: most } = limits;
  const isFine = Number.isInteger(days) && days >= least && days <= most;
  ensure(isFine, 'invalid', 'delivery.overlapForm', { field: 'days', least, most });
  const { tenant } = ctx.actor;
  const at = ctx.platform.clock.now();
  const keys = await makeInboxKeys(ctx, id);
  await ctx.platform.db.write(tenant, async (tx) => {
    const held = await lockInbox(tx, tenant, id);
    ensure(held, 'notFound', 'platform.notFound');
    ensure((await readOldKeys(tx, tenant, id, at)).length === 0, 'conflict', 'delivery.renewedAlready');
    const times = { inbox: id, replacedAt: at, endsAt: daysAfter(at, days) };
    const { encryptionKey, encryptionSecret, encryptionSecretKey, signingKey, signingSecret, signingSecretKey } = held;
    ensure(
      encryptionSecret && encryptionSecretKey !== null && signingSecret && signingSecretKey !== null,
      'internal',
      'platform.internal',
    );
    const [jwk, other] = [encryptionKey, signingKey];
    await insertOldKey(tx, tenant, {
      ...times,
      use: 'encrypt',
      kid: jwk.kid,
      jwk,
      secret: encryptionSecret,
      secretKey: encryptionSecretKey,
    });
    await insertOldKey(tx, tenant, {
      ...times,
      use: 'sign',
      kid: other.kid,
      jwk: other,
      secret: signingSecret,
      secretKey: signingSecretKey,
    });
    await setKeys(tx, tenant, id, { ...keys, at });
    const details = { days, encryption: keys.encryptionKey.kid, signing: keys.signingKey.kid, before: jwk.kid };
    await audit(tx, ctx, [{ action: 'delivery.renewKeys', thing: `inbox:${id}`, details }]);
  });
}

/** Ends the former keys at once, as when somebody else has got hold of them: their secrets are destroyed. */
export async function endKeysNow(ctx: Context, id: string): Promise<void> {
  await find(ctx, id);
  const { tenant } = ctx.actor;
  await ctx.platform.db.write(tenant, async (tx) => {
    const ended = await endOldKeys(tx, tenant, { now: ctx.platform.clock.now(), inbox: id });
    if (ended.length > 0) await audit(tx, ctx, [{ action: 'delivery.endKeys', thing: `inbox:${id}` }]);
  });
}
