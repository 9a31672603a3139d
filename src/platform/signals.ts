import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from './db.ts';
import type { Log } from './log.ts';

/**
 * Live news for whoever is connected right now, in every process: best effort and at once, beside the events, which are
 * certain and a moment later. Nothing may depend on a signal; who missed some is told so, and looks for itself.
 */
export type Signal = {
  /** `room.what`. */
  readonly topic: string;
  readonly tenant: number;
  /** What it is about, e.g. a space. Signals about the same are merged. */
  readonly about: number;
  /** Ids of the things concerned, a few numbers. */
  readonly ids: readonly number[];
};

export type Signals = {
  /** Tells every process. Call it after the commit: what is told has happened. */
  send(signal: Signal): void;
  /** Hears signals of a topic, and `null` when some may have been missed. Returns how to stop. */
  hear(topic: string, listener: (signal: Signal | null) => void): () => void;
  close(): Promise<void>;
};

const channel = 'rennsteig_signals';

/** Signals of one process gather this long: one message to the database for all of them. */
const gatherMilliseconds = 20;
const againMilliseconds = 500;
/** PostgreSQL takes messages below 8,000 bytes. */
const mostBytes = 7_000;

/**
 * Opens the signals of one process. Its own come back through the database like everybody else's; it listens from the moment
 * somebody wants to hear.
 */
export function openSignals(db: Database, log: Log): Signals {
  const listeners = new Map<string, Set<(signal: Signal | null) => void>>();
  let waiting: Signal[] = [];
  let timer: NodeJS.Timeout | undefined;

  function tell(signals: readonly Signal[]): void {
    for (const signal of signals) for (const listener of listeners.get(signal.topic) ?? []) listener(signal);
  }

  function tellAllOfGap(): void {
    for (const group of listeners.values()) for (const listener of group) listener(null);
  }

  async function flush(): Promise<void> {
    timer = undefined;
    const signals = merge(waiting);
    waiting = [];
    try {
      for (const text of pack(signals)) await db.instance`select pg_notify(${channel}, ${text})`;
    } catch (error) {
      log.warn({ count: signals.length, reason: String(error) }, 'signals were not sent');
    }
  }

  let listening: Promise<void> | null = null;
  const closing = new AbortController();
  /** A database that is away at the first try is asked again; later the connection looks after itself. */
  async function listen(): Promise<void> {
    while (!closing.signal.aborted) {
      try {
        await db.listen(channel, { hear: (text) => tell(JSON.parse(text) as Signal[]), resumed: tellAllOfGap });
        return;
      } catch (error) {
        log.warn({ reason: String(error) }, 'signals are not heard yet');
        await pause(againMilliseconds, undefined, { signal: closing.signal }).catch(() => {});
      }
    }
  }

  return {
    send: (signal) => {
      waiting.push(signal);
      timer ??= setTimeout(() => void flush(), gatherMilliseconds).unref();
    },
    hear: (topic, listener) => {
      listening ??= listen();
      const group = listeners.get(topic) ?? new Set();
      listeners.set(topic, group.add(listener));
      return () => group.delete(listener);
    },
    close: async () => {
      closing.abort();
      await listening;
      clearTimeout(timer);
      if (waiting.length > 0) await flush();
    },
  };
}

/** Several signals about the same become one. */
function merge(signals: readonly Signal[]): Signal[] {
  const groups = Map.groupBy(signals, ({ topic, tenant, about }) => `${topic} ${tenant} ${about}`);
  return [...groups.values()].map((group) => ({ ...(group[0] as Signal), ids: [...new Set(group.flatMap(({ ids }) => ids))] }));
}

/** Messages that PostgreSQL takes; a signal with too many ids is cut into several. */
function pack(signals: readonly Signal[]): string[] {
  const idsEach = Math.floor(mostBytes / 24);
  const small = signals.flatMap((signal) => {
    if (signal.ids.length <= idsEach) return [signal];
    const count = Math.ceil(signal.ids.length / idsEach);
    return Array.from({ length: count }, (_, index) => ({
      ...signal,
      ids: signal.ids.slice(index * idsEach, (index + 1) * idsEach),
    }));
  });
  const texts: string[] = [];
  let group: Signal[] = [];
  for (const signal of small) {
    if (JSON.stringify([...group, signal]).length > mostBytes && group.length > 0) {
      texts.push(JSON.stringify(group));
      group = [];
    }
    group.push(signal);
  }
  return group.length > 0 ? [...texts, JSON.stringify(group)] : texts;
}
