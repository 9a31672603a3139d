import { addDays, beginningOf, isDay } from '#platform/day';
import { ensure } from '#platform/errors';

/** What somebody asks of the trail, as an address or a form says it. */
export type TrailSearch = {
  /** Beginning of an action, e.g. `files.`. */
  readonly action?: string;
  /** Part of the name, address or handle of who did it. */
  readonly person?: string;
  /** First and last day, `2026-11-23`, as the calendar on the wall has them. */
  readonly from?: string;
  readonly to?: string;
  /** What it was done to: a name or a part of one, a number, or `node:4711`. */
  readonly thing?: string;
};

/** The period as moments in UTC: from the beginning of the first day to the end of the last. Throws `invalid`. */
export function periodOf({ from, to }: Pick<TrailSearch, 'from' | 'to'>): { since?: string; until?: string } {
  const check = (day: string, field: string) =>
    ensure(isDay(day) && /^(19|20)/.test(day), 'invalid', 'accounts.trailDay', { field });
  if (from) check(from, 'von');
  if (to) check(to, 'bis');
  return {
    ...(from && { since: beginningOf(from).toISOString() }),
    ...(to && { until: beginningOf(addDays(to, 1)).toISOString() }),
  };
}

/** Kinds of things that are told apart by number. */
const numbered = ['node', 'space', 'account', 'group', 'orgUnit', 'tenant'] as const;

/** Things a typed text names by number; none when it is a name. */
export function thingsOf(text: string): readonly string[] {
  if (/^\d{1,18}$/.test(text)) return numbered.map((kind) => `${kind}:${text}`);
  return /^[a-zA-Z]+:\S+$/.test(text) ? [text] : [];
}

/** Kinds of entries people look for: the room is the beginning of the action's name. */
export const trailKinds = ['accounts.', 'tenants.', 'files.', 'payments.'] as const;

const longestSearch = 100;

/** A search as it stands in the address of the page. */
export function readTrailSearch(params: URLSearchParams): TrailSearch {
  const given = (name: string) => (params.get(name) ?? '').trim().slice(0, longestSearch);
  const action = trailKinds.find((known) => known === given('art')) ?? '';
  return { action, person: given('wer'), from: given('von'), to: given('bis'), thing: given('woran') };
}
