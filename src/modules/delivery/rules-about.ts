import type { Locale, Sentence } from '#platform/words';
import type { Metadata, SpecialistData } from './rules-metadata.ts';
import type { SealedReport } from './rules-report.ts';

/** What came with an application besides its answers, as the office reads it: payment, proof of identity, references. */

type Section = SpecialistData['summary']['de'][number];

const titles: Sentence = { de: 'Angaben zur Zustellung', en: 'About the delivery' };
const labels = {
  service: { de: 'Leistung', en: 'Public service' },
  reference: { de: 'Zeichen des Absenders', en: 'Reference of the sender' },
  day: { de: 'Antrag gestellt am', en: 'Applied on' },
  paid: { de: 'Bezahlt', en: 'Paid' },
  payReference: { de: 'Kassenzeichen', en: 'Payment reference' },
  transaction: { de: 'Vorgang beim Bezahldienst', en: 'Transaction at the payment service' },
  payState: { de: 'Stand der Bezahlung', en: 'State of the payment' },
  proof: { de: 'Nachweis der Identität', en: 'Proof of identity' },
  proofs: { de: 'Beigefügte Identitätsnachweise', en: 'Proofs of identity attached' },
} as const satisfies Readonly<Record<string, Sentence>>;

const states = {
  INITIAL: { de: 'begonnen', en: 'begun' },
  BOOKED: { de: 'bezahlt', en: 'paid' },
  FAILED: { de: 'gescheitert', en: 'failed' },
  CANCELED: { de: 'abgebrochen', en: 'cancelled' },
} as const satisfies Readonly<Record<string, Sentence>>;

/** The certificate is the sender's own: it says who, and only somebody who knows its fingerprint knows that it is true. */
const sealedBy: Sentence = { de: 'gesiegelt (Zertifikat nicht geprüft)', en: 'sealed (certificate not checked)' };
const unchecked: Sentence = { de: 'nicht geprüft', en: 'not checked' };

const euros = (amount: number, locale: Locale) =>
  new Intl.NumberFormat(locale === 'de' ? 'de-DE' : 'en-GB', { style: 'currency', currency: 'EUR' }).format(amount);

/** The reports that are sealed and about these data, as people read them; of others only how many there are. */
function proofsIn({ authenticationInformation: all = [] }: Metadata, reports: readonly SealedReport[], locale: Locale): string {
  const said = reports.map(({ report, by, fingerprint }) => {
    const { idStatement = '', levelOfAssurance, identificationTime, serverIdentity } = report;
    return [idStatement, levelOfAssurance, identificationTime, serverIdentity, sealedBy[locale], by, fingerprint].join(' – ');
  });
  const others = all.length - reports.length;
  return [...said, ...(others > 0 ? [`${unchecked[locale]}: ${others}`] : [])].join('; ');
}

export type Told = {
  readonly metadata: Metadata;
  readonly ours: SpecialistData | null;
  readonly reports: readonly SealedReport[];
};

/** What the sender says of it, in rows; null: nothing. All of it is their word: only the sums of the parts were checked. */
export function aboutSection({ metadata, ours, reports }: Told, locale: Locale): Section | null {
  const { publicServiceType: service, additionalReferenceInfo: info, paymentInformation: payment } = metadata;
  const amount = payment?.grossAmount;
  const given: readonly (readonly [keyof typeof labels, string | undefined])[] = [
    ['service', service && [service.name, service.identifier].filter(Boolean).join(' – ')],
    ['reference', info?.senderReference],
    ['day', info?.applicationDate],
    ['paid', amount === undefined ? undefined : euros(amount, locale)],
    ['payState', payment && states[payment.status][locale]],
    ['payReference', payment?.transactionReference],
    ['transaction', payment && [payment.transactionId, payment.paymentMethodDetail ?? payment.paymentMethod].join(' – ')],
    ['proof', ours?.proof?.inWords[locale]],
    ['proofs', metadata.authenticationInformation && proofsIn(metadata, reports, locale)],
  ];
  const rows = given.flatMap(([label, value]) => (value ? [{ label: labels[label][locale], value: value.slice(0, 1_000) }] : []));
  return rows.length === 0 ? null : { page: 'delivery', item: 0, title: titles[locale], rows };
}
