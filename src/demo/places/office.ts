import { dayAt } from '#platform/day';
import { dayInWords } from '#platform/day-words';
import { crest, type Shield } from '../paper/crest.ts';
import { docx, odt } from '../paper/office.ts';
import { letter, report } from '../paper/pdf.ts';
import { type Mail, mail, text } from '../paper/text.ts';
import type { Maker } from '../place.ts';

/** What the offices of the demonstration write again and again: letters, minutes, notes, mails. */

export type LetterFacts = {
  readonly to: readonly string[];
  readonly reference: string;
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly signed: string;
};

/** The letter paper of an authority: earlier versions carry the stamp of a draft. */
export function letterPaper(shield: Shield, from: readonly string[]): (facts: LetterFacts) => Maker {
  const picture = crest(shield);
  return (facts) =>
    ({ draft, drafts, day }) =>
      letter({ ...facts, from, crest: picture, day, stamp: draft < drafts ? 'ENTWURF' : null });
}

export type Sections = Readonly<Record<string, readonly string[]>>;

/** A document with a title and sections, as PDF. */
export const pdf =
  (title: string, subtitle: string, sections: Sections, picture: Buffer | null = null): Maker =>
  ({ draft, drafts, day }) =>
    report({
      title,
      subtitle,
      day,
      picture,
      sections: Object.entries(sections).map(([heading, paragraphs]) => ({ heading, paragraphs })),
      stamp: draft < drafts ? 'ENTWURF' : null,
    });

/** A text to go on writing; later versions are longer by one paragraph each. */
export const word =
  (title: string, ...paragraphs: readonly string[]): Maker =>
  ({ draft, drafts, day }) =>
    docx({ title, day, paragraphs: paragraphs.slice(0, Math.max(1, paragraphs.length - drafts + draft)) });

export const writer =
  (title: string, ...paragraphs: readonly string[]): Maker =>
  ({ day }) =>
    odt({ title, day, paragraphs });

export const mailOf =
  (facts: Omit<Mail, 'day'>): Maker =>
  ({ day }) =>
    mail({ ...facts, day });

/** A text as it is; earlier versions end a few lines earlier. */
export const plain =
  (content: Buffer): Maker =>
  ({ draft, drafts }) =>
    draft < drafts ? text(...linesOf(content).slice(0, draft - drafts)) : content;

const linesOf = (content: Buffer) => content.toString().trimEnd().split('\r\n');

/** `2026-03-17`, for names of files. */
export const stamp = (date: Date): string => dayAt(date);
/** `17. März 2026`, for texts. */
export const spoken = (date: Date): string => dayInWords('de', date);
