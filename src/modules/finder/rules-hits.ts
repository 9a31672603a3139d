import type { Hit } from './rules-index.ts';
import type { Wanted } from './rules-query.ts';

/** Adds up in which services the words of a question stand. Pure arithmetic over lists: tens of thousands of postings a millisecond. */

/** In which services a term stands, and how much it counts there. */
export type Postings = { readonly services: readonly number[]; readonly weights: readonly number[] };

/** The same, with services by their place in one {@link Counter}. */
export type Placed = { readonly places: Int32Array; readonly weights: Float32Array };

export type Counter = {
  place(postings: Postings): Placed;
  /**
   * The services in which the wanted words stand, those that answer the most with the most weight first: for each word of the
   * question its best alternative counts.
   * @param of the postings of a term; none: it stands nowhere
   * @param most hits, at most
   */
  count(wanted: readonly Wanted[], of: (term: string) => Placed | undefined, most: number): Hit[];
};

type Sums = { readonly score: Float64Array; readonly best: Float64Array; readonly covered: Uint8Array };

const makeSums = (size: number): Sums => ({
  score: new Float64Array(size),
  best: new Float64Array(size),
  covered: new Uint8Array(size),
});

/** Makes one that knows no service. What it adds up in belongs to it and is empty again after every count. */
export function makeCounter(): Counter {
  const places = new Map<number, number>();
  const services: number[] = [];
  let sums = makeSums(0);
  const placeOf = (service: number) => {
    const known = places.get(service);
    if (known !== undefined) return known;
    places.set(service, services.length);
    return services.push(service) - 1;
  };
  return {
    place: (postings) => ({
      places: Int32Array.from(postings.services, placeOf),
      weights: Float32Array.from(postings.weights),
    }),
    count: (wanted, of, most) => {
      if (sums.score.length < services.length) sums = makeSums(services.length * 2);
      const touched: number[] = [];
      for (const slot of Map.groupBy(wanted, (one) => one.slot).values()) addSlot(sums, slot, { of, touched });
      const top = highest(sums, touched, most);
      const hits = top.map((place) => ({
        service: services[place] as number,
        score: sums.score[place] as number,
        covered: sums.covered[place] as number,
      }));
      for (const place of touched) sums.score[place] = sums.covered[place] = 0;
      return hits;
    },
  };
}

type Into = { readonly of: (term: string) => Placed | undefined; readonly touched: number[] };

/** One word of the question: the best of its alternatives in every service. */
function addSlot({ score, best, covered }: Sums, slot: readonly Wanted[], { of, touched }: Into): void {
  const here: number[] = [];
  for (const { term, factor } of slot) {
    const { places, weights } = of(term) ?? none;
    for (let index = 0; index < places.length; index += 1) {
      const place = places[index] as number;
      const value = (weights[index] as number) * factor;
      if (best[place] === 0) here.push(place);
      if (value > (best[place] as number)) best[place] = value;
    }
  }
  for (const place of here) {
    if (covered[place] === 0) touched.push(place);
    covered[place] = (covered[place] as number) + 1;
    score[place] = (score[place] as number) + (best[place] as number);
    best[place] = 0;
  }
}

const none: Placed = { places: new Int32Array(0), weights: new Float32Array(0) };

/** The places with the most, highest first, without sorting all of them. */
function highest({ score, covered }: Sums, touched: readonly number[], most: number): number[] {
  const rankOf = (place: number) => (score[place] as number) * (covered[place] as number);
  const top: number[] = [];
  for (const place of touched) {
    const value = rankOf(place);
    if (top.length === most && value <= rankOf(top[most - 1] as number)) continue;
    let at = Math.min(top.length, most - 1);
    for (; at > 0 && rankOf(top[at - 1] as number) < value; at -= 1) top[at] = top[at - 1] as number;
    top[at] = place;
  }
  return top;
}
