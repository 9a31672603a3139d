import type { ObjectRow, Source } from '#modules/migration';
import { sizeInWords } from '../platform/words.ts';

/** What is known of an import in the middle of it. */
export type Standing = {
  readonly objects: number;
  /** Of what has been dealt with, brought or not. */
  readonly bytes: number;
  /** Of everything; null when nobody knows. */
  readonly total: number | null;
  /** Read from the source so far. */
  readonly read: number;
  readonly seconds: number;
};

const amount = (bytes: number) => sizeInWords(bytes, 'en');

/** A stretch of time as one says it: it is an estimate, and not more exact than that. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}

/** Before this there is too little behind us to say how fast it goes, and how long the rest takes. */
const [leastForRate, leastForRest] = [0.1, 3];

/** How far it is, in one line. */
export function progressLine({ objects, bytes, total, read, seconds }: Standing): string {
  const parts = [`${objects} ${objects === 1 ? 'object' : 'objects'}`];
  // More than everything: somebody adds to the source while we read.
  const isKnown = total !== null && total >= bytes && total > 0;
  parts.push(isKnown ? `${amount(bytes)} of ${amount(total)} (${Math.floor((bytes / total) * 100)} %)` : amount(bytes));
  if (seconds >= leastForRate) parts.push(`${amount(read / seconds)}/s`);
  if (isKnown && seconds >= leastForRest && bytes > 0) parts.push(`about ${duration(((total - bytes) / bytes) * seconds)} left`);
  return parts.join(', ');
}

export type Screen = { readonly isTTY?: boolean; readonly columns?: number; write(text: string): unknown };

export type Progress = {
  /** The source, watched: what is read from it counts. */
  watch(source: Source): Source;
  told(row: ObjectRow): void;
  /** Takes the line away. */
  end(): void;
};

const stepMilliseconds = 200;
/** A line that is written over: back to its beginning, and what is left of the old one goes. */
const over = (text: string) => `\r${text}\u001b[K`;

const silent: Progress = { watch: (source) => source, told: () => {}, end: () => {} };

/**
 * Shows on a terminal how far an import is, in one line that is written over; quiet where nobody watches.
 * @param now milliseconds of a clock that never goes back
 */
export function openProgress(screen: Screen, isWanted: boolean, now: () => number = () => performance.now()): Progress {
  if (!isWanted || !screen.isTTY) return silent;
  const begun = now();
  const stop = new AbortController();
  const counts = { objects: 0, bytes: 0, read: 0, total: null as number | null };
  let shown = begun;
  const show = () => {
    const at = now();
    if (at - shown < stepMilliseconds) return;
    shown = at;
    const line = progressLine({ ...counts, seconds: (at - begun) / 1000 });
    screen.write(over(line.slice(0, (screen.columns ?? 80) - 1)));
  };
  const counted = (bytes: number) => {
    counts.read += bytes;
    show();
  };
  return {
    watch: (source) => {
      source.measure(stop.signal).then(
        (total) => (counts.total = total),
        () => {}, // then there is no estimate
      );
      return { ...source, open: async (item) => counting(await source.open(item), counted) };
    },
    told: ({ size }) => {
      counts.objects += 1;
      counts.bytes += size;
      show();
    },
    end: () => {
      stop.abort();
      screen.write(over(''));
    },
  };
}

async function* counting(source: AsyncIterable<Uint8Array>, counted: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  for await (const piece of source) {
    counted(piece.length);
    yield piece;
  }
}
