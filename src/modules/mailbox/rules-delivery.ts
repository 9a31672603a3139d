import { addDays, dayAt, endOfPeriod } from '#platform/day';
import type { Sentence } from '#platform/words';

/**
 * When a letter counts as delivered, by the law it is sent under. The dates are what the law presumes; in doubt the authority has to
 * prove that and when the letter was received. The clauses are quoted in short. The fourth day instead of the third came with the
 * Postrechtsmodernisierungsgesetz (BGBl. 2024 I Nr. 236, since 1 January 2025), which did not touch § 41 (2a): its article 2 changes
 * § 41 (2) alone (buzer.de/gesetz/16533).
 */
export const deliveryRules = {
  /** VwVfG § 41 (2a): "Der Verwaltungsakt gilt am Tag nach dem Abruf als bekannt gegeben. Wird der Verwaltungsakt nicht innerhalb von zehn Tagen nach Absendung einer Benachrichtigung über die Bereitstellung abgerufen, wird diese beendet." */
  vwvfg41: {
    from: 'read',
    days: 1,
    endsAfterDays: 10,
    name: { de: 'Verwaltungsverfahrensgesetz, § 41 Absatz 2a', en: 'Administrative Procedure Act, section 41 (2a)' },
  },
  /**
   * AO § 122a (4): "Ein zum Abruf bereitgestellter Verwaltungsakt gilt am vierten Tag nach der Bereitstellung zum Abruf als bekannt
   * gegeben." (gesetze-im-internet.de/ao_1977/__122a.html, as others quoted it in 2026; before it counted from the notice by mail.) AO
   * § 108 (3): ends on a working day.
   */
  ao122a: {
    from: 'provided',
    days: 4,
    endsAfterDays: null,
    name: { de: 'Abgabenordnung, § 122a Absatz 4', en: 'Fiscal Code, section 122a (4)' },
  },
  /**
   * OZG § 9 (1), the mailbox of a user account: "Der Verwaltungsakt gilt am vierten Tag nach der Bereitstellung zum Abruf als bekannt
   * gegeben." (gesetze-im-internet.de/ozg/__9.html, as it was quoted word for word in May 2026. The copy of July 2024 that we have
   * says the third; the official text itself could not be read here.) VwVfG § 31 (3) does not move it: it is a date and no period.
   */
  ozg9: {
    from: 'provided',
    days: 4,
    endsAfterDays: null,
    name: { de: 'Onlinezugangsgesetz, § 9 Absatz 1', en: 'Online Access Act, section 9 (1)' },
  },
  /** A message without legal effect: an appointment, a question, a receipt. */
  none: { from: 'read', days: 0, endsAfterDays: null, name: { de: 'einfache Nachricht', en: 'plain message' } },
} as const satisfies Record<string, { from: 'read' | 'provided'; days: number; endsAfterDays: number | null; name: Sentence }>;

export type DeliveryRule = keyof typeof deliveryRules;

/**
 * Days from posting, whatever the letter would be sent under in a mailbox. VwVfG § 41 (2): "Ein schriftlicher Verwaltungsakt, der im
 * Inland durch die Post übermittelt wird, gilt am vierten Tag nach der Aufgabe zur Post als bekannt gegeben." AO § 122 (2) number 1
 * says the same.
 */
const postDays = 4;

export const isDeliveryRule = (text: string): text is DeliveryRule => Object.hasOwn(deliveryRules, text);

type Course = {
  readonly rule: DeliveryRule;
  readonly providedAt: Date | null;
  readonly readAt: Date | null;
  /** When it was posted, on paper. */
  readonly printedAt?: Date | null;
};

/** The day on which a letter counts as delivered, as `2026-11-27`; null as long as it does not, or for a plain message. */
export function deemedOn({ rule, providedAt, readAt, printedAt = null }: Course): string | null {
  if (rule === 'none') return null;
  const { from, days } = printedAt === null ? deliveryRules[rule] : { from: 'posted' as const, days: postDays };
  const start = { read: readAt, provided: providedAt, posted: printedAt }[from];
  if (start === null) return null;
  const day = addDays(dayAt(start), days);
  // AO § 108 (3): "Fällt das Ende einer Frist auf einen Sonntag, einen gesetzlichen Feiertag oder einen Sonnabend, so endet die Frist mit dem Ablauf des nächstfolgenden Werktags."
  return rule === 'ao122a' ? endOfPeriod(day) : day;
}

/** Whether the law has ended the provision of a letter nobody has opened: after the tenth day, not on it. */
export function hasEnded({ rule, providedAt, readAt }: Course, now: Date): boolean {
  const { endsAfterDays } = deliveryRules[rule];
  if (endsAfterDays === null || providedAt === null || readAt !== null) return false;
  return dayAt(now) > addDays(dayAt(providedAt), endsAfterDays);
}
