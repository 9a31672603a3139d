type Texts = Readonly<Record<string, string>>;

/** What the treasury's actions are called in the audit trail. */
export const paymentActions: { readonly de: Texts; readonly en: Texts } = {
  de: {
    'payments.openPayment': 'Zahlung angelegt',
    'payments.setFee': 'Gebühr festgesetzt',
    'payments.begin': 'Bezahlen begonnen',
    'payments.fail': 'Zahlung nicht gelungen',
    'payments.lose': 'Bezahldienst ohne Antwort',
    'payments.takePart': 'Teil bezahlt',
    'payments.settle': 'Zahlung eingegangen',
    'payments.dispute': 'Zahlung zu klären',
    'payments.accept': 'Zahlung als bezahlt angenommen',
    'payments.claimRest': 'Rest nachgefordert',
    'payments.expire': 'Frist der Zahlung abgelaufen',
    'payments.reopen': 'Zahlung wieder aufgenommen',
    'payments.withdraw': 'Forderung aufgegeben',
    'payments.giveBack': 'Zahlung vollständig erstattet',
    'payments.surplus': 'Zu viel eingegangen',
    'payments.partReceived': 'Teil eingegangen',
    'payments.attemptEnded': 'Versuch beim Bezahldienst beendet',
    'payments.issueInvoice': 'Rechnung gestellt',
    'payments.remind': 'An Rechnung erinnert',
    'payments.refundRequested': 'Erstattung beantragt',
    'payments.refundApproved': 'Erstattung freigegeben',
    'payments.refundDone': 'Teil erstattet',
    'payments.refund.approve': 'Erstattung von zweiter Person freigegeben',
    'payments.refund.reject': 'Erstattung abgelehnt',
    'payments.refund.takeBack': 'Erstattung zurückgenommen',
    'payments.refund.fail': 'Erstattung vom Bezahldienst abgelehnt',
    'payments.refund.abandon': 'Erstattung aufgegeben',
    'payments.setSettings': 'Bezahldienst eingestellt',
  },
  en: {
    'payments.openPayment': 'Payment created',
    'payments.setFee': 'Fee set',
    'payments.begin': 'Began to pay',
    'payments.fail': 'Payment did not work',
    'payments.lose': 'Payment service did not answer',
    'payments.takePart': 'Part paid',
    'payments.settle': 'Payment received',
    'payments.dispute': 'Payment to be clarified',
    'payments.accept': 'Payment accepted as paid',
    'payments.claimRest': 'Rest claimed',
    'payments.expire': 'Time to pay ran out',
    'payments.reopen': 'Payment taken up again',
    'payments.withdraw': 'Claim given up',
    'payments.giveBack': 'Payment given back whole',
    'payments.surplus': 'Too much received',
    'payments.partReceived': 'Part received',
    'payments.attemptEnded': 'Attempt at the payment service ended',
    'payments.issueInvoice': 'Invoice issued',
    'payments.remind': 'Reminded of an invoice',
    'payments.refundRequested': 'Refund asked for',
    'payments.refundApproved': 'Refund approved',
    'payments.refundDone': 'Part given back',
    'payments.refund.approve': 'Refund approved by a second person',
    'payments.refund.reject': 'Refund rejected',
    'payments.refund.takeBack': 'Refund taken back',
    'payments.refund.fail': 'Refund refused by the payment service',
    'payments.refund.abandon': 'Refund abandoned',
    'payments.setSettings': 'Payment service set up',
  },
};

/** The states of a payment, as the trail says them. */
export const paymentStateWords: { readonly de: Texts; readonly en: Texts } = {
  de: {
    ...{ awaitingFee: 'Gebühr fehlt', open: 'offen', underWay: 'wird bezahlt', disputed: 'zu klären', paid: 'bezahlt' },
    ...{ refunded: 'erstattet', expired: 'abgelaufen', withdrawn: 'zurückgezogen' },
  },
  en: {
    ...{ awaitingFee: 'fee missing', open: 'open', underWay: 'being paid', disputed: 'to be clarified', paid: 'paid' },
    ...{ refunded: 'refunded', expired: 'expired', withdrawn: 'withdrawn' },
  },
};

/** Details of payments. */
export const paymentDetails: { readonly de: Texts; readonly en: Texts } = {
  de: {
    ...{
      reference: 'Kassenzeichen',
      cents: 'Betrag in Cent',
      received: 'eingegangen in Cent',
      refund: 'Erstattung',
      reason: 'Grund',
    },
    ...{ dueOn: 'fällig am', reminder: 'Erinnerung', code: 'Meldung des Bezahldienstes' },
  },
  en: {
    ...{
      reference: 'payment reference',
      cents: 'amount in cents',
      received: 'received in cents',
      refund: 'refund',
      reason: 'reason',
    },
    ...{ dueOn: 'due on', reminder: 'reminder', code: 'message of the payment service' },
  },
};
