import type { Context } from './context.ts';
import { sha256 } from './crypto.ts';
import { Failure } from './errors.ts';

/** How often something may fail before it has to wait. */
export type ThrottleRule = {
  readonly name: string;
  /** So many attempts are free within `windowSeconds`. */
  readonly free: number;
  readonly windowSeconds: number;
  /** The wait after the first attempt too many; it doubles with each further one. */
  readonly firstWaitSeconds: number;
  readonly longestWaitSeconds: number;
};

const keyOf = (rule: ThrottleRule, subject: string) =>
  `${rule.name}:${sha256(subject.toLowerCase()).toString('base64url').slice(0, 22)}`;

/**
 * Refuses when the subject (an address, a network) has to wait. Throws `tooMany` with the honest number of seconds.
 * Says the same whether or not the subject exists.
 */
export async function checkThrottle(ctx: Context, rule: ThrottleRule, subject: string): Promise<void> {
  const now = ctx.platform.clock.now();
  const [row] = await ctx.platform.db.instance<{ blocked_until: Date | null }>`
    select blocked_until from platform.throttle where key = ${keyOf(rule, subject)}`;
  const wait = row?.blocked_until ? (row.blocked_until.getTime() - now.getTime()) / 1000 : 0;
  if (wait > 0) throw new Failure('tooMany', 'platform.tooMany', { seconds: Math.ceil(wait) });
}

/** Counts one failed attempt. */
export async function countAttempt(ctx: Context, rule: ThrottleRule, subject: string): Promise<void> {
  const now = ctx.platform.clock.now();
  const windowStart = new Date(now.getTime() - rule.windowSeconds * 1000);
  await ctx.platform.db.instance`
    insert into platform.throttle as t (key, count, since) values (${keyOf(rule, subject)}, 1, ${now})
    on conflict (key) do update set
      count = case when t.since < ${windowStart} then 1 else t.count + 1 end,
      since = case when t.since < ${windowStart} then excluded.since else t.since end,
      blocked_until = case
        when t.since >= ${windowStart} and t.count + 1 > ${rule.free}::int then ${now}::timestamptz + make_interval(secs => least(
          ${rule.longestWaitSeconds}::float8, ${rule.firstWaitSeconds}::float8 * power(2, least(30, t.count - ${rule.free}::int))))
        else null end`;
}

/** Forgets the failures after a success. */
export async function clearThrottle(ctx: Context, rule: ThrottleRule, subject: string): Promise<void> {
  await ctx.platform.db.instance`delete from platform.throttle where key = ${keyOf(rule, subject)}`;
}
