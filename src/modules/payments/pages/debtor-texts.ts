import type { Dictionary } from '#ui/view';
import type { PaymentState } from '../rules.ts';
import type { AttemptState } from '../rules-attempt.ts';

/** What the person who pays reads: every state says what happened, what it means, what to do now. */
type StateTexts = Readonly<Record<PaymentState, { readonly title: string; readonly lead: string }>>;

export type DebtorTexts = {
  readonly states: StateTexts;
  readonly last: Readonly<Partial<Record<AttemptState, string>>>;
  readonly amount: string;
  readonly rest: string;
  readonly what: string;
  readonly whom: string;
  readonly reference: string;
  readonly until: string;
  readonly due: string;
  readonly paidOn: string;
  readonly givenBack: string;
  readonly items: string;
  readonly pay: string;
  readonly payAgain: string;
  readonly reopen: string;
  readonly goOn: (host: string) => string;
  readonly goOnLead: string;
  readonly check: string;
  readonly notYet: string;
  readonly further: string;
  readonly furtherUnpaid: string;
  readonly transfer: string;
  readonly transferLead: string;
  readonly payee: string;
  readonly noOnline: string;
};

export const debtorTexts: Dictionary<DebtorTexts> = {
  de: {
    states: {
      awaitingFee: {
        title: 'Noch nichts zu bezahlen',
        lead: 'Die Gebühr steht noch nicht fest. Sie hören von uns, sobald Sie bezahlen können.',
      },
      open: {
        title: 'Bezahlen',
        lead: 'Bitte prüfen Sie den Betrag. Bezahlt wird auf der Seite des Bezahldienstes der Behörde.',
      },
      underWay: {
        title: 'Weiter beim Bezahldienst',
        lead: 'Bezahlt wird beim Bezahldienst. Ob das schon geschehen ist, wissen wir erst von ihm.',
      },
      disputed: {
        title: 'Die Kasse klärt Ihre Zahlung',
        lead: 'Es ist Geld eingegangen, das nicht genau zu dieser Forderung passt. Es ist nicht verloren. Bitte zahlen Sie nicht noch einmal; die Kasse meldet sich.',
      },
      paid: { title: 'Bezahlt', lead: 'Vielen Dank. Ihr Geld ist angekommen, Sie müssen nichts mehr tun.' },
      refunded: {
        title: 'Erstattet',
        lead: 'Wir haben Ihnen das Geld zurückgegeben. Je nach Zahlungsart dauert es einige Tage.',
      },
      expired: {
        title: 'Die Frist ist abgelaufen',
        lead: 'Es wurde nichts abgebucht. Sie können die Zahlung noch einmal aufnehmen und müssen nichts neu eingeben.',
      },
      withdrawn: { title: 'Nichts mehr zu bezahlen', lead: 'Diese Forderung gibt es nicht mehr. Bitte zahlen Sie nicht.' },
    },
    last: {
      starting: 'Der Bezahldienst hat noch nicht geantwortet. Es wurde nichts abgebucht. Versuchen Sie es gleich noch einmal.',
      declined: 'Die letzte Zahlung wurde abgelehnt. Es wurde nichts abgebucht. Sie können es gleich noch einmal versuchen.',
      cancelled: 'Sie haben die letzte Zahlung abgebrochen. Es wurde nichts abgebucht.',
      expired: 'Die letzte Zahlung wurde beim Bezahldienst nicht beendet. Es wurde nichts abgebucht.',
      lost: 'Der Bezahldienst hat zuletzt nicht geantwortet. Es wurde nichts abgebucht.',
      refused: 'Der Bezahldienst hat die Zahlung zuletzt nicht angenommen. Es wurde nichts abgebucht.',
    },
    amount: 'Betrag',
    rest: 'Noch zu bezahlen',
    what: 'Wofür',
    whom: 'An',
    reference: 'Kassenzeichen',
    until: 'Bezahlen bis',
    due: 'Fällig am',
    paidOn: 'Bezahlt am',
    givenBack: 'Erstattet',
    items: 'Im Einzelnen',
    pay: 'Jetzt bezahlen',
    payAgain: 'Noch einmal versuchen',
    reopen: 'Noch einmal aufnehmen und bezahlen',
    goOn: (host) => `Weiter zum Bezahldienst (${host})`,
    goOnLead: 'Sie verlassen unsere Seiten und kommen nach dem Bezahlen hierher zurück.',
    check: 'Ich habe schon bezahlt: Stand abfragen',
    notYet:
      'Der Bezahldienst meldet noch keine Zahlung. Haben Sie eben erst bezahlt, kann es einige Minuten dauern. Sie müssen nicht warten: Wir fragen von selbst weiter nach.',
    further: 'Weiter',
    furtherUnpaid: 'Später bezahlen',
    transfer: 'Oder überweisen',
    transferLead: 'Geben Sie als Verwendungszweck nur das Kassenzeichen an.',
    payee: 'Konto von',
    noOnline: 'Hier kann man noch nicht im Internet bezahlen. Die Behörde sagt Ihnen, wie es geht.',
  },
  en: {
    states: {
      awaitingFee: {
        title: 'Nothing to pay yet',
        lead: 'The fee is not known yet. You will hear from us as soon as you can pay.',
      },
      open: { title: 'Pay', lead: 'Please check the amount. You pay on the page of the authority’s payment service.' },
      underWay: {
        title: 'Go on at the payment service',
        lead: 'You pay at the payment service. Whether you have done so already we only hear from it.',
      },
      disputed: {
        title: 'The treasury is looking into your payment',
        lead: 'Money has arrived that does not exactly fit this claim. It is not lost. Please do not pay again; the treasury will contact you.',
      },
      paid: { title: 'Paid', lead: 'Thank you. Your money has arrived, there is nothing more to do.' },
      refunded: {
        title: 'Given back',
        lead: 'We have given you the money back. Depending on how you paid this takes some days.',
      },
      expired: {
        title: 'The time to pay has run out',
        lead: 'Nothing was charged. You can take the payment up again and need not enter anything again.',
      },
      withdrawn: { title: 'Nothing to pay any more', lead: 'This is not owed any more. Please do not pay.' },
    },
    last: {
      starting: 'The payment service has not answered yet. Nothing was charged. Please try again.',
      declined: 'The last payment was declined. Nothing was charged. You can try again at once.',
      cancelled: 'You cancelled the last payment. Nothing was charged.',
      expired: 'The last payment was not finished at the payment service. Nothing was charged.',
      lost: 'The payment service did not answer last time. Nothing was charged.',
      refused: 'The payment service did not accept the last payment. Nothing was charged.',
    },
    amount: 'Amount',
    rest: 'Still to pay',
    what: 'For',
    whom: 'To',
    reference: 'Payment reference',
    until: 'Pay by',
    due: 'Due on',
    paidOn: 'Paid on',
    givenBack: 'Given back',
    items: 'In detail',
    pay: 'Pay now',
    payAgain: 'Try again',
    reopen: 'Take it up again and pay',
    goOn: (host) => `Go on to the payment service (${host})`,
    goOnLead: 'You leave our pages and come back here after paying.',
    check: 'I have paid already: ask how it stands',
    notYet:
      'The payment service knows of no payment yet. If you have paid just now it may take some minutes. You need not wait: we go on asking by ourselves.',
    further: 'Continue',
    furtherUnpaid: 'Pay later',
    transfer: 'Or transfer it',
    transferLead: 'Give nothing but the payment reference as the purpose.',
    payee: 'Account of',
    noOnline: 'Paying online is not possible here yet. The authority will tell you how to pay.',
  },
};
