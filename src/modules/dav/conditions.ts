import { listLocks, type Precondition } from '#modules/files';
import type { Context } from '#platform/context';
import { Failure } from '#platform/errors';
import type { FastifyRequest } from '#platform/http';
import { readEtags } from '#platform/http-file';
import { lookForResource } from './resource.ts';
import { isDesktopClient } from './rules-client.ts';
import { isFulfilled, onlyEtag, parseIf, type State, submittedTokens } from './rules-if.ts';
import { type DavPath, parseDestination } from './rules-path.ts';

/** What a request demands before it may change something. */
export type Demands = {
  /** Tokens of locks the client holds. */
  readonly tokens: readonly string[];
  readonly precondition: Precondition;
};

/**
 * Reads `If` (RFC 4918, 10.4), `If-Match` and `If-None-Match` (RFC 9110, 13.1). The `If` header is judged now; entity tags
 * are judged again by the verb itself, under the lock of the space. Throws `precondition`.
 */
export async function readDemands(request: FastifyRequest, path: DavPath): Promise<Demands> {
  const { headers } = request;
  const ifMatch = readEtags(headers['if-match']);
  const ifNoneMatch = readEtags(headers['if-none-match']);
  const precondition = { ...(ifMatch ? { ifMatch } : {}), ...(ifNoneMatch ? { ifNoneMatch } : {}) };
  if (typeof headers.if !== 'string') return { tokens: [], precondition };
  const lists = parseIf(headers.if);
  const states = new Map<string | null, State>();
  for (const { resource } of lists) {
    if (!states.has(resource))
      states.set(resource, await stateOf(request.ctx, resource === null ? path : taggedPath(request, resource)));
  }
  if (!isFulfilled(lists, (resource) => states.get(resource) ?? nothing)) throw new Failure('precondition', 'dav.ifFailed');
  return { tokens: submittedTokens(lists), precondition };
}

/**
 * {@link readDemands} for a request that stores a content at a place. The entity tag in an `If` header is then judged under the
 * lock of the space, as one in `If-Match` is. A desktop client names what it overwrites; without that it believes the place to be
 * free, and has to look again when it is not: of two people who make a file of the same name at the same moment both keep theirs.
 */
export async function readWriteDemands(request: FastifyRequest, path: DavPath): Promise<Demands> {
  const { tokens, precondition } = await readDemands(request, path);
  const { if: header } = request.headers;
  if (typeof header === 'string') {
    const seen = onlyEtag(parseIf(header));
    const isAboutThis = seen && isSamePath(seen.resource === null ? path : taggedPath(request, seen.resource), path);
    return { tokens, precondition: isAboutThis ? { ...precondition, ifMatch: [seen.etag] } : precondition };
  }
  const believesFree = isDesktopClient(request.headers) && precondition.ifMatch === undefined;
  return { tokens, precondition: believesFree ? { ...precondition, ifNoneMatch: '*' } : precondition };
}

const isSamePath = (one: DavPath | null, other: DavPath) => one?.segments.join('/') === other.segments.join('/');

const nothing: State = { etag: null, tokens: [] };

function taggedPath(request: FastifyRequest, resource: string): DavPath | null {
  try {
    return parseDestination(resource, request.host);
  } catch {
    return null; // a resource elsewhere: nothing we know of it is true
  }
}

async function stateOf(ctx: Context, path: DavPath | null): Promise<State> {
  if (!path) return nothing;
  const resource = await lookForResource(ctx, path);
  if (resource) return { etag: resource.etag, tokens: (await listLocks(ctx, resource.entry)).map(({ token }) => token) };
  // What is not there yet can still be covered by an infinite lock on a folder above.
  const parent = path.segments.length > 0 ? await lookForResource(ctx, { ...path, segments: path.segments.slice(0, -1) }) : null;
  return { etag: null, tokens: parent ? (await listLocks(ctx, parent.entry)).map(({ token }) => token) : [] };
}
