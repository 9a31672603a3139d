import type { Dictionary } from '#ui/view';
import type { PaymentState } from '../rules.ts';
import type { AttemptState } from '../rules-attempt.ts';
import type { RefundState } from '../rules-refund.ts';
import type { TreasuryList } from '../treasury.ts';

type Words<Key extends string> = Readonly<Record<Key, string>>;

export const stateTexts: Dictionary<Words<PaymentState>> = {
  de: {
    awaitingFee: 'Gebühr fehlt',
    open: 'offen',
    underWay: 'wird bezahlt',
    disputed: 'zu klären',
    paid: 'bezahlt',
    refunded: 'erstattet',
    expired: 'abgelaufen',
    withdrawn: 'zurückgezogen',
  },
  en: {
    awaitingFee: 'fee missing',
    open: 'open',
    underWay: 'being paid',
    disputed: 'to be clarified',
    paid: 'paid',
    refunded: 'refunded',
    expired: 'expired',
    withdrawn: 'withdrawn',
  },
};

/** Ways to pay as the payment services call them; what is not here stands as they say it. */
export const methodTexts: Dictionary<Readonly<Partial<Record<string, string>>>> = {
  de: { CREDITCARD: 'Kreditkarte', DIRECTDEBIT: 'Lastschrift', GIROPAY: 'giropay', INVOICE: 'Rechnung', PAYPAL: 'PayPal' },
  en: { CREDITCARD: 'credit card', DIRECTDEBIT: 'direct debit', GIROPAY: 'giropay', INVOICE: 'invoice', PAYPAL: 'PayPal' },
};

export const attemptTexts: Dictionary<Words<AttemptState>> = {
  de: {
    starting: 'beginnt',
    open: 'läuft',
    paid: 'bezahlt',
    declined: 'abgelehnt',
    cancelled: 'abgebrochen',
    expired: 'nicht beendet',
    lost: 'ohne Antwort',
    refused: 'nicht angenommen',
  },
  en: {
    starting: 'beginning',
    open: 'under way',
    paid: 'paid',
    declined: 'declined',
    cancelled: 'cancelled',
    expired: 'not finished',
    lost: 'no answer',
    refused: 'not accepted',
  },
};

export const refundTexts: Dictionary<Words<RefundState>> = {
  de: {
    requested: 'wartet auf zweite Person',
    approved: 'freigegeben',
    done: 'erstattet',
    rejected: 'abgelehnt',
    failed: 'vom Bezahldienst abgelehnt',
  },
  en: {
    requested: 'waits for a second person',
    approved: 'approved',
    done: 'given back',
    rejected: 'rejected',
    failed: 'refused by the service',
  },
};

export const listTexts: Dictionary<Words<TreasuryList>> = {
  de: { ...stateTexts.de, openItems: 'offene Posten', needsCare: 'zu tun', overdue: 'überfällig', all: 'alle' },
  en: { ...stateTexts.en, openItems: 'open items', needsCare: 'to do', overdue: 'overdue', all: 'all' },
};

/** What a payment belongs to, by the name its room has for it; others say themselves what they are. */
export const thingTexts: Dictionary<Words<string>> = {
  de: { submission: 'Antrag' },
  en: { submission: 'Application' },
};

