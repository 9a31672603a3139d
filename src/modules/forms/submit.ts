import { randomBytes } from 'node:crypto';
import { type OpenedPayment, openPayment, paymentSucceeded } from '#modules/payments';
import { audit } from '#platform/audit';
import { type Context, systemContext } from '#platform/context';
import type { Tx } from '#platform/db';
import { ensure, Failure } from '#platform/errors';
import { emit, on } from '#platform/events';
import { enqueue } from '#platform/jobs';
import { queueMail } from '#platform/mail';
import { fill } from '#platform/words';
import { type ProofNeed, proofNeed, settleProof } from './assurance.ts';
import { checkTrap } from './begin.ts';
import { holdDraft, keptUntil, type OpenDraft, openDraft, today } from './draft.ts';
import { formSubmitted, submissionChanged } from './events.ts';
import { accountKey, counterKey, counterToken, onRecord, tenantFor, whoActs, within } from './gate.ts';
import { mailTexts } from './mail-texts.ts';
import { makeReceipt } from './receipt.ts';
import { type Change, changesBetween } from './rules-correct.ts';
import type { Fee, Walk } from './rules-flow.ts';
import { inDays, limits } from './rules-status.ts';
import { dataOf, type SummarySection, summaryOf } from './rules-summary.ts';
import { servedIn } from './served.ts';
import { type ShownFile, shownFiles } from './shown-file.ts';
import { type Draft, updateDraft } from './store/draft.ts';
import {
  type Content,
  hasHappened,
  insertHappening,
  insertSubmission,
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
  /** What differs from what was sent; null: it was not sent yet. */
  readonly changes: readonly Change[] | null;
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
    ...{ form: draft.form, title, declaration, office: draft.office, keptUntil: keptUntil(draft), edition: draft.edition },
    ...{ sections: summaryOf(way, ctx.locale), fee: way.fee },
    files: (await shownFiles(ctx, draft.tenant, files)).filter(({ says }) => says !== 'clean'),
    last: way.pages.at(-1)?.page.key ?? null,
    changes: draft.state === 'correcting' ? await changesIn(ctx, draft, way) : null,
    served: await servedIn(ctx, draft),
    proof: await proofNeed(ctx, open),
  };
}

async function changesIn(ctx: Context, { tenant, id }: Draft, way: Walk): Promise<Change[]> {
  const sql = ctx.platform.db.read(tenant);
  const number = await readIdOfDraft(sql, tenant, id);
  const sent = number === null ? null : await readSubmission(sql, tenant, number);
  return sent ? changesBetween(sent.summary[ctx.locale], summaryOf(way, ctx.locale)) : [];
}

export type SubmitInput = {
  /** Edition of the draft that was shown. */
  readonly edition: number;
  /** The sum in cents that was shown; null: none. */
  readonly cents: number | null;
  readonly isDeclared: boolean;
  readonly trap: string;
};

export type Submitted = {
  readonly reference: string;
  /** Page (a path) on which the fee is paid; null: nothing is owed now. */
  readonly payment: string | null;
};

/**
 * Sends a draft, once: freezes the answers, asks for the fee where there is one, and otherwise tells the house. Sending again what
 * was sent answers with the same submission. Throws `conflict` when something is missing, was changed in another window or costs
 * something else than was shown; `invalid` without the declaration, or when it went faster than a person reads.
 */
