import { type DocumentBlock, letterheadOf, makeDocument } from '#modules/signing';
import type { Context } from '#platform/context';
import { momentInWords } from '#platform/day-words';
import { ensure, Failure } from '#platform/errors';
import type { Job } from '#platform/jobs';
import { fill, type Locale } from '#platform/words';
import { proofOfSent } from './assurance.ts';
import { limits } from './rules-status.ts';
import { euros } from './rules-summary.ts';
import { readServed } from './store/counter.ts';
import { type Attachment, readSentFiles } from './store/draft.ts';
import { type Receipt, readSubmission, type Submission, setReceipt } from './store/submission.ts';

type Words = Readonly<
  Record<
    | 'title'
    | 'intro'
    | 'reference'
    | 'sent'
    | 'received'
    | 'office'
    | 'fee'
    | 'item'
    | 'amount'
    | 'total'
    | 'files'
    | 'size'
    | 'check'
    | 'proof'
    | 'counter'
    | 'onBehalf',
    string
  >
>;

const texts: Readonly<Record<Locale, Words>> = {
  de: {
    title: 'Quittung',
    intro: 'Dieser Antrag ist bei der Verwaltung eingegangen. Die Quittung enthält alle Ihre Angaben.',
    reference: 'Vorgangsnummer',
    sent: 'Abgesendet',
    received: 'Eingegangen',
    office: 'Empfänger',
    fee: 'Gebühr',
    item: 'Posten',
    amount: 'Betrag',
    total: 'Summe',
    files: 'Beigefügte Dateien',
    size: 'Prüfsumme (SHA-256)',
    proof: 'Nachweis der Identität',
    counter: 'Am Schalter ausgefüllt von',
    onBehalf: '{clerk}, im Auftrag von {person}',
    check: 'Mit der Prüfsumme lässt sich feststellen, ob eine Datei noch dieselbe ist.',
  },
  en: {
    title: 'Receipt',
    intro: 'This application has arrived at the administration. The receipt holds everything you have entered.',
    reference: 'Reference number',
    sent: 'Sent',
    received: 'Received',
    office: 'Recipient',
    fee: 'Fee',
    item: 'Item',
    amount: 'Amount',
    total: 'Total',
    files: 'Attached files',
    size: 'Checksum (SHA-256)',
    proof: 'Proof of identity',
    counter: 'Filled in at the counter by',
    onBehalf: '{clerk}, on behalf of {person}',
    check: 'The checksum tells whether a file is still the same.',
  },
};

function blocksOf({ summary, fee, locale }: Submission, files: readonly Attachment[]): DocumentBlock[] {
  const words = texts[locale];
  const answers = summary[locale]
    .filter(({ rows }) => rows.length > 0)
    .flatMap(({ title, rows }): DocumentBlock[] => [
      { kind: 'heading', level: 2, text: title },
      { kind: 'answers', answers: rows.map(({ label, value }) => ({ question: label, answer: value })) },
    ]);
  const money: DocumentBlock[] =
    fee.kind === 'sum'
      ? [
          { kind: 'heading', level: 2, text: words.fee },
          {
            kind: 'table',
            head: [words.item, words.amount],
            numbers: [1],
            hasTotal: true,
            rows: [
              ...fee.lines.map(({ label, cents }) => [label[locale], euros(cents, locale)]),
              [words.total, euros(fee.cents, locale)],
            ],
          },
        ]
      : [];
  const list: DocumentBlock[] =
    files.length > 0
      ? [
          { kind: 'heading', level: 2, text: words.files },
          { kind: 'answers', answers: files.map(({ name, sha256 }) => ({ question: name, answer: `${words.size}: ${sha256}` })) },
          { kind: 'note', text: words.check },
        ]
      : [];
  return [{ kind: 'paragraph', text: words.intro }, ...answers, ...money, ...list];
}

/** Makes the receipt of a submission if there is none, and stores it: bytes first, then the row. */
async function ensureReceipt(ctx: Context, id: number): Promise<Receipt> {
  const { tenant } = ctx.actor;
  const sql = ctx.platform.db.read(tenant);
  const submission = await readSubmission(sql, tenant, id);
  ensure(submission, 'notFound', 'platform.notFound');
  const { receiptBlob: blob, receiptSize: size, receiptSha256: sha256, locale } = submission;
  if (blob !== null && size !== null && sha256 !== null) return { blob, size, sha256 };
  const files = await readSentFiles(sql, tenant, submission.draft, limits.files);
  const words = texts[locale];
  const at = submission.receivedAt ?? submission.sentAt;
  const [proof, served] = await Promise.all([proofOfSent(ctx, submission), readServed(sql, tenant, submission.draft)]);
  const { bytes } = await makeDocument(ctx, {
    title: `${words.title}: ${submission.title[locale]}`,
    language: locale,
    at,
    letterhead: await letterheadOf(ctx),
    facts: [
      { label: words.reference, value: submission.reference },
      { label: words.sent, value: momentInWords(locale, submission.sentAt) },
      { label: words.received, value: momentInWords(locale, at) },
      { label: words.office, value: [submission.office.name, submission.office.unit].filter(Boolean).join(', ') },
      ...(served
        ? [{ label: words.counter, value: fill(words.onBehalf, { clerk: served.clerkName, person: served.served }, locale) }]
        : []),
      ...(proof ? [{ label: words.proof, value: `${proof.inWords[locale]} (${momentInWords(locale, proof.at)})` }] : []),
    ],
    blocks: blocksOf(submission, files),
    files: [
      {
        name: 'antrag.json',
        type: 'application/json',
        relationship: 'Data' as const,
        bytes: Buffer.from(
          JSON.stringify({ form: submission.form, version: submission.version, data: submission.data }, null, 1),
        ),
      },
    ],
  });
  const tooLarge = () => new Failure('tooLarge', 'platform.tooLarge', { limit: mostBytes });
  const stored = await ctx.platform.blobs.write(tenant, once(bytes), { maxBytes: mostBytes, tooLarge });
  const receipt = { blob: stored.id, size: stored.size, sha256: stored.sha256 };
  if (await ctx.platform.db.write(tenant, (tx) => setReceipt(tx, submission, receipt))) return receipt;
  // Another run was faster, or it was corrected meanwhile: that counts.
  await ctx.platform.blobs.remove(tenant, stored.id);
  return ensureReceipt(ctx, id);
}

const mostBytes = 50_000_000;

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Runs after sending; also a hundred times at once it makes one receipt. */
export const makeReceipt: Job<{ submission: number }> = {
  name: 'forms.makeReceipt',
  run: async (ctx, { submission }) => {
    await ensureReceipt(ctx, submission);
  },
};
