import { formSubmitted, getSubmission, serviceOf, submissionChanged } from '#modules/forms';
import { type PaymentNews, paymentFailed, paymentSucceeded } from '#modules/payments';
import { tenantNumbers } from '#modules/tenants';
import { type Context, type Platform, systemContext } from '#platform/context';
import { dayAt, daysAfter } from '#platform/day';
import { ensure } from '#platform/errors';
import { on } from '#platform/events';
import type { Job } from '#platform/jobs';
import type { TallyKeeper } from '#platform/tally';
import { stateTenant, thisMonth } from './gate.ts';
import { addMonths, limits, type Measure, measures } from './rules.ts';
import { type Fact, foldFacts, forgetBefore, insertFacts } from './store.ts';

/** How numbers come in: page views in heaps, what matters as news that counts once. */

/**
 * Notes facts of one authority, in its own tenant and for the state. Each is a transaction of its own; a fact that was heard before
 * is left out on either side, so that doing it again after a crash adds only what is missing.
 */
async function note(platform: Platform, source: number, facts: readonly Fact[]): Promise<void> {
  const at = platform.clock.now();
  for (const tenant of new Set([source, stateTenant]))
    await platform.db.write(tenant, (tx) => insertFacts(tx, tenant, at, facts));
}

const isMeasure = (what: string): what is Measure => measures.some((known) => known === what);

/** Keeps what was counted in memory: a row for each number and each {@link TallyKeeper} call, and no row is ever waited for. */
export const keepTally =
  (platform: Platform): TallyKeeper =>
  async (tallied) => {
    const known = Map.groupBy(tallied, ({ tenant }) => tenant);
    for (const [source, numbers] of known) {
      const facts = numbers.flatMap(({ day, what, about, count }): Fact[] =>
        isMeasure(what) ? [{ source, day, service: about.slice(0, limits.key), what, count, total: 0, heard: null }] : [],
      );
      if (facts.length > 0) await note(platform, source, facts);
    }
  };

type News = { readonly tenant: number; readonly submission: number; readonly what: Measure };

/** Counts one piece of news about a submission, once, on the day on which it happened as far as that is known. */
async function count(ctx: Context, { tenant, submission: id, what }: News): Promise<void> {
  const { submission } = await getSubmission(systemContext(ctx.platform, tenant, 'indicators'), id);
  const { form, receivedAt, decidedAt } = submission;
  const isDecision = what === 'decided' && decidedAt !== null && receivedAt !== null;
  const total = isDecision ? Math.max(0, Math.round((decidedAt.getTime() - receivedAt.getTime()) / 1000)) : 0;
  const at = (isDecision ? decidedAt : what === 'submitted' ? receivedAt : null) ?? ctx.platform.clock.now();
  const service = await serviceOf(ctx, form);
  await note(ctx.platform, tenant, [{ source: tenant, day: dayAt(at), service, what, count: 1, total, heard: `${what} ${id}` }]);
}

const countSubmitted = on(formSubmitted, 'indicators.countSubmitted', (ctx, { tenant, submission }) =>
  count(ctx, { tenant, submission, what: 'submitted' }),
);

const ofSteps: Readonly<Record<string, Measure>> = { decide: 'decided', withdraw: 'withdrawn', ask: 'askedBack' };

const countStep = on(submissionChanged, 'indicators.countStep', async (ctx, { tenant, submission, step }) => {
  const what = ofSteps[step];
  if (what) await count(ctx, { tenant, submission, what });
});

/** What forms call what is paid for. */
const paidKind = 'submission';

async function countPayment(ctx: Context, { tenant, thing }: PaymentNews, what: Measure): Promise<void> {
  if (thing.kind === paidKind) await count(ctx, { tenant, submission: Number(thing.id), what });
}

const countPaid = on(paymentSucceeded, 'indicators.countPaid', (ctx, news) => countPayment(ctx, news, 'paid'));
const countPayFailed = on(paymentFailed, 'indicators.countPayFailed', (ctx, news) => countPayment(ctx, news, 'payFailed'));

export const handlers = [countSubmitted, countStep, countPaid, countPayFailed];

/** Adds up what is old enough, and forgets what has been kept long enough. Twice is once. */
export async function foldTenant(ctx: Context): Promise<void> {
  const { tenant } = ctx.actor;
  const before = daysAfter(ctx.platform.clock.now(), -limits.foldDays);
  const month = addMonths(thisMonth(ctx), -limits.remarkMonths);
  await ctx.platform.db.write(tenant, async (tx) => {
    await foldFacts(tx, tenant, before);
    await forgetBefore(tx, tenant, month);
  });
}

export const fold: Job = {
  name: 'indicators.fold',
  every: '50 2 * * *',
  run: async ({ platform }) => {
    for (const tenant of await tenantNumbers(platform)) await foldTenant(systemContext(platform, tenant, 'indicators.fold'));
  },
};

export type PastNumber = Pick<Fact, 'day' | 'service' | 'what' | 'count' | 'total'>;

/** Puts numbers of earlier days in, as an authority brings them along; only the house may. `name` makes it happen once. */
export async function bringAlong(ctx: Context, name: string, numbers: readonly PastNumber[]): Promise<void> {
  ensure(ctx.actor.kind === 'system', 'forbidden', 'platform.forbidden');
  const { tenant: source } = ctx.actor;
  await note(
    ctx.platform,
    source,
    numbers.map((number, index) => ({ ...number, source, heard: `${name} ${index}` })),
  );
}
