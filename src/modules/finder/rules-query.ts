import { emptyWords, stem, wordsOf } from './rules-fold.ts';
import { type IsWord, split } from './rules-split.ts';
import type { Corrector } from './rules-typo.ts';

/** What the search knows of words: the terms of all texts, and what editors have said means the same. */
export type Lexicon = {
  /** In how many services a term stands; undefined: in none. */
  readonly frequency: ReadonlyMap<string, number>;
  /** How a term is written in the texts, unfolded and with its ending, for people. */
  readonly surface: ReadonlyMap<string, string>;
  readonly services: number;
  readonly corrector: Corrector;
  /** Stems of an everyday expression, joined by spaces → what the texts call it. */
  readonly synonyms: ReadonlyMap<string, readonly string[][]>;
};

/** One alternative for one word of the question. */
export type Wanted = { readonly term: string; readonly slot: number; readonly factor: number };

export type Question = {
  readonly wanted: readonly Wanted[];
  /** How many words were looked for. */
  readonly slots: number;
  /** What was read instead of what was typed: “hnud” → “hund”. */
  readonly corrected: readonly { readonly typed: string; readonly read: string }[];
  /** The words that mean nothing to us, for the editors. */
  readonly unknown: readonly string[];
};

export const queryLimits = { words: 16, phrase: 3, characters: 200 };

/** How much an alternative counts against the word itself. */
const factors = { synonym: 0.8, part: 0.75, partOfKnown: 0.3, oneEdit: 0.8, twoEdits: 0.55 };

/** Rare words decide; a word that stands everywhere says little. */
function rarity(term: string, { frequency, services }: Lexicon): number {
  const count = frequency.get(term) ?? 0;
  return Math.log(1 + (services + 1) / (count + 0.5));
}

type Slot = {
  readonly terms: Map<string, number>;
  readonly note?: { typed: string; read: string } | undefined;
  readonly unknown?: string;
};

/** Reads a question as people type or say it. */
export function readQuestion(text: string, lexicon: Lexicon): Question {
  const words = wordsOf(text.slice(0, queryLimits.characters)).slice(0, queryLimits.words);
  const telling = words.filter((word) => !emptyWords.has(word));
  const slots = readSlots(telling.length > 0 ? telling : words, lexicon);
  return {
    wanted: slots.flatMap(({ terms }, slot) =>
      [...terms].map(([term, factor]) => ({ term, slot, factor: factor * rarity(term, lexicon) })),
    ),
    slots: slots.length,
    corrected: slots.flatMap(({ note }) => (note ? [note] : [])),
    unknown: slots.flatMap(({ unknown }) => (unknown ? [unknown] : [])),
  };
}

function readSlots(words: readonly string[], lexicon: Lexicon): Slot[] {
  const slots: Slot[] = [];
  for (let index = 0; index < words.length; ) {
    const length = phraseAt(words, index, lexicon);
    const joined = (words[index] ?? '') + (words[index + 1] ?? '');
    if (length === 1 && index + 1 < words.length && lexicon.frequency.has(stem(joined))) {
      slots.push(readWord(joined, lexicon)); // “Wohn Geld”
      index += 2;
      continue;
    }
    if (length > 1) {
      const phrase = words.slice(index, index + length);
      slots.push({ terms: meanings(phrase.map(stem).join(' '), lexicon) });
      // The words themselves still count: “auto abmelden” may stand in a text as it is.
      for (const word of phrase) if (lexicon.frequency.has(stem(word))) slots.push(readWord(word, lexicon));
    } else slots.push(readWord(words[index] ?? '', lexicon));
    index += Math.max(1, length);
  }
  return slots;
}

/** How many words from here on are one expression editors have explained. */
function phraseAt(words: readonly string[], index: number, { synonyms }: Lexicon): number {
  for (let length = Math.min(queryLimits.phrase, words.length - index); length > 1; length -= 1) {
    const key = words
      .slice(index, index + length)
      .map(stem)
      .join(' ');
    if (synonyms.has(key)) return length;
  }
  return 1;
}

function meanings(key: string, { synonyms }: Lexicon): Map<string, number> {
  const terms = new Map<string, number>();
  for (const meaning of synonyms.get(key) ?? []) for (const term of meaning) terms.set(term, factors.synonym);
  return terms;
}

function readWord(word: string, lexicon: Lexicon): Slot {
  const own = stem(word);
  const isKnown = lexicon.frequency.has(own);
  const terms = meanings(own, lexicon);
  const parts = split(word, isWordOf(lexicon));
  if (isKnown) {
    terms.set(own, 1);
    for (const part of parts) if (!terms.has(part)) terms.set(part, factors.partOfKnown);
    return { terms };
  }
  for (const part of parts) putPart(terms, part, lexicon);
  if (terms.size === 0) return corrected(word, own, lexicon);
  putNearby(terms, own, lexicon);
  return { terms };
}

const leastNearby = 7;

/** A long word that comes apart by chance may still be a known one with a single letter wrong: “Wohngelt”. */
function putNearby(terms: Map<string, number>, own: string, lexicon: Lexicon): void {
  if (own.length < leastNearby) return;
  const near = lexicon.corrector.correct(own, (term) => lexicon.frequency.has(term));
  for (const { term, distance } of near) if (distance === 1) terms.set(term, factors.oneEdit);
}

function putPart(terms: Map<string, number>, part: string, lexicon: Lexicon): void {
  if (lexicon.frequency.has(part)) terms.set(part, factors.part);
  for (const [term, factor] of meanings(part, lexicon)) if (!terms.has(term)) terms.set(term, factor * factors.part);
}

/** A part of a compound may be a word of the texts or one that editors have explained. */
export function isWordOf({ frequency, synonyms }: Pick<Lexicon, 'frequency' | 'synonyms'>): IsWord {
  return (term) => frequency.has(term) || synonyms.has(term);
}

function corrected(word: string, own: string, lexicon: Lexicon): Slot {
  const { corrector } = lexicon;
  const isTerm = isWordOf(lexicon);
  const found = [...corrector.correct(own, isTerm), ...(own === word ? [] : corrector.correct(word, isTerm))];
  const nearest = Math.min(...found.map(({ distance }) => distance));
  const terms = new Map<string, number>();
  for (const { term, distance } of found.filter((one) => one.distance === nearest)) {
    const factor = distance === 1 ? factors.oneEdit : factors.twoEdits;
    if (lexicon.frequency.has(term)) terms.set(term, factor);
    for (const [other, weight] of meanings(term, lexicon)) if (!terms.has(other)) terms.set(other, weight * factor);
  }
  const [first] = found.filter((one) => one.distance === nearest);
  return first ? { terms, note: { typed: word, read: lexicon.surface.get(first.term) ?? first.term } } : { terms, unknown: word };
}
