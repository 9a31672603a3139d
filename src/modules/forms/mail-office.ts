import type { Locale } from '#platform/words';

/** Mails that only say that something has happened. They hold no link: the applicant has had it since the beginning. */
export const officeMails: Readonly<
  Record<Locale, { readonly subject: string; readonly asked: string; readonly decided: string }>
> = {
  de: {
    subject: 'Neues zu Ihrem Antrag {reference}',
    asked: `Guten Tag,

zu Ihrem Antrag {reference} fehlt noch etwas. Was das ist, sehen Sie über den Link, den Sie beim Absenden bekommen haben.
Dort können Sie gleich antworten.
`,
    decided: `Guten Tag,

über Ihren Antrag {reference} ist entschieden. Das Ergebnis sehen Sie über den Link, den Sie beim Absenden bekommen haben.
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
  },
};
