import type { Locale } from '#platform/words';

type Mail = { readonly subject: string; readonly body: string };

/** Mails to those who write forms: what waits for them, and how it ended. */
export const releaseMails: Readonly<Record<Locale, Readonly<Record<'proposed' | 'released' | 'refused', Mail>>>> = {
  de: {
    proposed: {
      subject: 'Ein Formular wartet auf Ihre Freigabe: {title}',
      body: `Guten Tag,

{name} hat das Formular „{title}“ zur Veröffentlichung vorgeschlagen. Eine zweite Person muss es ansehen und veröffentlichen:

{link}
`,
    },
    released: {
      subject: 'Ihr Formular ist veröffentlicht: {title}',
      body: `Guten Tag,

{name} hat Ihr Formular „{title}“ veröffentlicht.

{link}
`,
    },
    refused: {
      subject: 'Ihr Formular ist noch nicht veröffentlicht: {title}',
      body: `Guten Tag,

{name} hat Ihr Formular „{title}“ zur Überarbeitung zurückgegeben. Der Grund:

{reason}

Hier können Sie es ändern und wieder vorschlagen:

{link}
`,
    },
  },
  en: {
    proposed: {
      subject: 'A form waits for your approval: {title}',
      body: `Hello,

{name} has proposed the form “{title}” for publication. A second person has to look at it and publish it:

{link}
`,
    },
    released: {
      subject: 'Your form is published: {title}',
      body: `Hello,

{name} has published your form “{title}”.

{link}
`,
    },
    refused: {
      subject: 'Your form is not published yet: {title}',
      body: `Hello,

{name} has given your form “{title}” back. The reason:

{reason}

You can change it and propose it again here:

{link}
`,
    },
  },
};
