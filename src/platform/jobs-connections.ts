import { setTimeout as pause } from 'node:timers/promises';
// The queue's driver: the version is the one that the queue itself has, so that there is one copy.
import { Pool } from 'pg';
import type { Connection } from './db.ts';

/**
 * The connections of one queue. Left to itself the queue stops hearing their errors first and ends them afterwards, without
 * waiting: a database that ends them at that moment, because it stops as well, would take the whole process with it.
 */
export type JobConnections = {
  readonly pool: Pool;
  /** Resolves when the last connection is gone, or after {@link closeSeconds}: a database that is away does not answer. */
  close(): Promise<void>;
};

const closeSeconds = 5;

/** The connection as the driver wants it. */
function settingsOf(connection: Connection): string {
  if (connection.url) return connection.url;
  const { host = '', username = '', database = '' } = connection;
  return `postgresql://${encodeURIComponent(username)}@/${encodeURIComponent(database)}?host=${encodeURIComponent(host)}`;
}

/** What the driver says when a connection ends by itself; with the code of PostgreSQL or of the system. */
type Loss = Error & { readonly code?: string };

/**
 * Opens connections for a queue; the first when it is needed.
 * @param most connections at once
 * @param lost called when one ends by itself, also while they are closed; whoever waits for an answer on it hears of it too
 */
export function openJobConnections(owner: Connection, most: number, lost: (loss: Loss) => void = () => {}): JobConnections {
  const open = new Set<Promise<void>>();
  const pool = new Pool({ connectionString: settingsOf(owner), max: most });
  let closed: Promise<void> | null = null;
  pool.on('error', lost);
  pool.on('connect', (client) => {
    client.on('error', lost);
    const gone = new Promise<void>((resolve) => client.once('end', resolve)).then(() => void open.delete(gone));
    open.add(gone);
  });

  async function end(): Promise<void> {
    await pool.end();
    await Promise.all(open);
  }

  return {
    pool,
    close: () => {
      closed ??= Promise.race([end(), pause(closeSeconds * 1000, undefined, { ref: false })]);
      return closed;
    },
  };
}
