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
  readonly me: {
    readonly name: string;
    readonly address: string;
    readonly roles: readonly Role[];
    /** Notices that wait. */
    readonly notices: number;
  } | null;
  /** A citizen is signed in, who is nobody in the workplace. */
  readonly isCitizen: boolean;
  readonly notice: Notice | null;
  /** The rail shows only its icons. */
  readonly isNarrow: boolean;
};

/** What the frame shows to this person. */
export async function viewOf({ ctx, rooms, theme, isNarrow, csrf, tenant, provider, notice }: PageHouse): Promise<RootView> {
  const { actor } = ctx;
  const notices = actor.kind === 'account' ? await rooms.notifications.countNotices(ctx) : 0;
  const me = actor.kind === 'account' ? { name: actor.name, address: actor.address, roles: actor.roles, notices } : null;
  return {
    locale: ctx.locale,
    theme,
    csrf,
    tenant,
    provider,
    isDemo: ctx.platform.config.demo,
    me,
    isCitizen: actor.kind === 'citizen',
    notice,
    isNarrow,
  };
}
