import type { Context, Platform } from '#platform/context';

const known = new WeakMap<Platform, string>();

/**
 * Twelve letters and digits that tell this instance's node ids from another's: sync clients keep `oc:id` for ever, and some
 * people connect to two instances. Made from the instance's root secret, so it is the same in every process.
 */
export function instanceIdOf({ platform }: Context): string {
  const id =
    known.get(platform) ??
    `oc${BigInt(`0x${Buffer.from(platform.keys.derive('instance id')).toString('hex')}`)
      .toString(36)
      .slice(0, 10)}`;
  known.set(platform, id);
  return id;
}
