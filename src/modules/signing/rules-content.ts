import { Failure } from '#platform/errors';
import type { Locale } from '#platform/words';

/** A piece of a document, from top to bottom. Texts are plain: a line break breaks the line, nothing else is markup. */
export type DocumentBlock =
  | { readonly kind: 'heading'; readonly text: string; readonly level?: 2 | 3 }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  /** What a form asked and what was answered, each answer with all its lines. An empty answer is shown as a dash. */
  | { readonly kind: 'answers'; readonly answers: readonly { readonly question: string; readonly answer: string }[] }
  | {
      readonly kind: 'table';
      readonly caption?: string;
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
      /** Columns of numbers, counted from 0. */
      readonly numbers?: readonly number[];
      /** The last row is a sum: set apart. */
      readonly hasTotal?: boolean;
    }
  /** Set apart in a frame: notes on remedies, how to pay, how to check the seal. */
  | { readonly kind: 'note'; readonly text: string };

/** Who writes: the head of the first page. */
export type Letterhead = {
  readonly name: string;
  /** Address, telephone, mail: one line each. */
  readonly lines: readonly string[];
  /** A PNG, or null. */
  readonly crest: Uint8Array | null;
};

/** A file that travels inside the PDF. */
export type EmbeddedFile = {
  readonly name: string;
  /** Media type, such as `application/json`. */
  readonly type: string;
  readonly bytes: Uint8Array;
  /** What it is to the document (ISO 19005-3, 6.8): `Data` what the document shows, `Source` what it was made from. */
  readonly relationship: 'Source' | 'Data' | 'Alternative' | 'Supplement';
  readonly description?: string;
};

/** A letter, a receipt, an invoice. */
export type DocumentContent = {
  readonly title: string;
  readonly language: Locale;
  /** The date of the document: the only one that is in it, so that the same content makes the same bytes. */
  readonly at: Date;
  readonly letterhead: Letterhead;
  /** Name and address, for the window of an envelope (DIN 5008, form B). */
  readonly recipient?: readonly string[];
  /** Reference, date, name of the clerk: label and value, at the right of the address. */
  readonly facts?: readonly { readonly label: string; readonly value: string }[];
  readonly blocks: readonly DocumentBlock[];
  readonly files?: readonly EmbeddedFile[];
};

export const documentLimits = {
  /** Characters of all texts together. */
  characters: 2_000_000,
  blocks: 5_000,
  /** Rows of one table, answers of one block, items of one list. */
  rows: 10_000,
  columns: 12,
  /** Files inside, and their bytes together. */
  files: 50,
  fileBytes: 50 * 1_048_576,
  pages: 2_000,
};

const tooLarge = (part: string) => new Failure('tooLarge', 'signing.tooLarge', { part });

/** All texts of a block. */
function textsOf(block: DocumentBlock): readonly string[] {
  if (block.kind === 'list') return block.items;
  if (block.kind === 'answers') return block.answers.flatMap(({ question, answer }) => [question, answer]);
  if (block.kind === 'table') return [block.caption ?? '', ...block.head, ...block.rows.flat()];
  return [block.text];
}

function rowsOf(block: DocumentBlock): number {
  if (block.kind === 'list') return block.items.length;
  if (block.kind === 'answers') return block.answers.length;
  return block.kind === 'table' ? block.rows.length : 1;
}

/** Throws `tooLarge` (`signing.tooLarge`) for a document beyond {@link documentLimits}, `internal` for a table whose rows do not fit its head. */
export function checkContent({ blocks, files = [] }: Pick<DocumentContent, 'blocks' | 'files'>): void {
  const { characters, rows, columns, fileBytes } = documentLimits;
  if (blocks.length > documentLimits.blocks) throw tooLarge('blocks');
  if (blocks.some((block) => rowsOf(block) > rows)) throw tooLarge('rows');
  let sum = 0;
  for (const block of blocks) for (const text of textsOf(block)) sum += text.length;
  if (sum > characters) throw tooLarge('text');
  if (files.length > documentLimits.files || files.reduce((bytes, file) => bytes + file.bytes.length, 0) > fileBytes)
    throw tooLarge('files');
  const names = new Set(files.map(({ name }) => name));
  const isOdd = blocks.some(
    (block) =>
      block.kind === 'table' && (block.head.length > columns || block.rows.some((row) => row.length !== block.head.length)),
  );
  if (isOdd || names.size !== files.length) throw new Failure('internal', 'platform.internal');
}

/** What a font can show, by code point. */
export type Repertoire = (codePoint: number) => boolean;

const replacement = '\ufffd';

const overlong = /[^ \n]{300}(?=[^ \n])/gu;

/**
 * A text as it can be set: in NFC, without characters nobody sees, with a visible mark instead of each character the font lacks, and
 * with words that end: pdfkit measures all that is left of a word for each of its lines, so that 20,000 letters took 12 seconds.
 * @param missing gathers what was replaced
 */
export function settable(text: string, has: Repertoire, missing: Set<string>): string {
  const plain = text
    .normalize('NFC')
    .replaceAll(/\r\n?|\u2028|\u2029/g, '\n')
    .replaceAll('\t', ' ')
    .replaceAll(/(?!\n)[\p{Cc}\u202a-\u202e\u2066-\u2069\ufeff\u00ad]|\p{Cs}/gu, '');
  return [...plain]
    .map((character) => {
      if (character === '\n' || has(character.codePointAt(0) as number)) return character;
      missing.add(character);
      return replacement;
    })
    .join('')
    .replaceAll(overlong, '$&\n');
}
