import type { Report } from './rules-attempt.ts';
import type { Item } from './rules-money.ts';

/** What is to be paid at a gateway. */
export type Order = {
  /** Ours, 1 to 36 of `[\w-]`. For one request id a gateway makes one transaction, however often it is asked. */
  readonly request: string;
  readonly at: Date;
  readonly cents: number;
  /** What stands on the bank statement: at most 27 characters. */
  readonly reference: string;
  /** At most 250 characters. */
  readonly purpose: string;
  /** 1 to 99; their sum is `cents`. */
  readonly items: readonly Item[];
  /** Where the person's browser comes back to; at most 2,082 characters. Coming back means nothing. */
  readonly returnAddress: string;
  /** Where the gateway may say that something has changed. What it says there means nothing either: we ask. */
  readonly noticeAddress: string;
};

/** Which transaction is meant. Before an answer only our own id is known. */
export type Known = { readonly request: string; readonly transaction: string | null };

/** The gateway understood us and said no; trying again does not help. */
export type Refused = { readonly kind: 'refused'; readonly code: GatewayError };

/** No answer we can use: nobody knows whether the request arrived. Asking again with the same id is safe. */
export type Silent = { readonly kind: 'silent'; readonly why: string };

/** The error codes of XBezahldienste 1.0.0; other gateways' are translated into them. */
export type GatewayError =
  | 'NO_VALID_ORIGINATOR_OR_ENDPOINT'
  | 'PAYMENT_EXISTS'
  | 'CALCULATION_ERROR'
  | 'BOOKING_DATA_MISSING'
  | 'VALIDATION_ERROR'
  | 'FORBIDDEN'
  | 'UNSPECIFIED';

export type Started =
  | { readonly kind: 'started'; readonly transaction: string; readonly address: string }
  /** There is a transaction for this id already, and the gateway does not say where to pay it. */
  | { readonly kind: 'exists' }
  | Refused
  | Silent;

export type Asked = Report | Refused | Silent;

export type GivenBack = { readonly kind: 'done' } | Refused | Silent;

/**
 * A payment service. Nothing here throws for what the other side does: an answer that is late, broken or forged is `silent`.
 *
 * Promises every adapter keeps (`gateway.contract.ts`): `start` with the same request id never makes two transactions; `ask` says
 * what the gateway says now and reads the sum from it; `refund` with the same refund id gives back once; the secret goes to the
 * configured host only and no redirect is followed; an answer has a largest size and a longest time.
 */
export type Gateway = {
  start(order: Order): Promise<Started>;
  ask(known: Known): Promise<Asked>;
  /** Null: this service gives nothing back, the treasury transfers it by hand. */
  readonly refund: ((known: Known, refund: { readonly request: string; readonly cents: number }) => Promise<GivenBack>) | null;
  /** Whether it answers, and takes our name and secret. */
  check(): Promise<'ready' | 'refused' | 'silent'>;
};

/** What an adapter needs to know. */
export type GatewayAccess = {
  /** Without a slash at its end. */
  readonly address: string;
  /** Our name there (originator, merchant). */
  readonly originator: string;
  /** The account within it, where the gateway has several. */
  readonly endpoint: string;
  readonly secret: string;
  /** Whether the host may lie in a private network: only the operator says so. */
  readonly isPrivateFine: boolean;
  readonly timing?: Timing;
};

export type Timing = {
  /** The whole answer has to be there after so long. */
  readonly answerMilliseconds: number;
  /** Pauses before the second, third … try of a request that got no answer. */
  readonly pausesMilliseconds: readonly number[];
};

/** Once more at once: connections break. What lasts longer is asked about later, by a job. */
export const usualTiming: Timing = { answerMilliseconds: 8_000, pausesMilliseconds: [0] };