/** What the history calls what happened. */
export const stepTexts: Dictionary<Words<string>> = {
  de: {
    openPayment: 'Zahlung angelegt',
    setFee: 'Gebühr festgesetzt',
    correctDebtor: 'Angaben zur zahlungspflichtigen Person berichtigt',
    begin: 'Bezahlen begonnen',
    fail: 'Zahlung nicht gelungen',
    lose: 'Bezahldienst ohne Antwort',
    takePart: 'Teil bezahlt',
    settle: 'Bezahlt',
    dispute: 'Zu klären: Betrag passt nicht',
    accept: 'Als bezahlt angenommen',
    claimRest: 'Rest nachgefordert',
    expire: 'Frist abgelaufen',
    reopen: 'Wieder aufgenommen',
    withdraw: 'Forderung aufgegeben',
    giveBack: 'Vollständig erstattet',
    surplus: 'Zu viel eingegangen',
    partReceived: 'Teil eingegangen',
    attemptEnded: 'Versuch beendet',
    issueInvoice: 'Rechnung gestellt',
    remind: 'Erinnert',
    refundRequested: 'Erstattung beantragt',
    refundApproved: 'Erstattung freigegeben',
    refundDone: 'Teil erstattet',
    'refund.approve': 'Erstattung von zweiter Person freigegeben',
    'refund.reject': 'Erstattung abgelehnt',
    'refund.takeBack': 'Erstattung zurückgenommen',
    'refund.fail': 'Erstattung vom Bezahldienst abgelehnt',
    'refund.abandon': 'Erstattung aufgegeben',
  },
  en: {
    openPayment: 'Payment created',
    setFee: 'Fee set',
    correctDebtor: 'Details of who owes it corrected',
    begin: 'Began to pay',
    fail: 'Payment did not work',
    lose: 'Service did not answer',
    takePart: 'Part paid',
    settle: 'Paid',
    dispute: 'To be clarified: sum does not fit',
    accept: 'Accepted as paid',
    claimRest: 'Rest claimed',
    expire: 'Time ran out',
    reopen: 'Taken up again',
    withdraw: 'Claim given up',
    giveBack: 'Given back whole',
    surplus: 'Too much received',
    partReceived: 'Part received',
    attemptEnded: 'Attempt ended',
    issueInvoice: 'Invoice issued',
    remind: 'Reminded',
    refundRequested: 'Refund asked for',
    refundApproved: 'Refund approved',
    refundDone: 'Part given back',
    'refund.approve': 'Refund approved by a second person',
    'refund.reject': 'Refund rejected',
    'refund.takeBack': 'Refund taken back',
    'refund.fail': 'Refund refused by the service',
    'refund.abandon': 'Refund abandoned',
  },
};

function takersOf(debtor: string, service: string): Readonly<Record<string, string>> {
  const byService = ['fail', 'lose', 'takePart', 'settle', 'dispute', 'surplus', 'attemptEnded', 'refundDone', 'giveBack'];
  return { begin: debtor, reopen: debtor, ...Object.fromEntries(byService.map((step) => [step, service])) };
}

const de = {
  title: 'Kasse',
  lead: 'Was der Behörde geschuldet wird, was angekommen ist und was zurückging.',
  list: 'Liste',
  search: 'Suche',
  searchHint: 'Nummer, Name oder Zweck',
  from: 'Angelegt ab',
  to: 'bis',
  show: 'Anzeigen',
  none: 'Keine Zahlungen',
  noneHint: 'Zu dieser Auswahl gibt es nichts. Wählen Sie eine andere Liste, oder leeren Sie die Suche.',
  openItemsCsv: 'Offene Posten als Tabelle',
  reconcile: 'Abgleich',
  reconcileLead: 'Alle Eingänge und Erstattungen eines Zeitraums als Tabelle, zum Vergleich mit Bank und Bezahldienst.',
  fetch: 'Tabelle laden',
  lastMonth: 'Beide Tage zählen mit; höchstens 200.000 Zeilen.',
  reference: 'Kassenzeichen',
  who: 'Name',
  what: 'Wofür',
  amount: 'Betrag',
  received: 'Eingegangen',
  outstanding: 'Offen',
  givenBack: 'Erstattet',
  surplus: 'Zu viel bezahlt',
  state: 'Stand',
  opened: 'Angelegt',
  ends: 'Zahlbar bis',
  due: 'Fällig am',
  paid: 'Bezahlt am',
  address: 'Anschrift',
  mail: 'E-Mail',
  thing: 'Verfahren',
  reminders: 'Erinnerungen',
  items: 'Posten',
  attempts: 'Versuche beim Bezahldienst',
  started: 'Begonnen',
  transaction: 'Transaktion',
  way: 'Zahlweg',
  asked: 'Verlangt',
  reported: 'Gemeldet',
  receipts: 'Eingänge',
  day: 'Buchungstag',
  how: 'Weg',
  online: 'online',
  transfer: 'Überweisung',
  note: 'Bemerkung',
  refunds: 'Erstattungen',
  reason: 'Grund',
  byWhom: 'Beantragt / entschieden',
  history: 'Verlauf',
  when: 'Wann',
  step: 'Was',
  house: 'Rennsteig',
  /** Who took a step that no member of staff took. */
  takers: takersOf('zahlende Person', 'Bezahldienst'),
  details: 'Einzelheiten',
  todo: 'Was Sie tun können',
  askAgain: 'Stand abfragen',
  askedAgain: 'Beim Bezahldienst nachgefragt.',
  approve: 'Freigeben',
  reject: 'Ablehnen',
  takeBack: 'Zurücknehmen',
  finish: 'Ist überwiesen',
  abandon: 'Aufgeben',
  decided: 'Die Erstattung ist geändert.',
  letter: 'Brief zur Rechnung',
  waiting: (count: number) =>
    count === 1 ? 'Eine Erstattung wartet auf eine zweite Person.' : `${count} Erstattungen warten auf eine zweite Person.`,
  disputedHint:
    'Es ist Geld eingegangen, das nicht genau passt. Nehmen Sie es an, fordern Sie den Rest nach oder erstatten Sie es.',
  transferHint:
    'Es sind {sum} zu überweisen: Der Bezahldienst kann sie nicht selbst erstatten. Ist das geschehen, drücken Sie bei der Erstattung auf „Ist überwiesen“.',
  surplusHint: 'Es ist mehr eingegangen, als geschuldet wird. Was zu viel ist, gehört der zahlenden Person: bitte erstatten.',
};

