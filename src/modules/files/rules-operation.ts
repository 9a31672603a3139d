/** What is done in the background because it is large. */
export type OperationKind = 'copy' | 'move' | 'purge';

export type OperationState = 'running' | 'undoing' | 'done' | 'failed' | 'cancelled';

type Edge = { readonly to: OperationState; readonly by: 'house' | 'person' };

/** From each state to which others, and who takes the step. What is over stays so. */
export const operationEdges: Readonly<Record<OperationState, readonly Edge[]>> = {
  running: [
    { to: 'done', by: 'house' },
    { to: 'undoing', by: 'house' }, // it cannot go on: no room, no right any more
    { to: 'undoing', by: 'person' },
  ],
  undoing: [
    { to: 'failed', by: 'house' },
    { to: 'cancelled', by: 'house' },
  ],
  done: [],
  failed: [],
  cancelled: [],
};

export function mayPass(from: OperationState, to: OperationState, by: Edge['by']): boolean {
  return operationEdges[from].some((edge) => edge.to === to && edge.by === by);
}

/** Only what adds something can be taken back half-way; a move or a removal is over sooner than it could be undone. */
export const mayStop = (kind: OperationKind, state: OperationState): boolean =>
  kind === 'copy' && mayPass(state, 'undoing', 'person');

export const operationLimits = {
  /** Files and folders of one copy or move: what can be counted, with the space held, in a third of the time a statement has. */
  nodes: 1_000_000,
  /** Operations of one person that run at the same time. */
  perAccount: 10,
  /** Entries dealt with in one transaction, which holds up other changes of the space for about so many hundredths of a millisecond each. */
  step: 2_000,
  /** Folders looked into for one step. */
  folders: 200,
  /** A job works so long and then lets others go first. */
  sliceMilliseconds: 4_000,
  /** What has ended is shown so long to a page that asks. */
  shownMinutes: 10,
};
