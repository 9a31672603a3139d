import { euros, type ItemInput, type PaymentStatus, paymentOf, paymentPage, setFee } from '#modules/payments';
import { assertReadable } from '#modules/scanning';
import { audit } from '#platform/audit';
import type { Context } from '#platform/context';
import type { Tx } from '#platform/db';
import { ensure } from '#platform/errors';
import { emit } from '#platform/events';
import { queueMail } from '#platform/mail';
import { type Page, pageLimit, readCursor, toPage } from '#platform/page';
import { fill } from '#platform/words';
import { proofOfSent, type SentProof } from './assurance.ts';
import { ownAddressIn, personOf } from './catalogue.ts';
import { submissionChanged } from './events.ts';
import { authorize } from './gate.ts';
import { officeMails } from './mail-office.ts';
import {
  checkText,
  limits,
  periodEnd,
  type SubmissionState,
  type SubmissionStep,
  submissionEdges,
  submissionStates,
  whyNot,
} from './rules-status.ts';
import { thingOf } from './send.ts';
import { readServed, type Served } from './store/counter.ts';
import { type Attachment, readSentFiles } from './store/draft.ts';
import {
  type EvidenceRequest,
  type Happening,
  insertHappening,
  insertRequest,
  lockSubmission,
  readHappenings,
  readRequests,
  readSubmission,
  readSubmissions,
  type Submission,
  type SubmissionLine,
  updateSubmission,
} from './store/submission.ts';

/** What the office does with what arrived; the pages for it belong to the room of the receiving office. */

export type SubmissionQuery = {
  readonly states?: readonly SubmissionState[];
  readonly cursor?: string | null;
  readonly limit?: number;
};

/** The submissions of the actor's offices, the oldest first. Administrators see those no office has been set for, too. */
export async function listSubmissions(ctx: Context, query: SubmissionQuery = {}): Promise<Page<SubmissionLine>> {
  const { actor } = ctx;
  const { tenant } = actor;
  authorize(actor, 'list', { tenant });
  const limit = pageLimit(query.limit, 50);
  const cursor = readCursor(query.cursor, 2);
  const rows = await readSubmissions(ctx.platform.db.read(tenant), tenant, {
    states: query.states ?? submissionStates.filter((state) => state !== 'unpaid'),
    works: actor.kind === 'account' && !actor.roles.includes('tenantAdministrator') ? actor.principals : null,
    after: cursor && [String(cursor[0]), Number(cursor[1])],
    limit: limit + 1,
  });
  return toPage(rows, limit, ({ sentAt, id }) => [sentAt.toISOString(), id]);
}

export type SubmissionView = {
  readonly submission: Submission;
  readonly files: readonly Attachment[];
  readonly happenings: readonly Happening[];
  readonly requests: readonly EvidenceRequest[];
  /** A clerk has filled it in at the counter: for whom, and how they showed who they are. */
  readonly counter: Served | null;
  /** The fee as it stands with the payments; null: it costs nothing. */
  readonly payment: PaymentStatus | null;
  /** With what it was sent; null: nothing was asked for. */
  readonly proof: SentProof | null;
  /** The question whose answer is the applicant's own address; null: none, other addresses are not theirs. */
  readonly ownAddress: string | null;
};

/** One submission with everything. Whoever reads it is noted, but not the house itself. Throws `notFound`, `forbidden`. */
export async function getSubmission(ctx: Context, id: number): Promise<SubmissionView> {
  const { tenant } = ctx.actor;
  const sql = ctx.platform.db.read(tenant);
  const submission = await readSubmission(sql, tenant, id);
  ensure(submission, 'notFound', 'platform.notFound');
  authorize(ctx.actor, 'readSubmission', { tenant, works: submission.works });
  const [files, happenings, requests, counter, payment, proof, ownAddress] = await Promise.all([
    readSentFiles(sql, tenant, submission.draft, limits.files),
    readHappenings(sql, tenant, id, limits.happenings),
    readRequests(sql, tenant, id),
    readServed(sql, tenant, submission.draft),
    submission.fee.kind === 'none' ? null : paymentOf(ctx, { tenant, thing: thingOf(id) }),
    proofOfSent(ctx, submission),
    ownAddressIn(ctx, submission),
  ]);
  if (ctx.actor.kind !== 'system')
    await ctx.platform.db.write(tenant, (tx) => audit(tx, ctx, [{ action: 'forms.read', thing: `submission:${id}` }]));
  return { submission, files, happenings, requests, counter, payment, proof, ownAddress };
}

