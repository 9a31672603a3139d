import { dayAt, daysBetween } from '#platform/day';

/**
 * How long an office has waited for what it has asked the applicant for. That time is not the office's: modelled on § 42a Abs. 2 VwVfG,
 * by which the time to decide runs from when the documents are complete. It stands still from the day of the question until the day of
 * the answer, at most until the day that was named for it: then the office has to go on with what there is (docs/decisions/0036).
 */

type Asked = { readonly askedAt: Date; readonly answeredAt: Date | null; readonly dueOn: string };

export type Waiting = {
  /** Days that are over, none of them counted twice. */
  readonly days: number;
  /** Days (ISO) since which and until which it stands still now; null: nothing is waited for. */
  readonly now: { readonly since: string; readonly until: string } | null;
};

const earlier = (one: string, other: string) => (one < other ? one : other);
const later = (one: string, other: string) => (one > other ? one : other);

/** What was waited for so far, and what is waited for now. */
export function waitingOf(requests: readonly Asked[]): Waiting {
  const spans = requests
    .map(({ askedAt, answeredAt, dueOn }) => ({
      from: dayAt(askedAt),
      to: answeredAt === null ? dueOn : earlier(dayAt(answeredAt), dueOn),
      isOpen: answeredAt === null,
    }))
    .sort((one, other) => (one.from < other.from ? -1 : 1));
  const since = spans.find(({ isOpen }) => isOpen)?.from ?? null;
  let [days, counted] = [0, ''];
  for (const span of spans) {
    const from = later(span.from, counted);
    // What lies behind the first open question is a part of what is waited for now.
    const to = since === null ? span.to : earlier(span.to, since);
    if (to <= from) continue;
    days += daysBetween(from, to);
    counted = to;
  }
  return { days, now: since === null ? null : { since, until: spans.map(({ to }) => to).reduce(later) } };
}

/** All days that were waited until today. */
export function daysWaited({ days, now }: Waiting, today: string): number {
  if (now === null) return days;
  return days + Math.max(0, daysBetween(now.since, earlier(today, now.until)));
}
