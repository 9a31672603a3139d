import type { Role } from '#platform/context';
import type { Notice, PageHouse, TenantView, Theme } from './context.ts';

/** What the frame of every page shows; the root's loader data. */
export type RootView = {
  readonly locale: 'de' | 'en';
  readonly theme: Theme;
  readonly csrf: string | null;
  readonly tenant: TenantView;
  readonly provider: string;
  readonly isDemo: boolean;
  readonly me: { readonly name: string; readonly address: string; readonly roles: readonly Role[] } | null;
  readonly notice: Notice | null;
  /** The rail shows only its icons. */
  readonly isNarrow: boolean;
};

export function viewOf({ ctx, theme, isNarrow, csrf, tenant, provider, notice }: PageHouse): RootView {
  const { actor } = ctx;
  const me = actor.kind === 'account' ? { name: actor.name, address: actor.address, roles: actor.roles } : null;
  return { locale: ctx.locale, theme, csrf, tenant, provider, isDemo: ctx.platform.config.demo, me, notice, isNarrow };
}
