import type { Context } from '#platform/context';
import { ensure } from '#platform/errors';
import type { EntryRef } from './entry.ts';
import { authorize } from './gate.ts';
import { type LifeEventView, viewOfLifeEvent } from './life-event.ts';
import { withTitles } from './naming.ts';
import { type AuthorityView, getService, type ServiceView, viewOfAuthority, viewOfService } from './public-service.ts';
import type { AuthorityContent, LifeEventContent, ServiceContent, SupplementContent } from './rules-content.ts';
import { readEntry, readVersion } from './store/entries.ts';

/** What citizens will see once the draft is published; `none` for rules, which nobody sees by themselves. */
export type Preview =
  | { readonly kind: 'service'; readonly view: ServiceView }
  | { readonly kind: 'authority'; readonly view: AuthorityView }
  | { readonly kind: 'lifeEvent'; readonly view: LifeEventView }
  | { readonly kind: 'none' };

/**
 * The draft of an entry as citizens will see it, or what is published when there is no draft. A supplement is shown on the page of
 * its service, in its area. Throws `notFound`.
 * @param place where the citizen would be; a supplement has its own
 */
export async function previewEntry(ctx: Context, ref: EntryRef, place = ''): Promise<Preview & { readonly title: string }> {
  const tenant = ref.tenant ?? ctx.actor.tenant;
  authorize(ctx.actor, 'read', { tenant });
  const sql = ctx.platform.db.read(tenant);
  const entry = await readEntry(sql, tenant, ref.entry);
  const number = entry?.draft ?? entry?.published ?? null;
  const version = number === null ? null : await readVersion(sql, tenant, ref.entry, number);
  ensure(entry && version, 'notFound', 'platform.notFound');
  const { kind, key } = entry;
  const [{ title } = entry] = await withTitles(ctx, [entry]);
  const now = ctx.platform.clock.now();
  if (kind === 'authority') {
    return { kind, title, view: viewOfAuthority({ key, content: version.content as AuthorityContent, publishedAt: now }, now) };
  }
  if (kind === 'supplement')
    return { kind: 'service', title, view: await supplemented(ctx, version.content as SupplementContent) };
  if (kind === 'competence') return { kind: 'none', title };
  if (kind === 'lifeEvent')
    return { kind, title, view: await viewOfLifeEvent(ctx, { key, content: version.content as LifeEventContent }) };
  const content = version.content as ServiceContent;
  const service = { key, content, publishedAt: now, checkedOn: now.toISOString().slice(0, 10) };
  return { kind, title, view: await viewOfService(ctx, service, place) };
}

async function supplemented(ctx: Context, draft: SupplementContent): Promise<ServiceView> {
  const view = await getService(ctx, draft.service, draft.area);
  return { ...view, supplements: [draft, ...view.supplements.filter(({ area }) => area !== draft.area)] };
}