export type TreasuryTexts = typeof de;

const en: TreasuryTexts = {
  title: 'Treasury',
  lead: 'What is owed to the authority, what has arrived and what went back.',
  list: 'List',
  search: 'Search',
  searchHint: 'Number, name or purpose',
  from: 'Created from',
  to: 'to',
  show: 'Show',
  none: 'No payments',
  noneHint: 'There is nothing for this choice. Choose another list, or clear the search.',
  openItemsCsv: 'Open items as a table',
  reconcile: 'Reconciliation',
  reconcileLead: 'All receipts and refunds of some days as a table, to compare with bank and payment service.',
  fetch: 'Load the table',
  lastMonth: 'Both days count; at most 200,000 lines.',
  reference: 'Reference',
  who: 'Name',
  what: 'For',
  amount: 'Amount',
  received: 'Received',
  outstanding: 'Owed',
  givenBack: 'Given back',
  surplus: 'Overpaid',
  state: 'State',
  opened: 'Created',
  ends: 'Pay by',
  due: 'Due on',
  paid: 'Paid on',
  address: 'Address',
  mail: 'Mail',
  thing: 'Procedure',
  reminders: 'Reminders',
  items: 'Items',
  attempts: 'Attempts at the payment service',
  started: 'Began',
  transaction: 'Transaction',
  way: 'Method',
  asked: 'Asked for',
  reported: 'Reported',
  receipts: 'Receipts',
  day: 'Day booked',
  how: 'Way',
  online: 'online',
  transfer: 'transfer',
  note: 'Note',
  refunds: 'Refunds',
  reason: 'Reason',
  byWhom: 'Asked for / decided',
  history: 'History',
  when: 'When',
  step: 'What',
  house: 'Rennsteig',
  takers: takersOf('who pays', 'payment service'),
  details: 'Details',
  todo: 'What you can do',
  askAgain: 'Ask how it stands',
  askedAgain: 'The payment service was asked.',
  approve: 'Approve',
  reject: 'Reject',
  takeBack: 'Take back',
  finish: 'Was transferred',
  abandon: 'Abandon',
  decided: 'The refund is changed.',
  letter: 'Letter of the invoice',
  waiting: (count) => (count === 1 ? 'One refund waits for a second person.' : `${count} refunds wait for a second person.`),
  disputedHint: 'Money has arrived that does not exactly fit. Accept it, claim the rest, or give it back.',
  transferHint:
    '{sum} have to be transferred: the payment service cannot give them back itself. When that is done, press “Was transferred” beside the refund.',
  surplusHint: 'More has arrived than is owed. What is too much belongs to the person who paid: please give it back.',
};

export const treasuryTexts: Dictionary<TreasuryTexts> = { de, en };

/** Why the service says that an attempt did not work; what a person wrote stands there as it is. */
export const failureTexts: Dictionary<Readonly<Record<string, string>>> = {
  de: { declined: 'abgelehnt', cancelled: 'abgebrochen', expired: 'abgelaufen', refused: 'nicht angenommen' },
  en: { declined: 'declined', cancelled: 'cancelled', expired: 'expired', refused: 'refused' },
};
