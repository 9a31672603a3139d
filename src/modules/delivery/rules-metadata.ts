import { type Static, Type } from 'typebox';
import Schema from 'typebox/schema';
import { type PaymentInformation, PaymentSchema } from './rules-payment.ts';
import { isPlain } from './rules-plain.ts';
import { asInformation } from './rules-report.ts';

/**
 * The metadata of a submission, modelled on version 1.0.0 of the metadata schema of FIT-Connect (a test holds what we send against
 * it). What others send may hold more than we look at.
 */

const hexSum = '^[a-f0-9]{128}$';
const uuid = '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$';
const Sum = Type.Object({ type: Type.Literal('sha512'), content: Type.String({ pattern: hexSum }) });

const MetadataSchema = Type.Object({
  contentStructure: Type.Object({
    data: Type.Optional(
      Type.Object({
        hash: Sum,
        submissionSchema: Type.Object({
          schemaUri: Type.String({ minLength: 1, maxLength: 500 }),
          mimeType: Type.Union([Type.Literal('application/json'), Type.Literal('application/xml')]),
        }),
      }),
    ),
    attachments: Type.Array(
      Type.Object({
        hash: Sum,
        purpose: Type.Union([Type.Literal('form'), Type.Literal('attachment'), Type.Literal('report')]),
        mimeType: Type.String({ pattern: '^[-\\w.]+/[-\\w.+]+$', maxLength: 200 }),
        attachmentId: Type.String({ pattern: uuid }),
        filename: Type.Optional(Type.String({ maxLength: 500 })),
      }),
      { maxItems: 200 },
    ),
  }),
  publicServiceType: Type.Optional(
    Type.Object({
      identifier: Type.String({
        minLength: 7,
        maxLength: 255,
        pattern: "^urn:[a-z0-9][a-z0-9-]{0,31}:[a-z0-9()+,.:=@;$_!*'%/?#-]+$",
      }),
      name: Type.Optional(Type.String({ maxLength: 500 })),
    }),
  ),
  replyChannel: Type.Optional(Type.Object({ eMail: Type.Optional(Type.Object({ address: Type.String({ maxLength: 254 }) })) })),
  additionalReferenceInfo: Type.Optional(
    Type.Object({
      senderReference: Type.Optional(Type.String({ maxLength: 200 })),
      applicationDate: Type.Optional(Type.String({ maxLength: 30 })),
    }),
  ),
  paymentInformation: Type.Optional(PaymentSchema),
  authenticationInformation: Type.Optional(
    Type.Array(
      Type.Object({
        type: Type.String({ maxLength: 100 }),
        version: Type.Optional(Type.String({ maxLength: 40 })),
        content: Type.Optional(Type.String({ maxLength: 100_000 })),
      }),
      { maxItems: 20 },
    ),
  ),
});

export type Metadata = Static<typeof MetadataSchema>;
export type MetadataAttachment = Metadata['contentStructure']['attachments'][number];

/** Reads metadata; a text says where they are wrong. */
export function readMetadata(text: string): Metadata | { readonly fault: string; readonly isSyntax: boolean } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { fault: 'JSON', isSyntax: true };
  }
  if (!isPlain(value)) return { fault: '/', isSyntax: false };
  if (Schema.Check(MetadataSchema, value)) return value;
  const [, [first]] = Schema.Errors(MetadataSchema, value);
  return { fault: first?.instancePath || '/', isSyntax: false };
}

/** URN of the specialist data as a Rennsteig sends them. */
export const ourSchema = 'urn:rennsteig:antrag:1.0';

const line = Type.String({ maxLength: 1_000 });
const Text = Type.Object({ de: line, en: line });
const Section = Type.Object({
  page: line,
  item: Type.Integer({ minimum: 0 }),
  title: line,
  rows: Type.Array(Type.Object({ label: line, value: Type.String({ maxLength: 20_000 }) }), { maxItems: 500 }),
});
const Sections = Type.Array(Section, { maxItems: 1_000 });

const DataSchema = Type.Object({
  reference: Type.String({ minLength: 1, maxLength: 100 }),
  form: Type.String({ pattern: '^[a-z][a-z0-9-]{1,59}$' }),
  version: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
  sentAt: Type.String({ maxLength: 40 }),
  title: Text,
  applicant: Type.String({ maxLength: 300 }),
  locale: Type.Union([Type.Literal('de'), Type.Literal('en')]),
  data: Type.Record(Type.String({ maxLength: 300 }), Type.Unknown()),
  /** The same as people read it. */
  summary: Type.Object({ de: Sections, en: Sections }),
  payment: Type.Optional(
    Type.Object({
      reference: line,
      state: line,
      cents: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
      paidAt: Type.Union([line, Type.Null()]),
    }),
  ),
  /** How surely the sender knows who has applied. */
  proof: Type.Optional(Type.Object({ level: line, source: line, at: line, inWords: Text })),
});

/** The specialist data of a Rennsteig. */
export type SpecialistData = Static<typeof DataSchema>;

/** Null: they are not what they say they are. */
export function readOurData(text: string): SpecialistData | null {
  try {
    const value: unknown = JSON.parse(text);
    return isPlain(value) && Schema.Check(DataSchema, value) ? value : null;
  } catch {
    return null;
  }
}

export type SentFile = MetadataAttachment & { readonly filename: string };

export type NewMetadata = {
  readonly service: string;
  readonly name: string;
  readonly reference: string;
  /** `2026-11-22` */
  readonly day: string;
  readonly mail: string | null;
  /** SHA-512 of the specialist data. */
  readonly sum: string;
  readonly files: readonly SentFile[];
  /** Null: nothing was paid online. */
  readonly payment: PaymentInformation | null;
  /** How the applicant has shown who they are, sealed; null: they have not, or with an account only. */
  readonly report: string | null;
};

/** Metadata of a submission of ours. Without an address of the applicant's there is no reply channel: the answer goes by post. */
export function writeMetadata({ service, name, reference, day, mail, sum, files, payment, report }: NewMetadata): Metadata {
  return {
    contentStructure: {
      data: {
        hash: { type: 'sha512', content: sum },
        submissionSchema: { schemaUri: ourSchema, mimeType: 'application/json' },
      },
      attachments: [...files],
    },
    publicServiceType: { identifier: service, name },
    ...(mail !== null && { replyChannel: { eMail: { address: mail } } }),
    ...(payment && { paymentInformation: payment }),
    ...(report !== null && { authenticationInformation: asInformation(report) }),
    additionalReferenceInfo: { senderReference: reference, applicationDate: day },
  };
}
