import type { Words } from '#platform/words';

/** What this room says: what happened, what it means for your data and your money, what to do now. */
export const words: Words = {
  'payments.itemText': {
    de: 'Jeder Posten braucht eine Bezeichnung mit höchstens {limit} Zeichen. Es wurde nichts gespeichert.',
    en: 'Every item needs a description of at most {limit} characters. Nothing was saved.',
  },
  'payments.itemAmount': {
    de: 'Menge, Betrag oder Steuersatz von „{text}“ sind nicht möglich. Es wurde nichts gespeichert.',
    en: 'The quantity, amount or tax rate of “{text}” is not possible. Nothing was saved.',
  },
  'payments.itemCount': {
    de: 'Eine Zahlung hat mindestens einen und höchstens {limit} Posten.',
    en: 'A payment has at least one and at most {limit} items.',
  },
  'payments.sum': {
    de: 'Die Summe muss zwischen einem Cent und {limit} Euro liegen.',
    en: 'The sum must lie between one cent and {limit} euros.',
  },
  'payments.amountForm': {
    de: 'Bitte geben Sie den Betrag in Euro an, zum Beispiel 12,50.',
    en: 'Please give the amount in euros with a comma, for example 12,50.',
  },
  'payments.daysForm': {
    de: 'Die Frist liegt zwischen einem und {limit} Tagen.',
    en: 'The time to pay lies between one and {limit} days.',
  },
  'payments.mailForm': {
    de: 'Bitte prüfen Sie die E-Mail-Adresse.',
    en: 'Please check the mail address.',
  },
  'payments.thingTaken': {
    de: 'Für diesen Vorgang gibt es schon eine Zahlung über einen anderen Betrag. Es wurde nichts geändert.',
    en: 'There is a payment of another amount for this already. Nothing was changed.',
  },
  'payments.addressForm': {
    de: 'Bitte geben Sie die Adresse des Bezahldienstes mit https:// am Anfang an, ohne Passwort und ohne Fragezeichen.',
    en: 'Please give the address of the payment service with https:// at the beginning, without password and question mark.',
  },
  'payments.attemptChanged': {
    de: 'Der Stand dieser Zahlung hat sich gerade geändert. Es wurde nichts doppelt abgebucht; bitte laden Sie die Seite neu.',
    en: 'This payment has just changed. Nothing was charged twice; please reload the page.',
  },
  'payments.refundState': {
    de: 'Diese Erstattung ist inzwischen in einem anderen Zustand. Bitte laden Sie die Seite neu.',
    en: 'This refund is in another state by now. Please reload the page.',
  },
  'payments.fourEyes': {
    de: 'Vier-Augen-Prinzip: Über diese Erstattung entscheidet eine andere Person als die, die sie beantragt hat.',
    en: 'Four eyes: somebody else than the person who asked for this refund decides about it.',
  },
  'payments.requesterOnly': {
    de: 'Nur wer die Erstattung beantragt hat, kann sie zurücknehmen.',
    en: 'Only the person who asked for the refund can take it back.',
  },
  'payments.is.awaitingFee': {
    de: 'Die Gebühr steht noch nicht fest. Sie hören von uns, sobald Sie bezahlen können.',
    en: 'The fee is not known yet. You will hear from us as soon as you can pay.',
  },
  'payments.is.open': {
    de: 'Das geht nicht, solange die Zahlung offen ist. Es wurde nichts geändert.',
    en: 'That is not possible while the payment is open. Nothing was changed.',
  },
  'payments.is.underWay': {
    de: 'Diese Zahlung läuft gerade beim Bezahldienst. Bitte warten Sie, bis sie dort beendet ist.',
    en: 'This payment is under way at the payment service. Please wait until it is over there.',
  },
  'payments.is.disputed': {
    de: 'Diese Zahlung wird von der Kasse geklärt. Bitte zahlen Sie nicht noch einmal.',
    en: 'The treasury is looking into this payment. Please do not pay again.',
  },
  'payments.is.paid': {
    de: 'Das ist schon bezahlt. Es wurde nichts abgebucht.',
    en: 'This is paid already. Nothing was charged.',
  },
  'payments.is.refunded': {
    de: 'Diese Zahlung wurde schon erstattet. Es wurde nichts abgebucht.',
    en: 'This payment was refunded already. Nothing was charged.',
  },
  'payments.is.expired': {
    de: 'Die Frist dieser Zahlung ist abgelaufen. Sie können sie noch einmal aufnehmen, ohne etwas neu einzugeben.',
    en: 'The time to pay has run out. You can take it up again without entering anything again.',
  },
  'payments.is.withdrawn': {
    de: 'Diese Forderung gibt es nicht mehr. Bitte zahlen Sie nicht.',
    en: 'This is not owed any more. Please do not pay.',
  },
};
