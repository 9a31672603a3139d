import { Failure } from '#platform/errors';

/** The pages on which an authority says who it is and what people can rely on. */
export const legalKinds = ['imprint', 'privacy', 'accessibility'] as const;
export type LegalKind = (typeof legalKinds)[number];

/** How to reach whom; each may be empty. */
export const contactFields = ['email', 'phone', 'representedBy', 'supervision', 'dataProtection', 'accessibility'] as const;
export type ContactField = (typeof contactFields)[number];
export type LegalContact = Readonly<Record<ContactField, string>>;

export const legalLimits = { contactCharacters: 500, textCharacters: 30_000 };

/** A stretch of a line; with `href` it is a link. */
export type Inline = { readonly text: string; readonly href?: string };

/** A text as it is laid out: made here and not in the browser, so that a page needs no script and nothing is markup but this. */
export type Block =
  | { readonly kind: 'heading' | 'paragraph'; readonly lines: readonly (readonly Inline[])[] }
  | { readonly kind: 'list'; readonly lines: readonly (readonly Inline[])[] };

// Tab and line break are fine; everything else that cannot be seen is not.
const unseen = /[^\P{Cc}\n\t]|[\p{Cs}\u202a-\u202e\u2066-\u2069\ufeff]/u;

/** Text of several lines as people type it. Throws `invalid` when it is too long or has characters that cannot be seen. */
export function checkLines(given: string, field: string, most: number): string {
  const text = given.replaceAll(/\r\n?/g, '\n').normalize('NFC').trim();
  if (text.length > most) throw new Failure('invalid', 'platform.textTooLong', { field, limit: most });
  if (unseen.test(text)) throw new Failure('invalid', 'platform.textUnseen', { field });
  return text;
}

// Deliberately narrow: what is not surely an address stays text. A run of letters is looked at from its beginning only, not from each of them.
const linkable = /\bhttps?:\/\/[^\s<>"]*[^\s<>".,;:!?)]|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gu;

/** A line with the web and mail addresses in it as links. */
export function linksIn(line: string): Inline[] {
  const parts: Inline[] = [];
  let end = 0;
  for (const match of line.matchAll(linkable)) {
    if (match.index > end) parts.push({ text: line.slice(end, match.index) });
    const [text] = match;
    parts.push({ text, href: text.includes('://') ? text : `mailto:${text}` });
    end = match.index + text.length;
  }
  if (end < line.length || parts.length === 0) parts.push({ text: line.slice(end) });
  return parts;
}

/** Reads the little that is markup: an empty line ends a paragraph, `## ` begins a heading, `- ` an item of a list. */
export function layOut(text: string): Block[] {
  return text
    .split(/\n{2,}/)
    .flatMap(splitHeading)
    .map((lines) => {
      const [first = ''] = lines;
      if (first.startsWith('## ')) return { kind: 'heading', lines: [[{ text: first.slice(3).trim() }]] };
      const isList = lines.every((line) => line.startsWith('- '));
      return isList
        ? { kind: 'list', lines: lines.map((line) => linksIn(line.slice(2))) }
        : { kind: 'paragraph', lines: lines.map(linksIn) };
    });
}

/** A heading need not be followed by an empty line. */
function splitHeading(paragraph: string): string[][] {
  const lines = paragraph.split('\n').filter((line) => line.trim() !== '');
  const [first, ...rest] = lines;
  if (first === undefined) return [];
  return first.startsWith('## ') && rest.length > 0 ? [[first], rest] : [lines];
}
