import * as accounts from '#modules/accounts';
import { provider } from '#modules/tenants';
import { type Context, type Platform, systemContext } from '#platform/context';

const minute = 60_000;
const day = 24 * 60 * minute;

/** A tenant's part of the house with a clock of its own, so that what people do can have happened on another day. */
export type Stage = {
  readonly platform: Platform;
  readonly tenant: number;
  /** The day on which the demonstration is made. */
  readonly today: Date;
  /** Puts the clock on a moment. */
  at(moment: Date): void;
  /** The house itself, at work for the tenant (or for the whole instance). */
  readonly house: Context;
  readonly operator: Context;
  /** Somebody as they are now, with their groups and units. */
  person(account: number): Promise<Context>;
};

export function openStage(real: Platform, tenant: number, today: Date): Stage {
  let now = today;
  const platform: Platform = { ...real, clock: { now: () => now } };
  return {
    platform,
    tenant,
    today,
    at: (moment) => {
      now = moment;
    },
    house: systemContext(platform, tenant, 'demo'),
    operator: systemContext(platform, provider, 'demo'),
    person: async (account) => {
      const actor = await accounts.actorOf(platform, tenant, account);
      if (!actor) throw new Error(`account ${account} of the demonstration has no access`);
      return { platform, actor, request: 'demo', locale: 'de', network: '192.0.2.10' };
    },
  };
}

const lanes = 4;

/**
 * Has `work` done for 0 up to `count`, several at a time, each on a stage with a clock of its own: most of the time one thing after
 * the other would only wait for the database.
 */
export async function inLanes(
  stage: Stage,
  count: number,
  work: (lane: Stage, index: number) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  const walk = async () => {
    const lane = openStage(stage.platform, stage.tenant, stage.today);
    while (next < count) await work(lane, next++);
  };
  await Promise.all(Array.from({ length: lanes }, walk));
}

/**
 * A working moment so many days before `today`: never at the weekend, between eight and half past four, the same for the same
 * file. `seed` spreads what happens on one day.
 */
export function moment(today: Date, ago: number, seed = 0): Date {
  if (ago === 0) return new Date(today.getTime() - (5 + (seed % 170)) * minute);
  const date = new Date(today.getTime() - ago * day);
  const weekday = date.getUTCDay();
  const back = weekday === 0 ? 2 : weekday === 6 ? 1 : 0;
  date.setUTCDate(date.getUTCDate() - back);
  const worked = (seed * 37) % 510;
  date.setUTCHours(7, worked, (seed * 13) % 60, 0);
  return date;
}
