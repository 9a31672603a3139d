/** When people are told that a certificate ends: enough time to order the next one, and then again. Decides without I/O. */

const dayMilliseconds = 86_400_000;

/** Days before the end; 0: it has ended. */
const warningDays = [0, 7, 30, 60] as const;
export type WarningDays = (typeof warningDays)[number];

/** Which warning is due at a moment; null: none yet. Whoever begins to look late tells the latest one only. */
export function dueWarning(validUntil: Date, now: Date): WarningDays | null {
  const left = (validUntil.getTime() - now.getTime()) / dayMilliseconds;
  return warningDays.find((days) => left <= days) ?? null;
}
