import type { Permissions } from '#platform/authorize';
import type { Actor, Role } from '#platform/context';
import { Failure } from '#platform/errors';

export const limits = {
  /** XBezahldienste 1.0.0: description of at most 250 characters. */
  purpose: 250,
  kind: 40,
  thing: 200,
  thingName: 60,
  debtorLine: 100,
  returnPath: 1_000,
  reason: 500,
  note: 200,
  daysToPay: 365,
  /** Links to one payment that are valid at the same time; the oldest makes room. */
  links: 20,
  /** Attempts of one payment: nobody needs more, a robot might. */
  attempts: 50,
  refunds: 50,
  /** Letters that remind; after these the treasury goes on by itself. */
  reminders: 2,
  reminderDays: 14,
  /** So much later an answer of the gateway that never came is given up: nobody ever saw where to pay. */
  startingMinutes: 10,
};

export type PaymentState = 'awaitingFee' | 'open' | 'underWay' | 'disputed' | 'paid' | 'refunded' | 'expired' | 'withdrawn';

export const paymentStates: readonly PaymentState[] = [
  ...(['awaitingFee', 'open', 'underWay', 'disputed', 'paid', 'refunded', 'expired', 'withdrawn'] as const),
];

/** Who takes a step. `caller`: the room the payment is for; `gateway`: a status query, never a redirect or a notification. */
export type StepTaker = 'official' | 'debtor' | 'gateway' | 'treasurer' | 'clock' | 'caller';

type Edge = {
  readonly from: readonly PaymentState[];
  readonly to: PaymentState;
  readonly by: readonly StepTaker[];
  /** The news the house hears; null: none. */
  readonly event: 'feeSet' | 'paymentSucceeded' | 'paymentFailed' | 'paymentExpired' | 'refunded' | null;
};

/**
 * The one table of the life of a payment. What is not here cannot happen. Money can arrive in every state: what nobody expected
 * ends in `disputed`, where the treasury decides, and is never dropped.
 */
export const paymentEdges = {
  setFee: { from: ['awaitingFee'], to: 'open', by: ['official', 'treasurer'], event: 'feeSet' },
  begin: { from: ['open'], to: 'underWay', by: ['debtor'], event: null },
  fail: { from: ['underWay'], to: 'open', by: ['gateway', 'clock'], event: 'paymentFailed' },
  /** The address where to pay was never shown to anybody, so that nothing has happened. */
  lose: { from: ['underWay'], to: 'open', by: ['gateway', 'clock'], event: null },
  /** Less than what is still owed, as was agreed with this attempt: the rest is open. */
  takePart: { from: ['underWay'], to: 'open', by: ['gateway', 'treasurer'], event: null },
  settle: { from: ['open', 'underWay', 'expired'], to: 'paid', by: ['gateway', 'treasurer'], event: 'paymentSucceeded' },
  /** Too much or too little, or money for something that nobody owes any more. */
  dispute: {
    from: ['open', 'underWay', 'expired', 'withdrawn', 'refunded'],
    to: 'disputed',
    by: ['gateway', 'treasurer'],
    event: null,
  },
  accept: { from: ['disputed'], to: 'paid', by: ['treasurer'], event: 'paymentSucceeded' },
  claimRest: { from: ['disputed'], to: 'open', by: ['treasurer'], event: null },
  expire: { from: ['open'], to: 'expired', by: ['clock'], event: 'paymentExpired' },
  reopen: { from: ['expired'], to: 'open', by: ['debtor', 'treasurer'], event: null },
  withdraw: { from: ['awaitingFee', 'open', 'underWay', 'expired'], to: 'withdrawn', by: ['caller', 'treasurer'], event: null },
  giveBack: { from: ['paid', 'disputed'], to: 'refunded', by: ['gateway', 'treasurer'], event: 'refunded' },
} as const satisfies Record<string, Edge>;

export type PaymentStep = keyof typeof paymentEdges;

export const paymentSteps = Object.keys(paymentEdges) as readonly PaymentStep[];

export function isPossible(state: PaymentState, step: PaymentStep): boolean {
  const { from }: Edge = paymentEdges[step];
  return from.includes(state);
}

/** The state after a step. Throws `conflict` with a sentence about the state when the step cannot be taken. */
export function after(state: PaymentState, step: PaymentStep, by: StepTaker): PaymentState {
  const edge: Edge = paymentEdges[step];
  if (!edge.by.includes(by)) throw new Failure('forbidden', 'platform.forbidden');
  if (!edge.from.includes(state)) throw new Failure('conflict', `payments.is.${state}`);
  return edge.to;
}

/** How much money there is, in cents. */
export type Balance = { readonly cents: number | null; readonly receivedCents: number; readonly refundedCents: number };

/** What is still to be paid. */
export const outstanding = ({ cents, receivedCents, refundedCents }: Balance): number =>
  Math.max(0, (cents ?? 0) - (receivedCents - refundedCents));

/** What was paid beyond what was owed, and is the debtor's. */
export function surplus(state: PaymentState, { cents, receivedCents, refundedCents }: Balance): number {
  const held = receivedCents - refundedCents;
  if (state === 'withdrawn' || state === 'refunded' || state === 'expired') return held;
  return Math.max(0, held - (cents ?? 0));
}

/**
 * What money that has arrived does to a payment: which step is taken, null for none.
 * @param isAsExpected whether it is exactly what this attempt was to bring
 */
export function stepForMoney(
  state: PaymentState,
  before: Balance,
  arrived: { cents: number; isAsExpected: boolean },
): PaymentStep | null {
  if (state === 'paid' || state === 'disputed' || state === 'awaitingFee') return null;
  if (state === 'withdrawn' || state === 'refunded') return 'dispute';
  if (!arrived.isAsExpected) return 'dispute';
  if (arrived.cents >= outstanding(before)) return 'settle';
  return state === 'underWay' ? 'takePart' : null;
}

/** What an actor wants to do something with: a tenant's treasury. */
export type TreasuryThing = { readonly tenant: number };

export type TreasuryAction = 'read' | 'treasure' | 'configure' | 'setFee';

const isHouse = (actor: Actor) => actor.kind === 'system';
const isMember = (actor: Actor, { tenant }: TreasuryThing) => actor.kind === 'account' && actor.tenant === tenant;
const has = (actor: Actor, role: Role) => actor.kind === 'account' && actor.roles.includes(role);
const isTreasurer = (actor: Actor, thing: TreasuryThing) => isMember(actor, thing) && has(actor, 'treasurer');

/** Who keeps the money does not configure where it goes, and the other way round. */
export const treasuryPermissions: Permissions<TreasuryAction, TreasuryThing> = {
  see: (actor, thing) => isHouse(actor) || isMember(actor, thing),
  may: {
    read: (actor, thing) => isHouse(actor) || isTreasurer(actor, thing) || (isMember(actor, thing) && has(actor, 'auditor')),
    treasure: (actor, thing) => isHouse(actor) || isTreasurer(actor, thing),
    configure: (actor, thing) => isHouse(actor) || (isMember(actor, thing) && has(actor, 'tenantAdministrator')),
    /** Which official may, is decided by the room whose thing is paid for. */
    setFee: (actor, thing) => isHouse(actor) || isMember(actor, thing),
  },
};
