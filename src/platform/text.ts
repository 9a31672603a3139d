import { Failure } from './errors.ts';

/** Longest name of a person, tenant, group, unit or app password, in characters. */
const longestName = 200;

// Control characters, and the marks that turn the direction of writing: a name with them could pose as another one.
const unseen = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/u;

/**
 * One line of text as a person typed it: in normal form NFC, trimmed, with single spaces.
 * Throws `invalid` when it is empty, too long or has characters that cannot be seen.
 * @param field names the input, so that a form can show the sentence beside it
 */
export function oneLine(text: string, field: string, { most = longestName }: { most?: number } = {}): string {
  const line = text
    .normalize('NFC')
    .replaceAll(/[ \t\u00a0]+/g, ' ')
    .trim();
  if (line === '') throw new Failure('invalid', 'platform.textMissing', { field });
  if (line.length > most) throw new Failure('invalid', 'platform.textTooLong', { field, limit: most });
  if (unseen.test(line)) throw new Failure('invalid', 'platform.textUnseen', { field });
  return line;
}

// Control characters but tabulator and line ends, and what `unseen` names.
const unseenIn = /[^\P{Cc}\t\n\r]|[\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** Text from outside without what nobody sees and what turns the direction of writing: it comes along when people paste. Lines stay. */
export const seenOnly = (text: string): string => text.replaceAll(unseenIn, '');

/** The same on one line. */
export const seenLine = (text: string): string =>
  seenOnly(text)
    .replaceAll(/[\t\n\r]+/g, ' ')
    .trim();
