import type { Sql } from './db.ts';

/**
 * When this instance was last brought back from a backup. Sync clients are told (`data-fingerprint`): they then keep what they have
 * and the server lost, instead of taking the older state for a change that somebody made.
 */

/** An instant, ISO 8601 in UTC; empty when that never happened. */
export async function readRestored(instance: Sql): Promise<string> {
  const [row] = await instance<{ value: string }>`select value from platform.instance where name = 'restored'`;
  return row?.value ?? '';
}

/** Notes that it has just happened. Processes that run read it at their next start. */
export async function noteRestored(instance: Sql): Promise<void> {
  await instance`
    insert into platform.instance (name, value) values ('restored', ${new Date().toISOString()})
    on conflict (name) do update set value = excluded.value`;
}
