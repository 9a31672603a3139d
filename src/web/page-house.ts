import { checkAll, faultsOf } from '#platform/checks';
import type { Context } from '#platform/context';
import { asFailure, Failure } from '#platform/errors';
import type { FastifyReply, FastifyRequest } from '#platform/http';
import { csrfToken, type PageWishes } from '#platform/http-guard';
import { logFailure, retryAfter, sentenceOf, statusOf } from '#platform/http-status';
import { say } from '#platform/words';
import type { Explained, PageHouse, Part, Rooms, TenantView } from './context.ts';
import { makeCookies, readNotice, readRail, readTheme } from './cookies.ts';

export type PageHouseOptions = {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly rooms: Rooms;
  readonly tenant: TenantView;
  readonly provider: string;
  readonly nonce: string;
  readonly policy: (nonce: string | null, wishes?: PageWishes) => string;
  readonly parts: () => AsyncIterable<Part>;
};

/** The house for one request of a page. */
export function openPageHouse({ request, reply, nonce, policy, ...rest }: PageHouseOptions): PageHouse {
  const { ctx, sessionToken } = request;
  const { platform } = ctx;
  return {
    ...rest,
    ctx,
    nonce,
    csrf: sessionToken === null ? null : csrfToken(platform.keys, sessionToken),
    theme: readTheme(request.headers.cookie),
    isNarrow: readRail(request.headers.cookie),
    notice: readNotice(platform, sessionToken, request.headers.cookie),
    cookies: makeCookies(platform, sessionToken),
    policy: (hasScript, wishes) => policy(hasScript ? nonce : null, wishes),
    say: (code, params) => say(platform.words, ctx.locale, code, params),
    explain: (error) => explain(request, reply, error),
    refuse: (sentence, field) => new Failure('invalid', refusedByPage, { sentence, field }),
    signInFirst: () => new Failure('unauthenticated', 'platform.signInFirst'),
    checkAll,
    missing: () => new Failure('notFound', 'platform.notFound'),
  };
}

/** The code of a refusal that carries its own sentence. */
const refusedByPage = 'pages.refused';

function explain({ ctx }: FastifyRequest, reply: FastifyReply, error: unknown): Explained {
  const failure = asFailure(error);
  logFailure(ctx, failure);
  const seconds = retryAfter(failure);
  if (seconds !== null) reply.header('Retry-After', seconds);
  const faults = faultsOf(failure);
  return {
    status: statusOf[failure.kind],
    kind: failure.kind,
    code: failure.code,
    sentence: faults.length === 1 ? sayFault(ctx, failure) : say(ctx.platform.words, ctx.locale, failure.code, failure.params),
    request: ctx.request,
    fields: faults.flatMap((fault) => {
      const { field } = fault.params;
      return typeof field === 'string' ? [{ field, sentence: sayFault(ctx, fault) }] : [];
    }),
  };
}

/** Pages know their own sentences, rooms have theirs in the words. */
const sayFault = (ctx: Context, fault: Failure): string =>
  fault.code === refusedByPage ? String(fault.params.sentence) : sentenceOf(ctx, fault);
