import type { Dictionary } from '#ui/view';
import type { PaymentFile } from '../treasury.ts';

/** What the treasury can do with a payment, by the word in the page's address. */
export const acts = ['gebuehr', 'rechnung', 'buchen', 'erstatten', 'annehmen', 'nachfordern', 'aufnehmen', 'aufgeben'] as const;
export type Act = (typeof acts)[number];

/** What makes sense with a payment as it is; the verbs decide again. */
export function possibleActs({ payment, outstandingCents, refundableCents }: PaymentFile): readonly Act[] {
  const { state, invoicedAt } = payment;
  const is: Readonly<Record<Act, boolean>> = {
    gebuehr: state === 'awaitingFee',
    rechnung: (state === 'open' || state === 'expired') && invoicedAt === null,
    buchen: state !== 'awaitingFee' && state !== 'paid',
    erstatten: refundableCents > 0,
    annehmen: state === 'disputed',
    nachfordern: state === 'disputed' && outstandingCents > 0,
    aufnehmen: state === 'expired',
    aufgeben: state === 'awaitingFee' || state === 'open' || state === 'underWay' || state === 'expired',
  };
  return acts.filter((act) => is[act]);
}

type ActTexts = { readonly name: string; readonly lead: string; readonly button: string; readonly done: string };

export const actTexts: Dictionary<Readonly<Record<Act, ActTexts>>> = {
  de: {
    gebuehr: {
      name: 'Gebühr festsetzen',
      lead: 'Danach kann bezahlt werden. Wer es schuldet, wird benachrichtigt.',
      button: 'Festsetzen',
      done: 'Die Gebühr ist festgesetzt.',
    },
    rechnung: {
      name: 'Rechnung stellen',
      lead: 'Die Zahlung läuft dann nicht mehr ab, sondern wird fällig. Zweimal wird erinnert. Bezahlt werden kann auch online.',
      button: 'Rechnung stellen',
      done: 'Die Rechnung ist gestellt.',
    },
    buchen: {
      name: 'Überweisung buchen',
      lead: 'Für Geld, das auf dem Konto angekommen ist. Eine Buchung kann nicht gelöscht, nur erstattet werden.',
      button: 'Buchen',
      done: 'Der Eingang ist gebucht.',
    },
    erstatten: {
      name: 'Erstatten',
      lead: 'Bis zur Grenze Ihrer Behörde gleich, darüber gibt eine zweite Person frei. Alle Erstattungen dieser Zahlung zählen zusammen.',
      button: 'Erstattung beantragen',
      done: 'Die Erstattung ist aufgenommen.',
    },
    annehmen: {
      name: 'Als bezahlt annehmen',
      lead: 'Was angekommen ist, genügt. Das Verfahren erfährt, dass bezahlt ist.',
      button: 'Annehmen',
      done: 'Die Zahlung ist angenommen.',
    },
    nachfordern: {
      name: 'Rest nachfordern',
      lead: 'Was angekommen ist, bleibt; der Rest wird wieder offen.',
      button: 'Nachfordern',
      done: 'Der Rest ist wieder offen.',
    },
    aufnehmen: {
      name: 'Wieder aufnehmen',
      lead: 'Die Frist beginnt neu. Niemand muss etwas neu eingeben.',
      button: 'Wieder aufnehmen',
      done: 'Die Zahlung ist wieder offen.',
    },
    aufgeben: {
      name: 'Forderung aufgeben',
      lead: 'Niemand schuldet das mehr. Kommt doch noch Geld an, steht die Zahlung zur Klärung.',
      button: 'Forderung aufgeben',
      done: 'Die Forderung ist aufgegeben.',
    },
  },
  en: {
    gebuehr: {
      name: 'Set the fee',
      lead: 'It can be paid then. Whoever owes it is told.',
      button: 'Set',
      done: 'The fee is set.',
    },
    rechnung: {
      name: 'Issue an invoice',
      lead: 'The payment does not expire any more, it becomes due. There are two reminders. It can be paid online too.',
      button: 'Issue the invoice',
      done: 'The invoice is issued.',
    },
    buchen: {
      name: 'Book a transfer',
      lead: 'For money that has arrived on the account. A booking cannot be deleted, only given back.',
      button: 'Book',
      done: 'The receipt is booked.',
    },
    erstatten: {
      name: 'Give back',
      lead: 'Up to your authority’s limit at once, beyond it a second person approves. All refunds of this payment count together.',
      button: 'Ask for the refund',
      done: 'The refund is recorded.',
    },
    annehmen: {
      name: 'Accept as paid',
      lead: 'What has arrived is enough. The procedure is told that it is paid.',
      button: 'Accept',
      done: 'The payment is accepted.',
    },
    nachfordern: {
      name: 'Claim the rest',
      lead: 'What has arrived stays; the rest is open again.',
      button: 'Claim',
      done: 'The rest is open again.',
    },
    aufnehmen: {
      name: 'Take up again',
      lead: 'The time to pay begins anew. Nobody has to enter anything again.',
      button: 'Take up again',
      done: 'The payment is open again.',
    },
    aufgeben: {
      name: 'Give the claim up',
      lead: 'Nobody owes this any more. If money arrives all the same, the payment is to be clarified.',
      button: 'Give the claim up',
      done: 'The claim is given up.',
    },
  },
};
