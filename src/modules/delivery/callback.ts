import { audit } from '#platform/audit';
import { checkAll } from '#platform/checks';
import type { Context } from '#platform/context';
import { isSameSecret, randomToken } from '#platform/crypto';
import type { Tx } from '#platform/db';
import { asFailure, ensure, Failure } from '#platform/errors';
import { enqueue, type Job } from '#platform/jobs';
import { fetchSoon } from './fetch.ts';
import { isUuid } from './gate.ts';
import { findInbox } from './inbox.ts';
import { unwrap, type Wrapped, wrap } from './keys.ts';
import { callbackChecks, callOut } from './remote.ts';
import { limits, pauseAfter } from './rules.ts';
import { callbackMac, callbackSeconds, readCallback, writeCallback } from './rules-callback.ts';
import { readArrival } from './store/arrival.ts';
import { type Callback, forgetHeard, insertHeard, readCallbackOf, setCallbackOf } from './store/callback.ts';
import { readInboxes } from './store/inbox.ts';
import { readSource } from './store/source.ts';

/**
 * That something new is here, told to who fetches it, and heard from where we fetch. A call carries no content: whoever is called fetches
 * as always, only sooner.
 */

const placeOf = (inbox: string) => `callback ${inbox}`;

export type CallbackInput = {
  /** Empty: nobody is called any more. */
  readonly address: string;
  /** Empty keeps the one there is, for the same address. */
  readonly secret: string;
};

/**
 * Says whom we call about new submissions at a destination others fetch from. Throws `invalid`; `conflict` at a destination of another
 * kind.
 */
export async function setCallback(ctx: Context, id: string, { address: typed, secret }: CallbackInput): Promise<void> {
  const { kind } = await findInbox(ctx, id);
  ensure(kind === 'kept', 'conflict', 'delivery.notHere');
  const { tenant } = ctx.actor;
  const address =
    typed.trim() === '' ? null : (await checkAll(callbackChecks(ctx.platform, { address: typed, secret }))).callAddress;
  const sealed = secret === '' ? null : await wrap(ctx.platform, tenant, Buffer.from(secret), placeOf(id));
  await ctx.platform.db.write(tenant, async (tx) => {
    const row = address === null ? null : { address, ...secretFor(sealed, await readCallbackOf(tx, tenant, id), address) };
    await setCallbackOf(tx, tenant, id, row);
    await audit(tx, ctx, [{ action: 'delivery.setCallback', thing: `inbox:${id}`, details: { address } }]);
  });
}

function secretFor(sealed: Wrapped | null, before: Callback | null, address: string): Pick<Callback, 'secret' | 'secretKey'> {
  if (sealed) return { secret: sealed.bytes, secretKey: sealed.key };
  ensure(before, 'invalid', 'delivery.secretMissing', { field: 'secret' });
  ensure(before.address === address, 'invalid', 'delivery.secretAgain', { field: 'secret' });
  return before;
}

/** Makes the secret with which the service we fetch from calls us; the one before counts no more. It is shown this once. */
export async function makeCallbackSecret(ctx: Context, id: string): Promise<{ readonly callbackSecret: string }> {
  const { kind } = await findInbox(ctx, id);
  ensure(kind === 'foreign', 'conflict', 'delivery.notHere');
  const { tenant } = ctx.actor;
  const callbackSecret = randomToken();
  const { bytes: secret, key: secretKey } = await wrap(ctx.platform, tenant, Buffer.from(callbackSecret), placeOf(id));
  await ctx.platform.db.write(tenant, async (tx) => {
    await setCallbackOf(tx, tenant, id, { address: null, secret, secretKey });
    await audit(tx, ctx, [{ action: 'delivery.makeCallbackSecret', thing: `inbox:${id}` }]);
  });
  return { callbackSecret };
}

async function secretOf(
  ctx: Context,
  tenant: number,
  inbox: string,
  { secret: bytes, secretKey: key }: Callback,
): Promise<string> {
  return (await unwrap(ctx.platform, tenant, { bytes, key }, placeOf(inbox))).toString();
}

type One = { readonly arrival: string; readonly failures: number };

