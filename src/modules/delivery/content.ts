import type { SubmissionView } from '#modules/forms';
import { settledBy } from '#modules/payments';
import type { Context } from '#platform/context';
import type { SpecialistData } from './rules-metadata.ts';
import { type PaymentInformation, paymentInformation } from './rules-payment.ts';

/** What of an application goes out. */

const wallDay = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' });

/** The day on which somebody applied, as their calendar shows it: `2026-11-22`. */
export const dayOf = (at: Date): string => wallDay.format(at);

/** The specialist data: what was answered, for programs and as people read it, what was paid, and how surely who has sent it is known. */
export function dataOf({ submission, payment, proof }: SubmissionView): string {
  const { reference, form, version, sentAt, title, applicant, locale, data, summary } = submission;
  const all: SpecialistData = {
    ...{ reference, form, version, sentAt: sentAt.toISOString(), title, applicant, locale, data },
    summary: { de: [...summary.de], en: [...summary.en] } as SpecialistData['summary'],
    ...(payment && {
      payment: {
        ...{ reference: payment.reference, state: payment.state, cents: payment.cents },
        paidAt: payment.paidAt?.toISOString() ?? null,
      },
    }),
    ...(proof && { proof: { level: proof.level, source: proof.source, at: proof.at.toISOString(), inWords: proof.inWords } }),
  };
  return JSON.stringify(all);
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
