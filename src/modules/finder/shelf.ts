import type { Context, Platform } from '#platform/context';
import { limits, stateTenant } from './rules.ts';
import { readGeneration } from './store/index.ts';

/**
 * What a process has read for the public and would read the same again. It belongs to one generation of the catalogue: whatever is
 * published raises its number in the same transaction, and every request looks at the number, so that nobody is shown what no longer
 * holds, whichever process has published. Nothing here depends on who asks, on their language or on their tenant.
 */
export type Shelf = {
  /** What was loaded under this name, which says all that it depends on; nothing (null) is asked for again. */
  keep<Value>(name: string, load: () => Promise<Value>): Promise<Value>;
};

type Kept = { readonly generation: number; readonly day: string; readonly values: Map<string, Promise<unknown>> };

const held = new WeakMap<Platform, Kept>();

/** The shelf of the generation that holds now, on the day it is: what is shown begins and ends on days. */
export async function openShelf({ platform }: Context): Promise<Shelf> {
  const generation = await readGeneration(platform.db.read(stateTenant), stateTenant);
  const day = platform.clock.now().toISOString().slice(0, 10);
  const known = held.get(platform);
  const isCurrent = known?.generation === generation && known.day === day;
  const { values } = isCurrent ? known : { values: new Map<string, Promise<unknown>>() };
  if (!isCurrent) held.set(platform, { generation, day, values });
  return { keep: (name, load) => keep(values, name, load) };
}

function keep<Value>(values: Kept['values'], name: string, load: () => Promise<Value>): Promise<Value> {
  const known = values.get(name) as Promise<Value> | undefined;
  const value = known ?? load();
  const forget = () => void (values.get(name) === value && values.delete(name));
  values.delete(name); // so that the order of the map is the order of asking
  values.set(name, value);
  for (const oldest of values.keys()) {
    if (values.size <= limits.shelved) break;
    values.delete(oldest);
  }
  if (!known) value.then((found) => found === null && forget(), forget);
  return value;
}