/** An attachment that may be handed out. Throws as `assertReadable` for one that was not found clean; `notFound`. */
export async function readableAttachment(
  ctx: Context,
  { submission, attachment, atOwnRisk = false }: { submission: number; attachment: number; atOwnRisk?: boolean },
): Promise<Attachment> {
  const { files } = await getSubmission(ctx, submission);
  const file = files.find(({ id }) => id === attachment);
  ensure(file, 'notFound', 'platform.notFound');
  await assertReadable(ctx, file.blob, { atOwnRisk });
  return file;
}

type Move = {
  readonly step: SubmissionStep;
  readonly text?: string;
  /** What changes besides the state. */
  readonly change?: (
    submission: Submission,
  ) => Partial<Pick<Submission, 'works' | 'handler' | 'handlerName' | 'expectedOn' | 'decidedAt' | 'result'>>;
  readonly more?: (tx: Tx, submission: Submission) => Promise<void>;
  readonly also?: Alongside | undefined;
};

/**
 * What a room above does in the same transaction, with the submission and what was asked as they stand after the step: both happen, or
 * neither.
 */
export type Alongside = (tx: Tx, submission: Submission, requests: readonly EvidenceRequest[]) => Promise<void>;

/** One step of the office's. Throws `conflict` when it is not possible now, `forbidden` for other offices. */
async function move(ctx: Context, id: number, { step, text = '', change, more, also }: Move): Promise<void> {
  const { tenant } = ctx.actor;
  await ctx.platform.db.write(tenant, async (tx) => {
    const held = await lockSubmission(tx, tenant, id);
    ensure(held, 'notFound', 'platform.notFound');
    authorize(ctx.actor, 'workOn', { tenant, works: held.works });
    ensure(submissionEdges[step].from.includes(held.state), 'conflict', whyNot(held.state));
    const next = { ...held, ...change?.(held), state: submissionEdges[step].to ?? held.state };
    await updateSubmission(tx, next);
    await more?.(tx, held);
    if (also) await also(tx, { ...next, edition: held.edition + 1 }, await readRequests(tx, tenant, id));
    await insertHappening(tx, tenant, id, { at: ctx.platform.clock.now(), step, who: personOf(ctx.actor).name, text });
    await audit(tx, ctx, [{ action: `forms.${step}`, thing: `submission:${id}` }]);
    await emit(tx, ctx, submissionChanged, { tenant, submission: id, step });
  });
}

/** Takes a submission on, also from a colleague. The applicant sees who has it. */
export async function takeSubmission(ctx: Context, id: number, also?: Alongside): Promise<void> {
  const { actor } = ctx;
  const handler = actor.kind === 'account' ? actor.account : null;
  await move(ctx, id, { step: 'take', change: () => ({ handler, handlerName: personOf(actor).name }), also });
}

/** Gives it to a colleague; the caller has made sure that they belong to the office. */
export async function assignSubmission(
  ctx: Context,
  id: number,
  { account: handler, name: handlerName, also }: { account: number; name: string; also?: Alongside },
): Promise<void> {
  await move(ctx, id, { step: 'assign', change: () => ({ handler, handlerName }), also });
}

/** Gives it back to the office. */
export async function handBackSubmission(ctx: Context, id: number, also?: Alongside): Promise<void> {
  await move(ctx, id, { step: 'handBack', change: () => ({ handler: null, handlerName: '' }), also });
}

type Asking = { readonly text: string; readonly days?: number; readonly dueOn?: string; readonly also?: Alongside };

