import { ensure, Failure } from '#platform/errors';

export type RefundState = 'requested' | 'approved' | 'done' | 'rejected' | 'failed';

/** Every change of a refund's state and who makes it. `other`: a treasurer who did not ask for it. */
const refundEdges = {
  approve: { from: ['requested'], to: 'approved', by: 'other' },
  reject: { from: ['requested'], to: 'rejected', by: 'other' },
  takeBack: { from: ['requested'], to: 'rejected', by: 'requester' },
  /** The gateway has said so, or the treasury has transferred it by hand. */
  finish: { from: ['approved', 'failed'], to: 'done', by: 'treasury' },
  fail: { from: ['approved'], to: 'failed', by: 'treasury' },
  abandon: { from: ['failed'], to: 'rejected', by: 'treasury' },
} as const satisfies Record<string, { from: readonly RefundState[]; to: RefundState; by: 'other' | 'requester' | 'treasury' }>;

export type RefundStep = keyof typeof refundEdges;

/** Refunds that have been asked for or are on their way: their money cannot be given back a second time. */
const isPendingRefund = (state: RefundState): boolean => state === 'requested' || state === 'approved' || state === 'failed';

/** The state after a step. Throws `conflict` when it cannot be taken, `forbidden` when it is for other eyes. */
export function afterRefund(
  refund: { readonly state: RefundState; readonly requestedBy: string },
  step: RefundStep,
  person: string,
): RefundState {
  const edge: { from: readonly RefundState[]; to: RefundState; by: string } = refundEdges[step];
  if (!edge.from.includes(refund.state)) throw new Failure('conflict', 'payments.refundState');
  if (edge.by === 'other') ensure(person !== refund.requestedBy, 'forbidden', 'payments.fourEyes');
  if (edge.by === 'requester') ensure(person === refund.requestedBy, 'forbidden', 'payments.requesterOnly');
  return edge.to;
}

type Earlier = { readonly state: RefundState; readonly cents: number };

/**
 * Whether a refund needs a second person. All refunds of one payment count together, so that nobody can cut a large one into
 * small ones.
 */
export function needsFourEyes(cents: number, earlier: readonly Earlier[], limitCents: number): boolean {
  const before = earlier.filter(({ state }) => state !== 'rejected').reduce((sum, refund) => sum + refund.cents, 0);
  return before + cents > limitCents;
}

/** What can still be given back of what came in, in cents. */
export function refundable(receivedCents: number, refunds: readonly Earlier[]): number {
  const spoken = refunds.filter(({ state }) => state === 'done' || isPendingRefund(state));
  return receivedCents - spoken.reduce((sum, { cents }) => sum + cents, 0);
}
