import { randomUUID } from 'node:crypto';
import { joinToken, tenantOfToken } from '#modules/accounts';
import { profile } from '#modules/tenants';
import type { Context } from '#platform/context';
import { sha256 } from '#platform/crypto';
import { daysAfter } from '#platform/day';
import type { Tx } from '#platform/db';
import { ensure, Failure } from '#platform/errors';
import { networkOf, takeAttempt } from '#platform/throttle';
import { askAbout, askAboutPayment, askLater, loseAttempt } from './ask.ts';
import type { Gateway, Order, Started } from './gateway.ts';
import { type PaymentStatus, statusOf } from './payment.ts';
import { limits, outstanding } from './rules.ts';
import { type AttemptState, isLive } from './rules-attempt.ts';
import type { Item } from './rules-money.ts';
import { defaultSettings } from './rules-settings.ts';
import { gatewayOf } from './settings.ts';
import { hold, takeStep } from './step.ts';
import { type Attempt, insertAttempt, readAttempt, readAttempts, updateAttempt } from './store/attempt.ts';
import { type Payment, readLink, readPayment } from './store/payment.ts';
import { readSettings } from './store/settings.ts';

/** What somebody who holds a payment's link sees of it. */
export type DebtorView = PaymentStatus & {
  readonly purpose: string;
  /** Whom the money is owed to. */
  readonly authority: string;
  readonly returnTo: string;
  readonly receivedCents: number;
  /** Whether it can be paid online right now. */
  readonly canPay: boolean;
  /** How the last attempt went; null: there was none. */
  readonly lastAttempt: AttemptState | null;
  /** Where to pay, while an attempt is open there. */
  readonly payAddress: string | null;
  /** For a transfer by bank; null: the authority has named no account. */
  readonly account: { readonly payee: string; readonly iban: string; readonly bic: string } | null;
};

const guesses = { name: 'payments.link', free: 60, windowSeconds: 3_600, firstWaitSeconds: 10, longestWaitSeconds: 600 } as const;

/** Which payment a link leads to. Throws `notFound`, alike for wrong and made-up ones; whoever guesses has to wait. */
async function findByToken(ctx: Context, token: string): Promise<{ tenant: number; id: number }> {
  const tenant = tenantOfToken(token);
  const id = tenant === null ? null : await readLink(ctx.platform.db.read(tenant), tenant, sha256(token));
  if (tenant !== null && id !== null) return { tenant, id };
  await takeAttempt(ctx, guesses, networkOf(ctx.network));
  throw new Failure('notFound', 'payments.linkUnknown');
}

/** The payment behind a link. Throws `notFound`. */
export async function viewByLink(ctx: Context, token: string): Promise<DebtorView> {
  const { tenant, id } = await findByToken(ctx, token);
  const sql = ctx.platform.db.read(tenant);
  const [payment, attempts, settings, authority] = await Promise.all([
    readPayment(sql, tenant, id),
    readAttempts(sql, tenant, id),
    readSettings(sql, tenant),
    profile(ctx.platform, tenant),
  ]);
  ensure(payment, 'notFound', 'payments.linkUnknown');
  const last = attempts.at(-1) ?? null;
  const { payee, iban, bic, gateway } = settings ?? defaultSettings;
  const isStartable = payment.state === 'open' || payment.state === 'expired' || payment.state === 'underWay';
  return {
    ...statusOf(payment),
    purpose: payment.purpose,
    authority: authority?.branding.name ?? '',
    returnTo: payment.returnTo,
    receivedCents: payment.receivedCents,
    canPay: isStartable && gateway !== 'none',
    lastAttempt: last?.state ?? null,
    payAddress: last?.state === 'open' ? last.payAddress : null,
    account: iban === '' ? null : { payee, iban, bic },
  };
}

/** Whoever has a link can make us ask the gateway, but not all day long. */
const questions = { name: 'payments.ask', free: 60, windowSeconds: 600, firstWaitSeconds: 10, longestWaitSeconds: 600 } as const;

/** Asks the gateway how it stands, because somebody has come back from there. What the browser brought along is not looked at. */
export async function comeBack(ctx: Context, token: string): Promise<void> {
  const { tenant, id } = await findByToken(ctx, token);
  await takeAttempt(ctx, questions, `${tenant} ${id}`);
  await askAboutPayment(ctx, tenant, id);
}

/** How often an attempt that was lost or has just ended is followed by another one within one click. */
const mostTurns = 3;

/**
 * Begins to pay, or goes on: resolves with the address of the page where the person pays. Clicking twice, reloading and lost answers
 * lead to one transaction. Throws `conflict` when there is nothing to pay (any more) or the authority has no gateway, `unavailable`
 * when the gateway does not answer: nothing was charged then, and trying again is safe.
 */
export async function pay(ctx: Context, token: string): Promise<string> {
  const { tenant, id } = await findByToken(ctx, token);
  await takeAttempt(ctx, questions, `${tenant} ${id}`);
  const found = await gatewayOf(ctx, tenant);
  ensure(found, 'conflict', 'payments.noGateway');
  for (let turn = 0; turn < mostTurns; turn += 1) {
    const begun = await begin(ctx, { tenant, id, kind: found.kind });
    const address =
      begun.attempt.state === 'open' ? await goOn(ctx, tenant, begun.attempt) : await start(ctx, token, begun, found.gateway);
    if (address !== null) return address;
  }
  throw new Failure('unavailable', 'payments.gatewaySilent');
}

type Begun = { readonly payment: Payment; readonly attempt: Attempt };
type Beginning = { readonly tenant: number; readonly id: number; readonly kind: Attempt['gateway'] };

