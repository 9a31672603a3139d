import { lookAtStatus, serviceOf } from '#modules/forms';
import type { Context } from '#platform/context';
import { hmac, sha256 } from '#platform/crypto';
import { dayAt } from '#platform/day';
import { ensure } from '#platform/errors';
import { stateTenant, thisMonth } from './gate.ts';
import { limits } from './rules.ts';
import { insertAsked, insertFacts, insertRemark, wasAsked } from './store.ts';

/** The one question at the end of an application (modelled on DIN SPEC 66336, 5.12.1): voluntary, and nobody learns who answered what. */

export type FeedbackView = {
  readonly title: { readonly de: string; readonly en: string };
  /** It was answered before; there is nothing more to ask. */
  readonly isDone: boolean;
};

/** Keyed: nobody who reads the table, and knows all applications, finds out which of them it is about. */
const sumOf = ({ platform }: Context, reference: string): Buffer =>
  hmac(platform.keys.derive('indicators.feedback'), sha256(reference));

/** The question for whoever holds the link of an application that was sent. Throws `notFound`. */
export async function lookAtFeedback(ctx: Context, token: string): Promise<FeedbackView> {
  const { tenant, title, reference } = await lookAtStatus(ctx, token);
  return { title, isDone: await wasAsked(ctx.platform.db.read(tenant), tenant, sumOf(ctx, reference)) };
}

export type FeedbackInput = { readonly points: string; readonly text: string };

/**
 * Keeps a rating as one more number of the day, and a text without anything that leads back to the rating or the application. Once for
 * each application; a second time changes nothing. Throws `invalid` without a rating, or for a text that is too long; `notFound`.
 */
export async function giveFeedback(ctx: Context, token: string, { points, text }: FeedbackInput): Promise<void> {
  const { tenant, form, reference } = await lookAtStatus(ctx, token);
  ensure(/^[1-5]$/.test(points), 'invalid', 'indicators.pointsMissing', { field: 'points' });
  const clean = text.normalize('NFC').replaceAll('\0', '').trim();
  ensure(clean.length <= limits.remark, 'invalid', 'platform.textTooLong', { field: 'text', limit: limits.remark });
  const { platform } = ctx;
  const now = platform.clock.now();
  const [service, link, month] = [await serviceOf(ctx, form), sumOf(ctx, reference), thisMonth(ctx)];
  const fact = {
    source: tenant,
    day: dayAt(now),
    service,
    what: 'rated' as const,
    count: 1,
    total: Number(points),
    heard: null,
  };
  const isFirst = await platform.db.write(tenant, async (tx) => {
    if (!(await insertAsked(tx, tenant, link, month))) return false;
    await insertFacts(tx, tenant, now, [fact]);
    if (clean !== '') await insertRemark(tx, tenant, { month, service, text: clean });
    return true;
  });
  // Should we die here the state lacks one rating; nobody's rating is worth a trace of who gave it.
  if (isFirst && tenant !== stateTenant) await platform.db.write(stateTenant, (tx) => insertFacts(tx, stateTenant, now, [fact]));
}
