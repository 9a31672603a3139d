import { type Connection, connect } from '#platform/db';
import * as store from './store/restored.ts';

/**
 * After a restore payment references go on far behind those that were given out since the instant that was restored: money may
 * still arrive under one of them, and must not be taken for somebody else's.
 * @param owner as the owner of the schema: it concerns every tenant
 */
export async function skipReferences(owner: Connection): Promise<void> {
  const sql = connect(owner, { max: 1 });
  try {
    await sql.begin((tx) => store.skipNumbers(tx));
  } finally {
    await sql.end({ timeout: 5 });
  }
}
