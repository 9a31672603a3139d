import { stem } from './rules-fold.ts';

/** Takes compounds apart: Hundesteueranmeldung → hund, steuer, anmeldung. German glues words together, people and texts differently. */

/** Whether a stem is a word of its own. */
export type IsWord = (stem: string) => boolean;

/** What may stand between two parts, the most frequent first. */
const links = ['', 's', 'es', 'n', 'en', 'er', 'e'];

const limits = { leastPart: 3, mostParts: 4, longest: 60 };

/** Endings that look like words and are none on their own. */
const notParts = new Set([
  'ung',
  'ungs',
  'heit',
  'keit',
  'lich',
  'isch',
  'ver',
  'ent',
  'ein',
  'end',
  'ber',
  'ter',
  'ten',
  'ste',
  'sten',
]);

/**
 * The parts of a folded word, as stems, or an empty list when it cannot be taken apart completely. Fewest parts first; of
 * equally many the one whose shortest part is longest, because short matches are chance.
 */
export function split(word: string, isWord: IsWord): string[] {
  if (word.length < limits.leastPart * 2 || word.length > limits.longest) return [];
  // The word itself may be known; its parts are asked for.
  return bestCut(word, limits.mostParts, { isWord, memory: new Map() }) ?? [];
}

type Search = { readonly isWord: IsWord; readonly memory: Map<string, string[] | null> };

function partOf(text: string, isWord: IsWord): string | null {
  if (text.length < limits.leastPart || notParts.has(text)) return null;
  const found = [text, stem(text)].find((known) => known.length >= limits.leastPart && isWord(known));
  return found ? stem(text) : null;
}

function parts(rest: string, most: number, search: Search): string[] | null {
  const key = `${most}:${rest}`;
  const known = search.memory.get(key);
  if (known !== undefined) return known;
  const whole = partOf(rest, search.isWord);
  let best = whole ? [whole] : null;
  if (!best && most > 1) best = bestCut(rest, most, search);
  search.memory.set(key, best);
  return best;
}

function bestCut(rest: string, most: number, search: Search): string[] | null {
  let best: string[] | null = null;
  for (let end = limits.leastPart; end <= rest.length - limits.leastPart; end += 1) {
    const head = partOf(rest.slice(0, end), search.isWord);
    if (!head) continue;
    for (const link of links) {
      if (!rest.startsWith(link, end)) continue;
      const tail = parts(rest.slice(end + link.length), most - 1, search);
      if (tail && isBetter([head, ...tail], best)) best = [head, ...tail];
    }
  }
  return best;
}

const shortest = (list: readonly string[]) => Math.min(...list.map(({ length }) => length));

function isBetter(one: readonly string[], other: readonly string[] | null): boolean {
  if (!other || one.length !== other.length) return !other || one.length < other.length;
  return shortest(one) > shortest(other);
}
