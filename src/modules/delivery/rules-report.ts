import { type Static, Type } from 'typebox';
import Schema from 'typebox/schema';

/**
 * How an applicant has shown who they are, as FIT-Connect carries it (metadata 1.0.0, `authenticationInformation` of type
 * `identificationReport`): the identification report 2.0 (github.com/Governikus/IdentificationReport), sealed by whoever vouches for it.
 */

const version = '2.0.0';
const level = 'http://bsi.bund.de/eID/LoA/';
/** Levels of BSI TR-03107-1, as the report names them. */
const levels = { basic: `${level}normal`, substantial: `${level}substantiell`, high: `${level}hoch` } as const;

const line = Type.String({ maxLength: 1_000 });
const ReportSchema = Type.Object({
  reportId: line,
  serverIdentity: line,
  reportTime: line,
  identificationTime: line,
  levelOfAssurance: line,
  idStatus: Type.Optional(line),
  idStatement: Type.Optional(line),
  contextInformation: Type.Optional(Type.Array(line, { maxItems: 20 })),
  documentReferences: Type.Optional(
    Type.Array(
      Type.Object({
        documentId: Type.Optional(line),
        documentName: Type.Optional(line),
        digestAlgorithm: Type.Optional(line),
        digest: Type.Optional(line),
      }),
      { maxItems: 100 },
    ),
  ),
});
export type Report = Static<typeof ReportSchema>;

export type Shown = {
  readonly id: string;
  /** The address of the server that saw it. */
  readonly server: string;
  readonly now: Date;
  readonly level: string;
  readonly at: Date;
  readonly inWords: string;
  readonly reference: string;
  /** SHA-512 of the specialist data: the report is worth nothing beside others. */
  readonly sum: string;
};

/** The report on somebody who was identified; null: an account or nothing at all is no proof of who somebody is. */
export function reportOn({ id, server, now, level: shown, at, inWords, reference, sum }: Shown): Report | null {
  if (!Object.hasOwn(levels, shown)) return null;
  return {
    reportId: id,
    serverIdentity: server,
    reportTime: now.toISOString(),
    identificationTime: at.toISOString(),
    idStatus: 'success',
    idStatement: inWords.slice(0, 1_000),
    levelOfAssurance: levels[shown as keyof typeof levels],
    contextInformation: [reference],
    documentReferences: [{ documentId: 'data', documentName: 'Fachdaten', digestAlgorithm: 'SHA-512', digest: sum }],
  };
}

/** A sealed report as the metadata carry it. */
export const asInformation = (sealed: string) => [{ type: 'identificationReport', version, content: sealed }];

/** A report with an unbroken seal. */
export type SealedReport = { readonly report: Report; readonly by: string; readonly fingerprint: string };

/** What a sealed statement says, if it is a report and about these specialist data; null: it is neither. */
export function readReport(statement: unknown, sum: string): Report | null {
  if (!Schema.Check(ReportSchema, statement)) return null;
  const isAboutThese = statement.documentReferences?.some(({ digest }) => digest === sum);
  return isAboutThese ? statement : null;
}
