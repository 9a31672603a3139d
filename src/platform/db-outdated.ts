import postgres from 'postgres';
import type { Tx } from './db.ts';

/** Statements that were prepared for what a table looked like before: an update adds columns while processes of the version before still run. */

/** What the driver asks of a statement before it asks the database a second time. */
type Asked = postgres.PendingQuery<postgres.Row[]> & { prepared?: boolean; reject?: (error: unknown) => void };

/**
 * Keeps the driver from asking again by itself. When a table gets a column, statements that were prepared before fail once; the driver then
 * sends such a one behind all that has been sent meanwhile. There it runs for another tenant, who sees none of these rows, or never
 * ends. It does so for a statement it still takes for prepared when the answer comes: it is told so only while it sends.
 */
export function onlyOnce(query: Asked): Asked {
  let isPrepared = false;
  return Object.defineProperty(query, 'prepared', {
    get: () => isPrepared,
    set: (value: boolean) => {
      isPrepared = value;
      queueMicrotask(() => {
        isPrepared = false;
      });
    },
  });
}

/** A statement was prepared for what a table looked like before. It was not carried out. */
export const isOutdated = (error: unknown): boolean =>
  error instanceof postgres.PostgresError && error.routine === 'RevalidateCachedQuery';

/** The same transaction, whose statements are asked {@link onlyOnce}; says when one of them was outdated, whatever error the others end with. */
export function eachOnce(tx: Tx, noteOutdated: () => void): Tx {
  return new Proxy(tx, {
    apply: (target, self, args: unknown[]) => {
      const made: unknown = Reflect.apply(target, self, args);
      const isStatement = Array.isArray(args[0]) && 'raw' in args[0];
      if (!isStatement) return made;
      const query = onlyOnce(made as Asked);
      const { reject } = query;
      query.reject = (error) => {
        if (isOutdated(error)) noteOutdated();
        reject?.(error);
      };
      return query;
    },
  });
}
