import type { Platform } from '#platform/context';
import { limits, stateTenant } from './rules.ts';
import { makeCounter } from './rules-hits.ts';
import type { Hit } from './rules-index.ts';
import type { Wanted } from './rules-query.ts';
import { readPostings } from './store/index.ts';
import { readServiceHeads, type ServiceHead } from './store/published.ts';

/**
 * The index of one generation, as far as a process has been asked for it: postings of words and lines of services. It is dropped
 * whole when something was published (`lexicon.ts`), so nothing in it is older than what searches know.
 */
export type SearchIndex = {
  /** The services in which the wanted words stand, best first. */
  hits(wanted: readonly Wanted[], most: number): Promise<Hit[]>;
  /** Services that hold on the day of the index, in this order; others are left out. */
  heads(ids: readonly number[]): Promise<ServiceHead[]>;
};

/** Opens an empty one for a day. */
export function openSearchIndex({ db }: Platform, day: string): SearchIndex {
  const sql = db.read(stateTenant);
  const counter = makeCounter();
  const postings = keeper({
    most: limits.keptPostings,
    sizeOf: ({ places }) => places.length + 1,
    load: async (terms: readonly string[]) => {
      const rows = await readPostings(sql, stateTenant, terms);
      return rows.map(({ term, ...row }) => [term, counter.place(row)] as const);
    },
  });
  const services = keeper({
    most: limits.keptHeads,
    sizeOf: () => 1,
    load: async (ids: readonly number[]) => {
      const heads = await readServiceHeads(sql, stateTenant, ids, day);
      return heads.map((head) => [head.id, head] as const);
    },
  });
  return {
    hits: async (wanted, most) => {
      const found = await postings(wanted.map(({ term }) => term));
      return counter.count(wanted, (term) => found.get(term), most);
    },
    heads: async (ids) => {
      const found = await services(ids);
      return ids.flatMap((id) => found.get(id) ?? []);
    },
  };
}

type Keeping<Key, Value> = {
  /** How much is kept, in the unit of `sizeOf`; what was not asked for the longest goes first. */
  readonly most: number;
  readonly sizeOf: (value: Value) => number;
  readonly load: (keys: readonly Key[]) => Promise<readonly (readonly [Key, Value])[]>;
};

/** Looks values up by their keys, loads those it does not have all at once, and keeps them while there is room. */
function keeper<Key, Value>({ most, sizeOf, load }: Keeping<Key, Value>) {
  const kept = new Map<Key, Value>();
  let size = 0;
  const remove = (key: Key, value: Value) => {
    kept.delete(key);
    size -= sizeOf(value);
  };
  const put = (key: Key, value: Value) => {
    const before = kept.get(key);
    if (before !== undefined) remove(key, before);
    kept.set(key, value);
    size += sizeOf(value);
    for (const [oldest, old] of kept) {
      if (size <= most) break;
      remove(oldest, old);
    }
  };
  return async (keys: readonly Key[]): Promise<ReadonlyMap<Key, Value>> => {
    const found = new Map<Key, Value>();
    const missing = new Set<Key>();
    for (const key of keys) {
      const value = kept.get(key);
      if (value === undefined) missing.add(key);
      else found.set(key, value);
    }
    const loaded = missing.size === 0 ? [] : await load([...missing]);
    for (const [key, value] of [...found, ...loaded]) {
      found.set(key, value);
      put(key, value); // also what was there: the order of the map is the order of asking
    }
    return found;
  };
}
