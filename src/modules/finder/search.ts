import type { Context } from '#platform/context';
import { competences, type Responsible } from './competence.ts';
import { knowledge } from './lexicon.ts';
import { noteMiss } from './miss.ts';
import { limits, stateArea } from './rules.ts';
import { type Area, findPlace, type PlaceAnswer, placeInQuestion } from './rules-area.ts';
import { rank } from './rules-index.ts';
import { queryLimits, readQuestion } from './rules-query.ts';
import type { ServiceHead } from './store/published.ts';

export type SearchInput = {
  /** What somebody wants, as they would say it. */
  readonly q: string;
  /** Where: name, postcode or official key. Left out: the place may stand in `q`. */
  readonly place?: string | undefined;
  readonly limit?: number | undefined;
};

export type Found = {
  readonly key: string;
  readonly title: string;
  readonly summary: string;
  readonly form: string | null;
  readonly score: number;
  /** Who is responsible there; null without a place. */
  readonly responsible: Responsible | null;
};

export type SearchAnswer = {
  readonly found: readonly Found[];
  readonly place: PlaceAnswer;
  readonly corrected: readonly { readonly typed: string; readonly read: string }[];
  /** The words that were searched for, without the place. */
  readonly question: string;
};

/**
 * Services for a wish, and who is responsible for them in a place. Understands typing errors, compounds, everyday words and whole
 * sentences. A place name that exists more than once is asked back (`place.kind` is `several`) and nothing is guessed.
 * What nobody finds goes to the editors' work list: words and day only.
 */
export async function search(ctx: Context, { q, place = '', limit = limits.answers }: SearchInput): Promise<SearchAnswer> {
  const { lexicon, register, index } = await knowledge(ctx);
  const asked = q.slice(0, queryLimits.characters);
  const within = place.trim() === '' ? placeInQuestion(asked, register) : null;
  const question = within?.question ?? asked;
  const where = findPlace(within?.place ?? place, register);
  const { wanted, slots, corrected, unknown } = readQuestion(question, lexicon);
  const top = rank(await index.hits(wanted, limits.hits), slots).slice(0, Math.min(Math.max(1, limit), limits.hits));
  const services = await index.heads(top.map(({ service }) => service));
  const scores = new Map(top.map(({ service, score }) => [service, score]));
  if (services.length === 0 && question.trim() !== '') await noteMiss(ctx, unknown.length > 0 ? unknown.join(' ') : question);
  const responsible = where.kind === 'found' ? await competences(ctx, { services, area: where.area }) : null;
  const found = services.map((service) =>
    toFound(ctx, service, {
      score: scores.get(service.id) ?? 0,
      responsible: responsible?.get(service.key) ?? null,
    }),
  );
  return { found, place: where, corrected, question };
}

function toFound({ locale }: Context, head: ServiceHead, rest: Pick<Found, 'score' | 'responsible'>): Found {
  const { key, form } = head;
  const isEnglish = locale === 'en' && head.titleEn !== '';
  const text = isEnglish ? { title: head.titleEn, summary: head.summaryEn } : { title: head.title, summary: head.summary };
  return { key, ...text, form, ...rest };
}

/** Places that begin like that, for suggestions: the largest first. */
export async function suggestPlaces(ctx: Context, begins: string, most = 10): Promise<Area[]> {
  const { register } = await knowledge(ctx);
  const answer = findPlace(begins, register);
  if (answer.kind === 'found') return answer.area.key === stateArea ? [] : [answer.area];
  return answer.kind === 'several'
    ? [...answer.areas].sort((a, b) => (b.population ?? 0) - (a.population ?? 0)).slice(0, most)
    : [];
}

/** Titles of services that fit what has been typed so far. */
export async function suggestServices(ctx: Context, begins: string, most = 8): Promise<{ key: string; title: string }[]> {
  const { lexicon, index } = await knowledge(ctx);
  const { wanted, slots } = readQuestion(completed(begins, lexicon.frequency), lexicon);
  const hits = rank(await index.hits(wanted, limits.hits), slots);
  const services = await index.heads(hits.slice(0, Math.min(most, 20)).map(({ service }) => service));
  return services
    .map((service) => toFound(ctx, service, { score: 0, responsible: null }))
    .map(({ key, title }) => ({ key, title }));
}

/** The last word is still being typed: the most frequent term that begins like it stands for it. */
function completed(begins: string, frequency: ReadonlyMap<string, number>): string {
  const [, before = '', last = ''] = /^(.*?)([\p{L}\p{N}]{3,})$/u.exec(begins.slice(0, queryLimits.characters)) ?? [];
  const small = last.toLowerCase();
  if (small === '' || frequency.has(small)) return begins;
  const [best] = [...frequency].filter(([term]) => term.startsWith(small)).sort((a, b) => b[1] - a[1]);
  return best ? `${before}${best[0]}` : begins;
}
