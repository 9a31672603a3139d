import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { makeCounter, type Postings } from './rules-hits.ts';
import type { Hit } from './rules-index.ts';
import type { Wanted } from './rules-query.ts';

type Index = Readonly<Record<string, Postings>>;

/** The same by the book: for each word of the question its best alternative, added up. */
function byTheBook(index: Index, wanted: readonly Wanted[]): Map<number, Hit> {
  const best = new Map<number, Map<number, number>>();
  for (const { term, slot, factor } of wanted) {
    const { services, weights } = index[term] ?? { services: [], weights: [] };
    services.forEach((service, at) => {
      const slots = best.get(service) ?? new Map<number, number>();
      slots.set(slot, Math.max(slots.get(slot) ?? 0, (weights[at] as number) * factor));
      best.set(service, slots);
    });
  }
  const hitOf = (service: number, slots: Map<number, number>): Hit => ({
    service,
    score: [...slots.values()].reduce((sum, one) => sum + one, 0),
    covered: slots.size,
  });
  return new Map([...best].map(([service, slots]) => [service, hitOf(service, slots)]));
}

const terms = ['hund', 'anmeld', 'steuer'];
// Halves: sums of them are exact in both precisions.
const half = fc.integer({ min: 1, max: 40 }).map((twice) => twice / 2);
const postings = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 1, max: 60 }), half), { maxLength: 40, selector: ([service]) => service })
  .map((pairs): Postings => ({ services: pairs.map(([service]) => service), weights: pairs.map(([, weight]) => weight) }));
const index = fc
  .tuple(postings, postings, postings)
  .map((lists): Index => Object.fromEntries(lists.map((list, at) => [terms[at], list])));
const wanted = fc.array(
  fc.record({ term: fc.constantFrom(...terms, 'unknown'), slot: fc.integer({ min: 0, max: 3 }), factor: half }),
  { maxLength: 8 },
);

test('what a process adds up is what the rules say, however often it is asked', () => {
  fc.assert(
    fc.property(
      index,
      fc.array(wanted, { minLength: 1, maxLength: 3 }),
      fc.integer({ min: 1, max: 20 }),
      (given, questions, most) => {
        const counter = makeCounter();
        const placed = new Map(Object.entries(given).map(([term, list]) => [term, counter.place(list)]));
        for (const question of questions) {
          const expected = byTheBook(given, question);
          const hits = counter.count(question, (term) => placed.get(term), most);
          for (const hit of hits) assert.deepEqual(hit, expected.get(hit.service));
          const value = ({ score, covered }: Hit) => score * covered;
          const highest = [...expected.values()].map(value).sort((one, other) => other - one);
          assert.deepEqual(hits.map(value), highest.slice(0, most));
        }
      },
    ),
  );
});

test('a service that comes later is counted with those before it', () => {
  const counter = makeCounter();
  const question = [{ term: 'hund', slot: 0, factor: 1 }];
  const first = counter.place({ services: [1], weights: [2] });
  assert.equal(counter.count(question, () => first, 5).length, 1);
  const more = counter.place({ services: [7, 1], weights: [3, 1] });
  assert.deepEqual(
    counter.count(question, () => more, 5).map(({ service }) => service),
    [7, 1],
  );
});
