import type { Sql, Tx } from '#platform/db';
import type { Locale } from '#platform/words';
import type { Text } from '../rules-definition.ts';
import type { Fee } from '../rules-flow.ts';
import type { SubmissionState } from '../rules-status.ts';
import type { SummarySection } from '../rules-summary.ts';
import type { Office } from './draft.ts';

/** What was sent, what happened to it since, and what was asked for. */

export type Submission = {
  readonly tenant: number;
  readonly id: number;
  readonly draft: number;
  readonly reference: string;
  readonly form: string;
  readonly version: number;
  readonly title: Text;
  readonly state: SubmissionState;
  readonly data: Readonly<Record<string, unknown>>;
  readonly summary: Readonly<Record<Locale, readonly SummarySection[]>>;
  readonly fee: Fee;
  readonly office: Office;
  readonly works: number | null;
  readonly handler: number | null;
  readonly handlerName: string;
  readonly applicant: string;
  readonly mail: string | null;
  readonly locale: Locale;
  readonly sentAt: Date;
  readonly receivedAt: Date | null;
  readonly expectedOn: string | null;
  readonly decidedAt: Date | null;
  readonly result: string;
  readonly receiptBlob: string | null;
  readonly receiptSize: number | null;
  readonly receiptSha256: string | null;
  readonly edition: number;
};

type Untouched =
  | 'id'
  | 'handler'
  | 'handlerName'
  | 'decidedAt'
  | 'result'
  | 'receiptBlob'
  | 'receiptSize'
  | 'receiptSha256'
  | 'edition';

export type NewSubmission = Omit<Submission, Untouched>;

/** Null: the draft was sent already, or the reference is taken. */
export async function insertSubmission(tx: Tx, row: NewSubmission): Promise<number | null> {
  return (await insertSubmissions(tx, row.tenant, [row])).get(row.draft) ?? null;
}

/** Their numbers, by draft. A draft that was sent already, or whose reference is taken, is not among them. */
export async function insertSubmissions(tx: Tx, tenant: number, rows: readonly NewSubmission[]): Promise<Map<number, number>> {
  const made = await tx<{ draft: number; id: number }[]>`
    insert into forms.submission (tenant, draft, reference, form, version, title, state, data, summary, fee, office, works, applicant,
      mail, locale, sent_at, received_at, expected_on)
    select ${tenant}, draft, reference, form, version, title, state, data, summary, fee, office, works, applicant,
      mail, locale, "sentAt", "receivedAt", "expectedOn"
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as row (draft bigint, reference text, form text, version integer,
      title jsonb, state text, data jsonb, summary jsonb, fee jsonb, office jsonb, works bigint, applicant text,
      mail text, locale text, "sentAt" timestamptz, "receivedAt" timestamptz, "expectedOn" date)
    on conflict do nothing returning draft, id`;
  return new Map(made.map(({ draft, id }) => [draft, id]));
}

export async function readSubmission(sql: Sql | Tx, tenant: number, id: number): Promise<Submission | null> {
  const [row] = await (sql as Sql)<Submission>`
    select tenant, id, draft, reference, form, version, title, state, data, summary, fee, office, works, handler,
      handler_name as "handlerName", applicant, mail, locale, sent_at as "sentAt", received_at as "receivedAt",
      expected_on::text as "expectedOn", decided_at as "decidedAt", result, receipt_blob as "receiptBlob",
      receipt_size as "receiptSize", receipt_sha256 as "receiptSha256", edition
    from forms.submission where tenant = ${tenant} and id = ${id}`;
  return row ?? null;
}

export type SentDraft = Pick<Submission, 'draft' | 'id' | 'reference' | 'state'>;

/** What was made of some drafts that were sent. */
export async function readSentOf(tx: Tx, tenant: number, drafts: readonly number[]): Promise<SentDraft[]> {
  const rows = await tx<SentDraft[]>`
    select draft, id, reference, state from forms.submission where tenant = ${tenant} and draft = any(${drafts as number[]}::bigint[])`;
  return [...rows];
}

export async function readIdOfDraft(sql: Sql | Tx, tenant: number, draft: number): Promise<number | null> {
  const [row] = await (sql as Sql)<{ id: number }>`select id from forms.submission where tenant = ${tenant} and draft = ${draft}`;
  return row?.id ?? null;
}

