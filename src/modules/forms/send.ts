import { randomBytes } from 'node:crypto';
import { type OpenedPayment, openPayment, type PaymentInput } from '#modules/payments';
import { auditAll } from '#platform/audit';
import type { Context } from '#platform/context';
import { dayInWords } from '#platform/day-words';
import type { Together, Tx } from '#platform/db';
import { ensure, Failure } from '#platform/errors';
import { newsOf } from '#platform/events';
import { enqueueAll, type Wanted } from '#platform/jobs';
import { type Mail, queueMails } from '#platform/mail';
import { fill } from '#platform/words';
import { settleProof } from './assurance.ts';
import { holdDrafts, type OpenDraft, today } from './draft.ts';
import { formSubmitted } from './events.ts';
import { accountKey, counterKey, counterToken, makeToken, type Opener, onRecord, whoActs, within } from './gate.ts';
import { mailTexts } from './mail-texts.ts';
import { makeReceipt } from './receipt.ts';
import { limits, periodEnd } from './rules-status.ts';
import { dataOf, summaryOf } from './rules-summary.ts';
import { closeDrafts, type Draft } from './store/draft.ts';
import { insertMailedLinks } from './store/mailed-link.ts';
import {
  type Content,
  insertFirstHappenings,
  insertSubmissions,
  lockSubmission,
  type NewSubmission,
  readSentOf,
  type Submission,
} from './store/submission.ts';

/**
 * Sending, for all who send to one authority at the same moment: one transaction, one commit, one step of its audit trail
 * (docs/decisions/0027). Who is refused is told so and stores nothing; what goes wrong otherwise undoes all of them, and each is sent
 * again alone.
 */

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

/** Somebody who sends a draft, and what opens it. */
export type Sending = { readonly ctx: Context; readonly token: string; readonly key: Opener; readonly input: SubmitInput };

export const sending: Together<Sending, Submitted> = { name: 'forms.submit', most: 32, run: sendAll };

type Accepted = Sending & { readonly open: OpenDraft };

async function sendAll(tx: Tx, items: readonly Sending[]): Promise<(Submitted | Failure)[]> {
  const [{ ctx, key }] = items as readonly [Sending];
  const keys = items.map((item) => item.key);
  const opened = await holdDrafts(ctx, tx, keys);
  const accepted = new Map<number, Accepted>();
  const refused = new Map<Sending, Failure>();
  for (const [index, item] of items.entries()) {
    const open = opened[index] ?? null;
    // Sent before, or by a second click in this very moment: the answer is the same.
    if (open && (open.draft.state !== 'open' || accepted.has(open.draft.id))) continue;
    const verdict = await judge(tx, item, open);
    if (verdict instanceof Failure) refused.set(item, verdict);
    else accepted.set(verdict.open.draft.id, verdict);
  }
  const before = opened.flatMap((open, index) =>
    open && open.draft.state !== 'open' ? [{ ...(items[index] as Sending), open }] : [],
  );
  const sent = new Map([...(await sentBefore(tx, key.tenant, before)), ...(await storeAll(tx, key.tenant, accepted))]);
  return items.map((item, index) => refused.get(item) ?? (sent.get(opened[index]?.draft.id ?? 0) as Submitted));
}

