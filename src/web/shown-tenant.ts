import { useMatches } from 'react-router';
import type { TenantView } from './context.ts';

/**
 * The authority whose page this is, where that is not the one the root knows by host or sign-in: whoever follows the link of an
 * invitation sees the authority that invited them. The page's loader says so with `shownTenant`.
 */
export function useShownTenant(): TenantView | undefined {
  const pages = useMatches().map(({ loaderData }) => loaderData as { shownTenant?: TenantView } | null | undefined);
  return pages.findLast((page) => page?.shownTenant)?.shownTenant;
}