/** Holds the submission until the transaction ends. */
export async function lockSubmission(tx: Tx, tenant: number, id: number): Promise<Submission | null> {
  await tx`select 1 from forms.submission where tenant = ${tenant} and id = ${id} for update`;
  return readSubmission(tx, tenant, id);
}

export type SubmissionChange = Pick<
  Submission,
  'tenant' | 'id' | 'state' | 'works' | 'handler' | 'handlerName' | 'receivedAt' | 'expectedOn' | 'decidedAt' | 'result'
>;

export async function updateSubmission(tx: Tx, row: SubmissionChange): Promise<void> {
  await tx`
    update forms.submission set state = ${row.state}, works = ${row.works}, handler = ${row.handler}, handler_name = ${row.handlerName},
      received_at = ${row.receivedAt}, expected_on = ${row.expectedOn}, decided_at = ${row.decidedAt}, result = ${row.result},
      edition = edition + 1
    where tenant = ${row.tenant} and id = ${row.id}`;
}

export type Content = Pick<Submission, 'data' | 'summary' | 'applicant' | 'mail'>;

/** Puts corrected answers in the place of those that were sent; the receipt of those holds no longer. */
export async function correctContent(tx: Tx, tenant: number, id: number, content: Content): Promise<void> {
  const { data, summary, applicant, mail } = content;
  await tx`
    update forms.submission set data = ${JSON.stringify(data)}::text::jsonb, summary = ${JSON.stringify(summary)}::text::jsonb,
      applicant = ${applicant}, mail = ${mail}, receipt_blob = null, receipt_size = null, receipt_sha256 = null, edition = edition + 1
    where tenant = ${tenant} and id = ${id}`;
}

/** Where its applicant hears from the office; what they have answered stays. */
export async function setMail(tx: Tx, tenant: number, id: number, mail: string | null): Promise<void> {
  await tx`update forms.submission set mail = ${mail} where tenant = ${tenant} and id = ${id}`;
}

export type Receipt = { readonly blob: string; readonly size: number; readonly sha256: string };

/** False: there is one already, or the answers have changed since it was made. */
export async function setReceipt(
  tx: Tx,
  { tenant, id, edition }: Pick<Submission, 'tenant' | 'id' | 'edition'>,
  { blob, size, sha256 }: Receipt,
): Promise<boolean> {
  const rows = await tx`
    update forms.submission set receipt_blob = ${blob}, receipt_size = ${size}, receipt_sha256 = ${sha256}
    where tenant = ${tenant} and id = ${id} and receipt_blob is null and edition = ${edition} returning id`;
  return rows.length > 0;
}

export type Happening = { readonly at: Date; readonly step: string; readonly who: string; readonly text: string };

export async function insertHappening(tx: Tx, tenant: number, submission: number, row: Happening): Promise<void> {
  await tx`
    insert into forms.happening (tenant, submission, seq, at, step, who, text)
    select ${tenant}, ${submission}, coalesce(max(seq), 0) + 1, ${row.at}, ${row.step}, ${row.who}, ${row.text}
    from forms.happening where tenant = ${tenant} and submission = ${submission}`;
}

/** The same for what may be told twice; the caller holds the submission. False: it was told before. */
export async function insertHappeningOnce(
  tx: Tx,
  tenant: number,
  submission: number,
  row: Happening & { readonly cause: string },
): Promise<boolean> {
  const done = await tx`
    insert into forms.happening (tenant, submission, seq, at, step, who, text, cause)
    select ${tenant}, ${submission}, coalesce(max(seq), 0) + 1, ${row.at}, ${row.step}, ${row.who}, ${row.text}, ${row.cause}
    from forms.happening where tenant = ${tenant} and submission = ${submission}
    having count(*) filter (where cause = ${row.cause}) = 0 returning seq`;
  return done.length > 0;
}

/** The first of what happens to some submissions, each its own. */
export async function insertFirstHappenings(
  tx: Tx,
  tenant: number,
  rows: readonly (Happening & { readonly submission: number })[],
): Promise<void> {
  await tx`
    insert into forms.happening (tenant, submission, seq, at, step, who, text)
    select ${tenant}, submission, 1, at, step, who, text
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as row (submission bigint, at timestamptz, step text, who text, text text)`;
}

/** How often a step was taken. */
export async function countSteps(tx: Tx, tenant: number, submission: number, step: string): Promise<number> {
  const [row] = await tx<{ count: number }[]>`
    select count(*)::int as count from forms.happening where tenant = ${tenant} and submission = ${submission} and step = ${step}`;
  return row?.count ?? 0;
}

