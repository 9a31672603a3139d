import { randomUUID } from 'node:crypto';
import { checkAll } from '#platform/checks';
import type { Context } from '#platform/context';
import type { Tx } from '#platform/db';
import { ensure, Failure } from '#platform/errors';
import { emit } from '#platform/events';
import { enqueue, type Job } from '#platform/jobs';
import { oneLine } from '#platform/text';
import { refunded } from './events.ts';
import { authorize, personOf } from './gate.ts';
import { isPossible, limits } from './rules.ts';
import { checkCents } from './rules-money.ts';
import { afterRefund, needsFourEyes, type RefundStep, refundable } from './rules-refund.ts';
import { defaultSettings } from './rules-settings.ts';
import { gatewayOf } from './settings.ts';
import { checkSeen, hold, newsOf, note, takeStep } from './step.ts';
import { type Attempt, readAttempt, readAttempts } from './store/attempt.ts';
import { type Payment, updatePayment } from './store/payment.ts';
import { type Receipt, readReceipts } from './store/receipt.ts';
import { insertRefund, type Refund, readRefund, readRefunds, updateRefund } from './store/refund.ts';
import { readSettings } from './store/settings.ts';

export type RefundInput = {
  readonly payment: number;
  /** Default: the actor's tenant. */
  readonly tenant?: number;
  readonly cents: number;
  /** One line, for the history and the letter. */
  readonly reason: string;
  /** Number of the newest event the page told of, see `checkSeen`. */
  readonly seen?: number;
};

/**
 * Gives money back, all or a part of what was received and not yet given back. Up to the authority's limit (all refunds of one
 * payment together) it is approved at once, beyond it a second treasurer has to approve. It goes back through the gateway where
 * that can, else the treasury transfers it and says so. Resolves with the refund's id. Throws `invalid`, `forbidden`, `notFound`,
 * `conflict` when something has happened that was not seen.
 */
export async function refund(ctx: Context, input: RefundInput): Promise<number> {
  const { tenant = ctx.actor.tenant, cents } = input;
  authorize(ctx.actor, 'treasure', { tenant });
  const { reason } = await checkAll({
    amount: () => checkCents(cents, 'amount'),
    reason: () => oneLine(input.reason, 'reason', { most: limits.reason }),
  });
  const found = await gatewayOf(ctx, tenant);
  return ctx.platform.db.write(tenant, async (tx) => {
    const payment = await hold(tx, tenant, input.payment);
    await checkSeen(tx, payment, input.seen);
    const [refunds, receipts, attempts, settings] = await Promise.all([
      readRefunds(tx, tenant, payment.id),
      readReceipts(tx, tenant, payment.id),
      readAttempts(tx, tenant, payment.id),
      readSettings(tx, tenant),
    ]);
    const most = refundable(payment.receivedCents, refunds);
    ensure(cents <= most, 'invalid', 'payments.refundTooLarge', { field: 'amount', limit: most / 100 });
    ensure(refunds.length < limits.refunds, 'tooLarge', 'payments.tooManyRefunds', { limit: limits.refunds });
    const fourEyes = needsFourEyes(cents, refunds, (settings ?? defaultSettings).fourEyesCents);
    const source = found?.gateway.refund ? sourceOf(cents, { receipts, refunds, attempts, kind: found.kind }) : null;
    const made = await insertRefund(tx, tenant, {
      ...freshRefund(ctx, fourEyes),
      payment: payment.id,
      cents,
      reason,
      attempt: source,
      byGateway: source !== null,
    });
    await note(tx, ctx, payment, { step: fourEyes ? 'refundRequested' : 'refundApproved', details: { refund: made.id, cents } });
    if (made.state === 'approved') await sendOn(tx, made);
    return made.id;
  });
}

function freshRefund(ctx: Context, fourEyes: boolean) {
  const { id, name } = personOf(ctx.actor);
  const now = ctx.platform.clock.now();
  const alone = { decidedBy: id, decidedByName: name, decidedAt: now };
  const nobody = { decidedBy: null, decidedByName: null, decidedAt: null };
  return {
    request: randomUUID(),
    state: fourEyes ? ('requested' as const) : ('approved' as const),
    fourEyes,
    doneAt: null,
    requestedBy: id,
    requestedByName: name,
    requestedAt: now,
    ...(fourEyes ? nobody : alone),
  };
}

type Sources = {
  readonly receipts: readonly Receipt[];
  readonly refunds: readonly Refund[];
  readonly attempts: readonly Attempt[];
  readonly kind: Attempt['gateway'];
};

/** The attempt whose money is enough for it, and that the gateway in use has taken; null: by hand. */
function sourceOf(cents: number, { receipts, refunds, attempts, kind }: Sources): number | null {
  const isHere = (id: number | null) => attempts.some((attempt) => attempt.id === id && attempt.gateway === kind);
  const left = (receipt: Receipt) =>
    refundable(
      receipt.cents,
      refunds.filter(({ attempt }) => attempt === receipt.attempt),
    );
  return receipts.find((receipt) => isHere(receipt.attempt) && left(receipt) >= cents)?.attempt ?? null;
}

