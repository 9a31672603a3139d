/** What was answered, for programs that read XML. */

type Value = unknown;

/** XML 1.0, 2.2: other control characters cannot stand in a document at all, not even escaped. */
const impossible = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;' };

/** A text as it stands in an element or an attribute. */
export const escapeXml = (text: string): string =>
  text.replaceAll(impossible, '').replaceAll(/[&<>"\r]/g, (character) => entities[character] as string);

const isRecord = (value: Value): value is Readonly<Record<string, Value>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function element(name: string, value: Value, indent: string): string {
  const open = `<angabe name="${escapeXml(name)}"`;
  if (value === null || value === undefined) return `${indent}${open}/>\n`;
  if (Array.isArray(value))
    return `${indent}${open}>\n${value.map((one) => entry(one, `${indent} `)).join('')}${indent}</angabe>\n`;
  if (isRecord(value)) return `${indent}${open}>\n${elements(value, `${indent} `)}${indent}</angabe>\n`;
  return `${indent}${open}>${escapeXml(String(value))}</angabe>\n`;
}

const entry = (value: Value, indent: string): string =>
  isRecord(value)
    ? `${indent}<eintrag>\n${elements(value, `${indent} `)}${indent}</eintrag>\n`
    : `${indent}<eintrag>${escapeXml(String(value))}</eintrag>\n`;

const elements = (data: Readonly<Record<string, Value>>, indent: string): string =>
  Object.entries(data)
    .map(([name, value]) => element(name, value, indent))
    .join('');

/** How surely whoever applied was known, by what, and when it was shown. */
export type ProofOfSubmission = { readonly level: string; readonly source: string; readonly at: Date };

export type DataOfSubmission = {
  readonly reference: string;
  readonly form: string;
  readonly version: number;
  readonly sentAt: Date;
  readonly data: Readonly<Record<string, Value>>;
  /** Null: nothing was asked for. */
  readonly proof: ProofOfSubmission | null;
};

function proofElement({ level, source, at }: ProofOfSubmission): string {
  return ` <nachweis vertrauensniveau="${escapeXml(level)}" art="${escapeXml(source)}" zeitpunkt="${at.toISOString()}"/>\n`;
}

/**
 * The answers of a submission by name, entries of repeated pages as `eintrag`, before them how whoever applied showed who they are.
 * No entities, no document type.
 */
export function toXml({ reference, form, version, sentAt, data, proof }: DataOfSubmission): string {
  const attributes = `nummer="${escapeXml(reference)}" formular="${escapeXml(form)}" version="${version}"`;
  const content = `${proof ? proofElement(proof) : ''}${elements(data, ' ')}`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<antrag ${attributes} abgesendet="${sentAt.toISOString()}">\n${content}</antrag>\n`;
}

/** The same as JSON. */
export function toJson({ reference, form, version, sentAt, data, proof: shown }: DataOfSubmission): string {
  const proof = shown && { level: shown.level, source: shown.source, at: shown.at.toISOString() };
  return `${JSON.stringify({ reference, form, version, sentAt: sentAt.toISOString(), proof, data }, null, 1)}\n`;
}

/**
 * The lines of the applicant's own address, for an envelope; empty: none was asked for, or it is not whole. Other addresses of the form
 * (where something is built, or takes place) are not theirs.
 * @param question the one whose answer it is
 */
export function postalAddress(data: Readonly<Record<string, Value>>, name: string, question: string | null): string[] {
  if (question === null) return [];
  const said = (part: string) => String(data[`${question}.${part}`] ?? '').trim();
  const [street, town] = [`${said('street')} ${said('number')}`.trim(), `${said('postcode')} ${said('town')}`.trim()];
  return street !== '' && town !== '' ? [name, street, town] : [];
}
