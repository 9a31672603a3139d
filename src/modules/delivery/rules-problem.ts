/** What can be wrong with what arrives, modelled on the problems of FIT-Connect. */

const base = 'https://schema.fitko.de/fit-connect/events/problems/';

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
  'attachment-too-large': 'Anlage ist zu groß',
} as const;
export type ProblemKind = keyof typeof titles;

/** @param instance which part it is about: `metadata`, `data` or `attachment:UUID` */
export const problem = (kind: ProblemKind, instance: string, detail: string): Problem => ({
  ...{ type: `${base}${kind}`, title: titles[kind], detail, instance },
});

/** A problem in one line, as the other side has put it. */
export const sentenceOf = ({ title, detail }: Problem): string => (detail === '' ? title : `${title}: ${detail}`);
