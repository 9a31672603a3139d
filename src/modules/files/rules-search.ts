import { nameKey } from './rules.ts';

/** Bounds of a search. */
export const searchLimits = {
  characters: 200,
  words: 8,
  /** Names that are looked at, of all spaces together and of each at least; a search that finds more shows the best of these. */
  names: 2_000,
  namesPerSpace: 50,
  /** Spaces of one person that are looked through. */
  spaces: 200,
  /** Most results of one search. */
  results: 500,
  /** What changed last is looked for among so many nodes of all spaces together. */
  recent: 20_000,
};

/** A search as the index takes it: one to three patterns to find with, and the others to compare with. */
export type NameQuery = {
  readonly words: readonly string[];
  readonly patterns: readonly string[];
  readonly others: readonly string[];
};

const escaped = (word: string) => word.replaceAll(/[\\%_]/g, '\\$&');

/** Letters and digits in a row: what an index of three letters at a time can find. */
const longestRun = (word: string) => Math.max(0, ...[...word.matchAll(/[\p{L}\p{N}]+/gu)].map(([run]) => [...run].length));

const indexed = { letters: 3, patterns: 3 };

/**
 * Reads what somebody typed: every word has to be in the name. Words with fewer than three letters in a row are too short to be
 * found inside a name; when there are no others, names must begin with the first. Null when nothing is left to look for.
 */
export function readNameQuery(text: string): NameQuery | null {
  const folded = nameKey(text.slice(0, searchLimits.characters).toWellFormed()).replaceAll(/[\p{Cc}\ufffd]/gu, ' ');
  const words = folded.split(/\s+/).filter(Boolean).slice(0, searchLimits.words);
  const [first] = words;
  if (first === undefined) return null;
  const within = (word: string) => `%${escaped(word)}%`;
  const byLength = [...new Set(words)].sort((a, b) => longestRun(b) - longestRun(a));
  const long = byLength.filter((word) => longestRun(word) >= indexed.letters).slice(0, indexed.patterns);
  const found = long.length > 0 ? long : [first];
  const patterns = long.length > 0 ? long.map(within) : [`${escaped(first)}%`];
  return { words, patterns, others: words.filter((word) => !found.includes(word)).map(within) };
}

/** How well a name fits: 0 is the very name, then what begins with it, then what has a word that begins with it, then the rest. */
export function rank({ words }: NameQuery, name: string): number {
  const key = nameKey(name);
  const whole = words.join(' ');
  const stem = key.replace(/\.[^.]+$/, '');
  if (key === whole || stem === whole) return 0;
  if (key.startsWith(whole)) return 1;
  const parts = key.split(/[^\p{L}\p{N}]+/u);
  return words.every((word) => parts.some((part) => part.startsWith(word))) ? 2 : 3;
}
