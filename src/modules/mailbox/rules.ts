import { ensure, Failure } from '#platform/errors';

/** A letter's way, on the authority's side. */
const sentStates = ['queued', 'provided', 'read', 'ended', 'toPrint', 'printed', 'undeliverable'] as const;
export type SentState = (typeof sentStates)[number];

/** Every change of a letter's state, and who makes it. */
const sentEdges: readonly { readonly from: SentState; readonly to: SentState; readonly by: string }[] = [
  { from: 'queued', to: 'provided', by: 'the house, when it lies in the mailbox' },
  { from: 'queued', to: 'toPrint', by: 'the house, when there is no such account any more' },
  { from: 'queued', to: 'undeliverable', by: 'the house, when there is neither account nor postal address' },
  { from: 'provided', to: 'read', by: 'the citizen, by opening it' },
  { from: 'provided', to: 'ended', by: 'the house, when the law ends it unread' },
  { from: 'toPrint', to: 'printed', by: 'a clerk, who has posted it' },
];

/** The states from which one may be reached. */
export const statesBefore = (to: SentState): SentState[] => sentEdges.filter((edge) => edge.to === to).map(({ from }) => from);

export const limits = {
  subjectCharacters: 200,
  bodyCharacters: 20_000,
  replyCharacters: 10_000,
  files: 10,
  /** One attachment, in bytes. */
  fileBytes: 50_000_000,
  recipientLines: 7,
  lineCharacters: 100,
  referenceCharacters: 200,
  /** Letters of one mailbox that are shown and exported. */
  letters: 1_000,
  /** Letters of an authority that are listed. */
  listed: 200,
  /** Answers to one letter. */
  replies: 50,
  /** Letters in one file for the printer, and its pages: they bound its bytes and the memory it takes to make it. */
  printed: 100,
  printedPages: 1_000,
};

const unseen = /[^\P{Cc}\n\t]|[\p{Cs}\u202a-\u202e\u2066-\u2069\ufeff]/u;

/** A text of several lines as people type it. Throws `invalid`. */
export function checkBody(given: string, field: string, most: number): string {
  const text = given.replaceAll(/\r\n?/g, '\n').normalize('NFC').trim();
  ensure(text !== '', 'invalid', 'platform.textMissing', { field });
  ensure(text.length <= most, 'invalid', 'platform.textTooLong', { field, limit: most });
  ensure(!unseen.test(text), 'invalid', 'platform.textUnseen', { field });
  return text;
}

/** Name and address, line by line; without them a letter cannot go by post (`isPosted`). Throws `invalid`. */
export function checkRecipient(given: readonly string[], { isPosted }: { readonly isPosted: boolean }): string[] {
  const lines = given.map((line) => line.normalize('NFC').replaceAll(/\s+/g, ' ').trim()).filter((line) => line !== '');
  const isFine =
    lines.length <= limits.recipientLines && lines.every((line) => line.length <= limits.lineCharacters && !unseen.test(line));
  if (!isFine) throw new Failure('invalid', 'mailbox.recipientForm', { field: 'recipient', limit: limits.recipientLines });
  ensure(!isPosted || lines.length >= 2, 'invalid', 'mailbox.recipientMissing', { field: 'recipient' });
  return lines;
}

/** A file's name as it is shown and saved: no path, nothing unseen, never empty. */
export function plainFileName(given: string): string {
  const name = given.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const plain = name
    .replaceAll(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\ufeff]/gu, '')
    .trim()
    .slice(0, 150);
  return plain === '' || /^\.+$/.test(plain) ? 'Anlage' : plain;
}