/** Asks the applicant for something that is missing. @param days for the answer, unless it is due on a day (`2026-12-07`) */
export async function askForEvidence(
  ctx: Context,
  id: number,
  { text, days = limits.answerDays, dueOn, also }: Asking,
): Promise<void> {
  const clean = checkText(text);
  const askedAt = ctx.platform.clock.now();
  const day = dueOn ?? periodEnd(askedAt, days);
  await move(ctx, id, {
    step: 'ask',
    text: clean,
    also,
    more: async (tx, submission) => {
      const before = await readRequests(tx, submission.tenant, id);
      const isTwice = before.some((one) => one.answeredAt === null && one.text === clean);
      ensure(!isTwice, 'conflict', 'forms.askedAlready');
      await insertRequest(tx, submission.tenant, { submission: id, text: clean, askedAt, dueOn: day });
      await tell(ctx, tx, submission, 'asked');
    },
  });
}

/**
 * Says what it costs, where the form left that to an official: the applicant gets a mail with a link to pay, and sees it with their own.
 * Throws `conflict` when the fee is known already or there is none to set, `invalid` for wrong items.
 */
export async function setSubmissionFee(
  ctx: Context,
  id: number,
  { items, also }: { readonly items: readonly ItemInput[]; readonly also?: Alongside },
): Promise<void> {
  const sum = items.reduce((cents, item) => cents + item.cents * (item.quantity ?? 1), 0);
  await move(ctx, id, {
    step: 'setFee',
    text: `${euros(sum)} €`,
    also,
    more: async (tx, submission) => {
      const { tenant } = submission;
      const payment = await paymentOf(ctx, { tenant, thing: thingOf(id), sql: tx });
      ensure(payment?.state === 'awaitingFee', 'conflict', 'forms.feeNotAwaited');
      await setFee(ctx, tx, { tenant, payment: payment.payment, items });
      const page = await paymentPage(ctx, tx, { tenant, payment: payment.payment });
      await tell(ctx, tx, submission, 'fee', { link: `${ctx.platform.config.url}${page}`, sum: euros(sum, submission.locale) });
    },
  });
}

type Consulting = { readonly submission: number; readonly step: 'consult' | 'consulted'; readonly office: string };

/**
 * Writes into the history that another office was asked for its statement, or has given it: the applicant sees which, and not what. In the
 * caller's transaction, which holds the submission from here on. Throws `conflict` when there is nothing to ask any more.
 */
export async function noteStatement(tx: Tx, ctx: Context, { submission: id, step, office }: Consulting): Promise<void> {
  const { tenant } = ctx.actor;
  const held = await lockSubmission(tx, tenant, id);
  ensure(held, 'notFound', 'platform.notFound');
  authorize(ctx.actor, 'workOn', { tenant, works: held.works });
  ensure(submissionEdges[step].from.includes(held.state), 'conflict', whyNot(held.state));
  const who = step === 'consult' ? personOf(ctx.actor).name : 'house';
  await insertHappening(tx, tenant, id, { at: ctx.platform.clock.now(), step, who, text: office });
}

/** Decides: the result in the office's words. The notice itself is a letter of its own. */
export async function decideSubmission(ctx: Context, id: number, result: string, also?: Alongside): Promise<void> {
  const clean = checkText(result);
  await move(ctx, id, {
    step: 'decide',
    text: clean,
    change: () => ({ result: clean, decidedAt: ctx.platform.clock.now() }),
    also,
    more: (tx, submission) => tell(ctx, tx, submission, 'decided'),
  });
}

/** Nothing is left to do. */
export async function closeSubmission(ctx: Context, id: number, also?: Alongside): Promise<void> {
  await move(ctx, id, { step: 'close', also });
}

/** Says by mail that there is something to look at; the text itself stays here. */
export async function tell(
  ctx: Context,
  tx: Tx,
  { mail, locale, reference }: Submission,
  ...[what, more = {}]: [what: 'asked' | 'decided' | 'fee' | 'refund', more?: Readonly<Record<string, string>>]
): Promise<void> {
  if (mail === null) return;
  const { subject, ...bodies } = officeMails[locale];
  await queueMail(tx, ctx, {
    to: mail,
    subject: fill(subject, { reference }, locale),
    body: fill(bodies[what], { reference, ...more }, locale),
  });
}
