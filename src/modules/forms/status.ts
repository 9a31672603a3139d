import { type PaymentStatus, paymentOf, paymentPage, withdrawPayment } from '#modules/payments';
import { audit } from '#platform/audit';
import type { Context } from '#platform/context';
import { addDays, endOfPeriod } from '#platform/day';
import type { Tx } from '#platform/db';
import { asFailure, ensure } from '#platform/errors';
import { emit } from '#platform/events';
import { evidenceField } from './attachment.ts';
import { dropCorrection } from './correct.ts';
import { openDraft, today } from './draft.ts';
import { submissionChanged } from './events.ts';
import { accountKey, onRecord, whoActs, within } from './gate.ts';
import {
  canCorrect,
  checkText,
  limits,
  openTo,
  type SubmissionState,
  type SubmissionStep,
  submissionEdges,
  whyNot,
} from './rules-status.ts';
import { daysWaited, waitingOf } from './rules-waiting.ts';
import { statusLink, thingOf } from './send.ts';
import { type ShownFile, shownFiles } from './shown-file.ts';
import { type Draft, readSentFiles } from './store/draft.ts';
import {
  answerRequest,
  countSteps,
  type EvidenceRequest,
  type Happening,
  insertHappening,
  lockSubmission,
  readHappenings,
  readIdOfDraft,
  readRequests,
  readSubmission,
  type Submission,
  updateSubmission,
} from './store/submission.ts';

/** How an application stands, for whoever holds its link: the right to it is § 19 ThürEGovG. */
export type StatusView = {
  readonly tenant: number;
  readonly form: string;
  readonly reference: string;
  readonly title: Submission['title'];
  readonly state: Submission['state'];
  readonly office: Submission['office'];
  /** Who works on it; empty: nobody has taken it yet. */
  readonly handlerName: string;
  readonly sentAt: Date;
  /** The day that was named when it was sent, and later by so many days as the office has waited for an answer. */
  readonly expectedOn: string | null;
  readonly decidedAt: Date | null;
  readonly result: string;
  readonly happenings: readonly Happening[];
  /** What the office waits for. */
  readonly requests: readonly EvidenceRequest[];
  readonly files: readonly ShownFile[];
  readonly payment: Pick<PaymentStatus, 'state' | 'cents' | 'refundedCents' | 'expiresAt'> | null;
  readonly hasReceipt: boolean;
  /** What the applicant can do now. */
  readonly steps: readonly SubmissionStep[];
  /** A correction was begun and not sent. */
  readonly isCorrecting: boolean;
  /** Address of this page for whoever wants to come back without an account; null: it is found in the account. */
  readonly link: string | null;
  /** Whether it can be taken into an account. */
  readonly isFree: boolean;
};

type Found = { readonly tenant: number; readonly draft: Draft; readonly submission: Submission };

async function find(ctx: Context, token: string): Promise<Found> {
  const { draft } = await openDraft(ctx, token);
  const { tenant } = draft;
  const sql = ctx.platform.db.read(tenant);
  const id = await readIdOfDraft(sql, tenant, draft.id);
  const submission = id === null ? null : await readSubmission(sql, tenant, id);
  ensure(submission, 'notFound', 'forms.notSent');
  return { tenant, draft, submission };
}

