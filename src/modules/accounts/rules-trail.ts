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

const hour = 3_600_000;
const wallDay = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' });

/** The moment at which a day begins here: two hours before that in UTC in summer, one in winter. Throws `invalid`. */
export function beginningOf(day: string, field: string): Date {
  const midnight = new Date(`${day}T00:00:00Z`);
  const isDay = /^(19|20)\d\d-\d\d-\d\d$/.test(day) && midnight.toJSON()?.startsWith(day);
  ensure(isDay, 'invalid', 'accounts.trailDay', { field });
  const inSummer = new Date(midnight.getTime() - 2 * hour);
  return wallDay.format(inSummer) === day ? inSummer : new Date(midnight.getTime() - hour);
}

/** The period as moments in UTC: from the beginning of the first day to the end of the last. Throws `invalid`. */
export function periodOf({ from, to }: Pick<TrailSearch, 'from' | 'to'>): { since?: string; until?: string } {
  const dayAfter = (day: string) => {
    const noon = beginningOf(day, 'bis').getTime() + 36 * hour;
    return beginningOf(wallDay.format(noon), 'bis').toISOString();
  };
  return { ...(from && { since: beginningOf(from, 'von').toISOString() }), ...(to && { until: dayAfter(to) }) };
}

/** Kinds of things that are told apart by number. */
const numbered = ['node', 'space', 'account', 'group', 'orgUnit', 'tenant'] as const;

/** Things a typed text names by number; none when it is a name. */
export function thingsOf(text: string): readonly string[] {
  if (/^\d{1,18}$/.test(text)) return numbered.map((kind) => `${kind}:${text}`);
  return /^[a-zA-Z]+:\S+$/.test(text) ? [text] : [];
}

/** A cell of a table as every spreadsheet reads it; one that would be a formula there is marked as text. */
export function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
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
