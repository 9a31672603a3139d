import type { Mail } from '#platform/mail';
import { fill, type Locale } from '#platform/words';

type Text = { readonly subject: string; readonly body: string };

const texts: Readonly<Record<'register' | 'known' | 'reset' | 'changed' | 'linked', Record<Locale, Text>>> = {
  register: {
    de: {
      subject: 'Ihr Postfach: bitte bestätigen',
      body: `Guten Tag,

jemand hat mit dieser E-Mail-Adresse ein Konto für das Postfach der Verwaltung angelegt. Wenn Sie das waren, öffnen Sie diesen Link und wählen Sie ein Passwort:

{link}

Der Link gilt einen Tag und nur ein Mal. Wenn Sie es nicht waren, brauchen Sie nichts zu tun: Ohne den Link entsteht kein Konto.
`,
    },
    en: {
      subject: 'Your mailbox: please confirm',
      body: `Hello,

somebody has created an account for the administration's mailbox with this email address. If that was you, open this link and choose a password:

{link}

The link is valid for one day and only once. If it was not you, there is nothing you need to do: without the link there will be no account.
`,
    },
  },
  known: {
    de: {
      subject: 'Ihr Postfach: Sie haben schon ein Konto',
      body: `Guten Tag,

jemand wollte mit dieser E-Mail-Adresse ein Konto für das Postfach der Verwaltung anlegen. Es gibt schon eines. Hier melden Sie sich an oder wählen ein neues Passwort:

{link}

Wenn Sie das nicht waren, brauchen Sie nichts zu tun.
`,
    },
    en: {
      subject: 'Your mailbox: you already have an account',
      body: `Hello,

somebody wanted to create an account for the administration's mailbox with this email address. There is one already. Here you sign in or choose a new password:

{link}

If that was not you, there is nothing you need to do.
`,
    },
  },
  reset: {
    de: {
      subject: 'Ihr Postfach: neues Passwort',
      body: `Guten Tag,

jemand möchte für Ihr Postfach bei der Verwaltung ein neues Passwort wählen. Wenn Sie das sind, öffnen Sie diesen Link:

{link}

Der Link gilt eine Stunde und nur ein Mal. Wenn Sie es nicht sind, brauchen Sie nichts zu tun: Ihr Passwort bleibt, wie es ist.
`,
    },
    en: {
      subject: 'Your mailbox: new password',
      body: `Hello,

somebody wants to choose a new password for your mailbox. If that is you, open this link:

{link}

The link is valid for one hour and only once. If it is not you, there is nothing you need to do: your password stays as it is.
`,
    },
  },
  changed: {
    de: {
      subject: 'Ihr Postfach: Passwort geändert',
      body: `Guten Tag,

das Passwort Ihres Postfachs wurde gerade geändert. Alle Anmeldungen wurden beendet. Wenn Sie das nicht waren, wählen Sie sofort ein neues:

{link}
`,
    },
    en: {
      subject: 'Your mailbox: password changed',
      body: `Hello,

the password of your mailbox was just changed. All sessions were ended. If that was not you, choose a new one at once:

{link}
`,
    },
  },
  linked: {
    de: {
      subject: 'Ihr Postfach: weitere Anmeldung verbunden',
      body: `Guten Tag,

Ihr Postfach wurde gerade mit einem Nutzerkonto des Bundes oder des Landes verbunden. Damit kann man sich ab jetzt auch anmelden. Wenn Sie das nicht waren, trennen Sie die Verbindung hier und wählen Sie ein neues Passwort:

{link}
`,
    },
    en: {
      subject: 'Your mailbox: another way to sign in',
      body: `Hello,

your mailbox was just linked with a federal or state user account. From now on one can sign in with it, too. If that was not you, end the link here and choose a new password:

{link}
`,
    },
  },
};

/** Writes a mail about an account of the portal. It names nobody: whoever typed the address may have made the name up. */
export function writeCitizenMail(kind: keyof typeof texts, locale: Locale, { to, link }: { to: string; link: string }): Mail {
  const { subject, body } = texts[kind][locale];
  return { to, subject, body: fill(body, { link }, locale) };
}
