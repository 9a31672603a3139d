import type { Context, Platform } from '#platform/context';
import { type ShortMemory, shortMemory } from '#platform/memory';
import { limits, stateTenant } from './rules.ts';
import { makeRegister, type Register } from './rules-area.ts';
import { emptyWords, stem, wordsOf } from './rules-fold.ts';
import type { Lexicon } from './rules-query.ts';
import { type Corrector, makeCorrector } from './rules-typo.ts';
import { readAreas } from './store/areas.ts';
import { countServices, readGeneration, readSynonyms, readTerms, type SynonymRow, type TermRow } from './store/index.ts';

/** What searches know, as every process holds it: words, synonyms and places. Rebuilt when the generation has changed. */
export type Knowledge = { readonly generation: number; readonly lexicon: Lexicon; readonly register: Register };

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
  return mine.memory.recall('now', platform.clock.now(), async () => {
    const generation = await readGeneration(platform.db.read(stateTenant), stateTenant);
    if (mine.knowledge?.generation !== generation) mine.knowledge = await build(platform, mine.corrector, generation);
    return mine.knowledge;
  });
}

/** Like {@link knowledge}, but certainly as of now: for what the caller has just changed. */
export async function freshKnowledge({ platform }: Context): Promise<Knowledge> {
  const mine = heldOf(platform);
  const generation = await readGeneration(platform.db.read(stateTenant), stateTenant);
  if (mine.knowledge?.generation !== generation) mine.knowledge = await build(platform, mine.corrector, generation);
  return mine.knowledge;
}

async function build(platform: Platform, corrector: Corrector, generation: number): Promise<Knowledge> {
  const sql = platform.db.read(stateTenant);
  const [terms, synonyms, services, areas] = await Promise.all([
    readTerms(sql, stateTenant),
    readSynonyms(sql, stateTenant),
    countServices(sql, stateTenant),
    readAreas(sql, stateTenant),
  ]);
  return { generation, lexicon: makeLexicon({ terms, synonyms, services, corrector }), register: makeRegister(areas) };
}

type Material = {
  readonly terms: readonly TermRow[];
  readonly synonyms: readonly Pick<SynonymRow, 'says' | 'means'>[];
  readonly services: number;
  readonly corrector: Corrector;
};

/** Terms and synonyms, prepared for questions. The corrector only learns; what it no longer should offer is filtered when asked. */
function makeLexicon({ terms, synonyms, services, corrector }: Material): Lexicon {
  const meanings = new Map<string, string[][]>();
  for (const { says, means } of synonyms.slice(0, limits.synonyms)) {
    const key = wordsOf(says).map(stem).join(' ');
    const meaning = wordsOf(means)
      .filter((word) => !emptyWords.has(word))
      .map(stem);
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
