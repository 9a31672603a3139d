/**
 * So many at once and no more: whoever comes in a rush waits their turn, and who would wait too long is told so at once instead of
 * being kept. Answers somebody has given go before questions: they wait in a line of their own that is served first, and is so
 * long that it is full only when nobody could help any more.
 */
export type Rush = {
  /**
   * Resolves when it is one's turn, with what ends it; null: the line is full. Whoever leaves while waiting (`signal`) makes room; their
   * turn is then never begun, and the promise resolves with null.
   */
  enter(line: 'asks' | 'answers', signal: AbortSignal): Promise<(() => void) | null>;
  /** Resolves when only a few are being served, or when somebody has waited for that long enough: for work that can be done later. */
  lull(enough: AbortSignal): Promise<void>;
  /** How many are being served, and how many wait. */
  state(): { readonly underWay: number; readonly waiting: number };
};

export type RushLimits = {
  /** Served at the same time. */
  readonly underWay: number;
  /** Fewer than so many being served is a lull. */
  readonly lull: number;
  /** Waiting to be shown a page. */
  readonly asks: number;
  /** Waiting to have their answers kept. */
  readonly answers: number;
};

/**
 * Of one process. A page takes some 5 ms of it: whoever is last of those that wait has it within about two seconds, and more at once
 * than the database has connections for would only wait there.
 */
export const rushLimits: RushLimits = { underWay: 24, lull: 6, asks: 300, answers: 2_000 };

type Turn = { readonly begin: () => void };

export function openRush(limits: RushLimits): Rush {
  const lines = { answers: new Set<Turn>(), asks: new Set<Turn>() };
  const patient = new Set<() => void>();
  let underWay = 0;

  function leave(): void {
    underWay -= 1;
    for (const line of [lines.answers, lines.asks])
      for (const next of line) {
        line.delete(next);
        next.begin();
        return;
      }
    if (underWay < limits.lull) for (const goOn of patient) goOn();
  }

  /** A turn ends once, however often it is said. */
  function turn(): () => void {
    underWay += 1;
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      leave();
    };
  }

  return {
    enter: (name, signal) => {
      if (signal.aborted) return Promise.resolve(null);
      if (underWay < limits.underWay) return Promise.resolve(turn());
      const line = lines[name];
      if (line.size >= limits[name]) return Promise.resolve(null);
      return new Promise((resolve) => {
        const away = () => {
          line.delete(mine);
          resolve(null);
        };
        const mine: Turn = {
          begin: () => {
            signal.removeEventListener('abort', away);
            resolve(turn());
          },
        };
        line.add(mine);
        signal.addEventListener('abort', away, { once: true });
      });
    },
    lull: (enough) => {
      if (underWay < limits.lull || enough.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const goOn = () => {
          patient.delete(goOn);
          enough.removeEventListener('abort', goOn);
          resolve();
        };
        patient.add(goOn);
        enough.addEventListener('abort', goOn);
      });
    },
    state: () => ({ underWay, waiting: lines.answers.size + lines.asks.size }),
  };
}
