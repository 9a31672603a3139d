import type { Context } from '#platform/context';
import { csvCell } from '#platform/csv';
import { stateTenant } from './gate.ts';
import { getIndicators, heapOf, type IndicatorQuery, type Indicators } from './look.ts';
import { type Line, lineOf, measures } from './rules.ts';
import { readSumsOfEach } from './store.ts';

/** The same numbers for programs. */

/** One service of one authority. */
type Each = Line & {
  readonly authority: number;
  readonly authorityName: string;
  readonly service: string;
  readonly serviceName: string;
};

/** Every service of every authority, for the state; each number is rounded by itself like all others. */
async function eachOf(ctx: Context, { from, until, service, source, services, authorities }: Indicators): Promise<Each[]> {
  const { tenant } = ctx.actor;
  if (tenant !== stateTenant) return [];
  const rows = await readSumsOfEach(ctx.platform.db.read(tenant), tenant, { from, until, service, source });
  const [serviceNames, authorityNames] = [
    new Map(services.map(({ key, name }) => [key, name])),
    new Map(authorities.map(({ key, name }) => [key, name])),
  ];
  const heap = heapOf(rows, ({ source: one, service: key }) => `${one} ${key}`);
  return [...heap].map(([key, sums]) => {
    const [number = '', ...rest] = key.split(' ');
    const [authority, name] = [Number(number), rest.join(' ')];
    const names = { authorityName: authorityNames.get(authority) ?? number, serviceName: serviceNames.get(name) ?? name };
    return { authority, service: name, ...names, ...lineOf(sums) };
  });
}

/** What the columns of the table are called; programs read them, so they stay as they are. */
const derived = ['completion', 'days', 'satisfaction'] as const;
const cellOf = (value: number | 'few' | null): string | number => (value === 'few' ? '1-4' : (value ?? ''));

function csvOf({ services, authorities, from, until }: Indicators, each: readonly Each[]): string {
  const head = ['from', 'until', 'kind', 'key', 'name', ...measures, ...derived];
  const lines = [
    ...services.map((line) => ({ kind: 'service', ...line })),
    ...authorities.map((line) => ({ kind: 'authority', ...line })),
    ...each.map(({ authority, service, authorityName, serviceName, ...line }) => ({
      kind: 'authorityService',
      key: `${authority}/${service}`,
      name: `${authorityName} – ${serviceName}`,
      ...line,
    })),
  ].map((line) => [
    ...[from, until, line.kind, line.key, line.name],
    ...measures.map((measure) => cellOf(line.counts[measure])),
    ...derived.map((name) => cellOf(line[name])),
  ]);
  return [head, ...lines].map((cells) => `${cells.map(csvCell).join(';')}\r\n`).join('');
}

/** The indicators for programs: a CSV table (RFC 4180 with semicolons, UTF-8) or JSON. Throws what {@link getIndicators} throws. */
export async function exportIndicators(
  ctx: Context,
  format: 'csv' | 'json',
  query: IndicatorQuery = {},
): Promise<{ readonly name: string; readonly text: string }> {
  const found = await getIndicators(ctx, query);
  const each = await eachOf(ctx, found);
  const name = `kennzahlen-${found.from.slice(0, 7)}-${found.until.slice(0, 7)}.${format}`;
  if (format === 'csv') return { name, text: `\uFEFF${csvOf(found, each)}` };
  const { from, until, all, services, byMonth, authorities } = found;
  const source = 'modelled on DIN SPEC 66336:2025-04, 5.12.2; numbers of people rounded to 5, "few" is 1 to 4';
  const text = JSON.stringify({ source, from, until, all, services, byMonth, authorities, authorityServices: each }, null, 1);
  return { name, text: `${text}\n` };
}
