import { randomUUID } from 'node:crypto';
import type { SubmissionView } from '#modules/forms';
import { settledBy } from '#modules/payments';
import { readSealed, sealToken } from '#modules/signing';
import type { Context } from '#platform/context';
import type { Metadata, SpecialistData } from './rules-metadata.ts';
import { type PaymentInformation, paymentInformation } from './rules-payment.ts';
import { readReport, reportOn, type SealedReport } from './rules-report.ts';

/** What of an application goes out. */

/** The specialist data: what was answered, for programs and as people read it, what was paid, and how surely who has sent it is known. */
export function dataOf({ submission, payment, proof }: SubmissionView): string {
  const { reference, form, version, sentAt, title, applicant, locale, data, summary } = submission;
  const all: SpecialistData = {
    reference,
    form,
    version,
    sentAt: sentAt.toISOString(),
    title,
    applicant,
    locale,
    data,
    summary: { de: [...summary.de], en: [...summary.en] } as SpecialistData['summary'],
    ...(payment && {
      payment: {
        reference: payment.reference,
        state: payment.state,
        cents: payment.cents,
        paidAt: payment.paidAt?.toISOString() ?? null,
      },
    }),
    ...(proof && { proof: { level: proof.level, source: proof.source, at: proof.at.toISOString(), inWords: proof.inWords } }),
  };
  return JSON.stringify(all);
}

/** A sealed report on how the applicant has shown who they are; null: they have not, or with an account only. */
export async function reportFor(ctx: Context, { submission, proof }: SubmissionView, sum: string): Promise<string | null> {
  const { clock, config } = ctx.platform;
  const report =
    proof &&
    reportOn({
      id: randomUUID(),
      server: config.url,
      now: clock.now(),
      level: proof.level,
      at: proof.at,
      inWords: proof.inWords.de,
      reference: submission.reference,
      sum,
    });
  return report && sealToken(ctx, report);
}

/** The reports that came along, are sealed, and are about these specialist data. */
export function reportsIn({ authenticationInformation: all = [], contentStructure }: Metadata): SealedReport[] {
  const sum = contentStructure.data?.hash.content ?? '';
  return all.flatMap(({ content = '' }) => {
    const sealed = readSealed(content);
    const report = sealed && readReport(sealed.statement, sum);
    return report ? [{ report, by: sealed.by, fingerprint: sealed.fingerprint }] : [];
  });
}

/** What was paid through a payment service; null: nothing, it went back, or it came by bank transfer, of which they say nothing. */
export async function paidFor(
  ctx: Context,
  { submission: { tenant }, payment }: SubmissionView,
): Promise<PaymentInformation | null> {
  if (payment?.state !== 'paid' || payment.cents === null) return null;
  const settled = await settledBy(ctx, { tenant, payment: payment.payment });
  return settled && paymentInformation({ ...settled, reference: payment.reference, at: payment.paidAt ?? settled.at });
}
