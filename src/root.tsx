import './ui/kit.css';
import { type ReactNode, useContext } from 'react';
import {
  isRouteErrorResponse,
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  type ShouldRevalidateFunctionArgs,
  useMatches,
  useRouteError,
  useRouteLoaderData,
} from 'react-router';
import regular from './ui/fonts/RennsteigText-Regular.woff2?url';
import semiBold from './ui/fonts/RennsteigText-SemiBold.woff2?url';
import mark from './ui/mark.svg?url';
import { TrayProvider } from './ui/tray.tsx';
import { NonceContext, ViewProvider } from './ui/view.tsx';
import { load } from './web/context.ts';
import { ErrorPage } from './web/error-page.tsx';
import { useShownTenant } from './web/shown-tenant.ts';
import { viewOf } from './web/view.ts';

export const loader = load(async (house) => viewOf(house));

/** What an open page loads anew by itself is not the next page: the frame, and what was said last, stay. */
export function shouldRevalidate({ currentUrl, nextUrl, formMethod, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs) {
  return formMethod === undefined && currentUrl.href === nextUrl.href ? false : defaultShouldRevalidate;
}

type RootData = Awaited<ReturnType<typeof loader>>;

/** A style sheet of one rule, because the page's policy forbids styles inside it; see `serve.ts`. */
const colourSheet = ({ light, dark }: { readonly light: string; readonly dark: string }) =>
  `/farbe/${light.slice(1)}-${dark.slice(1)}.css`;

/** The document around every page, error pages included. */
export function Layout({ children }: { readonly children: ReactNode }) {
  const root = useRouteLoaderData('root') as RootData | undefined;
  const colours = (useShownTenant() ?? root?.tenant)?.colours;
  const nonce = useContext(NonceContext);
  const hasScript = useMatches().every(({ handle }) => (handle as { script?: boolean } | undefined)?.script !== false);
  const theme = root?.theme === 'light' || root?.theme === 'dark' ? root.theme : undefined;
  return (
    <html lang={root?.locale ?? 'de'} data-kern-theme={theme} suppressHydrationWarning>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content={theme ?? 'light dark'} />
        {hasScript && <meta property="csp-nonce" content={nonce} nonce={nonce} />}
        <link rel="preload" href={regular} as="font" type="font/woff2" crossOrigin="anonymous" />
        <link rel="preload" href={semiBold} as="font" type="font/woff2" crossOrigin="anonymous" />
        <link rel="icon" href={mark} type="image/svg+xml" />
        <Meta />
        <Links nonce={nonce} />
        {colours && <link rel="stylesheet" href={colourSheet(colours)} />}
      </head>
      <body>
        <ViewProvider view={{ locale: root?.locale ?? 'de', csrf: root?.csrf ?? null }}>
          <TrayProvider>{children}</TrayProvider>
        </ViewProvider>
        {hasScript && <ScrollRestoration nonce={nonce} />}
        {hasScript && <Scripts nonce={nonce} />}
      </body>
    </html>
  );
}

export default function Root() {
  return <Outlet />;
}

export function ErrorBoundary() {
  const error = useRouteError();
  return <ErrorPage explained={isRouteErrorResponse(error) ? error.data : null} />;
}
