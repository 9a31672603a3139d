/**
 * What people owe an authority, and how they pay it.
 *
 * Keeps: payments with their items, debtor, payment reference and history; the attempts at the payment service, the money that
 * came in, the refunds; how each authority is paid. A payment belongs to the tenant the money is owed to, and leaves with it.
 *
 * Promises: one thing is paid for once. Success is believed from a status query and from nothing else: neither from the browser
 * that comes back, nor from a notification. At most one attempt of a payment can be paid at any moment, and a new one begins
 * only when the gateway has said that the last one is over – or when nobody ever learnt where to pay it. Money that arrives
 * unexpectedly (late, twice, a wrong sum, for something withdrawn) is kept, shown and given back, never dropped. Whoever has to
 * pay again enters nothing again. Large refunds need two persons.
 *
 * Never: learns a card or account number, decides what something costs, tells another tenant anything.
 *
 * The way of a calling room: `openPayment` in its own transaction, with the name people have for what is paid, send the debtor to
 * `page`, hear `paymentSucceeded`. It asks `paymentOf` whenever it shows a status. Who corrects who owes it
 * calls `correctDebtor`. Whoever withdraws calls `withdrawPayment`; money goes
 * back with `refund`, and who hears `refunded` tells the debtor.
 */
export {
  feeSet,
  invoiceIssued,
  type PaidThing,
  type PaymentNews,
  paymentExpired,
  paymentFailed,
  paymentSucceeded,
  refunded,
} from './events.ts';
export { issueInvoice, letterOf } from './invoice.ts';
export {
  correctDebtor,
  type OpenedPayment,
  openPayment,
  type PaymentInput,
  type PaymentRef,
  paymentPage,
  setFee,
  withdrawPayment,
} from './open.ts';
export { comeBack, type DebtorView, pay, viewByLink } from './pay.ts';
export { awaitingFeeAmong, type PaymentStatus, paymentOf, type Settled, settledBy } from './payment.ts';
export { decideRefund, type RefundDecision, type RefundInput, refund } from './refund.ts';
export { type PaymentsThen, paymentsThen, type Reconciled, reconcile, skipReferences } from './restored.ts';
export type { PaymentState } from './rules.ts';
export type { Letter } from './rules-letter.ts';
export { checkItems, euros, type Item, type ItemInput, readCents, readEuros } from './rules-money.ts';
export { checkGateway, gatewayKinds, getSettings, type PaymentSettings, type SettingsChange, setSettings } from './settings.ts';
export type { Debtor } from './store/payment.ts';
export {
  askAgain,
  bookTransfer,
  getPayment,
  listPayments,
  type PaymentFile,
  setFeeAtTreasury,
  type TreasurerStep,
  type TreasuryList,
  type TreasuryQuery,
  takeTreasurerStep,
  treasuryFigures,
  treasuryLists,
} from './treasury.ts';
