/**
 * Typing errors: symmetric deletion as in Wolf Garbe's SymSpell (MIT; the idea, not the code). Every known term is stored under
 * itself with up to two letters left out; a wrong word finds the right one where their deletions meet.
 */

export type Correction = { readonly term: string; readonly distance: number };

export type Corrector = {
  /** Learns a term; twice does no harm. */
  add(term: string): void;
  /** Known terms within two edits, nearest first. */
  correct(word: string, isKnown: (term: string) => boolean): Correction[];
  readonly size: number;
};

const limits = { edits: 2, prefix: 7, leastLength: 3, mostCandidates: 2_000, mostAnswers: 5 };

/** Short words have too many neighbours: none up to three letters, one up to four, two beyond. */
export const editsFor = (word: string) => (word.length <= 3 ? 0 : word.length <= 4 ? 1 : limits.edits);

function deletions(word: string, edits: number): Set<string> {
  const all = new Set([word]);
  let last = [word];
  for (let round = 0; round < edits; round += 1) {
    const next: string[] = [];
    for (const text of last) {
      for (let index = 0; index < text.length; index += 1) {
        const shorter = text.slice(0, index) + text.slice(index + 1);
        if (all.has(shorter)) continue;
        all.add(shorter);
        next.push(shorter);
      }
    }
    last = next;
  }
  return all;
}

/** Optimal string alignment: insert, delete, replace and swap of neighbours each count one. Infinity beyond `most`. */
export function distance(one: string, other: string, most = limits.edits): number {
  if (Math.abs(one.length - other.length) > most) return Number.POSITIVE_INFINITY;
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const now = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const isSame = one[row - 1] === other[column - 1];
      const isSwap = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      const options = [(last[column] ?? 0) + 1, (now[column - 1] ?? 0) + 1, (last[column - 1] ?? 0) + (isSame ? 0 : 1)];
      if (isSwap) options.push((before[column - 2] ?? 0) + 1);
      now.push(Math.min(...options));
    }
    if (Math.min(...now) > most) return Number.POSITIVE_INFINITY;
    [before, last] = [last, now];
  }
  const found = last[other.length] ?? 0;
  return found > most ? Number.POSITIVE_INFINITY : found;
}

/** Makes an empty one. */
export function makeCorrector(): Corrector {
  const known = new Set<string>();
  const byDeletion = new Map<string, string[]>();
  return {
    add: (term) => {
      if (known.has(term) || term.length < limits.leastLength) return;
      known.add(term);
      for (const key of deletions(term.slice(0, limits.prefix), limits.edits)) {
        const list = byDeletion.get(key);
        if (list) list.push(term);
        else byDeletion.set(key, [term]);
      }
    },
    correct: (word, isKnown) => {
      const most = editsFor(word);
      const candidates = new Set<string>();
      for (const key of deletions(word.slice(0, limits.prefix), most)) {
        for (const term of byDeletion.get(key) ?? []) if (candidates.size < limits.mostCandidates) candidates.add(term);
      }
      return [...candidates]
        .filter(isKnown)
        .map((term) => ({ term, distance: distance(word, term, most) }))
        .filter((found) => found.distance > 0 && found.distance <= most)
        .sort((a, b) => a.distance - b.distance || sameStart(word, b.term) - sameStart(word, a.term))
        .slice(0, limits.mostAnswers);
    },
    get size() {
      return known.size;
    },
  };
}

/** People seldom get the first letter wrong. */
const sameStart = (one: string, other: string) => (one[0] === other[0] ? 1 : 0);