/** The newest, in their order. */
export async function readHappenings(sql: Sql, tenant: number, submission: number, limit: number): Promise<Happening[]> {
  const rows = await sql<Happening>`
    select at, step, who, text from forms.happening where tenant = ${tenant} and submission = ${submission}
    order by seq desc limit ${limit}`;
  return rows.toReversed();
}

export type EvidenceRequest = {
  readonly id: number;
  readonly text: string;
  readonly askedAt: Date;
  readonly dueOn: string;
  readonly answer: string | null;
  readonly answeredAt: Date | null;
};

export async function insertRequest(
  tx: Tx,
  tenant: number,
  row: { readonly submission: number; readonly text: string; readonly askedAt: Date; readonly dueOn: string },
): Promise<number> {
  const [made] = await tx<{ id: number }[]>`
    insert into forms.evidence_request (tenant, submission, text, asked_at, due_on)
    values (${tenant}, ${row.submission}, ${row.text}, ${row.askedAt}, ${row.dueOn}) returning id`;
  return made?.id ?? 0;
}

export async function readRequests(sql: Sql | Tx, tenant: number, submission: number): Promise<EvidenceRequest[]> {
  const rows = await (sql as Sql)<EvidenceRequest>`
    select id, text, asked_at as "askedAt", due_on::text as "dueOn", answer, answered_at as "answeredAt"
    from forms.evidence_request where tenant = ${tenant} and submission = ${submission} order by id limit 200`;
  return [...rows];
}

/** False: it was answered already. */
export async function answerRequest(
  tx: Tx,
  tenant: number,
  { id, answer, at }: { readonly id: number; readonly answer: string; readonly at: Date },
): Promise<boolean> {
  const rows = await tx`
    update forms.evidence_request set answer = ${answer}, answered_at = ${at}
    where tenant = ${tenant} and id = ${id} and answered_at is null returning id`;
  return rows.length > 0;
}

export type SubmissionLine = Pick<
  Submission,
  'id' | 'reference' | 'form' | 'title' | 'state' | 'applicant' | 'sentAt' | 'expectedOn' | 'works' | 'handler' | 'handlerName'
>;

export type SubmissionFilter = {
  readonly states: readonly SubmissionState[];
  /** Offices (principals) whose submissions are shown; null: all of the tenant. */
  readonly works: readonly number[] | null;
  /** After this one, in the order of arrival. */
  readonly after: readonly [at: string, id: number] | null;
  readonly limit: number;
};

export async function readSubmissions(
  sql: Sql,
  tenant: number,
  { states, works, after, limit }: SubmissionFilter,
): Promise<SubmissionLine[]> {
  const [at, id] = after ?? [new Date(0).toISOString(), 0];
  const rows = await sql<SubmissionLine>`
    select id, reference, form, title, state, applicant, sent_at as "sentAt", expected_on::text as "expectedOn", works, handler,
      handler_name as "handlerName"
    from forms.submission
    where tenant = ${tenant} and state = any(${states as string[]}::text[])
      and (${works === null} or works = any(${(works ?? []) as number[]}::bigint[]))
      and (sent_at, id) > (${at}::timestamptz, ${id}::bigint)
    order by sent_at, id limit ${limit}`;
  return [...rows];
}

/** Which of some blobs are receipts. */
export async function readReceipts(sql: Sql, tenant: number, blobs: readonly string[]): Promise<string[]> {
  const rows = await sql<{ blob: string }>`
    select receipt_blob as blob from forms.submission where tenant = ${tenant} and receipt_blob = any(${blobs as string[]}::text[])`;
  return rows.map(({ blob }) => blob);
}

/** What applications are called. */
export async function readReferences(
  sql: Sql,
  tenant: number,
  ids: readonly number[],
): Promise<{ readonly id: number; readonly reference: string }[]> {
  return sql<{ readonly id: number; readonly reference: string }>`
    select id, reference from forms.submission where tenant = ${tenant} and id = any (${ids as number[]}::bigint[])`;
}

/** The newest applications whose reference contains a pattern. */
export async function readCalled(sql: Sql, tenant: number, pattern: string, limit: number): Promise<number[]> {
  const rows = await sql<{ readonly id: number }>`
    select id from forms.submission where tenant = ${tenant} and reference ilike ${pattern} order by id desc limit ${limit}`;
  return rows.map(({ id }) => id);
}