/** The attempt that is live, or a new one: what is about to be asked for is stored before it is asked for. */
async function begin(ctx: Context, { tenant, id, kind }: Beginning): Promise<Begun> {
  return ctx.platform.db.write(tenant, async (tx) => {
    const payment = await hold(tx, tenant, id);
    const attempts = await readAttempts(tx, tenant, id);
    const live = attempts.find(({ state }) => isLive(state));
    if (live && payment.state === 'underWay') return { payment, attempt: live };
    // Its page is open still, though the treasury has decided something meanwhile: it stays the only one.
    if (live) return { payment: await takeStep(tx, ctx, payment, { step: 'begin', by: 'debtor' }), attempt: live };
    ensure(attempts.length < limits.attempts, 'tooMany', 'payments.tooManyAttempts', { seconds: 86_400 });
    const open = payment.state === 'expired' ? await reopen(tx, ctx, payment) : payment;
    const cents = outstanding(open);
    const underWay = await takeStep(tx, ctx, open, { step: 'begin', by: 'debtor', details: { cents } });
    const startedAt = ctx.platform.clock.now();
    const attempt = await insertAttempt(tx, tenant, { payment: id, request: randomUUID(), gateway: kind, cents, startedAt });
    await askLater(tx, ctx, tenant, { attempt: attempt.id, asked: 0 });
    return { payment: underWay, attempt };
  });
}

/** A second try after the time has run out: everything is still there, only the time begins anew. */
async function reopen(tx: Tx, ctx: Context, payment: Payment): Promise<Payment> {
  const { daysToPay } = (await readSettings(tx, payment.tenant)) ?? defaultSettings;
  const expiresAt = daysAfter(ctx.platform.clock.now(), daysToPay);
  return takeStep(tx, ctx, payment, { step: 'reopen', by: 'debtor', change: { expiresAt } });
}

/** An attempt is open at the gateway: the same page again, unless it is over there meanwhile (null). */
async function goOn(ctx: Context, tenant: number, attempt: Attempt): Promise<string | null> {
  const state = await askAbout(ctx, tenant, attempt);
  return state === 'open' || state === 'silent' ? attempt.payAddress : null;
}

async function start(ctx: Context, token: string, { payment, attempt }: Begun, gateway: Gateway): Promise<string | null> {
  const answer = await gateway.start(orderOf(ctx, token, payment, attempt));
  return keepAnswer(ctx, payment.tenant, attempt.id, answer);
}

function orderOf({ platform }: Context, token: string, payment: Payment, attempt: Attempt): Order {
  const { url } = platform.config;
  const { tenant, purpose, reference, items, cents } = payment;
  const rest: Item[] = [{ text: purpose.slice(0, 200), quantity: 1, cents: attempt.cents, taxPercent: 0 }];
  return {
    request: attempt.request,
    at: attempt.startedAt,
    cents: attempt.cents,
    reference,
    purpose,
    // Of what was paid in part only the rest is asked for.
    items: items && cents === attempt.cents ? items : rest,
    returnAddress: `${url}/bezahlung/${token}/zurueck`,
    noticeAddress: `${url}/bezahlung/benachrichtigung/${joinToken(tenant, attempt.request)}`,
  };
}

/**
 * Stores what the gateway said to a beginning. The address leaves this house only after it is stored and while the attempt is the
 * one that counts; null: there has to be another attempt.
 */
async function keepAnswer(ctx: Context, tenant: number, id: number, answer: Started): Promise<string | null> {
  if (answer.kind === 'silent') throw new Failure('unavailable', 'payments.gatewaySilent', {}, new Error(answer.why));
  if (answer.kind === 'exists') {
    const state = await loseAttempt(ctx, tenant, id);
    return state === 'open' ? openAddress(ctx, tenant, id) : null;
  }
  const kept = await ctx.platform.db.write(tenant, async (tx) => {
    const known = (await readAttempt(tx, tenant, id)) as Attempt;
    const payment = await hold(tx, tenant, known.payment);
    const attempt = (await readAttempt(tx, tenant, id)) as Attempt;
    if (attempt.state !== 'starting') return attempt;
    return keep(tx, ctx, { payment, attempt }, answer);
  });
  if (kept.state === 'refused') throw new Failure('conflict', 'payments.gatewayRefused');
  return kept.state === 'open' ? kept.payAddress : null;
}

async function keep(
  tx: Tx,
  ctx: Context,
  { payment, attempt }: Begun,
  answer: Exclude<Started, { kind: 'silent' | 'exists' }>,
): Promise<Attempt> {
  const changedAt = ctx.platform.clock.now();
  const isWanted = payment.state === 'underWay';
  const next: Attempt =
    answer.kind === 'refused'
      ? { ...attempt, state: 'refused', changedAt }
      : isWanted
        ? { ...attempt, state: 'open', transaction: answer.transaction, payAddress: answer.address, changedAt }
        : { ...attempt, state: 'lost', transaction: answer.transaction, changedAt };
  await updateAttempt(tx, payment.tenant, next);
  if (answer.kind === 'refused' && isWanted) {
    const { code } = answer;
    ctx.platform.log.error(
      { part: 'payments', tenant: payment.tenant, attempt: attempt.id, code },
      'a payment service refused us',
    );
    await takeStep(tx, ctx, payment, { step: 'fail', by: 'gateway', reason: 'refused', details: { reason: 'refused', code } });
  }
  return next;
}

async function openAddress(ctx: Context, tenant: number, id: number): Promise<string | null> {
  return (await readAttempt(ctx.platform.db.read(tenant), tenant, id))?.payAddress ?? null;
}