/** Whether it can be sent as it is; puts on record how its applicant is known. */
async function judge(tx: Tx, item: Sending, open: OpenDraft | null): Promise<Accepted | Failure> {
  try {
    ensure(open, 'notFound', 'forms.linkUnknown');
    checkSending(item, open);
    await settleProof(item.ctx, tx, open);
    return { ...item, open };
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

function checkSending({ ctx, input: { edition, cents, isDeclared } }: Sending, { draft, way, files }: OpenDraft): void {
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

type Answers = (readonly [draft: number, answer: Submitted])[];

/** What was made of drafts that were sent before; who still owes the fee gets a further link to its page. */
async function sentBefore(tx: Tx, tenant: number, again: readonly Accepted[]): Promise<Answers> {
  if (again.length === 0) return [];
  const by = new Map(again.map((item) => [item.open.draft.id, item]));
  const answers: Answers = [];
  for (const { draft, id, reference, state } of await readSentOf(tx, tenant, [...by.keys()])) {
    const submission = state === 'unpaid' ? await lockSubmission(tx, tenant, id) : null;
    const payment = submission?.state === 'unpaid' ? await askForFee(tx, by.get(draft) as Accepted, submission) : null;
    answers.push([draft, { reference, payment: payment?.page ?? null }]);
  }
  ensure(answers.length === by.size, 'internal', 'platform.internal');
  return answers;
}

/** A submission as it has just been made. */
type Made = NewSubmission & Pick<Submission, 'id'>;
type Stored = Accepted & {
  readonly submission: Made;
  /** The link in the mail to its applicant; null: there is no mail, or it leads to their account. */
  readonly mailed: ReturnType<typeof makeToken> | null;
};

async function storeAll(tx: Tx, tenant: number, accepted: ReadonlyMap<number, Accepted>): Promise<Answers> {
  const [first] = accepted.values();
  if (!first) return [];
  const { platform } = first.ctx;
  const now = platform.clock.now();
  const stored = await freeze(tx, tenant, [...accepted.values()]);
  const asked = new Map<Stored, OpenedPayment>();
  for (const item of stored) if (item.submission.fee.kind !== 'none') asked.set(item, await askForFee(tx, item, item.submission));
  const received = stored.filter(({ submission }) => submission.state === 'received');
  await queueMails(tx, first.ctx, stored.flatMap(mailOf));
  await Promise.all([
    closeDrafts(tx, tenant, [...accepted.keys()], now),
    insertMailedLinks(
      tx,
      tenant,
      stored.flatMap(({ open, mailed }) => (mailed ? { draft: open.draft.id, hash: mailed.hash } : [])),
    ),
    insertFirstHappenings(
      tx,
      tenant,
      stored.map((item) => happeningOf(item, now)),
    ),
    enqueueAll(
      tx,
      received.flatMap(({ ctx, submission }) => completionOf(within(ctx, tenant), submission)),
    ),
    auditAll(tx, stored.map(entryOf)),
  ]);
  return stored.map((item) => {
    const { draft, reference, state } = item.submission;
    // What an office has yet to say is not owed now.
    return [draft, { reference, payment: state === 'unpaid' ? (asked.get(item)?.page ?? null) : null }];
  });
}

const happeningOf = ({ ctx, open, submission }: Stored, at: Date) => ({
  submission: submission.id,
  at,
  step: 'send',
  who: whoActs(ctx, open.draft),
  text: '',
});

function entryOf({ ctx, open, submission: { id, form, version, reference } }: Stored) {
  const entry = { action: 'forms.submit', thing: `submission:${id}`, details: { form, version, reference } };
  return { ctx: onRecord(ctx, open.draft), entry };
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

function rowOf({ ctx, open }: Accepted): Omit<NewSubmission, 'reference'> {
  const { draft, form, way } = open;
  const { definition, overlay } = form;
  const now = ctx.platform.clock.now();
  const isUnpaid = way.fee?.kind === 'sum';
  return {
    tenant: draft.tenant,
    draft: draft.id,
    form: draft.form,
    version: draft.version,
    title: definition.title,
    ...contentOf(open),
    state: isUnpaid ? ('unpaid' as const) : ('received' as const),
    fee: way.fee ?? { kind: 'none' as const },
    office: draft.office,
    works: overlay.office,
    locale: ctx.locale,
    sentAt: now,
    receivedAt: isUnpaid ? null : now,
    expectedOn: periodEnd(now, definition.days),
  };
}

async function freeze(tx: Tx, tenant: number, accepted: readonly Accepted[]): Promise<Stored[]> {
  const stored: Stored[] = [];
  let left = accepted.map((item) => ({ item, row: rowOf(item) }));
  for (let attempt = 0; left.length > 0; attempt += 1) {
    ensure(attempt < limits.references, 'internal', 'platform.internal');
    const named = left.map(({ item, row }) => {
      const year = Number(today(item.ctx).slice(0, 4));
      return { item, row: { ...row, reference: makeReference(row.form, year) } };
    });
    const ids = await insertSubmissions(
      tx,
      tenant,
      named.map(({ row }) => row),
    );
    for (const { item, row } of named) {
      const id = ids.get(row.draft);
      if (id !== undefined) stored.push({ ...item, submission: { ...row, id }, mailed: mailedLink(item, row) });
    }
    left = left.filter(({ row }) => !ids.has(row.draft));
  }
  return stored;
}

/** What a payment says it is for. */
export const paidKind = 'submission';

/** A submission as its payment knows it. */
export const thingOf = (submission: number) => ({ kind: paidKind, id: String(submission) });

async function askForFee(tx: Tx, { ctx, open }: Accepted, submission: Made): Promise<OpenedPayment> {
  const { fee, title, locale, reference, tenant } = submission;
  const items = fee.kind === 'sum' ? fee.lines.map(({ label, cents }) => ({ text: label[locale], cents })) : null;
  return openPayment(within(ctx, tenant), tx, {
    tenant,
    thing: thingOf(submission.id),
    thingName: reference,
    items,
    locale,
    purpose: title[locale].slice(0, 250),
    debtor: debtorOf(open, submission, reference),
    // The way back must not carry the applicant's secret into another room's rows.
    returnTo: '/antrag/weiter',
  });
}

/** Who owes the fee of an application: whoever it is from, as its answers say. */
export function debtorOf(
  { form: { definition } }: OpenDraft,
  { data, applicant, mail }: Pick<Content, 'data' | 'applicant' | 'mail'>,
  reference: string,
): PaymentInput['debtor'] {
  const { address } = definition.contact;
  const part = (name: string) => String(data[`${address}.${name}`] ?? '');
  return {
    name: applicant || reference,
    ...(address && { street: `${part('street')} ${part('number')}`.trim(), postcode: part('postcode'), town: part('town') }),
    ...(mail && { mail }),
  };
}

/** What follows when a submission is complete: the house hears of it, and the receipt is made. */
export function completionOf(ctx: Context, { tenant, id, form, reference }: Made): Wanted[] {
  const receipt: Wanted = { job: makeReceipt as Wanted['job'], payload: { submission: id }, key: `receipt ${tenant} ${id}` };
  return [...newsOf(ctx, formSubmitted, { tenant, submission: id, form, reference }), receipt];
}

/** Where its applicant looks at it: with the key they have used; of what a clerk has filled in, with the one on their paper. */
export function statusLink(ctx: Context, { tenant, id }: Draft, token: string): string {
  const key = token === counterKey(tenant, id) ? counterToken(ctx, tenant, id) : token;
  return `${ctx.platform.config.url}/antrag/status/${key}`;
}

/** An address may be mistyped: what stands in its mail is another link than the applicant's own, and can be ended alone. */
const mailedLink = ({ token, open: { draft } }: Accepted, { mail }: NewSubmission): Stored['mailed'] =>
  mail === null || token === accountKey(draft.tenant, draft.id) ? null : makeToken(draft.tenant);

function mailOf({ ctx, token, open: { draft }, submission, mailed }: Stored): Mail[] {
  const { mail, locale, reference, title, office, expectedOn, state } = submission;
  if (mail === null) return [];
  const { subject, sent, unpaid, keepLink, keepOwn } = mailTexts[locale];
  const values = {
    reference,
    title: title[locale],
    office: office.name,
    link: statusLink(ctx, draft, mailed?.token ?? token),
    day: expectedOn === null ? '' : dayInWords(locale, expectedOn),
    keep: mailed === null ? keepOwn : keepLink,
  };
  const body = fill(state === 'unpaid' ? unpaid : sent, values, locale);
  return [{ to: mail, subject: fill(subject, values, locale), body }];
}
