/** Why a letter is not in the file: it cannot be laid out, or the file is full. */
export type LeftOut = 'unreadable' | 'full';

/** Pages of a file once another document begins on an odd page of it. */
const pagesWith = (pages: number, more: number) => pages + (pages % 2) + more;

/**
 * Which letters go into one file of so many pages: one after the other, each that still fits, so that a long one does not keep back those
 * behind it.
 */
export function fitting<Letter extends { readonly pages: number | null }>(
  letters: readonly Letter[],
  most: number,
): { ready: (Letter & { pages: number })[]; left: (Letter & { why: LeftOut })[] } {
  const ready: (Letter & { pages: number })[] = [];
  const left: (Letter & { why: LeftOut })[] = [];
  let sum = 0;
  for (const letter of letters) {
    const { pages } = letter;
    if (pages === null) left.push({ ...letter, why: 'unreadable' });
    else if (pagesWith(sum, pages) > most) left.push({ ...letter, why: 'full' });
    else {
      ready.push({ ...letter, pages });
      sum = pagesWith(sum, pages);
    }
  }
  return { ready, left };
}