/** The status of what was sent with this link. Throws `notFound`, `forms.notSent` while it is a draft. */
export async function lookAtStatus(ctx: Context, token: string): Promise<StatusView> {
  const { tenant, draft, submission } = await find(ctx, token);
  const sql = ctx.platform.db.read(tenant);
  const [happenings, requests, files, payment] = await Promise.all([
    readHappenings(sql, tenant, submission.id, limits.happenings),
    readRequests(sql, tenant, submission.id),
    readSentFiles(sql, tenant, submission.draft, limits.files),
    submission.fee.kind === 'none' ? null : paymentOf(ctx, { tenant, thing: thingOf(submission.id) }),
  ]);
  const { form, reference, title, state, office, handlerName, sentAt, decidedAt, result } = submission;
  const waited = daysWaited(waitingOf(requests), today(ctx));
  const expectedOn = submission.expectedOn && endOfPeriod(addDays(submission.expectedOn, waited));
  return {
    tenant,
    form,
    reference,
    title,
    state,
    office,
    handlerName,
    sentAt,
    expectedOn,
    decidedAt,
    result,
    happenings,
    requests,
    files: await shownFiles(ctx, tenant, files),
    payment: payment && shownPayment(payment),
    hasReceipt: submission.receiptBlob !== null,
    steps: openTo('applicant', state).filter((step) => step !== 'correct' || canCorrect(submission)),
    isCorrecting: draft.state === 'correcting',
    isFree: draft.account === null,
    link: token === accountKey(tenant, draft.id) ? null : statusLink(ctx, draft, token),
  };
}

/** Of a payment what its debtor sees. */
const shownPayment = ({ state, cents, refundedCents, expiresAt }: PaymentStatus): StatusView['payment'] => ({
  state,
  cents,
  refundedCents,
  expiresAt,
});

/** A page (a path) on which the fee can be paid, also again after it has expired: nothing has to be entered twice. */
export async function payAgain(ctx: Context, token: string): Promise<string> {
  const { tenant, submission } = await find(ctx, token);
  const payment = await paymentOf(ctx, { tenant, thing: thingOf(submission.id) });
  ensure(payment && payment.state !== 'paid' && payment.state !== 'withdrawn', 'conflict', 'forms.nothingOwed');
  return ctx.platform.db.write(tenant, (tx) => paymentPage(within(ctx, tenant), tx, { tenant, payment: payment.payment }));
}

type Move = {
  readonly step: SubmissionStep;
  readonly text: string;
  /** Whether exactly this was done already, by a second click: then nothing more happens. */
  readonly isDone?: (tx: Tx, submission: Submission) => Promise<boolean>;
  /** What else happens; resolves with what was said and how it stands then, where that is not known before. */
  readonly more?: (tx: Tx, submission: Submission) => Promise<Said | undefined>;
};

type Said = { readonly text: string; readonly state: SubmissionState };

/** One step of the applicant's in one transaction. Throws `conflict` when it is not possible now. */
async function move(ctx: Context, token: string, { step, text, isDone, more }: Move): Promise<void> {
  const { tenant, draft, submission } = await find(ctx, token);
  await ctx.platform.db.write(tenant, async (tx) => {
    const held = await lockSubmission(tx, tenant, submission.id);
    ensure(held, 'notFound', 'forms.notSent');
    if (await isDone?.(tx, held)) return;
    const usual = { text, state: submissionEdges[step].to ?? held.state };
    ensure(submissionEdges[step].from.includes(held.state), 'conflict', whyNot(held.state));
    const said = (await more?.(tx, held)) ?? usual;
    await updateSubmission(tx, { ...held, state: said.state });
    const as = onRecord(ctx, draft);
    await insertHappening(tx, tenant, held.id, { at: ctx.platform.clock.now(), step, who: whoActs(ctx, draft), text: said.text });
    await audit(tx, as, [{ action: `forms.${step}`, thing: `submission:${held.id}` }]);
    await emit(tx, as, submissionChanged, { tenant, submission: held.id, step });
  });
}

/**
 * Withdraws the application, for good. A fee that was not paid is owed no more; one that was paid is a matter of the office
 * (whether it is given back depends on what was done already). A correction that was begun is over with it.
 */
