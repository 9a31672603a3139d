/**
 * Saving a page exactly once. Every page that is shown carries a token: the edition of the draft it was made from, and chance. What
 * comes back is compared with what was last done to that page.
 */

export type StepToken = { readonly edition: number; readonly id: string };

/** The last time a page was saved. */
export type LastStep = {
  readonly id: string;
  /** Hash of what was sent. */
  readonly sent: string;
  /** Edition of the draft this made. */
  readonly edition: number;
  /** Which one it was of all the page has sent since it was shown, where a script counts them. */
  readonly turn?: number;
};

/** What comes back of a page: a hash of it, and its turn; 0: nobody counts. */
export type SentStep = { readonly sent: string; readonly turn: number };

/** Reads `edition.chance`; null when it is not that. */
export function readStepToken(text: string): StepToken | null {
  const [, edition, id] = /^(\d{1,9})\.([\w-]{8,64})$/.exec(text) ?? [];
  return edition && id ? { edition: Number(edition), id } : null;
}

/**
 * `repeat`: the same thing once more (a double click, a lost answer), or something that was overtaken on its way by what the same
 * page has sent later: nothing to do. `conflict`: the page was changed in another
 * window after this one was shown. `apply` otherwise, also when the same page is sent again with other answers.
 */
export function judgeStep(
  last: LastStep | undefined,
  token: StepToken,
  { sent, turn }: SentStep,
): 'apply' | 'repeat' | 'conflict' {
  if (!last) return 'apply';
  const isLate = turn > 0 && turn < (last.turn ?? 0);
  if (last.id === token.id) return last.sent === sent || isLate ? 'repeat' : 'apply';
  return last.edition > token.edition ? 'conflict' : 'apply';
}
