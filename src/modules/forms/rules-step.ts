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
};

/** Reads `edition.chance`; null when it is not that. */
export function readStepToken(text: string): StepToken | null {
  const [, edition, id] = /^(\d{1,9})\.([\w-]{8,64})$/.exec(text) ?? [];
  return edition && id ? { edition: Number(edition), id } : null;
}

/**
 * `repeat`: the same thing once more (a double click, a lost answer): nothing to do. `conflict`: the page was changed in another
 * window after this one was shown. `apply` otherwise, also when the same page is sent again with other answers.
 */
export function judgeStep(last: LastStep | undefined, token: StepToken, sent: string): 'apply' | 'repeat' | 'conflict' {
  if (!last) return 'apply';
  if (last.id === token.id) return last.sent === sent ? 'repeat' : 'apply';
  return last.edition > token.edition ? 'conflict' : 'apply';
}
