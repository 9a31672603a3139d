import { correctDebtor } from '#modules/payments';
import { forgetScan } from '#modules/scanning';
import { audit } from '#platform/audit';
import type { Context } from '#platform/context';
import { sha256 } from '#platform/crypto';
import type { Tx } from '#platform/db';
import { ensure } from '#platform/errors';
import { emit } from '#platform/events';
import { enqueue } from '#platform/jobs';
import { settleProof } from './assurance.ts';
import { checkTrap } from './begin.ts';
import { holdDraft, type OpenDraft } from './draft.ts';
import { submissionChanged } from './events.ts';
import { accountKey, onRecord, tenantFor, whoActs, within } from './gate.ts';
import { makeReceipt } from './receipt.ts';
import { mailStatusLink } from './resume.ts';
import { changesBetween, changesInWords, feeChanges, fileWords, replacedFiles } from './rules-correct.ts';
import { canCorrect, limits, type SubmissionStep, submissionEdges, whyNot } from './rules-status.ts';
import { summaryOf } from './rules-summary.ts';
import { contentOf, debtorOf, type SubmitInput, thingOf } from './send.ts';
import { settleMarks, updateDraft } from './store/draft.ts';
import { endMailedLinks } from './store/mailed-link.ts';
import {
  correctContent,
  insertHappening,
  lockSubmission,
  readIdOfDraft,
  type Submission,
  setMail,
  updateSubmission,
} from './store/submission.ts';

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
    const edition = draft.edition + 1;
    // What a window sends that was open before, or in an earlier correction, is none of this one.
    const fresh = Object.fromEntries(Object.keys(steps).map((page) => [page, { id: '', sent: '', edition }]));
    const change = { state: 'correcting' as const, before: { answers, steps }, steps: fresh, edition };
    await updateDraft(tx, { ...draft, ...change, at: ctx.platform.clock.now() });
    await audit(tx, ...noteAs(ctx, held, 'beginCorrection'));
    return { form: draft.form };
  });
}

/** What was sent stays as it was. Twice is no error. */
export async function dropCorrection(ctx: Context, token: string): Promise<void> {
  const tenant = tenantFor(token);
  const blobs = await ctx.platform.db.write(tenant, async (tx) => {
    const held = await hold(ctx, tx, token);
    if (held.open.draft.state !== 'correcting') return [];
    const gone = await closeDraft(ctx, tx, held.open, 'dropped');
    await audit(tx, ...noteAs(ctx, held, 'dropCorrection'));
    return gone;
  });
  await removeBlobs(ctx, tenant, blobs);
}

/** What becomes of a correction. As a supplement its new files reach the office, and the former ones stay. */
type End = 'kept' | 'dropped' | 'supplement';

const goneWith: Readonly<Record<End, 'added' | 'removed' | null>> = { kept: 'removed', dropped: 'added', supplement: null };

/** The blobs that are to go after the commit. Should we die before, they are orphans, and the weekly sweep removes them. */
async function removeBlobs({ platform }: Context, tenant: number, blobs: readonly string[]): Promise<void> {
  for (const blob of blobs) await platform.blobs.remove(tenant, blob);
}

async function closeDraft(ctx: Context, tx: Tx, { draft }: OpenDraft, end: End): Promise<string[]> {
  const answers = end === 'kept' ? {} : draft.before;
  await updateDraft(tx, {
    ...draft,
    ...answers,
    state: 'sent',
    before: null,
    edition: draft.edition + 1,
    at: ctx.platform.clock.now(),
  });
  const gone = await settleMarks(tx, draft.tenant, draft.id, goneWith[end]);
  await forgetScan(tx, within(ctx, draft.tenant), gone);
  return gone;
}

/** Why a correction went to the office in words: somebody works on it already, or the fee would be another one. */
export type Supplement = 'taken' | 'fee';

/**
 * Sends the correction. When somebody has begun to work on it meanwhile, or the fee would change, it goes to the office as a supplement in
 * words, and what was sent stays: what it costs the office decides (docs/decisions/0033). Sending twice is no error. Throws `conflict`
 * when something is missing, was changed in another window, or it is decided; `invalid` without the declaration.
 */
export async function sendCorrection(ctx: Context, token: string, input: SubmitInput): Promise<CorrectionSent> {
  checkTrap(input.trap);
  const { why, blobs, linkEnded } = await settleCorrection(ctx, token, input);
  await removeBlobs(ctx, tenantFor(token), blobs);
  return { asSupplement: why, linkEnded };
}

