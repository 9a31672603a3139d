import { administratorsOf, peopleBehind } from '#modules/accounts';
import { formSubmitted, getSubmission, type SubmissionView, submissionChanged, waitingOf } from '#modules/forms';
import { notify } from '#modules/notifications';
import { audit } from '#platform/audit';
import { type Context, systemContext } from '#platform/context';
import { addDays, addWorkingDays, dayAt, endOfPeriod } from '#platform/day';
import type { Tx } from '#platform/db';
import { ensure } from '#platform/errors';
import { emit, on } from '#platform/events';
import { submissionClosed } from './events.ts';
import { today } from './gate.ts';
import type { Outcome, TrayState } from './rules.ts';
import { endStatements } from './statement-end.ts';
import { readDeadline } from './store/deadline.ts';
import { readDeputyOf } from './store/deputy.ts';
import { type Item, putItem, readItem } from './store/item.ts';

/** How what was sent gets into the tray of its office, and stays there as it is. */

type Submission = SubmissionView['submission'];

/** A submission, and what its applicant was asked for. */
export type Standing = Pick<SubmissionView, 'submission' | 'requests'>;

/** What only this room knows. */
export type Own = {
  readonly outcome?: Outcome | null;
  /** Left out: a new one rings the bell. */
  readonly isSilent?: boolean;
};

/** A form that names no day gets this many days. */
const usualDays = 28;

async function dueDay(tx: Tx, { tenant, form, receivedAt, expectedOn }: Submission & { receivedAt: Date }): Promise<string> {
  const day = dayAt(receivedAt);
  const workingDays = await readDeadline(tx, tenant, form);
  if (workingDays !== null) return addWorkingDays(day, workingDays);
  return endOfPeriod(expectedOn ?? addDays(day, usualDays));
}

/** When it is due by what the applicant was asked for so far: the days on which an answer was awaited are not the office's. */
function dueSince(firstDueOn: string, { submission, requests }: Standing) {
  const { days, now } = waitingOf(requests);
  const isWaiting = submission.state === 'evidenceRequested' && now !== null;
  const dueOn = days === 0 ? firstDueOn : endOfPeriod(addDays(firstDueOn, days));
  return { firstDueOn, dueOn, pausedOn: isWaiting ? now.since : null, awaitedUntil: isWaiting ? now.until : null };
}

/** Puts on record that time stands still, or goes on. */
async function notePause(tx: Tx, ctx: Context, { submission, pausedOn, dueOn }: Item, before: Item | null): Promise<void> {
  const wasPaused = before?.pausedOn ?? null;
  if ((pausedOn === null) === (wasPaused === null)) return;
  const [action, details] = pausedOn === null ? ['intake.goOn', { dueOn }] : ['intake.pause', { since: pausedOn }];
  await audit(tx, ctx, [{ action, thing: `submission:${submission}`, details }]);
}

const isOver = (state: TrayState | undefined): boolean => state === 'closed' || state === 'withdrawn';

/**
 * Puts a submission into the tray or brings it up to date, tells the office of a new one and the house of one that is done with.
 * Twice, late or in another order changes nothing. What was never paid for never arrives.
 */
export async function putSubmission(tx: Tx, ctx: Context, standing: Standing, own: Own = {}): Promise<void> {
  const { submission } = standing;
  const { tenant, id, state, receivedAt } = submission;
  if (state === 'unpaid' || receivedAt === null) return;
  const before = await readItem(tx, tenant, id);
  const outcome = state === 'withdrawn' ? 'withdrawn' : (own.outcome ?? before?.outcome ?? null);
  const { edition, reference, form, title, applicant, locale, works, handler, handlerName, decidedAt } = submission;
  const row: Item = {
    tenant,
    submission: id,
    edition,
    reference,
    form,
    title,
    applicant,
    locale,
    works,
    state,
    handler,
    handlerName,
    receivedAt,
    decidedAt,
    outcome,
    closedAt: isOver(state) ? ctx.platform.clock.now() : null,
    ...dueSince(before?.firstDueOn ?? (await dueDay(tx, { ...submission, receivedAt })), standing),
  };
  const put = await putItem(tx, row);
  if (put === null) return;
  await notePause(tx, ctx, row, before);
  await endStatements(tx, ctx, row);
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
  await ctx.platform.db.write(tenant, async (tx) => {
    await putSubmission(tx, ctx, { submission, requests }, { isSilent });
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
