export type AttemptState = 'starting' | 'open' | 'paid' | 'declined' | 'cancelled' | 'expired' | 'lost' | 'refused';

/** What a status query says. `gone`: the gateway does not know the transaction (any more). */
export type Report =
  | { readonly kind: 'pending' }
  | { readonly kind: 'paid'; readonly cents: number; readonly method: string }
  | { readonly kind: 'declined' | 'cancelled' | 'expired' | 'gone' };

/** Every change of an attempt's state. After a refusal the gateway may still change its mind: then its last word counts. */
export const attemptEdges: Readonly<Record<AttemptState, readonly AttemptState[]>> = {
  starting: ['open', 'refused', 'lost'],
  open: ['paid', 'declined', 'cancelled', 'expired'],
  paid: [],
  declined: ['paid'],
  cancelled: ['paid'],
  expired: ['paid'],
  lost: ['paid'],
  refused: [],
};

export const isLive = (state: AttemptState): boolean => state === 'starting' || state === 'open';

/** The state in which a report puts an attempt; null: it says nothing new. */
export function afterReport(state: AttemptState, report: Report): AttemptState | null {
  if (report.kind === 'pending' || state === 'starting') return null;
  const to: AttemptState = report.kind === 'gone' ? 'expired' : report.kind;
  return attemptEdges[state].includes(to) ? to : null;
}

/** Seconds until a gateway is asked again about an attempt, by how often it was asked; the last one goes on. */
const askAfterSeconds = [60, 120, 300, 600, 1_800, 3_600, 6 * 3_600] as const;

export const waitBeforeAsking = (asked: number): number =>
  askAfterSeconds[Math.min(asked, askAfterSeconds.length - 1)] ?? 6 * 3_600;
