import { audit } from '#platform/audit';
import type { Context } from '#platform/context';
import type { Tx } from '#platform/db';
import { ensure } from '#platform/errors';
import { emit } from '#platform/events';
import { enqueue } from '#platform/jobs';
import { settleProof } from './assurance.ts';
import { checkTrap } from './begin.ts';
import { holdDraft, type OpenDraft } from './draft.ts';
import { submissionChanged } from './events.ts';
import { onRecord, tenantFor, whoActs } from './gate.ts';
import { makeReceipt } from './receipt.ts';
import { changesBetween, changesInWords } from './rules-correct.ts';
import type { Fee } from './rules-flow.ts';
import { canCorrect, limits, type SubmissionStep, submissionEdges } from './rules-status.ts';
import { summaryOf } from './rules-summary.ts';
import { contentOf, type SubmitInput } from './send.ts';
import { updateDraft } from './store/draft.ts';
import { correctContent, insertHappening, lockSubmission, readIdOfDraft, type Submission } from './store/submission.ts';

/** Correcting what was sent, as long as nobody works on it. What was sent holds until the correction is sent, too. */

type Held = { readonly open: OpenDraft; readonly submission: Submission };

async function hold(ctx: Context, tx: Tx, token: string): Promise<Held> {
  const open = await holdDraft(ctx, tx, token);
  const { tenant, id } = open.draft;
  const number = await readIdOfDraft(tx, tenant, id);
  const submission = number === null ? null : await lockSubmission(tx, tenant, number);
  ensure(submission, 'conflict', 'forms.notSent');
  return { open, submission };
}

const noteAs = (ctx: Context, { open: { draft }, submission }: Held, step: string) =>
  [onRecord(ctx, draft), [{ action: `forms.${step}`, thing: `submission:${submission.id}` }]] as const;

/** Opens the answers once more. Going on with a correction is no error. Throws `conflict` once somebody has taken it, `notFound`. */
export async function beginCorrection(ctx: Context, token: string): Promise<{ readonly form: string }> {
  return ctx.platform.db.write(tenantFor(token), async (tx) => {
    const held = await hold(ctx, tx, token);
    const { draft } = held.open;
    if (draft.state === 'correcting') return { form: draft.form };
    ensure(canCorrect(held.submission), 'conflict', 'forms.takenAlready');
    const { answers, steps } = draft;
    const change = { state: 'correcting' as const, before: { answers, steps }, edition: draft.edition + 1 };
    await updateDraft(tx, { ...draft, ...change, at: ctx.platform.clock.now() });
    await audit(tx, ...noteAs(ctx, held, 'beginCorrection'));
    return { form: draft.form };
  });
}

/** What was sent stays as it was. Twice is no error. */
export async function dropCorrection(ctx: Context, token: string): Promise<void> {
  await ctx.platform.db.write(tenantFor(token), async (tx) => {
    const held = await hold(ctx, tx, token);
    if (held.open.draft.state !== 'correcting') return;
    await closeDraft(ctx, tx, held.open, false);
    await audit(tx, ...noteAs(ctx, held, 'dropCorrection'));
  });
}

async function closeDraft(ctx: Context, tx: Tx, { draft }: OpenDraft, isKept: boolean): Promise<void> {
  const answers = isKept ? {} : draft.before;
  await updateDraft(tx, {
    ...{ ...draft, ...answers, state: 'sent', before: null, edition: draft.edition + 1, at: ctx.platform.clock.now() },
  });
}

const feeOf = (fee: Fee | null) => (fee?.kind === 'sum' ? fee.cents : (fee?.kind ?? null));

/**
 * Sends the correction. When somebody has begun to work on it meanwhile, it goes to them as a supplement in words, and what was sent stays.
 * Sending twice is no error. Throws `conflict` when something is missing, was changed in another window, would change the fee, or it is
 * decided; `invalid` without the declaration.
 */
export async function sendCorrection(
  ctx: Context,
  token: string,
  input: SubmitInput,
): Promise<{ readonly asSupplement: boolean }> {
  checkTrap(input.trap);
  return ctx.platform.db.write(tenantFor(token), async (tx) => {
    const held = await hold(ctx, tx, token);
    if (held.open.draft.state !== 'correcting') return { asSupplement: false };
    check(held, input);
    const { open, submission } = held;
    await settleProof(ctx, tx, open);
    const content = contentOf(open);
    const changes = changesBetween(submission.summary[submission.locale], summaryOf(open.way, submission.locale));
    const asSupplement = !canCorrect(submission);
    const step: SubmissionStep = asSupplement ? 'supplement' : 'correct';
    await closeDraft(ctx, tx, open, !asSupplement);
    if (changes.length === 0) return { asSupplement: false };
    if (!asSupplement) await replace(tx, submission, content);
    const { tenant, id } = submission;
    const text = changesInWords(changes, limits.text);
    await insertHappening(tx, tenant, id, { at: ctx.platform.clock.now(), step, who: whoActs(ctx, open.draft), text });
    await audit(tx, ...noteAs(ctx, held, step));
    await emit(tx, onRecord(ctx, open.draft), submissionChanged, { tenant, submission: id, step });
    return { asSupplement };
  });
}

function check({ open: { draft, way }, submission }: Held, { edition, isDeclared }: SubmitInput): void {
  ensure(way.next === null, 'conflict', 'forms.incomplete');
  ensure(edition === draft.edition, 'conflict', 'forms.changedElsewhere');
  ensure(isDeclared, 'invalid', 'forms.notDeclared', { field: 'declared' });
  ensure(feeOf(way.fee) === feeOf(submission.fee), 'conflict', 'forms.correctionFee');
  ensure(submissionEdges.supplement.from.includes(submission.state), 'conflict', 'forms.stepImpossible');
}

/** The corrected answers, and a new receipt for them; the old one is swept. */
async function replace(tx: Tx, { tenant, id, edition }: Submission, content: ReturnType<typeof contentOf>): Promise<void> {
  await correctContent(tx, tenant, id, content);
  await enqueue(tx, makeReceipt, { submission: id }, { key: `receipt ${tenant} ${id} ${edition + 1}` });
}
