import type { Sql } from './db.ts';

/**
 * Whether this instance is a demonstration, which is written down in the instance itself: an instance in use must never become
 * one because somebody typed an option, since a demonstration shows everybody's mails.
 *
 * `filling`: an empty instance is being filled; whoever is stopped now leaves something that is not whole. `filled`: ready, the
 * large folder is still growing. `complete`: all of it is there.
 */
export type DemoState = 'filling' | 'filled' | 'complete';

/** Null: this instance is not a demonstration. */
export async function readDemo(instance: Sql): Promise<DemoState | null> {
  const [row] = await instance<{ value: string }>`select value from platform.instance where name = 'demo'`;
  return (row?.value as DemoState | undefined) ?? null;
}

/** Notes how far the demonstration is; this, and with it everything before, is on the disk then, also where other commits do not wait for it. */
export async function noteDemo(instance: Sql, state: DemoState): Promise<void> {
  await instance`
    insert into platform.instance (name, value) select 'demo', ${state}::text from set_config('synchronous_commit', 'on', true)
    on conflict (name) do update set value = excluded.value`;
}
