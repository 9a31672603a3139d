import { isHoliday } from '#platform/holidays';
import type { Sentence } from '#platform/words';

/**
 * When a letter counts as delivered, by the law it is sent under. The dates are what the law presumes; in doubt the authority has to
 * prove that and when the letter was received. The clauses are quoted in short; where our copy is older than the change of 2025
 * (Postrechtsmodernisierungsgesetz: the fourth day instead of the third) the number follows the change.
 */
export const deliveryRules = {
  /** VwVfG § 41 (2a): "Der Verwaltungsakt gilt am Tag nach dem Abruf als bekannt gegeben. Wird der Verwaltungsakt nicht innerhalb von zehn Tagen nach Absendung einer Benachrichtigung über die Bereitstellung abgerufen, wird diese beendet." */
  vwvfg41: {
    from: 'read',
    days: 1,
    endsAfterDays: 10,
    name: { de: 'Verwaltungsverfahrensgesetz, § 41 Absatz 2a', en: 'Administrative Procedure Act, section 41 (2a)' },
  },
  /** AO § 122a (4): "gilt am vierten Tag nach Absendung der elektronischen Benachrichtigung über die Bereitstellung der Daten … als bekannt gegeben". AO § 108 (3): ends on a working day. */
  ao122a: {
    from: 'provided',
    days: 4,
    endsAfterDays: null,
    name: { de: 'Abgabenordnung, § 122a Absatz 4', en: 'Fiscal Code, section 122a (4)' },
  },
  /** A message without legal effect: an appointment, a question, a receipt. */
  none: { from: 'read', days: 0, endsAfterDays: null, name: { de: 'einfache Nachricht', en: 'plain message' } },
} as const satisfies Record<string, { from: 'read' | 'provided'; days: number; endsAfterDays: number | null; name: Sentence }>;

export type DeliveryRule = keyof typeof deliveryRules;

export const isDeliveryRule = (text: string): text is DeliveryRule => Object.hasOwn(deliveryRules, text);

const dayMilliseconds = 86_400_000;

/** The day in Germany, as a number of days since 1970: law counts days of the calendar and not hours. */
const dayOf = (at: Date): number => {
  const [year = 0, month = 1, day = 1] = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Berlin' })
    .format(at)
    .split('-')
    .map(Number);
  return Date.UTC(year, month - 1, day) / dayMilliseconds;
};

const isoDay = (day: number) => new Date(day * dayMilliseconds).toISOString().slice(0, 10);

/** AO § 108 (3): "Fällt das Ende einer Frist auf einen Sonntag, einen gesetzlichen Feiertag oder einen Sonnabend, so endet die Frist mit dem Ablauf des nächstfolgenden Werktags." */
function nextWorkday(day: number): number {
  let shifted = day;
  while ([0, 6].includes(new Date(shifted * dayMilliseconds).getUTCDay()) || isHoliday(isoDay(shifted))) shifted += 1;
  return shifted;
}

type Course = { readonly rule: DeliveryRule; readonly providedAt: Date | null; readonly readAt: Date | null };

/** The day on which a letter counts as delivered, as `2026-11-27`; null as long as it does not, or for a plain message. */
export function deemedOn({ rule, providedAt, readAt }: Course): string | null {
  if (rule === 'none') return null;
  const { from, days } = deliveryRules[rule];
  const start = from === 'read' ? readAt : providedAt;
  if (start === null) return null;
  const day = dayOf(start) + days;
  return isoDay(rule === 'ao122a' ? nextWorkday(day) : day);
}

/** Whether the law has ended the provision of a letter nobody has opened: after the tenth day, not on it. */
export function hasEnded({ rule, providedAt, readAt }: Course, now: Date): boolean {
  const { endsAfterDays } = deliveryRules[rule];
  if (endsAfterDays === null || providedAt === null || readAt !== null) return false;
  return dayOf(now) > dayOf(providedAt) + endsAfterDays;
}
