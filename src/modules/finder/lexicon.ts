import type { Context, Platform } from '#platform/context';
import { type ShortMemory, shortMemory } from '#platform/memory';
import { limits, stateTenant } from './rules.ts';
import { type Area, makeRegister, type Register } from './rules-area.ts';
import { emptyWords, stem, wordsOf } from './rules-fold.ts';
import type { Lexicon } from './rules-query.ts';
import { type Corrector, makeCorrector } from './rules-typo.ts';
import { openSearchIndex, type SearchIndex } from './search-index.ts';
import { readAreas } from './store/areas.ts';
import { countServices, readGeneration, readSynonyms, readTerms, type SynonymRow, type TermRow } from './store/index.ts';

/** What searches know, as every process holds it: words, synonyms and places. Rebuilt when the generation has changed. */
export type Knowledge = {
  readonly generation: number;
  /** The day for which it holds: areas end on a day. */
  readonly day: string;
  readonly lexicon: Lexicon;
  /** Every area, whatever the day. */
  readonly areas: readonly Area[];
  readonly register: Register;
  readonly index: SearchIndex;
};

/** How long a process may not notice that something was published. */
const seconds = 2;

type Held = { knowledge: Knowledge | null; readonly corrector: Corrector; readonly memory: ShortMemory<'now', Knowledge> };

const held = new WeakMap<Platform, Held>();

function heldOf(platform: Platform): Held {
  const known = held.get(platform);
  if (known) return known;
  const made: Held = { knowledge: null, corrector: makeCorrector(), memory: shortMemory({ seconds, most: 1 }) };
  held.set(platform, made);
  return made;
}

/** What searches know now; at most two seconds old. */
export async function knowledge({ platform }: Context): Promise<Knowledge> {
  const mine = heldOf(platform);
  return mine.memory.recall('now', platform.clock.now(), () => asOfNow(platform, mine));
}

/** Like {@link knowledge}, but certainly as of now: for what the caller has just changed. */
export async function freshKnowledge({ platform }: Context): Promise<Knowledge> {
  return asOfNow(platform, heldOf(platform));
}

async function asOfNow(platform: Platform, mine: Held): Promise<Knowledge> {
  const generation = await readGeneration(platform.db.read(stateTenant), stateTenant);
  const day = platform.clock.now().toISOString().slice(0, 10);
  const { knowledge: known, corrector } = mine;
  if (known?.generation === generation && known.day === day) return known;
  const current =
    known?.generation === generation ? onDay(platform, known, day) : await build(platform, corrector, { generation, day });
  mine.knowledge = current;
  return current;
}

async function build(
  platform: Platform,
  corrector: Corrector,
  { generation, day }: Pick<Knowledge, 'generation' | 'day'>,
): Promise<Knowledge> {
  const sql = platform.db.read(stateTenant);
  const [terms, synonyms, services, areas] = await Promise.all([
    readTerms(sql, stateTenant),
    readSynonyms(sql, stateTenant),
    countServices(sql, stateTenant),
    readAreas(sql, stateTenant),
  ]);
  const lexicon = makeLexicon({ terms, synonyms, services, corrector });
  return { generation, day, lexicon, areas, register: registerOn(areas, day), index: openSearchIndex(platform, day) };
}

/** The same knowledge on another day: words do not know it, and of places only those that end or begin between the two. */
function onDay(platform: Platform, known: Knowledge, day: string): Knowledge {
  const isSame = known.areas.every((area) => hasEnded(area, day) === hasEnded(area, known.day));
  const register = isSame ? known.register : registerOn(known.areas, day);
  return { ...known, day, register, index: openSearchIndex(platform, day) };
}

const hasEnded = ({ endedOn }: Area, day: string): boolean => endedOn !== null && endedOn <= day;

/** Mergers are known before they happen: until its day an area stands on its own. */
const registerOn = (areas: readonly Area[], day: string): Register =>
  makeRegister(
    areas.map((area) => (area.endedOn === null || hasEnded(area, day) ? area : { ...area, endedOn: null, successors: [] })),
  );

type Material = {
  readonly terms: readonly TermRow[];
  readonly synonyms: readonly Pick<SynonymRow, 'says' | 'means'>[];
  readonly services: number;
  readonly corrector: Corrector;
};

/** The stems of an expression as a question is read: without the words that say nothing, unless there are no others. */
function telling(text: string): string[] {
  const words = wordsOf(text);
  const most = words.filter((word) => !emptyWords.has(word));
  return (most.length > 0 ? most : words).map(stem);
}

/** Terms and synonyms, prepared for questions. The corrector only learns; what it no longer should offer is filtered when asked. */
function makeLexicon({ terms, synonyms, services, corrector }: Material): Lexicon {
  const meanings = new Map<string, string[][]>();
  for (const { says, means } of synonyms.slice(0, limits.synonyms)) {
    const key = telling(says).join(' ');
    const meaning = telling(means);
    meanings.set(key, [...(meanings.get(key) ?? []), meaning]);
  }
  for (const { term } of terms) corrector.add(term);
  for (const key of meanings.keys()) if (!key.includes(' ')) corrector.add(key);
  return {
    frequency: new Map(terms.map(({ term, services: count }) => [term, count])),
    surface: new Map(terms.map(({ term, surface }) => [term, surface || term])),
    synonyms: meanings,
    services,
    corrector,
  };
}
