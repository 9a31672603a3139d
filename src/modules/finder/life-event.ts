import type { Context } from '#platform/context';
import { ensure } from '#platform/errors';
import type { Page } from '#platform/page';
import { authorize } from './gate.ts';
import { stateTenant } from './rules.ts';
import type { LifeEventContent } from './rules-content.ts';
import { linesFrom, readRows, type ServiceLine } from './service-list.ts';
import { openShelf, type Shelf } from './shelf.ts';
import { type PublicLifeEvent, readLifeEvents } from './store/life-events.ts';
import { countByLifeEvent } from './store/service-lines.ts';

/** Situations in life, as the public sees them. */

/** Most that are shown; nobody reads more. */
const mostEvents = 100;

/** A situation in the reader's language. */
export type LifeEventLine = {
  readonly key: string;
  readonly title: string;
  readonly text: string;
  readonly icon: LifeEventContent['icon'];
  /** Language of title and text. */
  readonly lang: 'de' | 'en';
};

export type LifeEventView = LifeEventLine & {
  /** In plain language, German; empty: there is none. */
  readonly plain: string;
  readonly services: Page<ServiceLine>;
};

function lineOf({ locale }: Context, { key, content }: PublicLifeEvent): LifeEventLine {
  const { title, titleEn, text, textEn, icon } = content;
  return locale === 'en' && titleEn !== ''
    ? { key, title: titleEn, text: textEn, icon, lang: 'en' }
    : { key, title, text, icon, lang: 'de' };
}

/** All of them in their order: they are few. */
const published = (shelf: Shelf, ctx: Context) =>
  shelf.keep('life events', () =>
    readLifeEvents(ctx.platform.db.read(stateTenant), stateTenant, {
      today: ctx.platform.clock.now().toISOString().slice(0, 10),
      limit: mostEvents,
    }),
  );

/** All situations in life in their order. Public. */
export async function listLifeEvents(ctx: Context): Promise<LifeEventLine[]> {
  return (await published(await openShelf(ctx), ctx)).map((event) => lineOf(ctx, event));
}

/** One situation with its services, page by page. Public. Throws `notFound` for one that is not published or not in force. */
export async function getLifeEvent(ctx: Context, key: string, cursor: string | null = null): Promise<LifeEventView> {
  const shelf = await openShelf(ctx);
  const event = (await published(shelf, ctx)).find((known) => known.key === key);
  ensure(event, 'notFound', 'finder.lifeEventUnknown');
  // Its services are sorted by a place of their own: of ten thousand, nobody does that for each who looks.
  const rows = cursor === null ? await shelf.keep(`services of ${key}`, () => rowsOf(ctx, event)) : null;
  return rows === null ? viewOfLifeEvent(ctx, event, cursor) : shownEvent(ctx, event, linesFrom(ctx, rows, {}));
}

/** A situation as it is shown, also one that is not published yet. */
export async function viewOfLifeEvent(
  ctx: Context,
  event: PublicLifeEvent,
  cursor: string | null = null,
): Promise<LifeEventView> {
  return shownEvent(ctx, event, linesFrom(ctx, await rowsOf(ctx, event, cursor), {}));
}

const shownEvent = (ctx: Context, event: PublicLifeEvent, services: LifeEventView['services']): LifeEventView => ({
  ...lineOf(ctx, event),
  plain: event.content.plain,
  services,
});

const rowsOf = (ctx: Context, { key, content }: PublicLifeEvent, cursor: string | null = null) =>
  readRows(ctx, { event: key, first: content.services, pattern: '%%' }, { cursor });

/** Every situation with how many services it has. For editors and auditors. */
export async function countLifeEvents(ctx: Context): Promise<(LifeEventLine & { readonly count: number })[]> {
  authorize(ctx.actor, 'read', { tenant: ctx.actor.tenant });
  const [events, counts] = await Promise.all([
    listLifeEvents(ctx),
    countByLifeEvent(ctx.platform.db.read(stateTenant), stateTenant),
  ]);
  return events.map((event) => ({ ...event, count: counts.get(event.key) ?? 0 }));
}
