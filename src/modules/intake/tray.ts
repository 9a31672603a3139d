import { administratorsOf, peopleBehind } from '#modules/accounts';
import { formSubmitted, getSubmission, type SubmissionView, submissionChanged } from '#modules/forms';
import { notify } from '#modules/notifications';
import { type Context, systemContext } from '#platform/context';
import type { Tx } from '#platform/db';
import { ensure } from '#platform/errors';
import { emit, on } from '#platform/events';
import { isHoliday } from '#platform/holidays';
import { submissionClosed } from './events.ts';
import { today } from './gate.ts';
import type { Outcome, TrayState } from './rules.ts';
import { addDays, addWorkingDays, dayAt, endOfPeriod } from './rules-deadline.ts';
import { readDeadline } from './store/deadline.ts';
import { readDeputyOf } from './store/deputy.ts';
import { type Item, putItem, readItem } from './store/item.ts';

/** How what was sent gets into the tray of its office, and stays there as it is. */

export type Submission = SubmissionView['submission'];

/** What only this room knows. */
export type Own = {
  readonly awaitedUntil?: string | null;
  readonly outcome?: Outcome | null;
  /** Left out: a new one rings the bell. */
  readonly isSilent?: boolean;
};

/** A form that names no day gets this many days. */
const usualDays = 28;

async function dueDay(tx: Tx, { tenant, form, receivedAt, expectedOn }: Submission & { receivedAt: Date }): Promise<string> {
  const day = dayAt(receivedAt);
  const workingDays = await readDeadline(tx, tenant, form);
  if (workingDays !== null) return addWorkingDays(day, workingDays, isHoliday);
  return endOfPeriod(expectedOn ?? addDays(day, usualDays), isHoliday);
}

const isOver = (state: TrayState | undefined): boolean => state === 'closed' || state === 'withdrawn';

/**
 * Puts a submission into the tray or brings it up to date, tells the office of a new one and the house of one that is done with.
 * Twice, late or in another order changes nothing. What was never paid for never arrives.
 */
export async function putSubmission(tx: Tx, ctx: Context, submission: Submission, own: Own = {}): Promise<void> {
  const { tenant, id, state, receivedAt } = submission;
  if (state === 'unpaid' || receivedAt === null) return;
  const before = await readItem(tx, tenant, id);
  const outcome = state === 'withdrawn' ? 'withdrawn' : (own.outcome ?? before?.outcome ?? null);
  const { edition, reference, form, title, applicant, locale, works, handler, handlerName, decidedAt } = submission;
  const row: Item = {
    ...{ tenant, submission: id, edition, reference, form, title, applicant, locale, works, state, handler, handlerName },
    ...{ receivedAt, decidedAt, outcome, closedAt: isOver(state) ? ctx.platform.clock.now() : null },
    dueOn: before?.dueOn ?? (await dueDay(tx, { ...submission, receivedAt })),
    awaitedUntil: state === 'evidenceRequested' ? (own.awaitedUntil ?? before?.awaitedUntil ?? null) : null,
  };
  const put = await putItem(tx, row);
  if (put === null) return;
  if (put.isNew && !own.isSilent) await tell(tx, ctx, row, 'intake.arrived');
  // Somebody may have decided in another way than through this room: then it was granted or refused in words only.
  if (isOver(state) && !isOver(before?.state))
    await emit(tx, ctx, submissionClosed, { tenant, submission: id, outcome: outcome ?? 'granted' });
}

/** Who hears of an item: who works on it and who stands in for them today; nobody yet: everybody of the office. */
async function hearers(tx: Tx, ctx: Context, { tenant, handler, works }: Item): Promise<number[]> {
  if (handler !== null) {
    const deputy = await readDeputyOf(tx, tenant, { account: handler, day: today(ctx) });
    return deputy === null ? [handler] : [handler, deputy];
  }
  return works === null ? administratorsOf(tx, tenant) : peopleBehind(ctx, works);
}

/** Rings the bell; the sentence names the number and the service, never the applicant. */
export async function tell(tx: Tx, ctx: Context, item: Item, code: string): Promise<void> {
  const { reference, title, dueOn, submission } = item;
  await notify(tx, ctx, {
    accounts: await hearers(tx, ctx, item),
    code,
    params: { reference, title: title[ctx.locale], day: dueOn },
    link: `/eingang/${submission}`,
    about: `submission:${submission}`,
  });
}

type News = { readonly code?: string | undefined; readonly isSilent?: boolean };

/** Looks at a submission as it stands now, brings the tray up to date, and rings for what the applicant did. */
async function follow(ctx: Context, id: number, { code, isSilent = false }: News = {}): Promise<void> {
  const { tenant } = ctx.actor;
  const { submission, requests } = await getSubmission(ctx, id);
  const waiting = requests.filter(({ answeredAt }) => answeredAt === null).map(({ dueOn }) => dueOn);
  await ctx.platform.db.write(tenant, async (tx) => {
    await putSubmission(tx, ctx, submission, { awaitedUntil: waiting.sort().at(-1) ?? null, isSilent });
    const item = code === undefined ? null : await readItem(tx, tenant, id);
    if (item && code) await tell(tx, ctx, item, code);
  });
}

/** Puts a submission into the tray that was sent before this room was there, without ringing. For the house itself. */
export async function catchUp(ctx: Context, submission: number): Promise<void> {
  ensure(ctx.actor.kind === 'system', 'forbidden', 'platform.forbidden');
  await follow(ctx, submission, { isSilent: true });
}

/** What the office is told of the applicant's own steps. */
const news: Readonly<Record<string, string>> = {
  answer: 'intake.answered',
  supplement: 'intake.supplemented',
  settle: 'intake.paid',
  correct: 'intake.corrected',
  withdraw: 'intake.withdrawn',
};

export const takeIn = on(formSubmitted, 'intake.takeIn', async ({ platform }, { tenant, submission }) => {
  await follow(systemContext(platform, tenant, 'intake.takeIn'), submission);
});

export const keepUp = on(submissionChanged, 'intake.keepUp', async ({ platform }, { tenant, submission, step }) => {
  await follow(systemContext(platform, tenant, 'intake.keepUp'), submission, { code: news[step] });
});
