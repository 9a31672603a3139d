import { paymentSucceeded } from '#modules/payments';
import { audit } from '#platform/audit';
import { type Context, systemContext } from '#platform/context';
import { emit, on } from '#platform/events';
import { enqueueAll } from '#platform/jobs';
import { type ProofNeed, proofNeed } from './assurance.ts';
import { checkTrap } from './begin.ts';
import { keptUntil, type OpenDraft, openDraft } from './draft.ts';
import { submissionChanged } from './events.ts';
import { readKey } from './gate.ts';
import { type Change, changesBetween, feeChanges, fileWords, replacedFiles } from './rules-correct.ts';
import type { Fee } from './rules-flow.ts';
import { type SummarySection, summaryOf } from './rules-summary.ts';
import { completionOf, paidKind, type SubmitInput, type Submitted, sending } from './send.ts';
import { servedIn } from './served.ts';
import { type ShownFile, shownFiles } from './shown-file.ts';
import type { Draft } from './store/draft.ts';
import {
  countSteps,
  insertHappening,
  lockSubmission,
  readIdOfDraft,
  readSubmission,
  updateSubmission,
} from './store/submission.ts';

/** Everything once more before it is sent. */
export type CheckView = {
  readonly form: string;
  readonly title: { readonly de: string; readonly en: string };
  readonly office: Draft['office'];
  readonly keptUntil: Date;
  readonly sections: readonly SummarySection[];
  readonly fee: Fee | null;
  readonly declaration: { readonly de: string; readonly en: string };
  /** Files the scanner has not found clean, and why. */
  readonly files: readonly ShownFile[];
  readonly edition: number;
  readonly last: string | null;
  /** It is the last of so many steps. */
  readonly steps: number;
  /** What differs from what was sent; null: it was not sent yet. */
  readonly changes: readonly Change[] | null;
  /** The fee would be another one: the correction goes to the office in words. */
  readonly changesFee: boolean;
  /** Whom a clerk fills it in for at the counter. */
  readonly served: string | null;
  /** How surely whoever applies must be known. */
  readonly proof: ProofNeed;
};

/** The summary, or where to go when something is missing or it was sent. */
export async function lookAtCheck(ctx: Context, token: string): Promise<CheckView | { readonly goTo: string }> {
  const open = await openDraft(ctx, token);
  const { draft, form, files, way } = open;
  if (draft.state === 'sent') return { goTo: 'status' };
  if (way.next !== null) return { goTo: way.next };
  const { title, declaration } = form.definition;
  return {
    form: draft.form,
    title,
    declaration,
    office: draft.office,
    keptUntil: keptUntil(draft),
    edition: draft.edition,
    sections: summaryOf(way, ctx.locale),
    fee: way.fee,
    files: (await shownFiles(ctx, draft.tenant, files)).filter(({ says }) => says !== 'clean'),
    last: way.pages.at(-1)?.page.key ?? null,
    steps: way.pages.length + 1,
    ...(draft.state === 'correcting' ? await changesIn(ctx, open) : { changes: null, changesFee: false }),
    served: await servedIn(ctx, draft),
    proof: await proofNeed(ctx, open),
  };
}

async function changesIn(ctx: Context, { draft: { tenant, id }, way, files, leaving }: OpenDraft) {
  const sql = ctx.platform.db.read(tenant);
  const number = await readIdOfDraft(sql, tenant, id);
  const sent = number === null ? null : await readSubmission(sql, tenant, number);
  const replaced = replacedFiles([...files, ...leaving], fileWords[ctx.locale]);
  const answers = sent ? changesBetween(sent.summary[ctx.locale], summaryOf(way, ctx.locale)) : [];
  const given = [...answers, ...replaced];
  const fee = sent && given.length > 0 ? feeChanges(sent.fee, way.fee, ctx.locale) : [];
  return { changes: [...given, ...fee], changesFee: fee.length > 0 };
}

/**
 * Sends a draft, once: freezes the answers, asks for the fee where there is one, and otherwise tells the house. Sending again what
 * was sent answers with the same submission. Whoever sends at the same moment is stored in the same transaction. Throws `conflict` when
 * something is missing, was changed in another window or costs something else than was shown; `invalid` without the declaration, or
 * when it went faster than a person reads.
 */
export async function submitDraft(ctx: Context, token: string, input: SubmitInput): Promise<Submitted> {
  checkTrap(input.trap);
  const key = readKey(ctx, token);
  return ctx.platform.db.together(key.tenant, sending, { ctx, token, key, input });
}

/** The fee is there: what was sent is now received. Hearing it twice changes nothing. */
export const settleFee = on(paymentSucceeded, 'forms.settleFee', async (ctx, { tenant, thing }) => {
  if (thing.kind !== paidKind) return;
  const own = systemContext(ctx.platform, tenant, 'forms.settleFee');
  await own.platform.db.write(tenant, async (tx) => {
    const submission = await lockSubmission(tx, tenant, Number(thing.id));
    if (!submission) return;
    const { id, state } = submission;
    const now = own.platform.clock.now();
    const note = async () => {
      await insertHappening(tx, tenant, id, { at: now, step: 'settle', who: 'house', text: '' });
      await audit(tx, own, [{ action: 'forms.settle', thing: `submission:${id}` }]);
    };
    if (state !== 'unpaid') {
      // A fee that an official has set; paid after it was withdrawn the treasury gives it back, and the application stays what it was.
      if (state === 'withdrawn' || (await countSteps(tx, tenant, id, 'settle')) > 0) return;
      await note();
      await emit(tx, own, submissionChanged, { tenant, submission: id, step: 'settle' });
      return;
    }
    await updateSubmission(tx, { ...submission, state: 'received', receivedAt: now });
    await note();
    await enqueueAll(tx, completionOf(own, submission));
  });
});
