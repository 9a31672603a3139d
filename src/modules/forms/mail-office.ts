import type { Locale } from '#platform/words';

/** Mails that only say that something has happened. They hold no link to the application: its applicant has had it since the beginning. */
export const officeMails: Readonly<Record<Locale, Readonly<Record<'subject' | 'asked' | 'decided' | 'fee' | 'refund', string>>>> =
  {
    de: {
      subject: 'Neues zu Ihrem Antrag {reference}',
      asked: `Guten Tag,

zu Ihrem Antrag {reference} fehlt noch etwas. Was das ist, sehen Sie über den Link, den Sie beim Absenden bekommen haben.
Dort können Sie gleich antworten.
`,
      decided: `Guten Tag,

über Ihren Antrag {reference} ist entschieden. Das Ergebnis sehen Sie über den Link, den Sie beim Absenden bekommen haben.
`,
      fee: `Guten Tag,

für Ihren Antrag {reference} ist eine Gebühr festgesetzt: {sum} Euro. Hier können Sie bezahlen:

{link}

Wofür die Gebühr ist, steht dort und über den Link, den Sie beim Absenden bekommen haben.
`,
      refund: `Guten Tag,

zu Ihrem Antrag {reference} haben wir Ihnen {sum} Euro zurückgegeben. Je nach Zahlungsart dauert es einige Tage, bis das Geld bei Ihnen ist. Sie müssen nichts tun.

Wie es um Ihren Antrag steht, sehen Sie über den Link, den Sie beim Absenden bekommen haben.
`,
    },
    en: {
      subject: 'News about your application {reference}',
      asked: `Hello,

Something is still missing for your application {reference}. You see what it is with the link you got when you sent it.
You can answer right there.
`,
      decided: `Hello,

Your application {reference} has been decided. You see the result with the link you got when you sent it.
`,
      fee: `Hello,

A fee was set for your application {reference}: {sum} euros. You can pay it here:

{link}

What it is for stands there, and behind the link you got when you sent the application.
`,
      refund: `Hello,

We have given you back {sum} euros for your application {reference}. Depending on how you paid it takes some days until the money is with you. You need not do anything.

You see how your application stands with the link you got when you sent it.
`,
    },
  };
