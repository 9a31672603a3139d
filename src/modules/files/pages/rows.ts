import { useState, useSyncExternalStore } from 'react';
import type { Row } from '../rows.ts';
import { type Sorting, searchFor } from './address.ts';
import type { FolderData } from './folder-data.ts';

/** Rows asked for at once: what is near the screen, and what is wanted whole. */
const pieces = { near: 200, whole: 1_000 };

/** What a list says about its folder: bytes in it, and in its space. */
type Sizes = { readonly size: number; readonly used: number };
type Answer = Sizes & { readonly rows: readonly Row[]; readonly total: number; readonly etag: string };

/** The rows of one folder as far as they have arrived. */
export type Rows = {
  readonly count: () => number;
  readonly etag: () => string;
  readonly sizes: () => Sizes;
  readonly rowAt: (index: number) => Row | undefined;
  /** Asks for what is missing or out of date in a stretch. */
  readonly need: (span: { readonly from: number; readonly to: number }) => void;
  /** Every row of a stretch, both ends included. */
  readonly load: (from: number, to: number) => Promise<readonly Row[]>;
  /** The folder changed: everything is asked anew as it is seen, and what is shown stays until then. */
  readonly refresh: () => Promise<void>;
  /** Takes what came with a page that was loaded anew. */
  readonly take: (data: FolderData) => void;
  readonly subscribe: (hear: () => void) => () => void;
  readonly version: () => number;
};

async function fetchRows(folder: number, sorting: Sorting, { from, limit }: { from: number; limit: number }): Promise<Answer> {
  const search = new URLSearchParams(searchFor(sorting));
  search.set('ab', String(from));
  search.set('zahl', String(limit));
  const answer = await fetch(`/dateien/zeilen/${folder}?${search}`, { headers: { accept: 'application/json' } });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return (await answer.json()) as Answer;
}

const stretch = (from: number, length: number) => Array.from({ length }, (_, offset) => from + offset);

/** Where the pieces of a stretch begin that are not all there and up to date. */
function missingIn({ from, to }: { from: number; to: number }, total: number, fresh: ReadonlySet<number>): number[] {
  const first = Math.floor(from / pieces.near);
  const count = Math.max(0, Math.ceil(Math.min(to, total) / pieces.near) - first);
  return stretch(first, count)
    .map((piece) => piece * pieces.near)
    .filter((start) => !stretch(start, Math.min(pieces.near, total - start)).every((index) => fresh.has(index)));
}

/** Rows that begin with those that came with the page; the others are asked for when they are about to be seen. */
function makeRows(first: FolderData): Rows {
  const { id, sorting } = first;
  const rows = new Map<number, Row>();
  const fresh = new Set<number>();
  const asked = new Set<number>();
  const hearers = new Set<() => void>();
  let [total, etag, version, seen] = [0, '', 0, { from: 0, to: 0 }];
  let [sizes, taken]: [Sizes, FolderData | null] = [{ size: 0, used: 0 }, null];

  /** Holds what the server said last; what another state of the folder left behind goes. */
  const hold = (from: number, said: Pick<Answer, 'etag' | 'total' | 'rows'>, held: Sizes) => {
    if (said.etag !== etag) fresh.clear();
    [total, etag, sizes] = [said.total, said.etag, held];
    for (const index of rows.keys()) if (index >= total) rows.delete(index);
    said.rows.forEach((row, offset) => {
      rows.set(from + offset, row);
      fresh.add(from + offset);
    });
    version += 1;
  };
  const accept = (from: number, answer: Answer) => {
    hold(from, answer, { size: answer.size, used: answer.used });
    for (const hear of hearers) hear();
  };
  const ask = async (from: number) => {
    if (asked.has(from)) return;
    asked.add(from);
    try {
      accept(from, await fetchRows(id, sorting, { from, limit: pieces.near }));
    } catch {
      // Away from the network: the next look at these rows asks again.
    } finally {
      asked.delete(from);
    }
  };
  const need = (span: { from: number; to: number }) => {
    seen = span;
    for (const from of missingIn(span, total, fresh)) void ask(from);
  };
  const load = async (from: number, to: number) => {
    for (let start = from; start <= to; start += pieces.whole) {
      const limit = Math.min(pieces.whole, to - start + 1);
      if (!stretch(start, limit).every((index) => rows.has(index)))
        accept(start, await fetchRows(id, sorting, { from: start, limit }));
    }
    return stretch(from, to - from + 1).flatMap((index) => rows.get(index) ?? []);
  };
  const take = (data: FolderData) => {
    if (data === taken) return;
    taken = data;
    hold(data.offset, data, { size: data.size, used: data.space.used });
  };

  take(first);
  return {
    need,
    load,
    take,
    count: () => total,
    etag: () => etag,
    sizes: () => sizes,
    rowAt: (index) => rows.get(index),
    refresh: async () => {
      accept(0, await fetchRows(id, sorting, { from: 0, limit: pieces.near }));
      need(seen);
    },
    subscribe: (hear) => {
      hearers.add(hear);
      return () => hearers.delete(hear);
    },
    version: () => version,
  };
}

/** The rows of the folder the page shows; another folder or another order begins anew. */
export function useRows(data: FolderData): Rows {
  const key = `${data.id}${searchFor(data.sorting)}`;
  const [held, setHeld] = useState(() => ({ key, rows: makeRows(data) }));
  const current = held.key === key ? held : { key, rows: makeRows(data) };
  if (current !== held) setHeld(current);
  const { rows } = current;
  rows.take(data);
  useSyncExternalStore(rows.subscribe, rows.version, rows.version);
  return rows;
}
