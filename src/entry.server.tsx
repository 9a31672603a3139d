import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { renderToPipeableStream } from 'react-dom/server';
import { type EntryContext, isRouteErrorResponse, type RouterContextProvider, ServerRouter } from 'react-router';
import type { PageWishes } from '#platform/http-guard';
import { NonceContext } from './ui/view.tsx';
import { houseKey } from './web/context.ts';

type Handle = PageWishes & {
  /** False for pages that ship no script: what works without script needs none. */
  readonly script?: boolean;
  /** True for pages without the framework's script that bring a small one of their own. */
  readonly ownScript?: boolean;
};

/** What the pages that make up this one say of themselves. */
const handlesOf = ({ staticHandlerContext, routeModules }: EntryContext): Handle[] =>
  staticHandlerContext.matches.map(({ route }) => (routeModules[route.id]?.handle as Handle | undefined) ?? {});

/**
 * A page without the framework's script leads nowhere by itself: of all routes it needs those that make it up. The framework would
 * build every one of them anew for every page.
 */
function withOwnRoutes(entry: EntryContext): EntryContext {
  const { manifest, staticHandlerContext } = entry;
  const routes = staticHandlerContext.matches.flatMap(({ route }) => {
    const known = manifest.routes[route.id];
    return known ? [[route.id, known] as const] : [];
  });
  return { ...entry, manifest: { ...manifest, routes: Object.fromEntries(routes) } };
}

/** Renders a page in one piece: it is small and waits for nothing. Whoever leaves before it is finished costs nothing more. */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  entry: EntryContext,
  context: Readonly<RouterContextProvider>,
): Promise<Response> {
  const house = context.get(houseKey);
  const handles = handlesOf(entry);
  const hasScript = handles.every(({ script }) => script !== false);
  const { formsLeadTo, isFramed } = Object.assign({}, ...handles) as Handle;
  const runsScript = hasScript || handles.some(({ ownScript }) => ownScript === true);
  const nonce = runsScript ? house.nonce : '';
  headers.set('Content-Type', 'text/html; charset=utf-8');
  headers.set('Content-Security-Policy', house.policy(runsScript, { formsLeadTo, isFramed }));
  if (isFramed) headers.set('Cross-Origin-Resource-Policy', 'cross-origin');
  return new Promise((resolve, reject) => {
    const body = new PassThrough();
    const { pipe, abort } = renderToPipeableStream(
      <NonceContext value={nonce}>
        <ServerRouter context={hasScript ? entry : withOwnRoutes(entry)} url={request.url} nonce={nonce} />
      </NonceContext>,
      {
        nonce,
        // Parts that arrive later would need script to be put in their place.
        progressiveChunkSize: Number.POSITIVE_INFINITY,
        onAllReady: () => {
          const page = buffer(body) as Promise<Buffer<ArrayBuffer>>;
          resolve(page.then((bytes) => new Response(bytes, { status, headers })));
          pipe(body);
        },
        onShellError: reject,
        onError: (error) => {
          if (!request.signal.aborted) house.explain(error);
        },
      },
    );
    request.signal.addEventListener('abort', () => abort(), { once: true });
  });
}

/** Mistakes in loaders and actions that `load` and `act` did not see. */
export function handleError(
  error: unknown,
  { request, context }: { request: Request; context: Readonly<RouterContextProvider> },
) {
  // The router's own answers to addresses and methods that are none are no mistakes of ours.
  if (isRouteErrorResponse(error) && error.status < 500) return;
  if (!request.signal.aborted) context.get(houseKey).explain(error);
}