export async function withdrawSubmission(ctx: Context, token: string): Promise<void> {
  await move(ctx, token, {
    step: 'withdraw',
    text: '',
    more: async (tx, { tenant, id, state }) => {
      const payment = await paymentOf(ctx, { tenant, thing: thingOf(id), sql: tx });
      // Nobody has to set a fee for it any more; one that an official has set stays their matter.
      const isOver = payment?.state === 'awaitingFee' || (payment && state === 'unpaid');
      if (isOver) await withdrawPayment(within(ctx, tenant), tx, { tenant, payment: payment.payment }).catch(refusePaying);
      return undefined;
    },
  });
  await dropCorrection(ctx, token);
}

/** While the money is on its way nobody can say whether it arrives: first that, then the rest. */
function refusePaying(error: unknown): never {
  ensure(asFailure(error).kind !== 'conflict', 'conflict', 'forms.payingNow');
  throw error;
}

/** Corrects or adds something in the applicant's own words; what was sent stays as it was sent. Throws `conflict` after too many. */
export async function supplementSubmission(ctx: Context, token: string, text: string): Promise<void> {
  await move(ctx, token, {
    step: 'supplement',
    text: checkText(text),
    more: async (tx, { tenant, id }) => {
      const said = await countSteps(tx, tenant, id, 'supplement');
      ensure(said < limits.supplements, 'conflict', 'forms.supplementsMany', { limit: limits.supplements });
      return undefined;
    },
  });
}

type Answering = { readonly request: number; readonly text: string };

/** The answer as the office reads it: the words, and the names of the files that were sent with it; null: it was not asked. */
async function answerTo(tx: Tx, { tenant, id, draft }: Submission, { request, text }: Answering) {
  const requests = await readRequests(tx, tenant, id);
  const asked = requests.find((one) => one.id === request);
  if (!asked) return null;
  const files = await readSentFiles(tx, tenant, draft, limits.files);
  const names = files.filter(({ field }) => field === evidenceField(request)).map(({ name }) => name);
  const isOnlyFiles = text.trim() === '' && names.length > 0;
  return {
    asked,
    answer: () => [...(isOnlyFiles ? [] : [checkText(text)]), ...names].join('\n'),
    isLast: requests.every((one) => one.id === request || one.answeredAt !== null),
  };
}

/**
 * Answers what the office has asked: in words, with files, or both. As long as another question is open it goes on waiting. The same answer
 * again, by a second click, is no error. Throws `conflict` when that was answered in another way, or it is decided or withdrawn; `invalid`.
 */
export async function answerEvidence(ctx: Context, token: string, answering: Answering): Promise<void> {
  await move(ctx, token, {
    step: 'answer',
    text: answering.text,
    isDone: async (tx, submission) => {
      const found = await answerTo(tx, submission, answering);
      ensure(found, 'notFound', 'platform.notFound');
      if (found.asked.answeredAt === null) return false;
      ensure(found.asked.answer === found.answer(), 'conflict', 'forms.answeredAlready');
      return true;
    },
    more: async (tx, submission) => {
      const found = await answerTo(tx, submission, answering);
      ensure(found, 'notFound', 'platform.notFound');
      const answer = found.answer();
      await answerRequest(tx, submission.tenant, { id: answering.request, answer, at: ctx.platform.clock.now() });
      return { text: answer, state: found.isLast ? 'inProgress' : 'evidenceRequested' };
    },
  });
}

/** A download: what there is to send, and where it lies. */
export type Download = {
  readonly blob: string;
  readonly size: number;
  readonly sha256: string;
  readonly name: string;
  readonly tenant: number;
  readonly at: Date;
};

/** The receipt of what was sent with this link. Throws `notFound`, `conflict` while it is being made. */
export async function receiptOf(ctx: Context, token: string): Promise<Download> {
  const { tenant, submission } = await find(ctx, token);
  const { receiptBlob: blob, receiptSize: size, receiptSha256: sha256, reference, sentAt } = submission;
  ensure(blob !== null && size !== null && sha256 !== null, 'conflict', 'forms.receiptLater');
  return { blob, size, sha256, name: `Quittung-${reference}.pdf`, tenant, at: sentAt };
}
