import * as tenants from '#modules/tenants';
import { type Context, systemContext } from '#platform/context';
import { daysAfter } from '#platform/day';
import type { Tx } from '#platform/db';
import { enqueue, type Job } from '#platform/jobs';
import { believe } from './report.ts';
import { limits } from './rules.ts';
import { type AttemptState, isLive, waitBeforeAsking } from './rules-attempt.ts';
import { gatewayOf } from './settings.ts';
import { hold, takeStep } from './step.ts';
import { type Attempt, readAttempt, readAttemptByRequest, readAttempts, readToAsk, updateAttempt } from './store/attempt.ts';

/** What came of asking. `silent`: nobody knows more than before. */
export type AskedState = AttemptState | 'silent';

/** Asks the gateway about one attempt and believes what it says: the only way in which a payment succeeds. */
export async function askAbout(ctx: Context, tenant: number, attempt: Attempt): Promise<AskedState> {
  const found = await gatewayOf(ctx, tenant);
  if (!found || found.kind !== attempt.gateway) return 'silent';
  if (attempt.state === 'starting') return attempt.state;
  const answer = await found.gateway.ask(attempt);
  if (answer.kind === 'silent' || answer.kind === 'refused') {
    const why = answer.kind === 'silent' ? answer.why : answer.code;
    ctx.platform.log.warn(
      { part: 'payments', tenant, attempt: attempt.id, why },
      'a payment service did not say how a payment is',
    );
    return 'silent';
  }
  return believe(ctx, tenant, attempt.id, answer);
}

/** Asks about every attempt of a payment that may not be over. */
export async function askAboutPayment(ctx: Context, tenant: number, payment: number): Promise<void> {
  const attempts = await readAttempts(ctx.platform.db.read(tenant), tenant, payment);
  for (const attempt of attempts.filter(({ state }) => isLive(state))) await askAbout(ctx, tenant, attempt);
}

type Asking = { readonly attempt: number; readonly asked: number };

/** Asks later, and goes on asking until the attempt is over: for everybody who never comes back. */
export async function askLater(tx: Tx, ctx: Context, tenant: number, { attempt, asked }: Asking): Promise<void> {
  const runAt = new Date(ctx.platform.clock.now().getTime() + waitBeforeAsking(asked) * 1000);
  await enqueue(tx, ask, { attempt, asked }, { runAt, key: `payment attempt ${tenant} ${attempt}` });
}

export const ask: Job<Asking> = {
  name: 'payments.ask',
  run: async (ctx, { attempt: id, asked }) => {
    const { tenant } = ctx.actor;
    const attempt = await readAttempt(ctx.platform.db.read(tenant), tenant, id);
    if (!attempt) return;
    const state = attempt.state === 'starting' ? await loseOld(ctx, tenant, attempt) : await askAbout(ctx, tenant, attempt);
    if (state !== 'silent' && !isLive(state)) return;
    await ctx.platform.db.write(tenant, (tx) => askLater(tx, ctx, tenant, { attempt: id, asked: asked + 1 }));
  },
};

/**
 * Gives up an attempt whose beginning got no answer. That is safe: its address was never shown to anybody, so that nobody can
 * pay there; and if an answer still comes in, it is thrown away because the attempt is no longer starting.
 */
export async function loseOld(ctx: Context, tenant: number, { id, startedAt }: Attempt): Promise<AttemptState> {
  const age = ctx.platform.clock.now().getTime() - startedAt.getTime();
  if (age < limits.startingMinutes * 60_000) return 'starting';
  return loseAttempt(ctx, tenant, id);
}

/** Marks an attempt as lost, if it is still starting. */
export async function loseAttempt(ctx: Context, tenant: number, id: number): Promise<AttemptState> {
  return ctx.platform.db.write(tenant, async (tx) => {
    const known = (await readAttempt(tx, tenant, id)) as Attempt;
    const payment = await hold(tx, tenant, known.payment);
    const attempt = (await readAttempt(tx, tenant, id)) as Attempt;
    if (attempt.state !== 'starting') return attempt.state;
    await updateAttempt(tx, tenant, { ...attempt, state: 'lost', changedAt: ctx.platform.clock.now() });
    if (payment.state === 'underWay') await takeStep(tx, ctx, payment, { step: 'lose', by: 'gateway' });
    return 'lost';
  });
}

/**
 * A gateway says that something has changed. What it says is not read: it is a reason to ask. Forged or repeated notices do no
 * more than one question; unknown ones do nothing and are not told apart.
 */
export async function hearNotice(ctx: Context, tenant: number, request: string): Promise<void> {
  const attempt = await readAttemptByRequest(ctx.platform.db.read(tenant), tenant, request);
  if (!attempt) return;
  const key = `payment attempt ${tenant} ${attempt.id}`;
  await ctx.platform.db.write(tenant, (tx) => enqueue(tx, ask, { attempt: attempt.id, asked: 0 }, { key }));
}

const sweep = { most: 5_000, endedDays: 3 };

/**
 * Asks about whatever may have fallen through: after a restore from a backup, or where a gateway has changed its mind about an
 * attempt that had ended. Once a night.
 */
export const askAll: Job = {
  name: 'payments.askAll',
  every: '40 2 * * *',
  run: async ({ platform }) => {
    for (const tenant of await tenants.tenantNumbers(platform)) {
      const ctx = systemContext(platform, tenant, 'payments.askAll');
      const endedAfter = daysAfter(platform.clock.now(), -sweep.endedDays);
      const attempts = await readToAsk(platform.db.read(tenant), tenant, { endedAfter, most: sweep.most });
      if (attempts.length > 0)
        await platform.db.write(tenant, async (tx) => {
          for (const { id } of attempts) await askLater(tx, ctx, tenant, { attempt: id, asked: 0 });
        });
    }
  },
};
