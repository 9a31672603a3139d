import type { Context } from './context.ts';
import { sha256 } from './crypto.ts';
import { Failure } from './errors.ts';

/** How often something may be tried before it has to wait. */
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
 * A client's address as a subject: whoever has one address of IPv6 has the 2^64 of its network (RFC 4291, 2.5.4), so these
 * count as one. Anything that is no address stays as it is.
 */
export function networkOf(address: string): string {
  const plain = address.toLowerCase().split('%', 1)[0] ?? '';
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain)?.[1];
  if (mapped || !plain.includes(':')) return mapped ?? address;
  const [before = '', after = ''] = plain.split('::', 2);
  const [head, tail] = [before, after].map((part) => (part === '' ? [] : part.split(':'))) as [string[], string[]];
  const zeros = plain.includes('::') ? Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => '0') : [];
  const groups = [...head, ...zeros, ...tail].slice(0, 4).map((group) => group.replace(/^0+(?=.)/, ''));
  return `${groups.join(':')}::/64`;
}

/**
 * Takes one attempt, before it is known whether it will succeed: of a hundred guesses at the same moment only the free ones and
 * one more get through. Throws `tooMany` with the honest number of seconds, alike whether or not the subject exists.
 * @param subject an address, a network, or both
 */
export async function takeAttempt(ctx: Context, rule: ThrottleRule, subject: string): Promise<void> {
  const now = ctx.platform.clock.now();
  const windowStart = new Date(now.getTime() - rule.windowSeconds * 1000);
  const key = keyOf(rule, subject);
  const taken = await ctx.platform.db.instance`
    insert into platform.throttle as t (key, count, since) values (${key}, 1, ${now})
    on conflict (key) do update set
      count = case when t.since <= ${windowStart} then 1 else t.count + 1 end,
      since = case when t.since <= ${windowStart} then excluded.since else t.since end,
      blocked_until = case
        when t.since > ${windowStart} and t.count + 1 > ${rule.free}::int then ${now}::timestamptz + make_interval(secs => least(
          ${rule.longestWaitSeconds}::float8, ${rule.firstWaitSeconds}::float8 * power(2, least(30, t.count - ${rule.free}::int))))
        else null end
    where t.blocked_until is null or t.blocked_until <= ${now}
    returning key`;
  if (taken.length > 0) return;
  const [row] = await ctx.platform.db.instance<{ blocked_until: Date | null }>`
    select blocked_until from platform.throttle where key = ${key}`;
  const wait = ((row?.blocked_until ?? now).getTime() - now.getTime()) / 1000;
  throw new Failure('tooMany', 'platform.tooMany', { seconds: Math.max(1, Math.ceil(wait)) });
}

/** Gives an attempt back after a success, so that a whole town hall behind one address can sign in on a Monday morning. */
export async function giveBackAttempt(ctx: Context, rule: ThrottleRule, subject: string): Promise<void> {
  await ctx.platform.db.instance`
    update platform.throttle
    set count = greatest(0, count - 1), blocked_until = case when count - 1 <= ${rule.free}::int then null else blocked_until end
    where key = ${keyOf(rule, subject)}`;
}

/** Forgets all attempts. */
export async function clearThrottle(ctx: Context, rule: ThrottleRule, subject: string): Promise<void> {
  await ctx.platform.db.instance`delete from platform.throttle where key = ${keyOf(rule, subject)}`;
}

/** Removes what no rule looks at any more; for a daily job. */
export async function forgetOldAttempts(ctx: Context): Promise<void> {
  const yesterday = new Date(ctx.platform.clock.now().getTime() - 86_400_000);
  await ctx.platform.db.instance`
    delete from platform.throttle where since < ${yesterday} and (blocked_until is null or blocked_until < ${yesterday})`;
}
