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
  'payments.changedSince': {
    de: 'Mit dieser Zahlung ist etwas geschehen, seit die Seite geladen wurde – vielleicht war es Ihr eigener Klick. Es wurde nichts weiter gebucht. Bitte sehen Sie im Verlauf nach.',
    en: 'Something has happened to this payment since the page was loaded – perhaps by your own click. Nothing more was booked. Please look at its history.',
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
  'payments.dayForm': { de: 'Bitte geben Sie einen Tag an, den es gibt.', en: 'Please give a day that exists.' },
  'payments.dayAhead': {
    de: 'Dieser Tag liegt in der Zukunft. Es wurde nichts gebucht.',
    en: 'This day lies ahead. Nothing was booked.',
  },
  'payments.linkUnknown': {
    de: 'Diese Adresse führt zu keiner Zahlung. Vielleicht ist sie nicht vollständig; bitte öffnen Sie sie aus dem Brief oder der Nachricht noch einmal.',
    en: 'This address leads to no payment. Perhaps it is not complete; please open it from the letter or message again.',
  },
  'payments.noGateway': {
    de: 'Hier kann man noch nicht im Internet bezahlen. Es wurde nichts abgebucht; bitte wenden Sie sich an die Behörde.',
    en: 'Paying online is not possible here yet. Nothing was charged; please contact the authority.',
  },
  'payments.gatewaySilent': {
    de: 'Der Bezahldienst antwortet gerade nicht. Es wurde nichts abgebucht. Bitte versuchen Sie es in einigen Minuten noch einmal; Ihre Angaben sind gespeichert.',
    en: 'The payment service does not answer right now. Nothing was charged. Please try again in a few minutes; what you entered is saved.',
  },
  'payments.gatewayRefused': {
    de: 'Der Bezahldienst hat diese Zahlung nicht angenommen. Es wurde nichts abgebucht; die Behörde sieht, woran es liegt. Bitte wenden Sie sich an sie.',
    en: 'The payment service did not accept this payment. Nothing was charged; the authority sees why. Please contact it.',
  },
  'payments.gatewayRefusesUs': {
    de: 'Der Bezahldienst antwortet, nimmt aber Kennung oder Geheimnis nicht an. Bitte prüfen Sie beides.',
    en: 'The payment service answers, but does not accept the name or the secret. Please check both.',
  },
  'payments.gatewayBusy': {
    de: 'Gerade bezahlen noch Menschen beim bisherigen Bezahldienst. Bitte wechseln Sie ihn, wenn keine Zahlung mehr läuft. Es wurde nichts geändert.',
    en: 'People are paying at the present payment service right now. Please change it when no payment is under way. Nothing was changed.',
  },
  'payments.gatewayIdForm': {
    de: 'Kennungen bestehen aus 1 bis 36 Buchstaben, Ziffern, Unterstrichen und Bindestrichen.',
    en: 'Names at the service consist of 1 to 36 letters, digits, underscores and hyphens.',
  },
  'payments.secretForm': {
    de: 'Das Geheimnis besteht aus höchstens 500 sichtbaren Zeichen ohne Leerzeichen und Umlaute.',
    en: 'The secret consists of at most 500 visible characters without spaces and umlauts.',
  },
  'payments.secretMissing': {
    de: 'Bitte geben Sie das Geheimnis ein, das der Bezahldienst Ihnen gegeben hat.',
    en: 'Please enter the secret the payment service has given you.',
  },
  'payments.secretAgain': {
    de: 'Bitte geben Sie das Geheimnis noch einmal ein: Es gilt nur für den Bezahldienst, für den es angegeben wurde.',
    en: 'Please enter the secret again: it is meant only for the payment service it was given for.',
  },
  'payments.prefixForm': {
    de: 'Der Anfang des Kassenzeichens besteht aus einem bis vier Großbuchstaben ohne Umlaute.',
    en: 'The beginning of the payment reference consists of one to four capital letters.',
  },
  'payments.ibanForm': {
    de: 'Diese IBAN kann nicht stimmen. Bitte prüfen Sie sie.',
    en: 'This IBAN cannot be right. Please check it.',
  },
  'payments.bicForm': { de: 'Eine BIC hat 8 oder 11 Zeichen.', en: 'A BIC has 8 or 11 characters.' },
  'payments.payeeForm': {
    de: 'Der Name des Kontos hat höchstens {limit} Zeichen.',
    en: 'The name of the account has at most {limit} characters.',
  },
  'payments.tooManyAttempts': {
    de: 'Für diese Zahlung wurde schon sehr oft neu begonnen. Es wurde nichts abgebucht; bitte wenden Sie sich an die Behörde.',
    en: 'This payment was begun very often already. Nothing was charged; please contact the authority.',
  },
  'payments.refundTooLarge': {
    de: 'Erstattet werden können höchstens {limit} Euro: mehr ist nicht da oder schon verplant.',
    en: 'At most {limit} euros can be given back: there is no more, or it is spoken for.',
  },
  'payments.tooManyRefunds': {
    de: 'Mehr als {limit} Erstattungen einer Zahlung gibt es nicht.',
    en: 'There are no more than {limit} refunds of one payment.',
  },
  'payments.refundByGateway': {
    de: 'Diese Erstattung führt der Bezahldienst aus. Bitte überweisen Sie nichts von Hand.',
    en: 'The payment service carries this refund out. Please transfer nothing by hand.',
  },
  'payments.invoicedAlready': {
    de: 'Für diese Zahlung gibt es schon eine Rechnung.',
    en: 'There is an invoice for this payment already.',
  },
  'payments.notInvoiced': {
    de: 'Für diese Zahlung gibt es keine Rechnung.',
    en: 'There is no invoice for this payment.',
  },
  'payments.nothingLeft': {
    de: 'Es ist nichts mehr offen. Sie können die Zahlung annehmen oder Geld erstatten.',
    en: 'Nothing is left to pay. You can accept the payment or give money back.',
  },
};