async function sendOn(tx: Tx, { id, byGateway, state }: Pick<Refund, 'id' | 'byGateway' | 'state'>): Promise<void> {
  if (byGateway && state === 'approved') await enqueue(tx, sendRefund, { refund: id });
}

export type RefundDecision = { readonly refund: number; readonly step: Exclude<RefundStep, 'fail'> };

/**
 * Decides about a refund: approve or reject (somebody else than who asked for it), take back (who asked), finish (it was
 * transferred by hand), abandon (the gateway refused). Throws `conflict`, `forbidden`, `notFound`.
 */
export async function decideRefund(ctx: Context, { refund: id, step }: RefundDecision): Promise<void> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'treasure', { tenant });
  await ctx.platform.db.write(tenant, async (tx) => {
    const { payment, found } = await holdRefund(tx, tenant, id);
    const person = personOf(ctx.actor);
    const state = afterRefund(found, step, person.id);
    ensure(step !== 'finish' || !found.byGateway || found.state === 'failed', 'conflict', 'payments.refundByGateway');
    if (step === 'finish') return finish(tx, ctx, payment, { ...found, byGateway: false });
    const decidedAt = ctx.platform.clock.now();
    const decision = step === 'abandon' ? {} : { decidedBy: person.id, decidedByName: person.name, decidedAt };
    const next = { ...found, state, ...decision };
    await updateRefund(tx, tenant, next);
    await note(tx, ctx, payment, { step: `refund.${step}`, details: { refund: id, cents: found.cents } });
    await sendOn(tx, next);
  });
}

async function holdRefund(tx: Tx, tenant: number, id: number): Promise<{ payment: Payment; found: Refund }> {
  const known = await readRefund(tx, tenant, id);
  ensure(known, 'notFound', 'platform.notFound');
  const payment = await hold(tx, tenant, known.payment);
  // Read again once the payment is held: somebody may have been quicker.
  return { payment, found: (await readRefund(tx, tenant, id)) as Refund };
}

/** Books that the money is back: refund, balance, state, history and news at once. */
async function finish(tx: Tx, ctx: Context, payment: Payment, found: Refund): Promise<void> {
  const { tenant } = payment;
  const now = ctx.platform.clock.now();
  await updateRefund(tx, tenant, { ...found, state: 'done', doneAt: now });
  const refundedCents = payment.refundedCents + found.cents;
  const isWhole = refundedCents === payment.receivedCents;
  const details = { refund: found.id, cents: found.cents };
  if (isWhole && isPossible(payment.state, 'giveBack'))
    await takeStep(tx, ctx, payment, { step: 'giveBack', by: 'treasurer', change: { refundedCents }, details });
  else {
    await updatePayment(tx, { ...payment, refundedCents, changedAt: now });
    await note(tx, ctx, payment, { step: 'refundDone', details });
  }
  await emit(tx, ctx, refunded, { ...newsOf(payment), refund: found.id, cents: found.cents, isWhole });
}

/** Has the gateway give it back, until it answers. The refund's own id makes that once, however often it is asked. */
export const sendRefund: Job<{ refund: number }> = {
  name: 'payments.sendRefund',
  run: async (ctx, { refund: id }) => {
    const { tenant } = ctx.actor;
    const sql = ctx.platform.db.read(tenant);
    const waiting = await readRefund(sql, tenant, id);
    const attempt = waiting?.attempt ? await readAttempt(sql, tenant, waiting.attempt) : null;
    if (!waiting?.byGateway || waiting.state !== 'approved' || !attempt) return;
    const found = await gatewayOf(ctx, tenant);
    if (!found?.gateway.refund || found.kind !== attempt.gateway) return failRefund(ctx, id, 'gateway');
    const answer = await found.gateway.refund(attempt, waiting);
    if (answer.kind === 'silent') throw new Failure('unavailable', 'payments.gatewaySilent', {}, new Error(answer.why));
    if (answer.kind === 'refused') return failRefund(ctx, id, answer.code);
    await ctx.platform.db.write(tenant, async (tx) => {
      const held = await holdRefund(tx, tenant, id);
      if (held.found.state === 'approved') await finish(tx, ctx, held.payment, held.found);
    });
  },
};

/** The gateway said no: the treasury sees it and transfers by hand, or abandons it. */
async function failRefund(ctx: Context, id: number, code: string): Promise<void> {
  const { tenant } = ctx.actor;
  ctx.platform.log.error({ part: 'payments', tenant, refund: id, code }, 'a payment service refused to give money back');
  await ctx.platform.db.write(tenant, async (tx) => {
    const { payment, found } = await holdRefund(tx, tenant, id);
    if (found.state !== 'approved') return;
    await updateRefund(tx, tenant, { ...found, state: 'failed' });
    await note(tx, ctx, payment, { step: 'refund.fail', details: { refund: id, cents: found.cents, code } });
  });
}