export async function submitDraft(ctx: Context, token: string, input: SubmitInput): Promise<Submitted> {
  checkTrap(input.trap);
  const tenant = tenantFor(token);
  return ctx.platform.db.write(tenant, async (tx) => {
    const open = await holdDraft(ctx, tx, token);
    if (open.draft.state !== 'open') return sentBefore(ctx, tx, open);
    checkSending(ctx, open, input);
    await settleProof(ctx, tx, open);
    const id = await freeze(ctx, tx, open);
    const submission = await lockSubmission(tx, tenant, id);
    ensure(submission, 'internal', 'platform.internal');
    const now = ctx.platform.clock.now();
    await updateDraft(tx, { ...open.draft, state: 'sent', edition: open.draft.edition + 1, at: now });
    await insertHappening(tx, tenant, id, { at: now, step: 'send', who: whoActs(ctx, open.draft), text: '' });
    const opened = submission.fee.kind === 'none' ? null : await askForFee(ctx, tx, { open, submission });
    // What an office has yet to say is not owed now.
    const payment = submission.state === 'unpaid' ? opened : null;
    const details = { form: submission.form, version: submission.version, reference: submission.reference };
    await audit(tx, onRecord(ctx, open.draft), [{ action: 'forms.submit', thing: `submission:${id}`, details }]);
    if (payment === null) await complete(within(ctx, tenant), tx, submission);
    const isOwn = token === accountKey(tenant, open.draft.id);
    await writeTo(ctx, tx, { link: statusLink(ctx, open.draft, token), isOwn, submission, isPaid: payment === null });
    return { reference: submission.reference, payment: payment?.page ?? null };
  });
}

function checkSending(ctx: Context, { draft, way, files }: OpenDraft, { edition, cents, isDeclared }: SubmitInput): void {
  ensure(way.next === null, 'conflict', 'forms.incomplete');
  ensure(edition === draft.edition, 'conflict', 'forms.changedElsewhere');
  ensure(isDeclared, 'invalid', 'forms.notDeclared', { field: 'declared' });
  const seconds = (ctx.platform.clock.now().getTime() - draft.begunAt.getTime()) / 1000;
  ensure(seconds >= limits.leastSeconds, 'invalid', 'forms.tooFast');
  ensure(way.fee !== null, 'conflict', 'forms.feeUnknown');
  const owed = way.fee.kind === 'sum' ? way.fee.cents : null;
  ensure(owed === cents, 'conflict', 'forms.feeChanged');
  ensure(
    files.every(({ state }) => state !== 'infected'),
    'conflict',
    'forms.incomplete',
  );
}

type Row = NonNullable<Awaited<ReturnType<typeof lockSubmission>>>;

async function sentBefore(ctx: Context, tx: Tx, open: OpenDraft): Promise<Submitted> {
  const { tenant, id } = open.draft;
  const known = await readIdOfDraft(tx, tenant, id);
  const submission = known === null ? null : await lockSubmission(tx, tenant, known);
  ensure(submission, 'internal', 'platform.internal');
  const payment = submission.state === 'unpaid' ? await askForFee(ctx, tx, { open, submission }) : null;
  return { reference: submission.reference, payment: payment?.page ?? null };
}

const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** For people to read out: no letter in it is mistaken for another one. */
function makeReference(form: string, year: number): string {
  const random = Array.from(randomBytes(7), (byte) => letters[byte & 31]).join('');
  return `${form.replaceAll('-', '').slice(0, 3).toUpperCase()}-${year}-${random}`;
}

/** The answers as they are frozen: for programs, for people, and what the house itself reads of them. */
export function contentOf({ form: { definition }, way }: OpenDraft): Content {
  const data = dataOf(way);
  const answer = (key: string | undefined) => (key && typeof data[key] === 'string' ? data[key] : '');
  const applicant = definition.contact.name.map(answer).filter(Boolean).join(' ');
  const mail = answer(definition.contact.mail) || null;
  return { data, applicant, mail, summary: { de: summaryOf(way, 'de'), en: summaryOf(way, 'en') } };
}

