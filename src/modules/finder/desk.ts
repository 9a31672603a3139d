import type { Context } from '#platform/context';
import { areaOfTenant, authorize, personOf } from './gate.ts';
import { knowledge } from './lexicon.ts';
import { finderPermissions, limits, stateTenant } from './rules.ts';
import { reviewDay } from './rules-day.ts';
import { countOpen, type OpenCounts } from './store/entries.ts';

/** Whose desk it is, and how much lies on it. */
export type Desk = OpenCounts & {
  /** The state's editors write master texts and the words of the search, and bring in lists. */
  readonly isState: boolean;
  /** False for auditors, who only read. */
  readonly mayWrite: boolean;
  /** The area these editors speak for; null: their authority has no official key. */
  readonly area: { readonly key: string; readonly name: string } | null;
};

/** The desk of one's own authority. For its editors and auditors. */
export async function openDesk(ctx: Context): Promise<Desk> {
  const { actor, platform } = ctx;
  const { tenant } = actor;
  authorize(actor, 'read', { tenant });
  const until = reviewDay(platform.clock.now(), limits.remindDaysBefore);
  const [counts, key, { register }] = await Promise.all([
    countOpen(platform.db.read(tenant), tenant, { until, me: personOf(actor).id }),
    areaOfTenant(ctx, tenant),
    knowledge(ctx),
  ]);
  const name = key === null ? '' : (register.areas.get(key)?.designation ?? key);
  return {
    ...counts,
    isState: tenant === stateTenant,
    mayWrite: finderPermissions.may.write(actor, { tenant }),
    area: key === null ? null : { key, name },
  };
}
