import { bringAlong } from '#modules/indicators';
import type { Context } from '#platform/context';

/** How two services of a town were used in three months. */
export async function fillNumbers(town: Context): Promise<void> {
  const days = ['2026-09-15', '2026-10-15', '2026-11-15'];
  await bringAlong(
    town,
    'test',
    days.flatMap((day, index) => [
      { day, service: 'hundesteuer', what: 'visited' as const, count: 120 + index, total: 0 },
      { day, service: 'hundesteuer', what: 'started' as const, count: 40 + 9 * index, total: 0 },
      { day, service: 'hundesteuer', what: 'submitted' as const, count: 33 + 7 * index, total: 0 },
      { day, service: 'reisepass', what: 'started' as const, count: 3, total: 0 },
    ]),
  );
}