async function freeze(ctx: Context, tx: Tx, open: OpenDraft): Promise<number> {
  const { draft, form, way } = open;
  const { definition, overlay } = form;
  const now = ctx.platform.clock.now();
  const isUnpaid = way.fee?.kind === 'sum';
  const row = {
    ...{ tenant: draft.tenant, draft: draft.id, form: draft.form, version: draft.version, title: definition.title },
    ...{ ...contentOf(open), state: isUnpaid ? ('unpaid' as const) : ('received' as const) },
    ...{ fee: way.fee ?? { kind: 'none' as const }, office: draft.office, works: overlay.office, locale: ctx.locale },
    ...{ sentAt: now, receivedAt: isUnpaid ? null : now },
    expectedOn: inDays(now, definition.days),
  };
  for (let attempt = 0; attempt < limits.references; attempt += 1) {
    const id = await insertSubmission(tx, { ...row, reference: makeReference(draft.form, Number(today(ctx).slice(0, 4))) });
    if (id !== null) return id;
  }
  throw new Failure('internal', 'platform.internal');
}

/** What a payment says it is for. */
const paidKind = 'submission';

/** A submission as its payment knows it. */
export const thingOf = (submission: number) => ({ kind: paidKind, id: String(submission) });

type Owed = { readonly open: OpenDraft; readonly submission: Row };

async function askForFee(ctx: Context, tx: Tx, { open, submission }: Owed): Promise<OpenedPayment> {
  const { fee, title, locale, applicant, reference, tenant } = submission;
  const { address } = open.form.definition.contact;
  const part = (name: string) => String(submission.data[`${address}.${name}`] ?? '');
  const items = fee.kind === 'sum' ? fee.lines.map(({ label, cents }) => ({ text: label[locale], cents })) : null;
  return openPayment(within(ctx, tenant), tx, {
    ...{ tenant, thing: thingOf(submission.id), items, locale },
    purpose: `${title[locale]}, ${reference}`.slice(0, 250),
    debtor: {
      name: (applicant || reference).slice(0, 100),
      ...(address && { street: `${part('street')} ${part('number')}`.trim(), postcode: part('postcode'), town: part('town') }),
      ...(submission.mail && { mail: submission.mail }),
    },
    // The way back must not carry the applicant's secret into another room's rows.
    returnTo: '/antrag/weiter',
  });
}

/** It is complete: the house hears of it, and the receipt is made. */
async function complete(ctx: Context, tx: Tx, { tenant, id, form, reference }: Row): Promise<void> {
  await emit(tx, ctx, formSubmitted, { tenant, submission: id, form, reference });
  await enqueue(tx, makeReceipt, { submission: id }, { key: `receipt ${tenant} ${id}` });
}

/** Where its applicant looks at it: with the key they have used; of what a clerk has filled in, with the one on their paper. */
export function statusLink(ctx: Context, { tenant, id }: Draft, token: string): string {
  const key = token === counterKey(tenant, id) ? counterToken(ctx, tenant, id) : token;
  return `${ctx.platform.config.url}/antrag/status/${key}`;
}

type Letter = { readonly link: string; readonly isOwn: boolean; readonly submission: Row; readonly isPaid: boolean };

async function writeTo(ctx: Context, tx: Tx, { link, isOwn, submission, isPaid }: Letter): Promise<void> {
  const { mail, locale, reference, title, office, expectedOn } = submission;
  if (mail === null) return;
  const { subject, sent, unpaid, keepLink, keepOwn } = mailTexts[locale];
  const values = {
    reference,
    title: title[locale],
    office: office.name,
    link,
    day: expectedOn ?? '',
    keep: isOwn ? keepOwn : keepLink,
  };
  const body = fill(isPaid ? sent : unpaid, values, locale);
  await queueMail(tx, ctx, { to: mail, subject: fill(subject, values, locale), body });
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
      if (state === 'withdrawn' || (await hasHappened(tx, tenant, id, 'settle'))) return;
      await note();
      await emit(tx, own, submissionChanged, { tenant, submission: id, step: 'settle' });
      return;
    }
    await updateSubmission(tx, { ...submission, state: 'received', receivedAt: now });
    await note();
    await complete(own, tx, submission);
  });
});
