/** What changed between two texts, word by word, as people would mark it with a pen. */

export type DiffPart = { readonly kind: 'same' | 'added' | 'removed'; readonly text: string };

/** Steps of the comparison: two texts of 2,000 words each. Beyond that the middle counts as replaced as a whole. */
const mostSteps = 4_000_000;

/** Words with the white space after them, so that the parts put together are the text again. */
const tokensOf = (text: string): string[] => text.match(/\s+|[^\s]+\s?/g) ?? [];

function sharedStart(one: readonly string[], other: readonly string[]): number {
  let count = 0;
  while (count < one.length && count < other.length && one[count] === other[count]) count += 1;
  return count;
}

/** Length of the longest common run of words for every pair of ends, row by row. */
function lengths(before: readonly string[], after: readonly string[]): Uint16Array[] {
  const rows = Array.from({ length: before.length + 1 }, () => new Uint16Array(after.length + 1));
  for (let i = before.length - 1; i >= 0; i -= 1) {
    const [row, below] = [rows[i] as Uint16Array, rows[i + 1] as Uint16Array];
    for (let j = after.length - 1; j >= 0; j -= 1)
      row[j] = before[i] === after[j] ? (below[j + 1] as number) + 1 : Math.max(below[j] as number, row[j + 1] as number);
  }
  return rows;
}

function middle(before: readonly string[], after: readonly string[]): DiffPart[] {
  if (before.length * after.length > mostSteps) return [part('removed', before), part('added', after)];
  const rows = lengths(before, after);
  const parts: DiffPart[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      parts.push(part('same', [before[i] as string]));
      i += 1;
      j += 1;
    } else if (j >= after.length || (i < before.length && (rows[i + 1]?.[j] as number) >= (rows[i]?.[j + 1] as number))) {
      parts.push(part('removed', [before[i] as string]));
      i += 1;
    } else {
      parts.push(part('added', [after[j] as string]));
      j += 1;
    }
  }
  return parts;
}

const part = (kind: DiffPart['kind'], tokens: readonly string[]): DiffPart => ({ kind, text: tokens.join('') });

/** Neighbours of one kind as one, of a replaced passage first all that is gone and then all that is new. */
function joined(parts: readonly DiffPart[]): DiffPart[] {
  const done: DiffPart[] = [];
  let [removed, added] = ['', ''];
  const flush = () => {
    if (removed !== '') done.push({ kind: 'removed', text: removed });
    if (added !== '') done.push({ kind: 'added', text: added });
    [removed, added] = ['', ''];
  };
  for (const { kind, text } of parts) {
    if (kind === 'removed') removed += text;
    else if (kind === 'added') added += text;
    else if (text !== '') {
      flush();
      const last = done.at(-1);
      if (last?.kind === 'same') done[done.length - 1] = { kind, text: last.text + text };
      else done.push({ kind, text });
    }
  }
  flush();
  return done;
}

/**
 * The two texts as one row of parts: `same` and `removed` together are the old text, `same` and `added` the new one. Time and
 * memory are limited by {@link mostSteps}.
 */
export function diffWords(before: string, after: string): DiffPart[] {
  const [old, now] = [tokensOf(before), tokensOf(after)];
  const start = sharedStart(old, now);
  const [oldRest, nowRest] = [old.slice(start), now.slice(start)];
  const end = sharedStart(oldRest.toReversed(), nowRest.toReversed());
  return joined([
    part('same', old.slice(0, start)),
    ...middle(oldRest.slice(0, oldRest.length - end), nowRest.slice(0, nowRest.length - end)),
    part('same', oldRest.slice(oldRest.length - end)),
  ]);
}
