import { dayAt } from './day.ts';
import { asFailure } from './errors.ts';
import type { Log } from './log.ts';

/** One number: how often something happened with a service of an authority on a day. It knows no person, address or moment. */
export type Tallied = {
  readonly tenant: number;
  /** Day in Germany, `2026-11-23`. */
  readonly day: string;
  readonly what: string;
  /** Key of what it happened with. */
  readonly about: string;
  readonly count: number;
};

/** Who keeps the numbers: a room above those that count. */
export type TallyKeeper = (tallied: readonly Tallied[]) => Promise<void>;

/**
 * News in numbers, for what happens with every page: nothing waits for it, no row is written for it, and it never fails. What was
 * counted in memory is handed on every {@link tallySeconds}; when a process is killed, at most so much is never counted.
 */
export type Tally = {
  /** Counts one. Costs no I/O. */
  count(tenant: number, what: string, about: string): void;
  /** Hands on what was counted so far. What its keeper could not take is handed on with the next. */
  flush(): Promise<void>;
  /** From now on, the numbers go to this keeper, also without being asked. */
  keepWith(keeper: TallyKeeper): void;
};

const tallySeconds = 20;

/** Different numbers held at once; whoever makes up keys cannot fill the memory. */
const mostKeys = 20_000;

export function openTally(now: () => Date, log: Log): Tally {
  let held = new Map<string, Tallied>();
  let keeper: TallyKeeper | null = null;
  let timer: NodeJS.Timeout | undefined;
  let handing: Promise<void> = Promise.resolve();

  function add({ count, ...rest }: Tallied): void {
    const key = `${rest.tenant} ${rest.day} ${rest.what} ${rest.about}`;
    const known = held.get(key);
    if (known === undefined && held.size >= mostKeys) return;
    held.set(key, { ...rest, count: (known?.count ?? 0) + count });
  }

  function later(): void {
    if (keeper === null || timer !== undefined) return;
    timer = setTimeout(() => void flush(), tallySeconds * 1000).unref();
  }

  async function handOn(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    if (keeper === null || held.size === 0) return;
    const going = [...held.values()];
    held = new Map();
    try {
      await keeper(going);
    } catch (error) {
      log.warn({ part: 'tally', cause: asFailure(error).kind }, 'numbers could not be kept; they are tried again');
      for (const one of going) add(one);
      later();
    }
  }

  function flush(): Promise<void> {
    handing = handing.then(handOn);
    return handing;
  }

  return {
    count: (tenant, what, about) => {
      add({ tenant, day: dayAt(now()), what, about, count: 1 });
      later();
    },
    flush,
    keepWith: (given) => {
      keeper = given;
    },
  };
}
