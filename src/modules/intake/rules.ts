import type { Permissions } from '#platform/authorize';
import type { Actor } from '#platform/context';

/** What an office can do with what arrived, and who may. */

export type TrayState = 'received' | 'inProgress' | 'evidenceRequested' | 'decided' | 'closed' | 'withdrawn';
export const openStates: readonly TrayState[] = ['received', 'inProgress', 'evidenceRequested'];
export const doneStates: readonly TrayState[] = ['decided', 'closed', 'withdrawn'];
export const trayStates: readonly TrayState[] = [...openStates, ...doneStates];

export type Outcome = 'granted' | 'refused' | 'withdrawn';
/** What an office can decide: withdrawing belongs to whoever applied. */
export const officeOutcomes: readonly Exclude<Outcome, 'withdrawn'>[] = ['granted', 'refused'];

export type OfficeAct = 'take' | 'giveBack' | 'hand' | 'ask' | 'fee' | 'answer' | 'close';

type Edge = {
  readonly from: readonly TrayState[];
  /** Null: it stays what it was. */
  readonly to: TrayState | null;
  /** `office`: everybody who belongs to it; `handler`: who has taken it, and who stands in for them today. */
  readonly by: 'office' | 'handler';
  readonly event: 'forms.submissionChanged' | 'intake.submissionClosed';
};

const told = 'forms.submissionChanged' as const;

/** What is not here cannot happen. Closed also becomes, by itself, what the applicant has withdrawn. */
export const actEdges: Readonly<Record<OfficeAct, Edge>> = {
  take: { from: ['received', 'inProgress'], to: 'inProgress', by: 'office', event: told },
  giveBack: { from: ['inProgress'], to: 'received', by: 'handler', event: told },
  // Everybody of the office: whoever has it may be ill and have named nobody.
  hand: { from: ['received', 'inProgress', 'evidenceRequested'], to: null, by: 'office', event: told },
  ask: { from: ['inProgress', 'evidenceRequested'], to: 'evidenceRequested', by: 'handler', event: told },
  // Where the form left it to an official, and nobody has said it yet; often it comes with the decision or after it.
  fee: { from: ['inProgress', 'evidenceRequested', 'decided'], to: null, by: 'handler', event: told },
  answer: { from: ['inProgress', 'evidenceRequested'], to: 'decided', by: 'handler', event: told },
  close: { from: ['decided'], to: 'closed', by: 'office', event: 'intake.submissionClosed' },
};

/** An item as the gate looks at it. */
export type IntakeThing = {
  readonly tenant: number;
  readonly works?: number | null;
  readonly handler?: number | null;
  /** Those for whom the actor stands in today. */
  readonly standsInFor?: readonly number[];
};
export type IntakeAction = 'list' | 'read' | 'handle' | 'setDeadlines';

const isHouse = (actor: Actor) => actor.kind === 'system';
const isStaff = (actor: Actor, { tenant }: IntakeThing) => actor.kind === 'account' && actor.tenant === tenant;

/** Who works in the office; administrators where no office was set. */
function isOfOffice(actor: Actor, thing: IntakeThing): boolean {
  if (actor.kind !== 'account' || actor.tenant !== thing.tenant || thing.works === undefined) return false;
  return thing.works === null ? actor.roles.includes('tenantAdministrator') : actor.principals.includes(thing.works);
}

function isHandler(actor: Actor, thing: IntakeThing): boolean {
  const { handler = null, standsInFor = [] } = thing;
  if (!isOfOffice(actor, thing) || actor.kind !== 'account' || handler === null) return false;
  return actor.account === handler || standsInFor.includes(handler);
}

/** Nobody outside the office learns that there is such a submission. */
export const intakePermissions: Permissions<IntakeAction, IntakeThing> = {
  see: (actor, thing) => isHouse(actor) || (isStaff(actor, thing) && (thing.works === undefined || isOfOffice(actor, thing))),
  may: {
    list: isStaff,
    read: isOfOffice,
    handle: isHandler,
    setDeadlines: (actor, thing) =>
      isHouse(actor) || (isStaff(actor, thing) && actor.kind === 'account' && actor.roles.includes('tenantAdministrator')),
  },
};

/** What the actor can do with it now, in the order of the table. */
export function actsOpenTo(actor: Actor, { state, ...thing }: IntakeThing & { readonly state: TrayState }): OfficeAct[] {
  return (Object.keys(actEdges) as OfficeAct[]).filter((act) => {
    const { from, by } = actEdges[act];
    if (!from.includes(state)) return false;
    const isMine = actor.kind === 'account' && actor.account === thing.handler;
    if (act === 'take' && isMine && state === 'inProgress') return false;
    return by === 'handler' ? isHandler(actor, thing) : isOfOffice(actor, thing);
  });
}

export const trayLists = ['office', 'mine', 'unassigned', 'overdue', 'elsewhere', 'closed', 'all'] as const;
export type TrayList = (typeof trayLists)[number];
export const traySorts = ['due', 'received', 'applicant'] as const;
export type TraySort = (typeof traySorts)[number];

export const limits = {
  /** Lines of one page. */
  lines: 50,
  search: 100,
  /** Most colleagues a list to choose from names. */
  colleagues: 200,
  /** Longest absence somebody can be stood in for. */
  absenceDays: 365,
  workingDays: 500,
  /** Working days before the last one on which its handler is reminded. */
  remindDays: 3,
  /** Items one run of the reminders looks at for one tenant. */
  reminders: 5_000,
  text: 3_900,
  /** Lines of a fee on the page. */
  feeLines: 3,
  /** Characters of what one line of a fee is for. */
  feeText: 200,
  /** Applications whose fee is set in one step. */
  feesAtOnce: 100,
  /** Applications of one person that are looked at for a fee that is missing. */
  awaitedFees: 1_000,
};
