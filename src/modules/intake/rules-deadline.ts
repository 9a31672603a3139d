import { addDays, addWorkingDays, daysBetween, endOfPeriod } from '#platform/day';

/** Deadlines of the receiving office, as ISO days (`2026-12-07`). */

/**
 * `paused`: the applicant has been asked, and time stands still; `unanswered`: their answer has not come by the day named for it, so that
 * time goes on.
 */
export type DueState = 'later' | 'soon' | 'overdue' | 'paused' | 'unanswered';

type Deadline = { readonly dueOn: string; readonly pausedOn: string | null; readonly awaitedUntil: string | null };

/** The day it is due on, seen from a day: later by as many days as an answer has been awaited, at most until the day named for it. */
function movedDay({ dueOn, pausedOn, awaitedUntil }: Deadline, today: string): string {
  if (pausedOn === null) return dueOn;
  const last = awaitedUntil !== null && awaitedUntil < today ? awaitedUntil : today;
  const days = Math.max(0, daysBetween(pausedOn, last));
  return days === 0 ? dueOn : endOfPeriod(addDays(dueOn, days));
}

/** How an item's deadline stands on a day. What was overdue when the applicant was asked stays overdue. @param remindDays as for `dueState` */
export function standing(deadline: Deadline, today: string, remindDays: number) {
  const { pausedOn, awaitedUntil } = deadline;
  const dueOn = movedDay(deadline, today);
  const due = dueState({ dueOn, today }, remindDays);
  if (pausedOn === null || due === 'overdue') return { due, dueOn };
  const isLate = awaitedUntil !== null && awaitedUntil < today;
  return { due: isLate ? ('unanswered' as const) : ('paused' as const), dueOn };
}

/** How a deadline stands on a day. @param remindDays working days before it on which it is due soon */
export function dueState(
  { dueOn, today }: { readonly dueOn: string; readonly today: string },
  remindDays: number,
): 'later' | 'soon' | 'overdue' {
  if (dueOn < today) return 'overdue';
  return dueOn <= addWorkingDays(today, remindDays) ? 'soon' : 'later';
}
