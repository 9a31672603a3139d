/**
 * What can be wrong with what arrives, as the problems of FIT-Connect (docs.fitko.de/fit-connect, “Einreichung überprüfen”): `type` and
 * `instance` as they stand there. What is not foreseen there has a name of ours.
 */

const documented = 'https://schema.fitko.de/fit-connect/events/problems/';
const ours = 'urn:rennsteig:problem:';

export type Problem = { readonly type: string; readonly title: string; readonly detail: string; readonly instance: string };

/** Kind of problem → title for people. The detail names no content: it goes to somebody else. */
const titles = {
  'encryption-issue': 'Entschlüsselungs-Fehler',
  'syntax-violation': 'Syntax-Fehler',
  'schema-violation': 'Schema-Fehler',
  'unsupported-schema': 'Schema wird nicht unterstützt',
  'hash-mismatch': 'Prüfsumme stimmt nicht',
  'missing-data': 'Fachdaten fehlen',
  'missing-attachment': 'Anlage fehlt',
  'incorrect-authentication-tag': 'Authentication-Tag ungültig',
  'attachment-too-large': 'Anlage ist zu groß',
  'not-fetched': 'Nicht abgeholt',
} as const;
export type ProblemKind = keyof typeof titles;

const isOurs = (kind: ProblemKind) => kind === 'attachment-too-large' || kind === 'not-fetched';

/** @param instance which part it is about: `submission`, `metadata`, `data` or `attachment:UUID` */
export const problem = (kind: ProblemKind, instance: string, detail: string): Problem => ({
  type: `${isOurs(kind) ? ours : documented}${kind}`,
  title: titles[kind],
  detail,
  instance,
});

/** A problem in one line, as the other side has put it. */
export const sentenceOf = ({ title, detail }: Problem): string => (detail === '' ? title : `${title}: ${detail}`);