/** Has the receiver told soon, in the caller's transaction. */
export const tellOfNew = (tx: Tx, tenant: number, arrival: string): Promise<void> =>
  enqueue(tx, callback, { arrival, failures: 0 }, { key: `callback ${tenant} ${arrival}` });

/** Calls until it is heard, later and later; whoever does not hear finds it by asking. */
async function call(ctx: Context, { arrival: id, failures }: One): Promise<void> {
  const { tenant } = ctx.actor;
  const sql = ctx.platform.db.read(tenant);
  const arrival = await readArrival(sql, tenant, id);
  const known = arrival?.state === 'submitted' ? await readCallbackOf(sql, tenant, arrival.inbox) : null;
  if (!arrival || !known || known.address === null) return;
  const body = writeCallback([{ destinationId: arrival.inbox, submissionId: id, caseId: arrival.caseId }]);
  const now = ctx.platform.clock.now();
  const at = String(Math.floor(now.getTime() / 1_000));
  const mac = callbackMac(await secretOf(ctx, tenant, arrival.inbox, known), at, body).toString('hex');
  const headers = { 'callback-authentication': mac, 'callback-timestamp': at };
  const failure = await callOut(ctx.platform, known.address, { headers, body }).then(() => null, asFailure);
  if (!failure || failures + 1 >= limits.callbackTries) return;
  const runAt = new Date(now.getTime() + pauseAfter(failures + 1) * 1_000);
  const next = { arrival: id, failures: failures + 1 };
  await ctx.platform.db.write(tenant, (tx) => enqueue(tx, callback, next, { runAt, key: `callback ${tenant} ${id}` }));
}

export const callback: Job<One> = { name: 'delivery.callback', run: call };

export type HeardCall = {
  readonly tenant: number;
  readonly inbox: string;
  /** The two headers, and the body as it came. */
  readonly authentication: unknown;
  readonly timestamp: unknown;
  readonly body: string;
};

const refused = () => new Failure('unauthenticated', 'delivery.callbackRefused');

/**
 * Hears that there is something new where we fetch, and has it fetched. Throws `notFound` where nobody may call, `unauthenticated` for a
 * call that is forged, too old or from the future, `conflict` for one that was heard before, `invalid` for something else than a call.
 */
export async function hearCallback(ctx: Context, heard: HeardCall): Promise<void> {
  const { tenant, inbox, authentication, timestamp, body } = heard;
  const sql = ctx.platform.db.read(tenant);
  const [found] = isUuid(inbox) ? await readInboxes(sql, tenant, inbox) : [];
  const known = found?.kind === 'foreign' && found.isOpen ? await readCallbackOf(sql, tenant, inbox) : null;
  ensure(known, 'notFound', 'platform.notFound');
  const at = typeof timestamp === 'string' && /^\d{1,12}$/.test(timestamp) ? timestamp : null;
  const said = typeof authentication === 'string' && /^[0-9a-f]{128}$/i.test(authentication) ? authentication : null;
  if (at === null || said === null) throw refused();
  const now = ctx.platform.clock.now();
  const isNow = Math.abs(now.getTime() / 1_000 - Number(at)) <= callbackSeconds;
  const mac = callbackMac(await secretOf(ctx, tenant, inbox, known), at, body);
  if (!isSameSecret(mac, Buffer.from(said, 'hex')) || !isNow) throw refused();
  const submissions = readCallback(body);
  ensure(submissions, 'invalid', 'delivery.callbackForm');
  const source = await readSource(sql, tenant, inbox);
  const isAboutUs = submissions.some(({ destinationId }) => destinationId === source?.destination);
  await ctx.platform.db.write(tenant, async (tx) => {
    ensure(await insertHeard(tx, tenant, { inbox, mac, at: now }), 'conflict', 'delivery.callbackAgain');
    if (isAboutUs) await fetchSoon(tx, tenant, inbox);
  });
}

/** Forgets the calls that would not be believed any more anyway. */
export async function forgetCalls(ctx: Context): Promise<void> {
  const { tenant } = ctx.actor;
  // Twice: a call may name a time that is still to come.
  const before = new Date(ctx.platform.clock.now().getTime() - 2 * callbackSeconds * 1_000);
  await ctx.platform.db.write(tenant, (tx) => forgetHeard(tx, tenant, before));
}
