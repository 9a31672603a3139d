import { titlesOf } from '#modules/finder';
import { profile } from '#modules/tenants';
import { audit } from '#platform/audit';
import type { Context } from '#platform/context';
import { ensure } from '#platform/errors';
import { byName } from '#platform/order';
import { authorize, stateTenant, thisMonth } from './gate.ts';
import { isMonth, type Line, limits, lineOf, type Measure, monthsUntil, type Sum } from './rules.ts';
import { deleteRemark, type Remark, readRemarks, readSums, type SumRow } from './store.ts';

export type IndicatorQuery = {
  /** A month (`2026-11`); left out or anything else: all the months there are. */
  readonly month?: string | null;
  readonly service?: string | null;
  /** Number of an authority; for the state's tenant. */
  readonly source?: number | null;
};

export type Named<Key> = Line & { readonly key: Key; readonly name: string };

export type Indicators = {
  /** First and last day of what is shown. */
  readonly from: string;
  readonly until: string;
  readonly month: string | null;
  readonly service: string | null;
  readonly source: number | null;
  /** What one can choose, newest last. */
  readonly months: readonly string[];
  readonly all: Line;
  readonly services: readonly Named<string>[];
  readonly byMonth: readonly Named<string>[];
  /** Empty for everybody but the state's tenant. */
  readonly authorities: readonly Named<number>[];
};

const lastDay = (month: string): string => {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
};

type Heap = Map<string, Partial<Record<Measure, Sum>>>;

/** Sums by a key of one's own; rows whose key is null are left out. */
export function heapOf(rows: readonly SumRow[], keyOf: (row: SumRow) => string | number | null): Heap {
  const heap: Heap = new Map();
  for (const row of rows) {
    const key = keyOf(row);
    if (key === null) continue;
    const sums = heap.get(String(key)) ?? {};
    sums[row.what] = { count: row.count, total: row.total };
    heap.set(String(key), sums);
  }
  return heap;
}

const inOrder = <Key>(lines: Named<Key>[]): Named<Key>[] => lines.sort(byName);

async function authoritiesIn(ctx: Context, heap: Heap): Promise<Named<number>[]> {
  const lines = [...heap].map(async ([key, sums]) => {
    const name = (await profile(ctx.platform, Number(key)))?.branding.name ?? key;
    return { key: Number(key), name, ...lineOf(sums) };
  });
  return inOrder(await Promise.all(lines));
}

/**
 * The indicators of the actor's authority; for the state's tenant of all of them. Numbers of people are rounded, and few are not told
 * apart (docs/decisions). Throws `forbidden` for people without a task beyond being a member.
 */
export async function getIndicators(ctx: Context, query: IndicatorQuery = {}): Promise<Indicators> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'look', { tenant });
  const now = thisMonth(ctx);
  const months = monthsUntil(now);
  const month = query.month && isMonth(query.month) && months.includes(query.month) ? query.month : null;
  const service = query.service ? query.service.slice(0, limits.key).replaceAll('\0', '') : null;
  const isState = tenant === stateTenant;
  const source =
    isState && Number.isSafeInteger(query.source) && (query.source ?? 0) > 0
      ? Math.min(query.source as number, 2 ** 31 - 1)
      : null;
  const [from, until] = [`${month ?? months[0]}-01`, lastDay(month ?? now)];
  await ctx.platform.tally.flush();
  const sql = ctx.platform.db.read(tenant);
  const rows = await readSums(sql, tenant, { from, until, service, source });
  const all = heapOf(rows, (row) => (row.service === null && row.month === null && row.source === null ? 'all' : null));
  const [perService, perMonth] = [heapOf(rows, (row) => row.service), heapOf(rows, (row) => row.month)];
  const titles = await titlesOf(ctx, [...perService.keys()]);
  return {
    from,
    until,
    month,
    service,
    source,
    months,
    all: lineOf(all.get('all') ?? {}),
    services: inOrder([...perService].map(([key, sums]) => ({ key, name: titles.get(key) ?? key, ...lineOf(sums) }))),
    byMonth: (month ? [month] : months).map((key) => ({ key, name: key, ...lineOf(perMonth.get(key) ?? {}) })),
    authorities: isState
      ? await authoritiesIn(
          ctx,
          heapOf(rows, (row) => row.source),
        )
      : [],
  };
}

/** What people wrote at the end of their application: month, service and text, and nothing of who it was. Throws `forbidden`. */
export async function listRemarks(ctx: Context): Promise<(Remark & { readonly name: string })[]> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'readRemarks', { tenant });
  const remarks = await readRemarks(ctx.platform.db.read(tenant), tenant, limits.remarks);
  const titles = await titlesOf(
    ctx,
    remarks.map(({ service }) => service),
  );
  await ctx.platform.db.write(tenant, (tx) =>
    audit(tx, ctx, [{ action: 'indicators.readRemarks', thing: 'indicators:remarks' }]),
  );
  return remarks.map((remark) => ({ ...remark, name: titles.get(remark.service) ?? remark.service }));
}

/** Removes a text: done with, or somebody has written their name into it. Throws `notFound`. */
export async function removeRemark(ctx: Context, id: number): Promise<void> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'readRemarks', { tenant });
  const isNumber = Number.isSafeInteger(id) && id > 0;
  await ctx.platform.db.write(tenant, async (tx) => {
    ensure(isNumber && (await deleteRemark(tx, tenant, id)), 'notFound', 'platform.notFound');
    await audit(tx, ctx, [{ action: 'indicators.removeRemark', thing: `remark:${id}` }]);
  });
}
