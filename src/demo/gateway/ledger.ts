import { randomUUID } from 'node:crypto';

/** What the practice payment service remembers: transactions by the caller's request id, and what was given back. */

export type TransactionState = 'new' | 'paid' | 'denied' | 'aborted' | 'timeout';

export type Transaction = {
  readonly id: string;
  /** Secret in the address of its page. */
  readonly key: string;
  readonly place: string;
  readonly request: string;
  /** What was asked for. */
  readonly cents: number;
  readonly reference: string;
  readonly text: string;
  readonly returnAddress: string;
  readonly noticeAddress: string | null;
  state: TransactionState;
  /** What was really paid: it may differ. */
  paidCents: number;
  readonly refunds: Map<string, number>;
};

export type NewTransaction = Omit<Transaction, 'id' | 'key' | 'state' | 'paidCents' | 'refunds'>;

export type Ledger = {
  /** The transaction of this request id, and whether it was made just now. */
  make(wanted: NewTransaction): { readonly transaction: Transaction; readonly isNew: boolean };
  byId(id: string): Transaction | undefined;
  byRequest(place: string, request: string): Transaction | undefined;
  byKey(key: string): Transaction | undefined;
  /** Every transaction, oldest first. */
  all(): readonly Transaction[];
  /** Forgets one, as a service does with what is old. */
  forget(id: string): void;
};

export function openLedger(): Ledger {
  const all = new Map<string, Transaction>();
  const find = (is: (transaction: Transaction) => boolean) => [...all.values()].find(is);
  const byRequest = (place: string, request: string) => find((one) => one.place === place && one.request === request);
  return {
    make: (wanted) => {
      const known = byRequest(wanted.place, wanted.request);
      if (known) return { transaction: known, isNew: false };
      const ids = { id: randomUUID(), key: randomUUID() };
      const made: Transaction = { ...wanted, ...ids, state: 'new', paidCents: 0, refunds: new Map() };
      all.set(made.id, made);
      return { transaction: made, isNew: true };
    },
    byId: (id) => all.get(id),
    byRequest,
    byKey: (key) => find((one) => one.key === key),
    all: () => [...all.values()],
    forget: (id) => all.delete(id),
  };
}

/** How much of a transaction is left to give back. */
export const leftOf = ({ paidCents, refunds }: Transaction): number =>
  paidCents - [...refunds.values()].reduce((sum, cents) => sum + cents, 0);
