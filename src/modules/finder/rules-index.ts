import type { ServiceContent } from './rules-content.ts';
import { emptyWords, stem, wordsOf } from './rules-fold.ts';
import { type IsWord, split } from './rules-split.ts';

/** Which words of a service text are found, and how much each counts. */

export type Posting = {
  readonly term: string;
  readonly weight: number;
  /** The shortest word of the text it stands for, for “did you mean”; empty when it is only part of one. */
  readonly surface: string;
};

/** The title says what it is; keywords were chosen to be searched for; the rest is mentioned in passing. */
const weights = { title: 10, keywords: 8, summary: 3, body: 1 };
/** Parts of compounds count less than the compound. */
const partFactor = 0.5;
/** A word in the second place of importance stays below one title match, however often it stands there. */
const mostRepeats = 3;

type Field = { readonly text: string; readonly weight: number };

function fieldsOf(content: ServiceContent): Field[] {
  const { title, titleEn, keywords, keywordsEn, summary, summaryEn, plain, details, documents, steps } = content;
  return [
    { text: title, weight: weights.title },
    { text: titleEn, weight: weights.title },
    ...[...keywords, ...keywordsEn].map((text) => ({ text, weight: weights.keywords })),
    { text: `${summary} ${summaryEn}`, weight: weights.summary },
    { text: [plain, details, ...documents, ...steps].join(' '), weight: weights.body },
    { text: [content.detailsEn, ...content.documentsEn, ...content.stepsEn].join(' '), weight: weights.body },
  ];
}

type Entry = { weight: number; surface: string };

/**
 * The terms of a service with their weights.
 * @param isWord what counts as a word when compounds are taken apart
 */
export function postingsOf(content: ServiceContent, isWord: IsWord): Posting[] {
  const entries = new Map<string, Entry>();
  for (const { text, weight } of fieldsOf(content)) {
    const surfaces = text.match(/[\p{L}\p{N}]+/gu) ?? [];
    const telling = surfaces.filter((surface) => !wordsOf(surface).every((word) => emptyWords.has(word)));
    // A title that says little else is more about each of its words.
    const full = weight >= weights.keywords ? weight * (1 + 0.5 / Math.max(1, telling.length)) : weight;
    for (const surface of telling) for (const word of wordsOf(surface)) note(entries, { word, weight: full, surface, isWord });
  }
  return [...entries].map(([term, { weight, surface }]) => ({ term, weight: Math.round(weight * 100) / 100, surface }));
}

type Found = { readonly word: string; readonly weight: number; readonly surface: string; readonly isWord: IsWord };

function note(entries: Map<string, Entry>, { word, weight, surface, isWord }: Found): void {
  put(entries, stem(word), { weight, surface: surface.toLowerCase() });
  if (weight < weights.summary) return;
  for (const part of split(word, isWord)) put(entries, part, { weight: weight * partFactor, surface: '' });
}

/** The highest weight counts, and a little for each repetition. */
function put(entries: Map<string, Entry>, term: string, { weight, surface }: Entry): void {
  const known = entries.get(term);
  if (!known) {
    entries.set(term, { weight, surface });
    return;
  }
  const [most, least] = [Math.max(known.weight, weight), Math.min(known.weight, weight)];
  known.weight = Math.min(most + least * 0.1, most * mostRepeats);
  known.surface = shorter(known.surface, surface);
}

/** The shorter of two words that is one at all. */
const shorter = (one: string, other: string) => (one === '' || (other !== '' && other.length < one.length) ? other : one);

/** Every stem of the texts: what the splitter may take for a word before there is an index. */
export function stemsOf(contents: Iterable<ServiceContent>): Set<string> {
  const stems = new Set<string>();
  for (const content of contents) {
    for (const { text } of fieldsOf(content)) {
      for (const word of wordsOf(text)) if (!emptyWords.has(word)) stems.add(stem(word));
    }
  }
  return stems;
}

export type Hit = { readonly service: number; readonly score: number; readonly covered: number };

/** What scores less than this share of the best hit only shares a word with the question. */
const leastShare = 0.3;

/** How hits are ranked: what answers all words before what answers one of them very well. */
export function rank(hits: readonly Hit[], slots: number): Hit[] {
  const ranked = hits
    .map((hit) => ({ ...hit, score: hit.score * (0.35 + 0.65 * (hit.covered / Math.max(1, slots)) ** 2) }))
    .sort((a, b) => b.score - a.score || a.service - b.service);
  const best = ranked[0]?.score ?? 0;
  return ranked.filter(({ score }) => score >= best * leastShare);
}
