import type { Permissions } from '#platform/authorize';
import type { Actor } from '#platform/context';

/**
 * What is counted, and what of it may be shown. Modelled on DIN SPEC 66336 (2025-04), 5.12.2: visits, completions and satisfaction
 * must be known; correctly submitted and faulty applications, processing time and technical problems should be.
 */
export const measures = [
  /** Views of the page about the service, for the place that was named; without one they are the state's. */
  'looked',
  /** Views of the first page of the application. */
  'visited',
  'started',
  /** Complete, and paid where it had to be. */
  'submitted',
  'paid',
  'decided',
  'withdrawn',
  /** The office had to ask: it was not complete. */
  'askedBack',
  /** Pages that were sent back because an answer was not accepted. */
  'corrected',
  /** Attempts to pay that did not work. */
  'payFailed',
  'rated',
] as const;
export type Measure = (typeof measures)[number];

/** Page views concern nobody in particular, however few there are. */
const impersonal: readonly Measure[] = ['looked', 'visited', 'corrected'];

/** Fewer than so many people are not told apart from one, and every larger number is rounded to it. */
export const fewest = 5;

/** A number as it is shown: `few` is at least one and fewer than {@link fewest}. */
export type Shown = number | 'few';

/**
 * Rounds a number of people. Each number by itself: whoever subtracts what is shown of two periods, or the parts from a sum, does
 * not find the one application of a small place.
 */
export function shown(measure: Measure, count: number): Shown {
  if (impersonal.includes(measure) || count === 0) return count;
  return count < fewest ? 'few' : Math.round(count / fewest) * fewest;
}

/** How often, and what it adds up to: seconds of processing, points of satisfaction. */
export type Sum = { readonly count: number; readonly total: number };
export type Sums = Readonly<Partial<Record<Measure, Sum>>>;

export type Line = {
  readonly counts: Readonly<Record<Measure, Shown>>;
  /** Of 100 that were begun, how many were sent; null: too few to say. */
  readonly completion: number | null;
  /** Days from arrival to decision on average; null: too few to say. */
  readonly days: number | null;
  /** Mean of the answers from 1 to 5, with one decimal; null: too few to say. */
  readonly satisfaction: number | null;
};

const daySeconds = 86_400;

const meanOf = ({ count, total }: Sum, unit: number): number | null => (count < fewest ? null : total / count / unit);

/** What may be shown of some sums. */
export function lineOf(sums: Sums): Line {
  const of = (measure: Measure): Sum => sums[measure] ?? { count: 0, total: 0 };
  const counts = Object.fromEntries(measures.map((measure) => [measure, shown(measure, of(measure).count)])) as Line['counts'];
  const { started, submitted } = counts;
  const isEnough = typeof started === 'number' && typeof submitted === 'number' && started >= fewest;
  const [days, satisfaction] = [meanOf(of('decided'), daySeconds), meanOf(of('rated'), 1)];
  return {
    counts,
    // What was begun last month may be sent this month.
    completion: isEnough ? Math.min(100, Math.round((100 * submitted) / started)) : null,
    days: days === null ? null : Math.round(days),
    satisfaction: satisfaction === null ? null : Math.round(satisfaction * 10) / 10,
  };
}

export const limits = {
  /** Months a table looks back, this one included. */
  months: 12,
  remark: 1_000,
  remarks: 200,
  /** News older than this is not told a second time: a job gives up after about three days. */
  foldDays: 7,
  /** What people wrote is kept so long, and so is which applications were asked. */
  remarkMonths: 12,
  /** Letters of the key of a service that are counted. */
  key: 80,
};

const monthForm = /^\d{4}-(0[1-9]|1[0-2])$/;

export const isMonth = (text: string): boolean => monthForm.test(text);

/** The month so many months away. */
export function addMonths(month: string, months: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const at = new Date(Date.UTC(year, number - 1 + months, 1));
  return at.toISOString().slice(0, 7);
}

/** The months one can look at, this one last. Only whole ones: two periods that differ by a day would show that day. */
export const monthsUntil = (month: string): string[] =>
  Array.from({ length: limits.months }, (_, index) => addMonths(month, index + 1 - limits.months));

export type IndicatorThing = { readonly tenant: number };
export type IndicatorAction = 'look' | 'readRemarks';

const isHouse = (actor: Actor) => actor.kind === 'system';
const isStaff = (actor: Actor, { tenant }: IndicatorThing) => actor.kind === 'account' && actor.tenant === tenant;

/** Whoever has a task beyond being a member; what people wrote is for those who can change something. */
export const indicatorPermissions: Permissions<IndicatorAction, IndicatorThing> = {
  see: (actor, thing) => isHouse(actor) || isStaff(actor, thing),
  may: {
    look: (actor, thing) => isHouse(actor) || (isStaff(actor, thing) && actor.kind === 'account' && actor.roles.length > 0),
    readRemarks: (actor, thing) =>
      isStaff(actor, thing) &&
      actor.kind === 'account' &&
      actor.roles.some((role) => role === 'editor' || role === 'tenantAdministrator'),
  },
};