export type CorrectionSent = {
  readonly asSupplement: Supplement | null;
  /** The link mailed to the former address opens nothing any more. */
  readonly linkEnded: boolean;
};

type Settled = { readonly why: Supplement | null; readonly blobs: readonly string[]; readonly linkEnded: boolean };

function settleCorrection(ctx: Context, token: string, input: SubmitInput): Promise<Settled> {
  return ctx.platform.db.write(tenantFor(token), async (tx) => {
    const held = await hold(ctx, tx, token);
    if (held.open.draft.state !== 'correcting') {
      ensure(held.submission.state !== 'withdrawn', 'conflict', 'forms.isWithdrawn');
      return { why: null, blobs: [], linkEnded: false };
    }
    check(held, input);
    const { open, submission } = held;
    await settleProof(ctx, tx, open);
    const content = contentOf(open);
    const { locale } = submission;
    const given = [
      ...changesBetween(submission.summary[locale], summaryOf(open.way, locale)),
      ...replacedFiles([...open.files, ...open.leaving], fileWords[locale]),
    ];
    // Where nothing was corrected, a tariff that has changed meanwhile is no news.
    const fee = given.length > 0 ? feeChanges(submission.fee, open.way.fee, locale) : [];
    const changes = [...given, ...fee];
    const why: Supplement | null = canCorrect(submission) ? (fee.length > 0 ? 'fee' : null) : 'taken';
    const asSupplement = why !== null;
    const step: SubmissionStep = asSupplement ? 'supplement' : 'correct';
    const blobs = await closeDraft(ctx, tx, open, asSupplement ? 'supplement' : 'kept');
    if (changes.length === 0) return { why: null, blobs, linkEnded: false };
    const used = { ...held, token };
    const linkEnded = content.mail !== submission.mail && (await moveLink(ctx, tx, used, content.mail));
    if (asSupplement) await setMail(tx, submission.tenant, submission.id, content.mail);
    else await replace(ctx, tx, held, content);
    const { tenant, id } = submission;
    const text = changesInWords(changes, limits.text);
    // A clerk who decides on what they have read before learns that something has come in.
    if (asSupplement) await updateSubmission(tx, submission);
    await insertHappening(tx, tenant, id, { at: ctx.platform.clock.now(), step, who: whoActs(ctx, open.draft), text });
    await audit(tx, ...noteAs(ctx, held, step));
    await emit(tx, onRecord(ctx, open.draft), submissionChanged, { tenant, submission: id, step });
    return { why, blobs, linkEnded };
  });
}

function check({ open: { draft, way }, submission }: Held, { edition, isDeclared }: SubmitInput): void {
  ensure(way.next === null, 'conflict', 'forms.incomplete');
  ensure(edition === draft.edition, 'conflict', 'forms.changedElsewhere');
  ensure(isDeclared, 'invalid', 'forms.notDeclared', { field: 'declared' });
  ensure(submissionEdges.supplement.from.includes(submission.state), 'conflict', whyNot(submission.state));
}

type Used = Held & { readonly token: string };

/**
 * The page of the address promises the link: an address that was corrected gets one, too. Whoever has the former address may be
 * anybody: the links mailed there end, but for one that was used just now: whoever comes by it has read that mail. Resolves with
 * whether one has ended.
 */
async function moveLink(ctx: Context, tx: Tx, { open: { draft }, token, submission }: Used, to: string | null): Promise<boolean> {
  const { tenant, id } = draft;
  const { title, locale } = submission;
  const ended = await endMailedLinks(tx, tenant, id, sha256(token));
  // Whoever has it in their account needs no link.
  if (to !== null && token !== accountKey(tenant, id)) await mailStatusLink(ctx, tx, { draft, to, title, locale });
  return ended > 0;
}

/** The corrected answers, also for the treasury, and a new receipt for them; the old one is swept. */
async function replace(ctx: Context, tx: Tx, { open, submission }: Held, content: ReturnType<typeof contentOf>): Promise<void> {
  const { tenant, id, edition, reference } = submission;
  await correctContent(tx, tenant, id, content);
  const debtor = debtorOf(open, content, reference);
  await correctDebtor(onRecord(ctx, open.draft), tx, { tenant, thing: thingOf(id), debtor });
  await enqueue(tx, makeReceipt, { submission: id }, { key: `receipt ${tenant} ${id} ${edition + 1}` });
}
