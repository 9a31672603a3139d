import { asFailure, Failure } from '#platform/errors';
import type { FastifyRequest } from '#platform/http';
import { csrfToken } from '#platform/http-guard';
import { logFailure, sentenceOf, statusOf } from '#platform/http-status';
import type { Explained, PageHouse, Part, Rooms, TenantView } from './context.ts';
import { makeCookies, readNotice, readTheme } from './cookies.ts';

export type PageHouseOptions = {
  readonly request: FastifyRequest;
  readonly rooms: Rooms;
  readonly tenant: TenantView;
  readonly provider: string;
  readonly nonce: string;
  readonly policy: (nonce: string | null) => string;
  readonly parts: () => AsyncIterable<Part>;
};

/** The house for one request of a page. */
export function openPageHouse({ request, nonce, policy, ...rest }: PageHouseOptions): PageHouse {
  const { ctx, sessionToken } = request;
  const { platform } = ctx;
  return {
    ...rest,
    ctx,
    nonce,
    csrf: sessionToken === null ? null : csrfToken(platform.keys, sessionToken),
    theme: readTheme(request.headers.cookie),
    notice: readNotice(platform, sessionToken, request.headers.cookie),
    cookies: makeCookies(platform, sessionToken),
    policy: (hasScript) => policy(hasScript ? nonce : null),
    explain: (error) => explain(request, error),
    missing: () => new Failure('notFound', 'platform.notFound'),
  };
}

function explain({ ctx }: FastifyRequest, error: unknown): Explained {
  const failure = asFailure(error);
  logFailure(ctx, failure);
  const { field } = failure.params;
  return {
    status: statusOf[failure.kind],
    kind: failure.kind,
    code: failure.code,
    sentence: sentenceOf(ctx, failure),
    request: ctx.request,
    field: typeof field === 'string' ? field : null,
  };
}
