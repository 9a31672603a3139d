import type { ReactNode } from 'react';
import { useLocation, useMatches, useRouteLoaderData } from 'react-router';
import type { Site } from '#ui/frame';
import { Portal } from '#ui/portal';
import { SearchBox } from '#ui/search-box';
import { Workplace } from '#ui/workplace';
import { placesFor } from './places.ts';
import { useShownTenant } from './shown-tenant.ts';
import type { RootView } from './view.ts';

const siteOf = ({ tenant, provider, isDemo }: RootView): Site => ({ name: tenant.name, crest: tenant.crest, provider, isDemo });

/** What the root knows, with the tenant whose pages these are; absent only when the root itself failed. */
export function useRoot(): RootView | undefined {
  const root = useRouteLoaderData('root') as RootView | undefined;
  const tenant = useShownTenant();
  return root && tenant ? { ...root, tenant } : root;
}

const nowhere: Site = { name: 'Rennsteig', crest: null, provider: 'Rennsteig', isDemo: false };

/** The portal with the data of the root. */
export function PortalFrame({ children }: { readonly children: ReactNode }) {
  const root = useRoot();
  return (
    <Portal site={root ? siteOf(root) : nowhere} theme={root?.theme ?? 'system'} isCitizen={root?.isCitizen ?? false}>
      {children}
    </Portal>
  );
}

/** Rooms of the rail that a page leads to in a place of its own, as its loader says: from a space to the trash of this space. */
function useNearby(): Readonly<Record<string, string>> {
  const pages = useMatches().map(({ loaderData }) => loaderData as { nearby?: Readonly<Record<string, string>> } | undefined);
  return Object.assign({}, ...pages.map((page) => page?.nearby));
}

/** The workplace with the data of the root; the portal for those who are not signed in. */
export function WorkplaceFrame({ children }: { readonly children: ReactNode }) {
  const root = useRoot();
  const { pathname } = useLocation();
  const nearby = useNearby();
  if (!root?.me) return <PortalFrame>{children}</PortalFrame>;
  const known = placesFor(root.me.roles, root.isDemo);
  // Of a room and one that lies below it, one is where one is.
  const here = known
    .filter(({ to }) => pathname === to || pathname.startsWith(`${to}/`))
    .sort((a, b) => b.to.length - a.to.length)[0];
  const places = known.map(({ to, icon, isMinor, [root.locale]: label }) => ({
    to: nearby[to] ?? to,
    icon,
    label,
    isMinor: isMinor ?? false,
    isHere: to === here?.to,
  }));
  return (
    <Workplace
      site={siteOf(root)}
      theme={root.theme}
      person={root.me}
      places={places}
      notice={root.notice}
      isNarrow={root.isNarrow}
      search={<SearchBox action="/dateien/suche" />}
    >
      {children}
    </Workplace>
  );
}
