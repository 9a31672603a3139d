/** The life of a form that an authority writes itself. */

export type OwnState = 'open' | 'proposed' | 'published';
export type OwnStep = 'change' | 'propose' | 'takeBack' | 'approve' | 'discard';

type Edge = { readonly from: readonly OwnState[]; readonly to: OwnState | null };

/**
 * What is not here cannot happen. Editors take every step; whoever approves is another person than whoever proposed. `approve` emits
 * `formApproved`.
 */
export const ownEdges: Readonly<Record<OwnStep, Edge>> = {
  change: { from: ['open', 'published'], to: 'open' },
  propose: { from: ['open'], to: 'proposed' },
  // Back to work: by whoever proposed it, or by the other person who found something.
  takeBack: { from: ['proposed'], to: 'open' },
  approve: { from: ['proposed'], to: 'published' },
  // Only what was never published; null: it is gone.
  discard: { from: ['open'], to: null },
};
