import type { Person } from '#modules/accounts';
import type { Mail } from '#platform/mail';
import { fill, type Locale } from '#platform/words';

/** What the mails about a hand-over name. */
type Facts = Readonly<Record<'leaver' | 'heir' | 'space' | 'reason' | 'tenant' | 'link', string>>;

type Text = { readonly subject: string; readonly body: string };

const texts: Record<'heir' | 'leaver', Record<Locale, Text>> = {
  heir: {
    de: {
      subject: 'Ihnen wurden die Dateien von {leaver} übergeben',
      body: `Guten Tag {heir},

die Verwaltung von {tenant} hat Ihnen die eigenen Dateien von {leaver} übergeben. Sie finden sie als Bereich
„{space}“ unter {link}/bereiche und leiten ihn.

Grund: {reason}

Darin kann Persönliches liegen. Bitte sehen Sie nur durch, was für den Dienst gebraucht wird, und löschen Sie den Rest.
`,
    },
    en: {
      subject: 'The files of {leaver} were handed over to you',
      body: `Hello {heir},

the administration of {tenant} has handed the own files of {leaver} over to you. You find them as the space
“{space}” under {link}/bereiche, and you manage it.

Reason: {reason}

There may be private things in it. Please look only at what is needed for work, and delete the rest.
`,
    },
  },
  leaver: {
    de: {
      subject: 'Ihre Dateien bei {tenant} wurden übergeben',
      body: `Guten Tag {leaver},

Ihr Zugang bei {tenant} ist gesperrt. Ihre eigenen Dateien wurden jetzt an {heir} übergeben.

Grund: {reason}

Wenn Persönliches dabei ist, wenden Sie sich bitte an {heir} oder an die oder den Datenschutzbeauftragten von {tenant}.
`,
    },
    en: {
      subject: 'Your files at {tenant} were handed over',
      body: `Hello {leaver},

your account at {tenant} is disabled. Your own files have now been handed over to {heir}.

Reason: {reason}

If there are private things among them, please contact {heir} or the data protection officer of {tenant}.
`,
    },
  },
};

/** The mail to one of the two, in their language. */
export function writeHandOver(to: 'heir' | 'leaver', { address, locale }: Person, facts: Facts): Mail {
  const { subject, body } = texts[to][locale];
  return { to: address, subject: fill(subject, facts, locale), body: fill(body, facts, locale) };
}
