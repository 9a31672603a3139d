import * as indicators from '#modules/indicators';
import type { TenantName } from './cast.ts';
import type { Stage } from './stage.ts';

/** How the services of three municipalities were used in the last year, before the applications of the demonstration came in. */

const sizes: Readonly<Partial<Record<TenantName, number>>> = { ellrich: 5, werther: 3, rhoenblick: 4 };

/** How many begin in a month for each step of size, and what share of a hundred gets how far. */
const services: readonly (readonly [service: string, begun: number, sent: number, days: number, satisfied: number])[] = [
  ['hundesteuer', 6, 84, 9, 4.4],
  ['bewohnerparkausweis', 9, 78, 4, 4.1],
  ['gewerbeanmeldung', 4, 71, 6, 3.9],
  ['reisepass', 12, 90, 21, 4.6],
  ['veranstaltung-anzeigen', 2, 62, 16, 3.4],
];

/** Summer has more of it than winter; always the same for the same month. */
const swing = (month: number, index: number) => 0.75 + 0.5 * Math.sin((month + index) * 0.9) ** 2;

type Row = indicators.PastNumber;

function month(day: string, number: number, size: number): Row[] {
  return services.flatMap(([service, begun, sent, days, satisfied], index): Row[] => {
    const started = Math.round(begun * size * swing(number, index));
    const submitted = Math.round((started * sent) / 100);
    const decided = Math.round(submitted * 0.9);
    const rated = Math.round(submitted * 0.3);
    const row = (what: indicators.Measure, count: number, total = 0): Row => ({ day, service, what, count, total });
    return [
      ...[
        row('looked', started * 8 + number),
        row('visited', started * 3 + number),
        row('started', started),
        row('submitted', submitted),
      ],
      ...[row('decided', decided, decided * days * 86_400), row('rated', rated, Math.round(rated * satisfied))],
      ...[row('corrected', Math.round(started * 0.4)), row('askedBack', Math.round(submitted * 0.12))],
      ...(service === 'bewohnerparkausweis' ? [row('paid', submitted), row('payFailed', Math.round(submitted * 0.05))] : []),
    ].filter(({ count }) => count > 0);
  });
}

const months = 12;

/** Brings a municipality's numbers of the last twelve months along, of this one as much as is over. */
export async function fillIndicators({ house, today }: Stage, name: TenantName): Promise<void> {
  const size = sizes[name];
  if (size === undefined) return;
  const rows = Array.from({ length: months }, (_, index) => {
    const isNow = index === 0;
    const date = isNow ? today.getUTCDate() : 15;
    const at = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - index, date));
    return month(at.toISOString().slice(0, 10), at.getUTCMonth(), isNow ? (size * date) / 31 : size);
  });
  await indicators.bringAlong(house, 'demo', rows.flat());
}

const remarks = ['Ging schnell, danke.', 'Die Schrift dürfte größer sein.', 'Ich hätte gern gewusst, wie lange es dauert.', ''];

/** What somebody says at the end of an application. */
export async function rate(ctx: Parameters<typeof indicators.giveFeedback>[0], token: string, index: number): Promise<void> {
  const points = String([5, 4, 5, 3, 4, 2][index % 6]);
  await indicators.giveFeedback(ctx, token, { points, text: remarks[index % remarks.length] as string });
}
