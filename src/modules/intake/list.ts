import { principalsById } from '#modules/accounts';
import { servedAmong } from '#modules/forms';
import { audit } from '#platform/audit';
import type { AccountActor, Context } from '#platform/context';
import { Failure } from '#platform/errors';
import { type Page, pageLimit, readCursor, toPage } from '#platform/page';
import { authorize, standsInFor, today } from './gate.ts';
import { doneStates, limits, openStates, type TrayList, type TraySort, trayStates } from './rules.ts';
import { type DueState, standing } from './rules-deadline.ts';
import { countItems, type Figure, type Item, readFigures, readItems, type TrayCounts, type Trays } from './store/item.ts';

export type TrayQuery = {
  readonly list?: TrayList;
  /** Part of the applicant's name, of the number or of what the service is called. */
  readonly search?: string;
  readonly form?: string | null;
  readonly sort?: TraySort;
  readonly isDescending?: boolean;
  readonly cursor?: string | null;
  readonly limit?: number;
};

/** A line of the tray; `due` only for what is still open. */
export type TrayLine = Item & {
  readonly due: DueState | null;
  readonly officeName: string;
  /** A clerk has filled it in at the counter. */
  readonly isServed: boolean;
};

/** Whoever is signed in and may look into trays. Throws `unauthenticated`, `forbidden`. */
export function reader(ctx: Context): AccountActor {
  const { actor } = ctx;
  if (actor.kind !== 'account') throw new Failure('unauthenticated', 'platform.signInFirst');
  authorize(actor, 'list', { tenant: actor.tenant });
  return actor;
}

/** The trays somebody looks into: those of their unit and groups; administrators also into that of no office. */
export const traysOf = ({ principals, roles }: AccountActor): Trays => ({
  offices: principals,
  withUnset: roles.includes('tenantAdministrator'),
});

const patternOf = (search: string) =>
  `%${search
    .trim()
    .slice(0, limits.search)
    .replaceAll(/[\\%_]/g, '\\$&')}%`;

/** How the deadline of an item stands, and the day it is due on by now; null once it is decided or withdrawn. */
export function dueOf(ctx: Context, item: Item): { readonly due: DueState | null; readonly dueOn: string } {
  if (!openStates.includes(item.state)) return { due: null, dueOn: item.dueOn };
  return standing(item, today(ctx), limits.remindDays);
}

/** What lies in the actor's trays, page by page. Names are personal data: that somebody has looked is noted. Throws `invalid` for a wrong cursor. */
export async function listTray(ctx: Context, query: TrayQuery = {}): Promise<Page<TrayLine>> {
  const actor = reader(ctx);
  const { tenant, account } = actor;
  const { list = 'office', search = '', form = null, sort = 'due', isDescending = false } = query;
  const limit = pageLimit(query.limit, limits.lines);
  const cursor = readCursor(query.cursor, 2);
  const rows = await readItems(ctx.platform.db.read(tenant), tenant, {
    ...traysOf(actor),
    states: list === 'all' ? trayStates : list === 'closed' ? doneStates : openStates,
    handlers: list === 'mine' ? [account, ...(await standsInFor(ctx))] : null,
    onlyUnassigned: list === 'unassigned',
    isAway: list === 'closed' || list === 'all' ? null : list === 'elsewhere',
    onlyOverdue: list === 'overdue',
    today: today(ctx),
    pattern: patternOf(search),
    form,
    sort,
    isDescending,
    limit: limit + 1,
    after: cursor && { key: String(cursor[0]), submission: Number(cursor[1]) },
  });
  const { items, next } = toPage(rows, limit, ({ key, submission }) => [key, submission]);
  const served = await servedAmong(
    ctx,
    items.map(({ submission }) => submission),
  );
  const offices = await principalsById(ctx, [...new Set(items.flatMap(({ works }) => works ?? []))]);
  const details = { list, count: items.length };
  await ctx.platform.db.write(tenant, (tx) => audit(tx, ctx, [{ action: 'intake.list', thing: 'intake:tray', details }]));
  return {
    items: items.map((item) => ({
      ...item,
      ...dueOf(ctx, item),
      officeName: offices.get(item.works ?? 0)?.name ?? '',
      isServed: served.has(item.submission),
    })),
    next,
  };
}

/**
 * What the actor's offices have, open or done, by a part of the name, the number or the service: for the search over everything. Whoever
 * finds something has looked, and that is noted.
 */
export async function findItems(ctx: Context, search: string, most: number): Promise<Item[]> {
  const actor = reader(ctx);
  const { tenant } = actor;
  if (search.trim() === '') return [];
  const items = await readItems(ctx.platform.db.read(tenant), tenant, {
    ...traysOf(actor),
    states: trayStates,
    handlers: null,
    onlyUnassigned: false,
    isAway: null,
    onlyOverdue: false,
    today: today(ctx),
    pattern: patternOf(search),
    form: null,
    sort: 'received',
    isDescending: true,
    limit: Math.min(most, limits.lines),
    after: null,
  });
  const details = { list: 'search', count: items.length };
  if (items.length > 0)
    await ctx.platform.db.write(tenant, (tx) => audit(tx, ctx, [{ action: 'intake.list', thing: 'intake:tray', details }]));
  return items;
}

/** How much lies in the actor's trays. */
export async function countTray(ctx: Context): Promise<TrayCounts> {
  const actor = reader(ctx);
  const me = [actor.account, ...(await standsInFor(ctx))];
  return countItems(ctx.platform.db.read(actor.tenant), actor.tenant, { ...traysOf(actor), me, today: today(ctx) });
}

/** How many there are of each service in each state, and how long half of them took at most. Without personal data. */
export async function trayFigures(ctx: Context): Promise<Figure[]> {
  const actor = reader(ctx);
  return readFigures(ctx.platform.db.read(actor.tenant), actor.tenant, { ...traysOf(actor), today: today(ctx) });
}
