import { sayAll } from './checks.ts';
import type { Context } from './context.ts';
import type { Failure, Kind } from './errors.ts';

/** The one table from kinds to status codes. */
export const statusOf: Readonly<Record<Kind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  notFound: 404,
  conflict: 409,
  precondition: 412,
  locked: 423,
  tooLarge: 413,
  quotaExceeded: 507, // RFC 4918, 11.5
  tooMany: 429, // RFC 6585, 4
  unsupported: 415,
  unavailable: 503,
  damaged: 500,
  internal: 500,
};

/** Seconds after which it makes sense to try again; null when it does not. RFC 9110, 10.2.3. */
export function retryAfter(failure: Failure): number | null {
  if (failure.kind === 'tooMany') return Number(failure.params.seconds ?? 60);
  return failure.kind === 'unavailable' ? 2 : null;
}

/** The sentence for people; for a refusal that holds several, all of theirs. Names nothing of the inside: no table, no path, no stack. */
export function sentenceOf(ctx: Context, failure: Failure): string {
  return sayAll(ctx.platform.words, ctx.locale, failure, { request: ctx.request });
}

/** Writes down what the caller is not told: our own mistakes, damage and a missing database, with their causes. */
export function logFailure(ctx: Context, failure: Failure): void {
  if (statusOf[failure.kind] < 500 && failure.kind !== 'damaged') return;
  const details = { request: ctx.request, kind: failure.kind, code: failure.code, causes: causesOf(failure) };
  if (failure.kind === 'damaged') ctx.platform.metrics.count('damaged_blobs_total', {});
  if (failure.kind === 'unavailable' || failure.kind === 'quotaExceeded') ctx.platform.log.warn(details, 'request refused');
  else ctx.platform.log.error(details, 'request failed');
}

function causesOf(error: Error): string[] {
  const causes: string[] = [];
  for (
    let cause: unknown = error.cause;
    cause !== undefined && causes.length < 5;
    cause = cause instanceof Error ? cause.cause : undefined
  ) {
    causes.push(cause instanceof Error ? (cause.stack ?? cause.message) : String(cause));
  }
  return causes.length > 0 ? causes : [error.stack ?? error.message];
}
