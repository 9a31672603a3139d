import { type Connection, connect } from '#platform/db';
import * as store from './store/restored.ts';

/**
 * After a restore numbers go on far behind those that were given out since the instant that was restored. Clients remember them as
 * ETags, file ids and places in the change feed: a number that came a second time for something else would hide it from them.
 * Places in the feed from before are no longer good, so whoever follows it starts anew.
 * @param owner as the owner of the schema: it concerns every tenant
 */
export async function leaveGap(owner: Connection): Promise<void> {
  const sql = connect(owner, { max: 1 });
  try {
    await sql.begin((tx) => store.leaveGap(tx));
  } finally {
    await sql.end({ timeout: 5 });
  }
}
