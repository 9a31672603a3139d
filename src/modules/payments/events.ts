import { defineEvent } from '#platform/events';

/** What the payment is for, as the room that opened it calls it: opaque to this room. */
export type PaidThing = { readonly kind: string; readonly id: string };

/** What every news about a payment says. Handlers may hear it twice; `payment` and the event together are the key. */
export type PaymentNews = {
  readonly tenant: number;
  readonly payment: number;
  /** The payment reference (Kassenzeichen). */
  readonly reference: string;
  readonly thing: PaidThing;
};

/** All that was owed is there. Comes once for each payment, also when the money came late (after `paymentExpired`). */
export const paymentSucceeded = defineEvent<PaymentNews & { readonly cents: number }>('payments.paymentSucceeded');

/** One attempt did not work (declined, cancelled, refused). The payment stays open and can be tried again. */
export const paymentFailed = defineEvent<PaymentNews & { readonly reason: 'declined' | 'cancelled' | 'expired' | 'refused' }>(
  'payments.paymentFailed',
);

/** The time to pay has run out. It can still be paid when the debtor asks for it again; then `paymentSucceeded` follows. */
export const paymentExpired = defineEvent<PaymentNews>('payments.paymentExpired');

/**
 * Money went back: the gateway has said so, or the treasury has transferred it. `refund`: which one, for a payment may have several;
 * `cents`: this time; `isWhole`: nothing of what was received is left.
 */
export const refunded = defineEvent<PaymentNews & { readonly refund: number; readonly cents: number; readonly isWhole: boolean }>(
  'payments.refunded',
);

/** An official has said what it costs: the debtor is to be told, and can pay now. */
export const feeSet = defineEvent<PaymentNews & { readonly cents: number }>('payments.feeSet');

/** An invoice was issued, or a reminder of it: the debtor is to get the letter (`letterOf`). */
export const invoiceIssued = defineEvent<PaymentNews & { readonly reminder: number; readonly dueOn: string }>(
  'payments.invoiceIssued',
);
