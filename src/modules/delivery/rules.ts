import type { Permissions } from '#platform/authorize';
import type { Actor } from '#platform/context';

/** The way of one delivery, and who may do what. */

export const deliveryStates = ['waiting', 'announced', 'submitted', 'accepted', 'rejected', 'failed', 'recalled'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

export type DeliveryStep = 'announce' | 'submit' | 'accept' | 'reject' | 'fail' | 'again' | 'carryOn' | 'lookAgain' | 'takeBack';

type Edge = {
  readonly from: readonly DeliveryState[];
  readonly to: DeliveryState;
  /** `receiver`: only on a verdict with their signature. */
  readonly by: 'house' | 'receiver' | 'office';
  /** What happens in the tray of the office: it is laid aside there, or is theirs again. */
  readonly tray: 'aside' | 'back' | null;
};

/** What is not here cannot happen. */
export const deliveryEdges: Readonly<Record<DeliveryStep, Edge>> = {
  announce: { from: ['waiting'], to: 'announced', by: 'house', tray: null },
  submit: { from: ['announced'], to: 'submitted', by: 'house', tray: null },
  accept: { from: ['submitted'], to: 'accepted', by: 'receiver', tray: null },
  reject: { from: ['submitted'], to: 'rejected', by: 'receiver', tray: 'back' },
  fail: { from: ['waiting', 'announced', 'submitted'], to: 'failed', by: 'house', tray: 'back' },
  again: { from: ['rejected', 'failed', 'recalled'], to: 'waiting', by: 'office', tray: 'aside' },
  // What failed on its way goes on where it was: begun anew it could arrive twice.
  carryOn: { from: ['failed'], to: 'announced', by: 'office', tray: 'aside' },
  lookAgain: { from: ['failed'], to: 'submitted', by: 'office', tray: 'aside' },
  // What was submitted is the receiver's too: it cannot be called back from here.
  takeBack: { from: ['waiting', 'announced'], to: 'recalled', by: 'office', tray: 'back' },
};

/** Those in which the house has something left to do. */
export const movingStates: readonly DeliveryState[] = ['waiting', 'announced', 'submitted'];

export const limits = {
  /** Failures in a row after which it goes back to the office; about three days. */
  failures: 80,
  firstPauseSeconds: 30,
  longestPauseSeconds: 3_600,
  /** A submitted one is asked about so often at first, and so often at last. */
  firstLookSeconds: 60,
  longestLookSeconds: 3_600,
  /** Days without a verdict after which it goes back to the office: a delivery service that gives up (after 14) says so before. */
  verdictDays: 15,
  /** Hours until the receipt is made and the files are looked at. */
  readyHours: 24,
  /** Characters of the specialist data and metadata, before they are encrypted. */
  dataBytes: 4_000_000,
  /** One attachment. */
  fileBytes: 200_000_000,
  files: 61,
  /** Events of one case that are looked at. */
  events: 100,
  /** Lines of one page. */
  lines: 50,
  title: 100,
  senders: 100,
  inboxes: 20,
  /** Groups one can choose from. */
  offices: 200,
  /** Submissions of one sender that were announced and not submitted. */
  announced: 200,
  /** Days after which such a one is forgotten. */
  announcedDays: 7,
  /** Days after which the administrators hear that nobody fetches something, and after which it is given up. */
  unfetchedDays: 3,
  /** Calls about one new submission, over about a day; then its receiver finds it by asking. */
  callbackTries: 30,
  waitingDays: 14,
  accessSeconds: 1_800,
  /** Submissions of one answer of a delivery service we fetch from, such answers in one run, and those that wait to be fetched. */
  listed: 100,
  listings: 10,
  openFetches: 200,
  /** After so long a run begins nothing more, and makes room for others. */
  runSeconds: 120,
  /** Days after which a verdict is told again of what the delivery service still lists. */
  tellAgainDays: 1,
  steps: 500,
  /** Days for which keys that were replaced go on, and days before their end at which the administrators are told. */
  leastOverlapDays: 7,
  mostOverlapDays: 365,
  warnDays: 7,
} as const;

/** An envelope is a third larger than its content. */
export const largestEnvelope = Math.ceil((limits.fileBytes * 4) / 3) + 16_384;

/** Seconds until the next try, growing with the number of failures. */
export const pauseAfter = (failures: number): number =>
  Math.min(limits.longestPauseSeconds, limits.firstPauseSeconds * 2 ** Math.min(20, Math.max(0, failures - 1)));

/** Seconds until a submitted one is asked about again: a tenth of how long it has waited. */
export const lookAfter = (waitedSeconds: number): number =>
  Math.min(limits.longestLookSeconds, Math.max(limits.firstLookSeconds, Math.round(waitedSeconds / 10)));

export type DeliveryAction = 'list' | 'work' | 'configure';
/** `works`: the office whose application it is. */
export type DeliveryThing = { readonly tenant: number; readonly works?: number | null };

const isStaff = (actor: Actor, { tenant }: DeliveryThing) => actor.kind === 'account' && actor.tenant === tenant;
const isAdministrator = (actor: Actor, thing: DeliveryThing) =>
  isStaff(actor, thing) && actor.kind === 'account' && actor.roles.includes('tenantAdministrator');
const isHouse = (actor: Actor, { tenant }: DeliveryThing) => actor.kind === 'system' && actor.tenant === tenant;

/** Who works in the office; administrators where no office was set, and where something was set up wrongly. */
function isOfOffice(actor: Actor, thing: DeliveryThing): boolean {
  if (actor.kind !== 'account' || actor.tenant !== thing.tenant || thing.works === undefined) return false;
  return isAdministrator(actor, thing) || (thing.works !== null && actor.principals.includes(thing.works));
}

export const deliveryPermissions: Permissions<DeliveryAction, DeliveryThing> = {
  see: (actor, thing) =>
    isHouse(actor, thing) || (isStaff(actor, thing) && (thing.works === undefined || isOfOffice(actor, thing))),
  may: {
    list: isStaff,
    work: isOfOffice,
    configure: (actor, thing) => isHouse(actor, thing) || isAdministrator(actor, thing),
  },
};

/** How one that is with the office again gets on its way; what the other side has refused for good begins anew there. */
export function wayOn({
  state,
  reason,
  remote,
  submittedAt,
}: {
  readonly state: DeliveryState;
  readonly reason: string | null;
  readonly remote: string | null;
  readonly submittedAt: Date | null;
}): 'again' | 'carryOn' | 'lookAgain' {
  if (state !== 'failed' || remote === null || reason === 'delivery.serviceRefuses') return 'again';
  return submittedAt === null ? 'carryOn' : 'lookAgain';
}

/** What somebody of the office can do now. */
export const stepsOpenIn = (state: DeliveryState): DeliveryStep[] =>
  (Object.keys(deliveryEdges) as DeliveryStep[]).filter(
    (step) => deliveryEdges[step].by === 'office' && deliveryEdges[step].from.includes(state),
  );
